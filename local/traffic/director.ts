// The traffic director: the one address that customers know, which leads to a region as Route 53 would answer. It asks both load
// balancers as often as the health checks say, is told of alarms, and opens new connections to whichever region the records then give.

import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import type { RegionRole } from '../../design/stack-names.ts';
import type { Address } from '../machine/network.ts';
import { openEndpoint } from '../parts/endpoint.ts';
import { type AlarmStatus, openHealth } from './health.ts';
import type { CheckPlan, FailoverPlan } from './plan.ts';

export interface Director {
  readonly place: Address;
  alarmIs(alarm: string, status: AlarmStatus): void;
  isHealthy(check: string): boolean;
  goesTo(): RegionRole;
  /** Where there are no records: leads to this region from now on, as somebody who moves the traffic by hand would. */
  moveByHand(region: RegionRole): void;
  /** Calls back whenever a check, or where the name leads, has changed. */
  onChange(listener: () => void): void;
  stop(): Promise<void>;
}

interface DirectorInput {
  readonly plan: FailoverPlan;
  readonly place: Address;
  /** Each region's front address: for requests, by whether they are encrypted. */
  readonly loadBalancers: Readonly<
    Record<RegionRole, { readonly encrypted: Address | undefined; readonly plain: Address | undefined }>
  >;
  /** Intervals pass so many times faster. */
  readonly speed: number;
}

/**
 * Milliseconds in which Route 53 must have a connection (four seconds) and an answer (two more). They do not pass faster: a address that
 * opens slowly on a busy machine is not one that is closed.
 */
const timeout = 6_000;

export async function startDirector({ plan, place, loadBalancers, speed }: DirectorInput): Promise<Director> {
  const health = openHealth(plan);
  const relay = await openEndpoint(place);
  const listeners: (() => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let region: RegionRole | undefined;
  let byHand: RegionRole | undefined;
  const goesTo = () => (plan.records === undefined ? byHand : undefined) ?? health.goesTo();

  function settle(): void {
    const next = goesTo();
    if (next !== region) {
      region = next;
      // Whoever was connected asks again: as if nobody kept an answer. How long they keep it on AWS is added where it is foretold.
      relay.leadTo(loadBalancers[next].encrypted ?? loadBalancers[next].plain);
    }
    for (const listener of listeners) listener();
  }

  for (const check of plan.checks) if (check.kind === 'endpoint') watch(check);

  /** Its checkers are spread over the interval, as those of several regions are. */
  function watch(check: Extract<CheckPlan, { kind: 'endpoint' }>): void {
    const address = check.encrypted ? loadBalancers[check.region].encrypted : loadBalancers[check.region].plain;
    const pause = (check.interval * 1000) / speed;
    const look = async (checker: number) => {
      health.answered(check.key, checker, await answersWell(address, check));
      settle();
    };
    for (let checker = 0; checker < check.checkers; checker++) {
      const first = setTimeout(
        () => {
          timers.delete(first);
          void look(checker);
          timers.add(setInterval(() => void look(checker), pause));
        },
        (pause * checker) / check.checkers,
      );
      timers.add(first);
    }
  }

  settle();
  return {
    place,
    alarmIs(alarm, status) {
      health.alarmIs(alarm, status);
      settle();
    },
    isHealthy: health.isHealthy,
    goesTo,
    moveByHand(next) {
      byHand = next;
      settle();
    },
    onChange: (listener) => void listeners.push(listener),
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await relay.close();
    },
  };
}

/** Whether the address answers well and in time. Route 53 does not look at certificates. */
function answersWell(address: Address | undefined, { path, encrypted }: { path: string; encrypted: boolean }) {
  return new Promise<boolean>((resolve) => {
    if (address === undefined) return resolve(false);
    const options = {
      ...address,
      path,
      method: 'GET',
      agent: false,
      timeout,
      rejectUnauthorized: false,
    } as const;
    const asked = (encrypted ? request : plainRequest)(options, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 0;
      resolve(status >= 200 && status < 400);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.on('close', () => resolve(false));
    asked.end();
  });
}
