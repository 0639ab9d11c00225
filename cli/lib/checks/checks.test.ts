// `hashira preflight`, `smoke` and `drift` as people type them: against a server that refuses everything, as an account does to
// whoever has no rights in it, and against the platform that runs here.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeLedger } from '../../../local/machine/ledger.ts';
import { makeOwnFolder } from '../../../local/machine/own-folder.ts';
import { startStatus } from '../../../local/status/server.ts';
import { sampleSource } from '../../../local/status/testing/source.ts';
import { type AwsStub, startAwsStub } from '../../../operations/aws/testing/aws-stub.ts';
import { serveTarget } from '../../../operations/remote-target.ts';
import { smokeChecks } from '../../../operations/smoke/result.ts';
import { startShop } from '../../../operations/testing/shop.ts';
import type { CommandResult } from '../../testing/hashira.ts';
import { root } from '../root.ts';
import { ledgerOf } from '../up/run-platform.ts';

let out: string;
let stub: AwsStub;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'hashira-checks-'));
  process.env.XDG_STATE_HOME = join(out, 'state');
  stub = await startAwsStub({
    'sts.GetCallerIdentity': { Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/anne' },
  });
});
afterAll(async () => {
  await stub.stop();
  rmSync(out, { recursive: true });
});

/** The command, with what is said of AWS in its environment and nothing of this machine's. */
const hashira = (...words: string[]): Promise<CommandResult> =>
  hashiraAs({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }, words);

async function hashiraAs(credentials: NodeJS.ProcessEnv, words: readonly string[]): Promise<CommandResult> {
  const env = {
    PATH: process.env.PATH,
    HOME: out,
    XDG_STATE_HOME: process.env.XDG_STATE_HOME,
    AWS_ENDPOINT_URL: stub.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    ...credentials,
  };
  const child = spawn(process.execPath, [join(root, 'bin', 'hashira.js'), ...words], { cwd: root, env });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.on('data', (text) => {
    said.stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

describe('whoever has no rights in the account', () => {
  test('DEP-1: learns from preflight what could not be found out, and that is not well', async () => {
    const { code, stdout } = await hashira('preflight', 'development', '--json');
    const { environment, results } = JSON.parse(stdout);
    expect([code, environment]).toEqual([1, 'development']);
    expect(results).toContainEqual(expect.objectContaining({ check: 'stacks', verdict: 'unknown', is: 'unread' }));
    expect(results.filter(({ verdict }: { verdict: string }) => verdict === 'ok')).toEqual([]);
  });

  test('learns from drift that nothing is known', async () => {
    const { code, stdout, stderr } = await hashira('drift', 'development', '--lang', 'en');
    expect(code).toBe(1);
    expect(stdout).toMatch(/DevelopmentNetworkStack .*unknown/);
    expect(stdout).toContain('AWS did not let it look: AccessDenied');
    expect(stderr).toMatch(/AWS does not allow it for development: AccessDenied.*AWS_PROFILE/);
  });

  test('TST-5: is refused a load on what is deployed', async () => {
    const { code, stderr } = await hashira(
      'load',
      ...['--endpoint', 'https://shop.example.com', '--environment', 'development', '--token-command', 'echo token'],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('AccessDenied');
  });
});

test.each(['preflight', 'drift'])(
  'whoever is not signed in learns from %s what to do, and no more',
  async (command) => {
    const { code, stdout, stderr } = await hashiraAs({}, [command, 'development', '--lang', 'en']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/nobody is signed in to AWS for development: .*aws sso login/);
    expect(stderr).not.toContain('    at ');
  },
);

test('DEP-5: smoke looks at the platform that runs here, and says what is not here', async () => {
  const shop = await startShop();
  const control = { token: 'secret', answer: serveTarget({ ...shop.target, environment: 'development' }) };
  const status = await startStatus({ source: sampleSource(), alarms: [], language: 'en', control });
  const ledger = await takeLedger(ledgerOf(out), makeOwnFolder(out, 'platform-'));
  ledger.tell({ url: shop.target.url, control: status.controlUrl, token: 'secret' });
  try {
    const { code, stdout } = await hashira('smoke', 'development', '--local', '--out', out, '--json');
    const { target, results } = JSON.parse(stdout);
    const verdicts = Object.fromEntries(results.map(({ check, verdict }: Record<string, string>) => [check, verdict]));
    expect(target).toBe('local');
    expect(Object.keys(verdicts)).toEqual([...smokeChecks]);
    expect(verdicts).toMatchObject({ order: 'ok', queue: 'ok', receipt: 'ok', edge: 'not-here', alarms: 'not-here' });
    // The shop has no encryption, and that is a fault.
    expect([verdicts.tls, code]).toEqual(['fail', 1]);
    const other = await hashira('smoke', 'production', '--local', '--out', out, '--lang', 'en');
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('is development, not production')]);
  } finally {
    ledger.close();
    await status.stop();
    await shop.stop();
  }
});

test.each([
  [['preflight', 'production', '--account', '12'], '--account 12'],
  [['preflight', 'prod'], 'prod'],
  [['preflight'], "missing required argument 'environment'"],
  [['smoke', 'production', '--timeout', 'long'], '--timeout long'],
  [['smoke', 'production', '--local', '--endpoint', 'https://x.example'], '--local'],
  [['smoke', 'production'], 'HASHIRA_TOKEN'],
  [['smoke', 'production', '--endpoint', 'shop'], '--endpoint shop'],
  [['load', '--deployed'], '--environment'],
])('%j is refused with what to do', async (words, message) => {
  const { code, stdout, stderr } = await hashira(...words, '--lang', 'en');
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
});
