// Claims about `deploy` on an AWS emulator: the real clients, the CDK's own publishing, stacks that come up, a failure that is AWS's own, and
// the record of it all. Updates and rollbacks are not asked of it: it does them wrong.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../testing/emulator/start-emulator.ts';
import { root } from './lib/root.ts';

const account = '111122223333';
const scratch = mkdtempSync(join(tmpdir(), 'hashira-deploy-machine-'));
const document = join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md');

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ root, scratch, account, region: 'ap-northeast-1' });
});
afterAll(async () => {
  await emulator?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

function run(program: string, ...words: string[]) {
  const env = { PATH: process.env.PATH ?? '', HOME: scratch, NO_COLOR: '1', ...emulator.environment };
  const options = { env, cwd: scratch, timeout: 90_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [join(root, program), ...words], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr }),
    );
  });
}
const hashira = (...words: string[]) => run('cli/main.ts', ...words, '--lang', 'en');

test('deploy plans an empty account, does what was approved, and keeps a record also of what failed (DEP-1, DEP-6)', async () => {
  const planned = await hashira('deploy', 'development', document, '--plan', '--json');
  expect(planned.code, planned.stderr).toBe(0);
  const { digest, stacks } = JSON.parse(planned.stdout);
  expect(stacks.every(({ does }: { does: string }) => does === 'create')).toBe(true);

  const regions = ['ap-northeast-1', 'us-east-1'].map((region) => `aws://${account}/${region}`);
  const bootstrapped = await run('node_modules/aws-cdk/bin/cdk', '--no-notices', 'bootstrap', ...regions);
  expect(bootstrapped.code, bootstrapped.stderr).toBe(0);

  const deployed = await hashira('deploy', 'development', document, '--approve', digest, '--no-smoke', '--json');
  expect(deployed.code, deployed.stderr).toBe(1);
  const result = JSON.parse(deployed.stdout);
  const results = Object.fromEntries(
    result.stacks.map((one: { id: string; result: string; why?: string }) => [one.id, [one.result, one.why]]),
  );
  // The emulator has no NAT gateways: the network fails as AWS would say it, what stands beside it is finished, the rest is not begun.
  expect(results).toMatchObject({
    DevelopmentNetworkStack: ['fault', expect.stringContaining('Unrecognized resource types')],
    DevelopmentStorageStack: ['done', undefined],
    DevelopmentMessagingStack: ['done', undefined],
    DevelopmentComputeStack: ['not-begun', undefined],
  });
  expect(result).toMatchObject({ outcome: 'failed', next: ['hashira deploy development --plan'] });

  const again = await hashira('deploy', 'development', document, '--approve', digest, '--no-smoke');
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is not the digest') });
}, 180_000);
