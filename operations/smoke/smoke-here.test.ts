// The smoke test against a real platform on this machine: real handshakes, a real order through every queue and function.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Started, startFrom } from '../../local/testing/platform.ts';
import { remove, synthesized } from '../../local/testing/templates.ts';
import { runSmoke } from './smoke.ts';

let assembly: string;
let started: Started;
beforeAll(async () => {
  assembly = synthesized('development');
  started = await startFrom(assembly, 'development');
});
afterAll(async () => {
  await started?.machine.release();
  remove(assembly);
});

test('TST-4, AC-SEC-3: an order goes the whole way, TLS 1.1 is refused, and AWS is not pretended', async () => {
  const { platform } = started;
  const design = { environments: [], criteria: [], requestsPerSecond: 1, tests: [] };
  const results = await runSmoke({ ...platform, design }, { timeoutSeconds: 30 });
  expect(Object.fromEntries(results.map(({ check, verdict, is }) => [check, `${verdict} ${is}`]))).toEqual({
    edge: 'not-here notHere',
    tls: 'ok tlsOffered',
    balancer: 'ok tasksInTraffic',
    order: 'ok orderAccepted',
    database: 'ok orderListed',
    cache: platform.cache === 'absent' ? 'not-here notHere' : 'ok cacheHit',
    queue: 'ok orderFulfilled',
    receipt: 'ok receiptThere',
    logs: 'not-here notHere',
    alarms: 'not-here notHere',
    protection: 'not-here notHere',
    traces: 'not-here notHere',
  });
});
