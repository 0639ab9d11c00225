// Two regions of one environment on this machine, with the traffic director before them: what a drill needs to lose the first one and to
// bring up the second. It has the shape of operations' `Regions`, which this room does not know.

import { existsSync } from 'node:fs';
import * as z from 'zod';
import { until } from '../../common/until.ts';
import type { Environment } from '../../design/schema.ts';
import type { RegionRole } from '../../design/stack-names.ts';
import { readBlueprint } from '../blueprint/blueprint.ts';
import { cleanUp, killHolder } from '../machine/ledger.ts';
import type { Machine } from '../machine/machine.ts';
import { firstFree, openNetwork } from '../machine/network.ts';
import { startIssuer } from '../parts/issuer.ts';
import { hashOf, readTemplates } from '../platform.ts';
import { localProblem } from '../problems.ts';
import { type Director, startDirector } from '../traffic/director.ts';
import { type FailoverPlan, loadBalancersIn, readFailover } from '../traffic/plan.ts';
import { type FailedOver, type FailoverInput, failedOverShape, ordersShape, startedShape } from './messages.ts';
import { type Pace, paceOf } from './pace.ts';
import { type RegionProcess, startRegionProcess } from './region-process.ts';
import { readStateMachine } from './state-machine.ts';

export interface RegionPairInput {
  readonly machine: Machine;
  readonly assembly: string;
  readonly environment: Environment;
  /** Folder of this room's compiled entry points. */
  readonly code: string;
  /** The ledger of a region. */
  ledgerOf(role: RegionRole): string;
  readonly speed: number;
  readonly signal: AbortSignal;
  /** Told when a region has started. */
  started?(role: RegionRole, ms: number): void;
}

export interface RegionPair {
  readonly url: string;
  readonly certificate: string;
  readonly templateHash: string;
  /** What takes how long on AWS, by the templates. */
  readonly pace: Pace;
  headers(customer: string): Promise<Readonly<Record<string, string>>>;
  /** Whether there is no name that health checks could move, and somebody has to move the traffic: here, the drill. */
  readonly movedByHand: boolean;
  /** Whether the health checks find the primary lost, for so long that the alarm has called somebody. */
  isPrimaryLost(): boolean;
  /** Milliseconds by which the second region's database is behind; `undefined` when it hears nothing of the first. */
  lagMs(): Promise<number | undefined>;
  /** Ends everything of the first region at once. */
  losePrimary(): Promise<void>;
  /** Runs the state machine of the templates; `entered` is told of its states. */
  failOver(input: FailoverInput, entered: (state: string) => void): Promise<FailedOver>;
  /** The orders that the second region's database has. */
  orders(): Promise<readonly { readonly id: string; readonly status: string }[]>;
}

/**
 * Starts both; what has been started is given back with the machine.
 * @throws LocalProblem when the templates have no second region or no failover, or a part does not come up.
 */
export async function startRegionPair(input: RegionPairInput): Promise<RegionPair> {
  const { machine, assembly, environment, code, speed, signal } = input;
  const graph = readTemplates(assembly);
  const blueprints = {
    primary: readBlueprint(graph, environment),
    standby: readBlueprint(graph, environment, 'standby'),
  };
  const plan = readFailover(graph, environment, loadBalancersIn(blueprints));
  const definition = readStateMachine(graph, environment);
  const issuer = await startIssuer(openNetwork());
  machine.onRelease(issuer.stop);

  const open = async (role: RegionRole, follows?: unknown) => {
    const begin = performance.now();
    const ledger = input.ledgerOf(role);
    const region = startRegionProcess(`region-${role}`, code, machine.processes);
    machine.onRelease(() => endRegion(region, ledger));
    const about = { environment, role, assembly, code, ledger, speed, issuer: issuer.variables };
    const asked = region.ask({
      ask: 'start',
      about: follows === undefined ? about : { ...about, follows: startedShape.shape.follows.parse(follows) },
    });
    const started = startedShape.parse(await untilHalted(asked, signal));
    input.started?.(role, Math.round(performance.now() - begin));
    return { region, ledger, started };
  };
  const primary = await open('primary');
  const standby = await open('standby', primary.started.follows);

  const director = await startDirector({
    plan,
    place: { host: '127.0.0.1', port: await firstFree([]) },
    loadBalancers: {
      primary: { encrypted: primary.started.loadBalancers.encrypted, plain: primary.started.loadBalancers.plain },
      standby: { encrypted: standby.started.loadBalancers.encrypted, plain: standby.started.loadBalancers.plain },
    },
    speed,
  });
  machine.onRelease(director.stop);
  const tell = () => standby.region.tellTraffic(plan.records === undefined ? 'by-hand' : director.goesTo());
  director.onChange(tell);
  tell();
  let entered: (state: string) => void = () => {};
  standby.region.onNews((said) => {
    if ('alarm' in said) director.alarmIs(said.alarm, said.status);
    if ('entered' in said) entered(said.entered);
  });

  const { host, port } = director.place;
  return {
    url: `${primary.started.loadBalancers.encrypted === undefined ? 'http' : 'https'}://${host}:${port}`,
    certificate: `${primary.started.certificate}\n${standby.started.certificate}`,
    templateHash: hashOf(assembly, graph, environment),
    pace: paceOf({ graph, plan, definition, standby: blueprints.standby }),
    headers: async (customer) => ({
      authorization: `Bearer ${await issuer.token(customer)}`,
      ...primary.started.letsIn,
    }),
    isPrimaryLost: lossWatch(plan, director, speed),
    movedByHand: plan.records === undefined,
    async lagMs() {
      const lag = z.nullable(z.number()).parse(await standby.region.ask({ ask: 'lag' }));
      return lag === null ? undefined : lag * 1000;
    },
    async losePrimary() {
      killHolder(primary.ledger, primary.region.running.pid);
      await primary.region.running.ended;
    },
    async failOver(asked, told) {
      entered = told;
      const run = failedOverShape.parse(
        await untilHalted(standby.region.ask({ ask: 'failOver', about: asked }), signal),
      );
      // The report says what there is to do by hand where there is no name to move.
      if (run.ok) director.moveByHand('standby');
      return run;
    },
    orders: async () => ordersShape.parse(await standby.region.ask({ ask: 'orders' })),
  };
}

/** Whether the alarm that calls somebody has been raised: it waits until the check has failed for its whole time. */
function lossWatch({ lost }: FailoverPlan, { isHealthy }: Director, speed: number): () => boolean {
  let since: number | undefined;
  return () => {
    if (lost === undefined || isHealthy(lost.check)) {
      since = undefined;
      return false;
    }
    since ??= performance.now();
    return performance.now() - since >= (lost.toldAfter * 1000) / speed;
  };
}

/** Milliseconds that a region gets to end in. */
const timeout = 8_000;

async function endRegion({ running }: RegionProcess, ledger: string): Promise<void> {
  await running.end('SIGTERM', timeout);
  // One that was killed is tidied up after by its keeper, which may still be at it.
  const isClean = async () => {
    if (existsSync(ledger)) await cleanUp(ledger).catch(() => {});
    return !existsSync(ledger);
  };
  await until(isClean, (clean) => clean, { within: timeout, every: 50 });
}

function untilHalted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const halt = () => reject(localProblem('interrupted', {}));
    if (signal.aborted) halt();
    signal.addEventListener('abort', halt, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', halt));
  });
}
