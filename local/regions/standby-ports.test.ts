// The state machine of the built templates with the real steps, in a standby region that is only told of: as it should go, and as it may.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assembly } from '../../assembly/graph.ts';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { inLanguage } from '../../design/messages/words.ts';
import { steps } from '../../functions/recovery/steps.ts';
import type { Address } from '../machine/network.ts';
import type { LocalRegion } from '../region.ts';
import { remove, synthesized } from '../testing/templates.ts';
import type { FailedOver } from './messages.ts';
import { standbyPorts } from './standby-ports.ts';
import { readStateMachine, runStateMachine } from './state-machine.ts';

const server = createServer((_, response) => response.writeHead(200).end());
let directory: string;
let graph: Assembly;
let place: Address;
beforeAll(async () => {
  directory = synthesized('production');
  graph = readAssembly(directory);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  place = { host: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
});
afterAll(() => {
  server.close();
  remove(directory);
});

interface Course {
  /** Why it is not promoted. */
  readonly promotion?: Error;
  /** Why orders are not sent again. */
  readonly resuming?: Error;
  /** Milliseconds by which it was behind when that was last measured. */
  readonly measured?: number;
  readonly action?: 'failover' | 'switchover';
}

/** Runs the whole state machine, a thousand times as fast. */
async function failOver({ promotion, resuming, measured, action = 'failover' }: Course = {}) {
  const held: string[] = [];
  let [desired, promoted] = [0, false];
  const region = {
    database: {
      following: {
        isPromoted: () => promoted,
        lag: async () => undefined,
        lastWrite: async () => undefined,
        async promote() {
          if (promotion !== undefined) throw promotion;
          promoted = true;
        },
      },
    },
    service: {
      setDesired: (count: number) => {
        desired = count;
      },
      tasks: () => Array.from({ length: desired }),
      healthy: () => Array.from({ length: desired }, (_, number) => String(number)),
      runOnce: async () => {
        if (resuming !== undefined) throw resuming;
      },
    },
    scaler: undefined,
    places: new Map([[80, place]]),
    authority: { certificate: '' },
  } satisfies { readonly [member in keyof LocalRegion]?: unknown };
  const ports = standbyPorts({
    region: region as never,
    size: { minimum: 2, maximum: 4 },
    replication: () => (measured === undefined ? undefined : { measuredAt: new Date().toISOString(), lagMs: measured }),
    goesTo: () => (held.at(-1) === 'standby' ? 'standby' : 'primary'),
    hold: (role) => held.push(role),
    isRunning: () => true,
    log: () => {},
  });
  const known = new Map<string, (event: never, given: typeof ports) => Promise<unknown>>(Object.entries(steps));
  const start = (execution: string): Promise<FailedOver> =>
    runStateMachine({
      definition: readStateMachine(graph, 'production'),
      input: { action, reason: 'a test' },
      execution,
      speed: 1_000,
      entered: () => {},
      run: async (state, event) => known.get(state)?.(event as never, ports),
    });
  return { ...(await start('first')), held, desired: () => desired, again: () => start('second') };
}

describe('DR-3, DR-6: a failover', () => {
  test('brings the region up and holds traffic in it, without a word to the one that is lost', async () => {
    const { ok, steps: taken, held, desired } = await failOver();
    expect(ok).toBe(true);
    const names = taken.map(({ name }) => name);
    const inOrder = [
      'Claim',
      'StartTasks',
      'PromoteDatabase',
      'SwitchTraffic',
      'AwaitTargets',
      'SmokeTest',
      'AwaitTraffic',
    ];
    expect(names.filter((name) => inOrder.includes(name))).toEqual(inOrder);
    expect(names).not.toContain('FreezeWriters');
    expect([held, desired()]).toEqual([['standby'], 2]);
  });

  test('whose database is heard of until just now is refused a switchover, and forced', async () => {
    // It was measured as close behind a moment ago, and nothing is heard of it any more.
    const { ok } = await failOver({ measured: 0 });
    expect(ok).toBe(true);
  });

  test.each<[string, Course, RegExp]>([
    [
      'the database is not promoted',
      { promotion: new Error('disk full') },
      /PromoteDatabase: .*not promoted: disk full/,
    ],
    ['orders are not sent again', { resuming: new Error('no queue') }, /ResumeOrders: /],
    [
      'it is planned, and the other region must stop writing',
      { action: 'switchover' },
      /FreezeWriters: the primary region is lost/,
    ],
  ])('stops and says why when %s', async (_, course, why) => {
    const { ok, failure, steps: taken } = await failOver(course);
    expect(ok).toBe(false);
    expect(inLanguage(failure ?? '', 'en')).toMatch(why);
    expect(taken.map(({ name }) => name)).toContain('Stop');
  });

  test('that is over is not begun a second time', async () => {
    const first = await failOver();
    const { ok, failure } = await first.again();
    expect(ok).toBe(false);
    expect(inLanguage(failure ?? '', 'en')).toMatch(/Claim: .*serves already/);
  });
});
