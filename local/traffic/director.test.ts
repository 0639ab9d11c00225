// The director with two servers that stand for load balancers and can be stopped.
import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Address, firstFree } from '../machine/network.ts';
import { eventually } from '../testing/wait.ts';
import { type Director, startDirector } from './director.ts';
import type { CheckPlan, FailoverPlan } from './plan.ts';

interface ScriptedServer {
  readonly place: Address;
  /** The status of its answers. */
  status: number;
  readonly server: Server;
}

async function openServer(name: string, status: number): Promise<ScriptedServer> {
  const port = await firstFree([]);
  const opened: ScriptedServer = {
    place: { host: '127.0.0.1', port },
    status,
    server: createServer((_, response) => response.writeHead(opened.status).end(name)),
  };
  await once(opened.server.listen(port, '127.0.0.1'), 'listening');
  return opened;
}

const endpoint = (key: string, region: 'primary' | 'standby'): CheckPlan => ({
  kind: 'endpoint',
  key,
  region,
  inverted: false,
  path: '/health/ready',
  encrypted: false,
  interval: 10,
  threshold: 3,
  checkers: 4,
});
const plan: FailoverPlan = {
  checks: [
    endpoint('primaryReady', 'primary'),
    { kind: 'alarm', key: 'latch', alarm: 'held', withoutData: 'LastKnownStatus', inverted: false },
    { kind: 'calculated', key: 'primaryServes', children: ['primaryReady', 'latch'], threshold: 2, inverted: false },
    endpoint('standbyReady', 'standby'),
  ],
  records: { primary: 'primaryServes', standby: 'standbyReady' },
  lost: undefined,
  keptFor: 60,
};

let loadBalancers: { readonly primary: ScriptedServer; readonly standby: ScriptedServer };
const closers: (() => unknown)[] = [];
beforeEach(async () => {
  loadBalancers = { primary: await openServer('primary', 200), standby: await openServer('standby', 503) };
  for (const { server } of Object.values(loadBalancers)) {
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
  }
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function direct(more: Partial<FailoverPlan> = {}): Promise<Director> {
  const at = ({ place }: ScriptedServer) => ({ encrypted: undefined, plain: place });
  const director = await startDirector({
    plan: { ...plan, ...more },
    place: { host: '127.0.0.1', port: await firstFree([]) },
    loadBalancers: { primary: at(loadBalancers.primary), standby: at(loadBalancers.standby) },
    speed: 100,
  });
  closers.push(director.stop);
  return director;
}

/** Who answers at the one address. */
const whoAnswers = ({ place }: Director) =>
  new Promise<string>((resolve, reject) => {
    get({ ...place, agent: false }, (response) => {
      response.setEncoding('utf8').once('data', resolve);
    }).on('error', reject);
  });

test('DR-8: leads to the standby once it answers and the primary is gone, and home when neither is well', async () => {
  const director = await direct();
  await eventually('an idle standby', () => !director.isHealthy('standbyReady'));
  expect(await whoAnswers(director)).toBe('primary');
  loadBalancers.primary.server.closeAllConnections();
  loadBalancers.primary.server.close();
  await eventually('the loss', () => !director.isHealthy('primaryServes'));
  expect(director.goesTo()).toBe('primary');
  loadBalancers.standby.status = 200;
  await eventually('the standby', () => director.goesTo() === 'standby');
  expect(await whoAnswers(director)).toBe('standby');
});

test('DR-8: the latch keeps traffic in the standby region however well the primary is, until it is cleared', async () => {
  loadBalancers.standby.status = 200;
  const director = await direct();
  const seen: string[] = [];
  director.onChange(() => seen.push(director.goesTo()));
  director.alarmIs('held', 'ALARM');
  expect(director.goesTo()).toBe('standby');
  expect(await whoAnswers(director)).toBe('standby');
  director.alarmIs('held', 'OK');
  expect(await whoAnswers(director)).toBe('primary');
  expect(seen).toEqual(expect.arrayContaining(['standby', 'primary']));
});

test('without records it stays until somebody moves it by hand, which with records nobody can', async () => {
  const [free, bound] = [await direct({ records: undefined }), await direct()];
  for (const director of [free, bound]) director.moveByHand('standby');
  expect([await whoAnswers(free), await whoAnswers(bound)]).toEqual(['standby', 'primary']);
});
