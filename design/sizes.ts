// SIZE-1…5: the sizes of every environment, from those of production and the document's rule for the others (`スペック半分、シングルAZ可`).
import { fargateAtLeast } from '../aws/fargate.ts';
import {
  auroraClass,
  auroraClasses,
  cacheNodeType,
  cacheNodeTypes,
  type MachineClass,
  machineAtLeast,
} from '../aws/instance-classes.ts';
import { metricOf, publishedValue } from './catalogue/metrics.ts';
import type { ProductionSizes } from './grammar/cost-sizes.ts';
import type { SizeRule } from './grammar/environment-cost.ts';
import type { LineLedger } from './lines.ts';
import { type Alarm, formEnvironments, type PerForm, type Sizes } from './schema.ts';

export interface SizeSources {
  /** From production's cost lines. */
  readonly production: ProductionSizes;
  /** From the notes below each environment's cost. */
  readonly rules: PerForm<SizeRule>;
  /** The input `max_tasks`. */
  readonly maxTasks: number;
  readonly alarms: readonly Alarm[];
  /** How many availability zones the network spans. */
  readonly zones: number;
}

/**
 * Production is as its cost lines say. The others have a share of its size: the smallest task and machines of at least that share.
 * Where one zone is enough (`シングルAZ`) there is one of each machine and that share of the tasks; elsewhere there are as many as in
 * production, so that something can take over. Such an environment grows to twice its tasks, never beyond production's most.
 */
export function deriveSizes(sources: SizeSources, ledger: LineLedger): PerForm<Sizes> {
  const timeoutSeconds = functionTimeout(sources.alarms);
  stateDerived(sources, ledger);
  const { rules } = sources;
  return {
    production: productionSizes(sources, timeoutSeconds),
    staging: sharedSizes(sources, rules.staging, timeoutSeconds),
    development: sharedSizes(sources, rules.development, timeoutSeconds),
  };
}

function productionSizes({ production, maxTasks }: SizeSources, timeoutSeconds: number): Sizes {
  const { task, aurora, cache, natGateways, functions } = production;
  return {
    task: { cpu: task.cpu, memoryMiB: task.memoryMiB, minimum: task.count, maximum: maxTasks },
    aurora,
    ...(cache && { cache }),
    natGateways,
    ...(functions && { functions: { ...functions, timeoutSeconds } }),
  };
}

function sharedSizes(sources: SizeSources, { share, zones }: SizeRule, timeoutSeconds: number): Sizes {
  const { task, aurora, cache, functions } = sources.production;
  const count = (inProduction: number) => (zones === 'one' ? 1 : inProduction);
  const minimum = zones === 'one' ? Math.max(1, Math.ceil(task.count * share)) : task.count;
  const maximum = share === 1 ? sources.maxTasks : Math.min(2 * minimum, sources.maxTasks);
  return {
    task: { ...fargateAtLeast(task.cpu * share, task.memoryMiB * share), minimum, maximum: Math.max(minimum, maximum) },
    aurora: {
      instanceClass: shareOf(auroraClass(aurora.instanceClass), auroraClasses, share)?.name ?? aurora.instanceClass,
      instances: count(aurora.instances),
    },
    ...(cache && {
      cache: {
        nodeType: shareOf(cacheNodeType(cache.nodeType), cacheNodeTypes, share)?.name ?? cache.nodeType,
        nodes: count(cache.nodes),
      },
    }),
    natGateways: zones === 'several' ? sources.zones : 1,
    ...(functions && { functions: { ...functions, timeoutSeconds } }),
  };
}

/** A machine that nobody knows (its line is refused) has no share. */
const shareOf = (machine: MachineClass | undefined, from: readonly MachineClass[], share: number) =>
  machine && machineAtLeast(from, machine, share);

/** Timeouts that a person would write, in seconds, up to the longest that Lambda takes. */
const roundTimeouts = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900] as const;
const plainTimeout = 30;

/**
 * The document states no timeout of its functions, but it watches their Duration: a timeout at or below the threshold would end
 * every call before the alarm could tell (MON-9). So it is the next round number above it.
 */
function functionTimeout(alarms: readonly Alarm[]): number {
  const duration = alarms.find(isDuration);
  const metric = metricOf('lambda', 'Duration');
  const threshold = duration?.critical ?? duration?.warning;
  if (metric === undefined || threshold === undefined) return plainTimeout;
  const seconds = publishedValue(metric, threshold) / 1000;
  return roundTimeouts.find((timeout) => timeout > seconds) ?? 900;
}

const isDuration = ({ service, metric }: Alarm): boolean => service === 'lambda' && metric === 'Duration';

/** Puts the figures that no line states by itself on the lines that they follow from. */
function stateDerived({ production, alarms }: SizeSources, ledger: LineLedger): void {
  const stated = ledger.lines().find(({ statements }) => statements.some(({ path }) => path === 'inputs.maxTasks'));
  if (stated !== undefined) ledger.state(stated.number, 'input', 'sizes.production.task.maximum', 'production');
  const index = alarms.findIndex(isDuration);
  const duration = alarms[index];
  if (production.functions === undefined || duration === undefined) return;
  const line = ledger.lineOf(`alarms.${index}.${duration.critical === undefined ? 'warning' : 'critical'}`);
  for (const name of formEnvironments) ledger.state(line, 'input', `sizes.${name}.functions.timeoutSeconds`, name);
}
