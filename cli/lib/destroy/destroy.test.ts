// Claims about `hashira destroy` as it is typed, with an account of a script: what it refuses, shows, asks, and with which exit code it ends.
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readAssembly } from '../../../assembly/read-assembly.ts';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Design } from '../../../design/schema.ts';
import { remove, synthesized } from '../../../local/testing/templates.ts';
import { deploy } from '../../../operations/deploy/deploy.ts';
import {
  account,
  deployableOf,
  inputFor,
  planned,
  type ScriptedPorts,
  scriptedPorts,
} from '../../../operations/deploy/testing/scripted-ports.ts';
import { scriptedStores } from '../../../operations/destroy/testing/scripted-stores.ts';
import { designWithOtherKey, otherKey, templatesWithOtherKey } from '../../testing/other-key.ts';
import { type AskedEnvironment, findEnvironment } from '../build/asked-environment.ts';
import type { Built } from '../build/built-assembly.ts';
import type { DeployDependencies } from '../deploy/deploy-surroundings.ts';
import { catalogues } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { type DestroyOptions, destroyEnvironment } from './destroy.ts';
import { destroyCatalogues } from './messages.ts';

const built: { directory: string; design?: Design } = vi.hoisted(() => ({ directory: '' }));
vi.mock('../build/built-assembly.ts', () => ({
  withBuild: async <T>(
    asked: AskedEnvironment,
    _: string | undefined,
    { lang = 'en' }: DestroyOptions,
    work: (one: Built) => Promise<T>,
  ) => {
    const { directory: assembly, design = exampleDesign } = built;
    const environment = findEnvironment(asked, design, lang);
    return work({ environment, design, lang, graph: readAssembly(assembly), assembly });
  },
}));
built.directory = synthesized('development');
const development = deployableOf(built.directory, 'development');
afterAll(() => remove(built.directory));

let out: string[];
beforeEach(() => {
  out = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void out.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(() => void vi.restoreAllMocks());
const said = () => out.join('\n');

async function lived(deployable = development): Promise<ScriptedPorts> {
  const made = scriptedPorts();
  const ports = made.again();
  await deploy(ports, inputFor(await planned(ports, deployable, 'first'), 'first'));
  for (const { place } of deployable.stacks) made.aws.account.fill(`${place.region}/${place.name}`, 7);
  made.aws.done.length = 0;
  return made;
}

function surroundingsOf(made: ScriptedPorts, answer?: string): DeployDependencies {
  return {
    account: async () => account,
    hindrances: async () => [],
    ports: (_, __, { tell }) => ({ ...made.again(), tell }),
    stores: () => scriptedStores(made.aws.account),
    records: () => made.ports.records,
    smoke: () => () => async () => ({ passed: true, checks: [] }),
    halt: () => ({ signal: new AbortController().signal, dispose() {} }),
    ...(answer === undefined ? {} : { ask: async () => answer }),
  };
}

const run = (
  made: ScriptedPorts,
  options: Partial<DestroyOptions> = {},
  answer?: string,
  environment = 'development',
) => destroyEnvironment(environment, undefined, { account, lang: 'en', ...options }, surroundingsOf(made, answer));

/** What it refuses with. */
async function refusal(asked: Promise<number>): Promise<string> {
  const error = await asked.catch((problem: unknown) => problem);
  if (!(error instanceof UsageError)) throw new Error(`not refused: ${String(error)}`);
  return error.message;
}

const digestIn = (text: string) => /Digest: ([0-9a-f]{16})/.exec(text)?.[1] ?? '';

test('every other environment, a missing and another account are refused, and nothing is deleted', async () => {
  const made = await lived();
  const say = destroyCatalogues.en;
  for (const name of ['production', 'staging', 'Development', 'dev']) {
    expect(await refusal(run(made, {}, 'yes', name))).toBe(catalogues.en.notDisposable(name, ['development']));
  }
  const { account: _, ...without } = { account, lang: 'en' as const };
  expect(await refusal(destroyEnvironment('development', undefined, without, surroundingsOf(made, 'yes')))).toBe(
    say.accountNeeded,
  );
  expect(await refusal(run(made, { account: '210987654321' }))).toBe(say.otherAccount(account, '210987654321'));
  expect(made.aws.done).toEqual([]);
});

test.each(['en', 'ja'] as const)(
  'a plan says in %s what goes, what lies in it and what stays, and how to do exactly this',
  async (lang) => {
    const made = await lived();
    expect(await run(made, { plan: true, lang })).toBe(0);
    const say = destroyCatalogues[lang];
    for (const { id } of development.stacks) expect(said()).toContain(id);
    expect(said()).toContain(say.head(account, development.stacks.length));
    expect(said()).toMatch(lang === 'en' ? /bucket \S+: 7 versions/ : /バケット \S+: オブジェクトのバージョン 7 件/);
    expect(said()).toContain(say.staysBeside);
    expect(said()).toMatch(/hashira destroy development --account 123456789012 --approve [0-9a-f]{16}/);
    expect(made.aws.done).toEqual([]);
  },
);

test('it wants the digest of exactly this, from a pipeline and from a person; "yes" is too little', async () => {
  const made = await lived();
  const say = destroyCatalogues.en;
  expect(await refusal(run(made))).toMatch(/^nobody is here to ask/);
  const digest = digestIn(said());
  expect(await refusal(run(made, { approve: 'f00d' }))).toBe(say.otherDigest('f00d', digest));
  for (const answer of ['yes', '', digest.slice(0, 3)])
    expect(await refusal(run(made, {}, answer))).toBe(say.notApproved);
  expect(made.aws.done).toEqual([]);
  expect(await run(made, {}, digest.slice(0, 4))).toBe(0);
  expect(made.aws.account.standing()).toEqual([]);
  expect(said()).toContain(say.outcomes.destroyed);
  out.length = 0;
  expect(await run(made)).toBe(0);
  expect(said()).toBe(`${say.nothing('development')}\n`);
});

test('what cannot be deleted is named with exit code 1, and with the command that goes on', async () => {
  const made = await lived();
  await run(made, { plan: true });
  const approve = digestIn(said());
  const stores = scriptedStores(made.aws.account, () => {
    for (const { place } of development.stacks) made.aws.account.fill(`${place.region}/${place.name}`, 1);
  });
  const surroundings = { ...surroundingsOf(made), stores: () => stores };
  out.length = 0;
  expect(await destroyEnvironment('development', undefined, { account, lang: 'en', approve }, surroundings)).toBe(1);
  expect(said()).toContain('DELETE_FAILED');
  expect(said()).toContain('not empty');
  expect(said()).toContain('Next: hashira destroy development --account 123456789012 --plan');
});

test('a disposable environment of another name goes, and then development is none of the document', async () => {
  const own = { ...built };
  try {
    built.design = designWithOtherKey();
    built.directory = await templatesWithOtherKey(built.design);
    const made = await lived(deployableOf(built.directory, otherKey));
    expect(await refusal(run(made, {}, 'yes'))).toBe(catalogues.en.notDisposable('development', [otherKey]));
    expect(await run(made, { plan: true }, undefined, otherKey)).toBe(0);
    expect(said()).toContain('SandboxDatabaseStack');
    expect(said()).toContain(`hashira destroy ${otherKey} --account ${account} --approve `);
    expect(made.aws.done).toEqual([]);
    expect(await run(made, { approve: digestIn(said()) }, undefined, otherKey)).toBe(0);
    expect(made.aws.account.standing()).toEqual([]);
  } finally {
    remove(built.directory);
    built.directory = own.directory;
    delete built.design;
  }
});
