// Claims about `hashira prove` as it is typed, with an account of a script: what it refuses, shows, asks, keeps, and with which exit code it
// ends.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { environmentTitle } from '../../../design/environments.ts';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Design } from '../../../design/schema.ts';
import { remove, synthesized } from '../../../local/testing/templates.ts';
import {
  account,
  deployableOf,
  type ScriptedPorts,
  scriptedPorts,
} from '../../../operations/deploy/testing/scripted-ports.ts';
import { scriptedStores } from '../../../operations/destroy/testing/scripted-stores.ts';
import { rowIds } from '../../../operations/prove/evidence.ts';
import { scriptedDrift, wellServed } from '../../../operations/prove/testing/scripted-proof.ts';
import { costOfHours } from '../../../proof/cost/hours.ts';
import { designWithOtherKey, otherKey, templatesWithOtherKey } from '../../testing/other-key.ts';
import { type AskedEnvironment, findEnvironment } from '../build/asked-environment.ts';
import type { JudgedBuild } from '../build/judged-build.ts';
import { usd } from '../cost/figures.ts';
import { costCatalogues } from '../cost/messages.ts';
import { deployCatalogues } from '../deploy/messages.ts';
import { catalogues } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { readEvidence } from './evidence-files.ts';
import { proveCatalogues } from './messages.ts';
import { type ProveOptions, type ProveSurroundings, prove } from './prove.ts';

const built: { directory: string; design?: Design } = vi.hoisted(() => ({ directory: '' }));
vi.mock('../build/judged-build.ts', () => ({
  withJudged: async <T>(
    asked: AskedEnvironment,
    _: unknown,
    { lang = 'en' }: ProveOptions,
    __: unknown,
    work: (one: JudgedBuild) => Promise<T>,
  ) => {
    const { directory: assembly, design = exampleDesign } = built;
    const environment = findEnvironment(asked, design, lang);
    return work({ environment, design, lang, graph: readAssembly(assembly), assembly, verdicts: { pass: 1 } });
  },
}));
built.directory = synthesized('development');
const development = deployableOf(built.directory, 'development');
afterAll(() => remove(built.directory));

let out: string[];
let folder: string;
beforeEach(() => {
  out = [];
  folder = join(mkdtempSync(join(tmpdir(), 'hashira-prove-')), 'evidence');
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});
const said = () => out.join('');
const commit = '24d2b3d4'.repeat(5);

function surroundingsOf(
  made: ScriptedPorts,
  answer?: string,
  more: Partial<ProveSurroundings> = {},
): ProveSurroundings {
  return {
    account: async () => account,
    ports: (_, __, { tell, smoke }) => ({ ...made.again(), tell, smoke }),
    stores: () => scriptedStores(made.aws.account),
    records: () => made.ports.records,
    hindrances: async () => [],
    smoke: () => () => async () => wellServed,
    halt: () => ({ signal: new AbortController().signal, dispose() {} }),
    drift: async () => scriptedDrift(made, development),
    commit: () => ({ id: commit, clean: true }),
    ...(answer === undefined ? {} : { ask: async () => answer }),
    ...more,
  };
}

const options = (more: Partial<ProveOptions>): ProveOptions => ({
  ...{ account, hours: '4', out: folder, smoke: true, lang: 'en' },
  ...more,
});
const run = (surroundings: ProveSurroundings, more: Partial<ProveOptions> = {}) =>
  prove(undefined, options(more), surroundings);

/** What it refuses with; it must then have touched nothing. */
async function refusal(made: ScriptedPorts, asked: Promise<number>): Promise<string> {
  const error = await asked.catch((problem: unknown) => problem);
  if (!(error instanceof UsageError)) throw new Error(`not refused: ${String(error)}`);
  expect({ done: made.aws.done, published: made.published, records: made.records }).toEqual({
    ...{ done: [], published: [], records: [] },
  });
  return error.message;
}

const digestIn = (text: string) => /Digest: ([0-9a-f]{16})/.exec(text)?.[1] ?? '';
async function digestOf(): Promise<string> {
  expect(await run(surroundingsOf(scriptedPorts()), { plan: true })).toBe(0);
  const digest = digestIn(said());
  out.length = 0;
  return digest;
}

describe('it refuses, and touches nothing,', () => {
  const say = proveCatalogues.en;
  test.each<readonly [string, Partial<ProveOptions>, Partial<ProveSurroundings>, string | RegExp]>([
    [
      'another account than the one signed in',
      { account: '210987654321' },
      {},
      say.otherAccount(account, '210987654321'),
    ],
    ['what is no number of an account', { account: '12345' }, {}, /--account 12345/],
    ['hours that are none', { hours: '0' }, {}, say.badHours('0', 168)],
    ['a place without a commit', {}, { commit: () => undefined }, say.noCommit],
    ['another digest', { approve: 'f00d' }, {}, /^f00d is not the digest of this run, [0-9a-f]{16} is/],
    ['where nobody is to ask', {}, {}, /^nobody is here to ask; .* --approve [0-9a-f]{16}$/],
    [
      'a smoke test without a token',
      {},
      {
        smoke: () => {
          throw new UsageError('no token');
        },
      },
      deployCatalogues.en.smokeNeedsToken('no token'),
    ],
  ])('%s', async (_, more, others, sentence) => {
    const made = scriptedPorts();
    const message = await refusal(made, run(surroundingsOf(made, undefined, others), more));
    if (typeof sentence === 'string') expect(message).toBe(sentence);
    else expect(message).toMatch(sentence);
    expect(existsSync(folder)).toBe(false);
  });

  test('a missing account', async () => {
    const { account: _, ...without } = options({});
    expect(await refusal(scriptedPorts(), prove(undefined, without, surroundingsOf(scriptedPorts())))).toBe(
      say.accountNeeded,
    );
  });

  test.each(['yes', '', 'no'])('the answer "%s": it wants the digest', async (answer) => {
    const made = scriptedPorts();
    expect(await refusal(made, run(surroundingsOf(made, answer)))).toBe(say.notApproved);
  });

  test('an account in which something of development stands, with what takes it away, also when it came to stand while it asked', async () => {
    const [stack] = development.stacks;
    if (stack === undefined) throw new Error('no stack');
    const made = scriptedPorts();
    const stand = () =>
      made.aws.port.createChangeSet({
        ...{ place: stack.place, name: 'theirs', token: 'theirs', kind: 'CREATE', tags: {}, keep: [], description: '' },
        templateUrl: made.aws.keep('{}'),
      });
    const digest = await digestOf();
    const ask = async () => {
      await stand();
      return digest;
    };
    const sentence = say.standing(
      'development',
      `${stack.id} (${stack.place.region}, REVIEW_IN_PROGRESS)`,
      `hashira destroy development --account ${account}`,
    );
    expect(await refusal(made, run(surroundingsOf(made, undefined, { ask })))).toBe(sentence);
    expect(await refusal(made, run(surroundingsOf(made, digest)))).toBe(sentence);
    expect(existsSync(folder)).toBe(false);
  });

  test('a folder for the evidence that is a link, or a file', async () => {
    const approve = await digestOf();
    const made = scriptedPorts();
    symlinkSync(tmpdir(), folder);
    expect(await refusal(made, run(surroundingsOf(made), { approve }))).toBe(say.noFolder(folder, say.isLink));
    rmSync(folder);
    writeFileSync(folder, '');
    expect(await refusal(made, run(surroundingsOf(made), { approve }))).toContain(folder);
  });
});

test.each(['en', 'ja'] as const)(
  'a plan says in %s what it costs, what is left out, each step, and how to do exactly this',
  async (lang) => {
    const made = scriptedPorts();
    expect(await run(surroundingsOf(made), { plan: true, lang, hours: '6' })).toBe(0);
    const say = proveCatalogues[lang];
    const title = environmentTitle(exampleDesign, 'development', lang);
    const graph = readAssembly(built.directory);
    const found = costOfHours({ graph, environment: 'development', design: exampleDesign }, 6);
    if ('problems' in found) throw new Error('no cost');
    expect(found.cost.total).toBeGreaterThan(0.5);
    for (const sentence of [
      say.head(account, 'ap-northeast-1, us-east-1', commit),
      say.costHead(6, usd(found.cost.total), usd(found.cost.hour)),
      say.costLeftOut(title),
      costCatalogues[lang].leftOut,
      ...say
        .plan({
          environment: title,
          stacks: development.stacks.length,
          fails: 'DevelopmentDatabaseStack',
          smoke: true,
          file: '',
        })
        .slice(0, 5),
    ]) {
      expect(said()).toContain(sentence);
    }
    expect(said()).toMatch(/hashira prove --account 123456789012 --out \S+ --approve [0-9a-f]{16}/);
    expect(said()).not.toContain(say.notClean);
    expect(made.aws.done).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  },
);

describe('a run', () => {
  test('that goes well ends with 0, nothing stands, and its evidence is read back as it was', async () => {
    const made = scriptedPorts();
    const digest = await digestOf();
    expect(await run(surroundingsOf(made, digest.slice(0, 4)))).toBe(0);
    const say = proveCatalogues.en;
    expect(said()).toContain('Next: hashira deploy development --plan');
    for (const row of rowIds) expect(said()).toMatch(new RegExp(`^ *${row} +${say.verdicts.seen} `, 'm'));
    expect(said()).toContain(say.gone('development'));
    expect(said()).toContain(say.outcomes.well);
    expect(made.aws.standings()).toEqual({});
    const [evidence, ...more] = readEvidence(folder, ['development']);
    expect(more).toEqual([]);
    expect(evidence).toMatchObject({ commit, clean: true, region: 'ap-northeast-1', standing: [] });
    expect(Object.keys(evidence?.seen ?? {}).sort()).toEqual([...rowIds].sort());
    const [file = ''] = readdirSync(folder);
    expect(said()).toContain(join(folder, file));
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain(account);
  });

  test('records a work tree that is not the commit as such, and gives the stacks no commit', async () => {
    const made = scriptedPorts();
    const others = { commit: () => ({ id: commit, clean: false }) };
    const approve = await digestOf();
    expect(await run(surroundingsOf(made, undefined, others), { approve })).toBe(0);
    expect(said()).toContain(proveCatalogues.en.notClean);
    expect(readEvidence(folder, ['development'])).toMatchObject([{ commit, clean: false }]);
    expect(made.records.map(({ record }) => record.commit)).toEqual([undefined, undefined]);
  });

  test('without a smoke test says that it has seen no order', async () => {
    const approve = await digestOf();
    const smoke = () => {
      throw new Error('not asked for');
    };
    expect(await run(surroundingsOf(scriptedPorts(), undefined, { smoke }), { approve, smoke: false })).toBe(0);
    expect(said()).toContain(proveCatalogues.en.notSeen('order-goes-through, trace-through-edge'));
  });

  test('that fails ends with 1, says what stands, and prints what takes it away', async () => {
    const made = scriptedPorts();
    const stores = scriptedStores(made.aws.account, () => {
      for (const { place } of development.stacks) made.aws.account.fill(`${place.region}/${place.name}`, 1);
    });
    const approve = await digestOf();
    expect(await run(surroundingsOf(made, undefined, { stores: () => stores }), { approve })).toBe(1);
    const stands = Object.entries(made.aws.standings());
    expect(stands.length).toBeGreaterThan(0);
    for (const [stack, status] of stands)
      expect(said()).toMatch(new RegExp(`STANDS.*${stack} \\([a-z0-9-]+, ${status}\\)`));
    expect(said()).toMatch(/To take it away.*: hashira destroy development --account 123456789012$/m);
    expect(
      readEvidence(folder, ['development'])[0]
        ?.standing?.map(({ stack }) => stack)
        .sort(),
    ).toEqual(stands.map(([stack]) => stack).sort());
  });

  test('that is stopped ends with 130 and does not delete', async () => {
    const made = scriptedPorts();
    const approve = await digestOf();
    const surroundings = surroundingsOf(made);
    const ports: ProveSurroundings['ports'] = (deployable, home, listeners) => ({
      ...surroundings.ports(deployable, home, listeners),
      tell: (progress) => {
        listeners.tell(progress);
        if (progress.at === 'wave') made.interrupt();
      },
    });
    expect(await run({ ...surroundings, ports }, { approve })).toBe(130);
    expect(said()).toContain('hashira destroy development --account 123456789012');
    expect(made.aws.done.some((line) => line.startsWith('delete'))).toBe(false);
    expect(readEvidence(folder, ['development'])).toMatchObject([{ seen: {} }]);
  });

  test('goes on to the deletion when its file cannot be written any more, and prints what it has seen', async () => {
    const made = scriptedPorts();
    const approve = await digestOf();
    const drift = async () => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
      return scriptedDrift(made, development);
    };
    expect(await run(surroundingsOf(made, undefined, { drift }), { approve })).toBe(1);
    expect(made.aws.standings()).toEqual({});
    expect(said()).toContain(`"commit": "${commit}"`);
    expect(said()).toContain(proveCatalogues.en.gone('development'));
  });

  test('gives its evidence as JSON, and nothing else on standard output', async () => {
    const approve = await digestOf();
    expect(await run(surroundingsOf(scriptedPorts()), { approve, json: true })).toBe(0);
    expect(JSON.parse(said())).toMatchObject({ environment: 'development', standing: [], clean: true });
  });
});

describe('with a disposable environment of another name', () => {
  const own = { ...built };
  beforeAll(async () => {
    built.design = designWithOtherKey();
    built.directory = await templatesWithOtherKey(built.design);
  });
  afterAll(() => {
    remove(built.directory);
    built.directory = own.directory;
    delete built.design;
  });
  const surroundingsFor = (made: ScriptedPorts) =>
    surroundingsOf(made, undefined, {
      drift: async () => scriptedDrift(made, deployableOf(built.directory, otherKey)),
    });

  test.each([
    ['is taken by itself', {}, 'hashira prove --account'],
    ['is taken by its name', { environment: otherKey }, `--environment ${otherKey}`],
  ])('it %s, and its evidence says which it was', async (_, more, typed) => {
    expect(await run(surroundingsFor(scriptedPorts()), { ...more, plan: true })).toBe(0);
    expect(said()).toContain(`deploy ${otherKey}, `);
    expect(said()).toContain(typed);
    const approve = digestIn(said());
    out.length = 0;
    const made = scriptedPorts();
    expect(await run(surroundingsFor(made), { ...more, approve })).toBe(0);
    expect(said()).toContain(proveCatalogues.en.gone(otherKey));
    expect(made.aws.standings()).toEqual({});
    expect(readEvidence(folder, [otherKey])).toMatchObject([{ environment: otherKey, standing: [] }]);
  });

  test.each(['development', 'production'])('%s is refused', async (environment) => {
    const made = scriptedPorts();
    expect(await refusal(made, run(surroundingsFor(made), { environment }))).toBe(
      catalogues.en.notDisposable(environment, [otherKey]),
    );
  });
});

test('both languages have every sentence', () => {
  const names = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null ? names(inner).map((name) => `${key}.${name}`) : [key],
    );
  expect(names(proveCatalogues.ja)).toEqual(names(proveCatalogues.en));
});
