// The ports of a failover's steps on this machine: the standby region's own database, tasks and load balancer. The primary is
// nowhere in them, so that a step that asked for it would fail (DR-6).

import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { reasonOf } from '../../common/reason.ts';
import { Refusal, reasonsOf } from '../../design/refusal.ts';
import type { RegionRole } from '../../design/stack-names.ts';
import { NotYet } from '../../functions/recovery/errors.ts';
import { firstEntry, type LedgerEntry } from '../../functions/recovery/ledger.ts';
import type { RecoveryPorts, Replication, Size } from '../../functions/recovery/ports.ts';
import type { LocalRegion } from '../region.ts';
import { refusals } from './refusals.ts';

/** The state machine knows it by name, as it knows the `Refused` of the steps. */
class RefusedHere extends Refusal {
  override readonly name = 'Refused';
}

interface WorldInput {
  readonly region: LocalRegion;
  /** Tasks of production. */
  readonly size: Size;
  /** The last measurement of how far behind the database is. */
  replication(): Replication | undefined;
  /** Where the name leads, as far as was heard. */
  goesTo(): RegionRole | 'by-hand' | undefined;
  /** Holds traffic here, or lets it go home. */
  hold(region: RegionRole): void;
  isRunning(execution: string): boolean;
  /** Gets what people would be told, and the report. */
  log(text: string): void;
}

export function standbyPorts(input: WorldInput): RecoveryPorts {
  const { region, size } = input;
  let entry: LedgerEntry = firstEntry;
  let level: 'working' | 'resting' = 'resting';
  const here =
    <T>(value: T) =>
    (role: RegionRole): T => {
      if (role !== 'standby') throw new RefusedHere(refusals.regionLost({ role }));
      return value;
    };
  return {
    clock: { now: () => new Date() },
    executions: { isRunning: async (execution) => input.isRunning(execution) },
    ledger: {
      read: async () => entry,
      async replace(next) {
        if (next.revision !== entry.revision + 1) return false;
        entry = next;
        return true;
      },
    },
    database: databaseOf(input),
    // A failover does not ask.
    followers: { couldTakeOver: () => Promise.reject(new RefusedHere(refusals.nothingOfPrimary)) },
    // PostgreSQL here takes what it needs: there is no capacity to raise, only the order in which it would be.
    capacity: {
      async set(next) {
        level = next;
      },
      isAt: async (asked) => asked === level,
    },
    service: here(serviceOf(region)),
    targets: here({ healthy: async () => region.service.healthy().length }),
    oneOff: here(oneOffsOf(input)),
    loadBalancer: here({ ask: (path) => askLoadBalancer(region, path) }),
    size,
    latch: { publish: async (role) => input.hold(role) },
    traffic: { goesTo: async () => input.goesTo() },
    messages: { move: () => Promise.reject(new RefusedHere(refusals.nothingOfPrimary)) },
    files: { copy: () => Promise.reject(new RefusedHere(refusals.nothingOfPrimary)) },
    news: { tell: async (subject) => input.log(`news: ${subject}`) },
    archive: {
      async keep(name, text) {
        input.log(text);
        return name;
      },
    },
  };
}

function databaseOf({ region, replication }: WorldInput): RecoveryPorts['database'] {
  const { following } = region.database;
  let promoting = false;
  let failure: unknown;
  return {
    async writer() {
      if (failure !== undefined) throw failure;
      if (following?.isPromoted() !== false) return 'standby';
      return promoting ? undefined : 'primary';
    },
    replication: async () => replication(),
    async promote(to, how) {
      if (to !== 'standby' || following === undefined) throw new RefusedHere(refusals.notPromotable({ role: to }));
      if (promoting) throw new NotYet('the database is being promoted');
      // Both sides must agree to a switchover; who is not heard of does not.
      if (how === 'switchover' && (await following.lag()) === undefined) throw new Refusal(refusals.switchoverAlone);
      promoting = true;
      following.promote().then(
        () => {
          promoting = false;
        },
        (error: unknown) => {
          promoting = false;
          failure = new Refusal(refusals.notPromoted({ reason: reasonsOf(error) }));
        },
      );
    },
  };
}

function serviceOf({ service, scaler }: LocalRegion): ReturnType<RecoveryPorts['service']> {
  return {
    async scale({ minimum, maximum }) {
      if (scaler === undefined) service.setDesired(minimum);
      else scaler.setBounds({ minimum, maximum });
    },
    running: async () => service.tasks().length,
  };
}

function oneOffsOf({ region: { service }, log }: WorldInput): ReturnType<RecoveryPorts['oneOff']> {
  const outcomes = new Map<string, 'running' | 'succeeded' | 'failed'>();
  return {
    async start(command, token) {
      const task = `${command} of ${token}`;
      if (outcomes.get(task) === undefined || outcomes.get(task) === 'failed') {
        outcomes.set(task, 'running');
        service.runOnce(command).then(
          () => outcomes.set(task, 'succeeded'),
          (error: unknown) => {
            log(`${task}: ${reasonOf(error)}`);
            outcomes.set(task, 'failed');
          },
        );
      }
      return task;
    },
    outcome: async (task) => outcomes.get(task) ?? 'failed',
  };
}

/** Milliseconds. */
const timeout = 5_000;

function askLoadBalancer({ places, authority }: LocalRegion, path: string): Promise<number> {
  const [encrypted, plain] = [places.get(443), places.get(80)];
  const address = encrypted ?? plain;
  const ask = encrypted === undefined ? plainRequest : request;
  return new Promise((resolve) => {
    if (address === undefined) return resolve(0);
    const asked = ask({ ...address, path, ca: authority.certificate, timeout, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(0));
    asked.end();
  });
}
