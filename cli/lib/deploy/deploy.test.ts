// Claims about `deploy`, `rollback` and `history` as they are typed, with an account of a script: what they refuse, what they ask, what
// they say at the end, and with which exit code.
import { cpSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faultOf } from '../../../operations/deploy/fault.ts';
import {
  account,
  type ScriptedPorts,
  type ScriptedPortsOptions,
  scriptedPorts,
} from '../../../operations/deploy/testing/scripted-ports.ts';
import { scriptedStores } from '../../../operations/destroy/testing/scripted-stores.ts';
import { finding } from '../../../operations/preflight/result.ts';
import type { BuildReport } from '../build/build-report.ts';
import { checkCatalogues } from '../checks/messages.ts';
import { UsageError } from '../usage-error.ts';
import { type DeployOptions, deploy } from './deploy.ts';
import type { DeployDependencies } from './deploy-surroundings.ts';
import { history } from './history.ts';
import { deployCatalogues } from './messages.ts';
import { rollback } from './rollback.ts';

const spoilt = vi.hoisted(() => ({ criteria: 0, directory: '', judgesNotRun: [] as string[] }));
// One build serves all tests; what is to fail in it is spoilt afterwards.
vi.mock('../build/build.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../build/build.ts')>();
  let first: { readonly out: string; readonly report: Promise<BuildReport> } | undefined;
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  return {
    ...original,
    buildInto: async (out: string, ...rest: readonly [never, never]) => {
      if (first === undefined) {
        const directory = mkdtempSync(join(tmpdir(), 'hashira-deploy-test-'));
        spoilt.directory = directory;
        first = { out: directory, report: original.buildInto(directory, ...rest) };
      }
      const report = await first.report;
      cpSync(first.out, out, { recursive: true });
      const criteria = report.criteria.map((one, index) =>
        index < spoilt.criteria ? { ...one, verdict: 'fail' as const } : one,
      );
      return { ...report, criteria, judgesNotRun: spoilt.judgesNotRun };
    },
  };
});

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
  spoilt.criteria = 0;
  spoilt.judgesNotRun = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => rmSync(spoilt.directory, { recursive: true, force: true }));

const said = () => out.join('');

function scriptedCommand(options: ScriptedPortsOptions = {}, answer?: string) {
  const made = scriptedPorts(options);
  const asked: string[] = [];
  const surroundings: DeployDependencies = {
    account: async () => account,
    hindrances: async () => [],
    // The scripted ports tell nobody; the command's own display and smoke test are what is looked at here.
    ports: (_, __, { tell, smoke }) => ({ ...made.again(), tell, smoke }),
    stores: () => scriptedStores(made.aws.account),
    halt: () => ({ signal: new AbortController().signal, dispose() {} }),
    records: (environment) => ({
      ...made.ports.records,
      list: async () => (environment === 'development' ? made.ports.records.list() : []),
    }),
    smoke: () => () => async () => ({
      passed: options.smoke !== 'fails',
      checks: [
        { id: 'order', verdict: options.smoke === 'fails' ? 'fail' : 'pass', observed: 'an order went through' },
      ],
    }),
    ...(answer === undefined
      ? {}
      : {
          ask: async (question: string) => {
            asked.push(question);
            return answer;
          },
        }),
  };
  return { made, asked, surroundings };
}

const plain: DeployOptions = { onFailure: 'restore', smoke: true, lang: 'en' };
type ScriptedCommand = ReturnType<typeof scriptedCommand>;
const run = (at: ScriptedCommand, options: Partial<DeployOptions> = {}, environment = 'development') =>
  deploy(environment, undefined, { ...plain, ...options }, at.surroundings);
const nothingDone = ({ aws, published, records }: ScriptedPorts) => {
  expect({ published, records, done: aws.done }).toEqual({ published: [], records: [], done: [] });
};

async function planOf(at: ScriptedCommand): Promise<{ digest: string; stacks: readonly { does: string }[] }> {
  expect(await run(at, { plan: true, json: true })).toBe(0);
  const plan: unknown = JSON.parse(out.join(''));
  out.length = 0;
  if (typeof plan !== 'object' || plan === null || !('digest' in plan) || !('stacks' in plan))
    throw new Error('no plan');
  const { digest, stacks } = plan;
  if (typeof digest !== 'string' || !Array.isArray(stacks)) throw new Error('no plan');
  return { digest, stacks };
}

describe('deploy refuses, and does nothing,', () => {
  test.each([
    ['an environment that there is none of', {}, {}, undefined, /nowhere/, 'nowhere'],
    ['without anybody to ask', {}, {}, undefined, /--approve [0-9a-f]{16}/, 'development'],
    [
      'another digest, though it begins alike',
      {},
      { approve: '0123456789abcdef' },
      undefined,
      /0123456789abcdef is not/,
      'development',
    ],
    ['when the person says no', {}, {}, 'no', /not approved/, 'development'],
    ['when the person says nothing', {}, {}, '', /not approved/, 'development'],
    [
      'during a failover',
      { recovery: { serving: 'primary', phase: 'running' } },
      { approve: 'x' },
      'yes',
      /failover/,
      'development',
    ],
    [
      'while the standby serves',
      { recovery: { serving: 'standby', phase: 'done' } },
      {},
      'yes',
      /standby serves/,
      'development',
    ],
    ['to go on with what never began', {}, { resume: true }, 'yes', /no interrupted/, 'development'],
    ['to go on and plan at once', {}, { resume: true, plan: true }, 'yes', /--resume/, 'development'],
  ] as const)('%s', async (_, options, words, answer, sentence, environment) => {
    const at = scriptedCommand(options, answer);
    const error: unknown = await run(at, words, environment).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toMatch(sentence);
    nothingDone(at.made);
  });

  test('what a judge of the team’s own was to look at and did not', async () => {
    spoilt.judgesNotRun = ['judges/ac-sec-8.ts'];
    const at = scriptedCommand({}, 'yes');
    await expect(run(at)).rejects.toThrow(/1 judge was found and not run: judges\/ac-sec-8\.ts.*--allow-code/);
    nothingDone(at.made);
  });

  test('what fails a criterion, and names it', async () => {
    spoilt.criteria = 2;
    const at = scriptedCommand({}, 'yes');
    await expect(run(at)).rejects.toThrow(/2 criteria/);
    expect(err.join('')).toMatch(/AC-/);
    expect(at.asked).toEqual([]);
    nothingDone(at.made);
  });

  test('when the smoke test that belongs to it lacks a token: it would find out too late', async () => {
    const at = scriptedCommand({}, 'yes');
    const smoke = () => {
      throw new UsageError('no token');
    };
    const surroundings = { ...at.surroundings, smoke };
    await expect(deploy('development', undefined, plain, surroundings)).rejects.toThrow(/no token.*--no-smoke/);
    nothingDone(at.made);
  });
});

describe('deploy', () => {
  test('plans an empty account, and shows what to type, and changes nothing', async () => {
    const at = scriptedCommand();
    expect(await run(at, { plan: true })).toBe(0);
    expect(said()).toMatch(/DevelopmentNetworkStack +ap-northeast-1 +safe · create/);
    expect(said()).toMatch(/hashira deploy development --approve [0-9a-f]{16}/);
    nothingDone(at.made);
  });

  test('does what the digest is of, tests it and keeps a record that history shows', async () => {
    const at = scriptedCommand();
    const { digest } = await planOf(at);
    expect(await run(at, { approve: digest })).toBe(0);
    expect(said()).toMatch(/an order went through/);
    expect(said()).toMatch(/Deployed\.\nRecord: \S+\nNext: hashira history development/);
    expect(at.made.records).toHaveLength(1);

    out.length = 0;
    expect(await history(undefined, { lang: 'en' }, at.surroundings)).toBe(0);
    expect(said()).toContain(at.made.records[0]?.record.id);

    out.length = 0;
    expect(await run(at)).toBe(0);
    expect(said()).toContain(deployCatalogues.en.nothing);
    expect(at.made.records).toHaveLength(1);
  });

  test.each(['yes', 'digest'])('asks a person, who answers with %s', async (how) => {
    const { digest } = await planOf(scriptedCommand());
    const at = scriptedCommand({}, how === 'yes' ? ' YES ' : digest.slice(0, 4));
    expect(await run(at)).toBe(0);
    expect(at.asked).toHaveLength(1);
    expect(at.asked[0]).toContain(digest);
  });

  test('ends with 1 when people would not be served, with what to type', async () => {
    const at = scriptedCommand({ smoke: 'fails' }, 'yes');
    expect(await run(at, { onFailure: 'keep' })).toBe(1);
    expect(said()).toMatch(/FAILED\. What was deployed before the failure stays\./);
    expect(said()).toMatch(/Next: hashira smoke development\nNext: hashira rollback development --plan/);
  });

  test('that is interrupted ends with 130, and goes on without another approval, doing nothing twice', async () => {
    const at = scriptedCommand({}, 'yes');
    const { surroundings, made } = at;
    const ports: DeployDependencies['ports'] = (deployable, home, listeners) => ({
      ...surroundings.ports(deployable, home, listeners),
      tell: (progress) => {
        listeners.tell(progress);
        if (progress.at === 'wave') made.interrupt();
      },
    });
    expect(await deploy('development', undefined, plain, { ...surroundings, ports })).toBe(130);
    expect(said()).toContain('Next: hashira deploy development --resume');
    expect(made.records).toEqual([]);
    expect(await run(at, { resume: true })).toBe(0);
    expect(at.asked).toHaveLength(1);
    expect(new Set(made.aws.done).size).toBe(made.aws.done.length);
    expect(made.records).toHaveLength(1);
  });

  test('gives the digest of another policy another value: approval is of that as well', async () => {
    const at = scriptedCommand();
    const { digest } = await planOf(at);
    await expect(run(at, { approve: digest, onFailure: 'keep' })).rejects.toThrow(/is not the digest/);
    nothingDone(at.made);
  });
});

describe('a failover that begins while the question waits for its answer', () => {
  test.each(['en', 'ja'] as const)('DR-8: is seen, and nothing is done (%s)', async (lang) => {
    const state = { serving: 'primary', phase: 'running' };
    let recovery: typeof state | undefined;
    const at = scriptedCommand({ recovery: () => recovery }, 'yes');
    const ask = async () => {
      recovery = state;
      return 'yes';
    };
    const failed = deploy('development', undefined, { ...plain, lang }, { ...at.surroundings, ask });
    await expect(failed).rejects.toEqual(new UsageError(deployCatalogues[lang].failover(state)));
    expect({ records: at.made.records, done: at.made.aws.done }).toEqual({ records: [], done: [] });
    expect(at.made.journal()).toBeUndefined();
  });
});

describe('what would fail on the way, and the plan does not know,', () => {
  const facts = { cluster: 'c', region: 'ap-northeast-1', status: 'stopped', environment: 'development' as const };
  const stopped = { ...finding('databaseStopped', 'fail', facts), check: 'database' as const };
  const role = { role: 'AWSServiceRoleForECS', service: 'ecs.amazonaws.com' };
  const missing = { ...finding('roleMissing', 'fail', role), check: 'roles' as const };
  const unread = { ...finding('unread', 'unknown', { why: 'AccessDenied' }), check: 'database' as const };

  test.each(['en', 'ja'] as const)('is refused before anything is planned, with the way out (%s)', async (lang) => {
    const at = scriptedCommand({}, 'yes');
    const surroundings = { ...at.surroundings, hindrances: async () => [stopped, unread] };
    const failed = deploy('development', undefined, { ...plain, lang }, surroundings);
    await expect(failed).rejects.toEqual(new UsageError(checkCatalogues[lang].preflight.databaseStopped(facts)));
    nothingDone(at.made);
  });

  test('stops nobody where it could not be found out, or where a second run succeeds', async () => {
    const at = scriptedCommand({}, 'yes');
    const surroundings = { ...at.surroundings, hindrances: async () => [missing, unread] };
    expect(await deploy('development', undefined, plain, surroundings)).toBe(0);
    expect(err.join('')).toContain('hashira: could not be found out: AccessDenied\n');
    expect(err.join('')).toContain(`hashira: ${checkCatalogues.en.preflight.roleMissing(role)}\n`);
  });
});

describe('whoever is not signed in', () => {
  const signedOut = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
  const no = async () => {
    throw faultOf(signedOut);
  };

  test.each(['deploy', 'rollback', 'history'])(
    'learns from %s for which environment, and what to do',
    async (command) => {
      const at = scriptedCommand({}, 'yes');
      const surroundings: DeployDependencies = {
        ...at.surroundings,
        account: no,
        records: () => ({ ...at.made.ports.records, list: no }),
      };
      const asked = {
        deploy: () => deploy('development', undefined, plain, surroundings),
        rollback: () => rollback('development', undefined, { lang: 'en' }, surroundings),
        history: () => history('development', { lang: 'en' }, surroundings),
      }[command];
      const error: unknown = await asked?.().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UsageError);
      expect(String(error)).toMatch(/for development: .*Could not load credentials.*aws sso login/);
      nothingDone(at.made);
    },
  );

  test('or may not do it, learns it of the account as well, once that is known', async () => {
    const at = scriptedCommand({}, 'yes');
    const denied = async () => {
      throw faultOf(Object.assign(new Error('not authorized to perform'), { name: 'AccessDenied' }));
    };
    const ports: DeployDependencies['ports'] = (...words) => ({
      ...at.surroundings.ports(...words),
      recovery: { state: denied },
    });
    const failed = deploy('development', undefined, plain, { ...at.surroundings, ports });
    await expect(failed).rejects.toThrow(/development \(account 123456789012\): AccessDenied: not authorized/);
    nothingDone(at.made);
  });
});

describe('rollback refuses', () => {
  test.each([
    ['where nothing was ever good', undefined, /no good release before/],
    ['a record that there is none of', 'yesterday', /yesterday is no good release/],
  ])('%s', async (_, to, sentence) => {
    const at = scriptedCommand({}, 'yes');
    const options = { lang: 'en' as const, to };
    await expect(rollback('development', undefined, options, at.surroundings)).rejects.toThrow(sentence);
    nothingDone(at.made);
  });
});

test('history says so where nothing was recorded', async () => {
  expect(await history('development', { lang: 'ja' }, scriptedCommand().surroundings)).toBe(0);
  expect(said()).toBe(`${deployCatalogues.ja.noHistory}\n`);
});

test('both languages have every sentence', () => {
  const names = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null ? names(inner).map((name) => `${key}.${name}`) : [key],
    );
  expect(names(deployCatalogues.ja)).toEqual(names(deployCatalogues.en));
});
