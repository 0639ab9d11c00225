// Other ways to have the same platform: each as a difference in USD a month, with the point from which it pays where it has one, and
// judged again so that only what keeps every statement and criterion counts.
import { environmentKeys } from '../../../design/environments.ts';
import { type EstimateInput, type EstimateResult, environmentGraph, estimate } from '../estimate.ts';
import type { CostLine } from '../lines.ts';
import { rounded } from '../money.ts';
import { acuBreakEven, endpointBreakEven, ioBreakEven, usageFor } from './break-even.ts';
import {
  hasEndpoints,
  infrequentLogs,
  ioOptimized,
  onArm,
  onValkey,
  otherEndpoints,
  type ScenarioChange,
  serverless,
} from './changes.ts';
import { savedOn } from './commitments.ts';
import { type ScenarioName, type Sentence, sentences } from './sentences.ts';

export interface Scenario {
  readonly name: ScenarioName;
  /** What the document would say. */
  readonly change: Sentence;
  /** USD a month with it. */
  readonly monthly: number;
  /** USD a month against the platform as designed; negative saves. */
  readonly difference: number;
  /** From where on it pays. */
  readonly breakEven?: Sentence;
  /** Statements and criteria that hold as designed and no longer with it; absent where it was not judged. */
  readonly lost?: readonly string[];
}

/** Names what fails in a platform, so that a scenario can be held against the platform as designed. */
export type Failures = (input: EstimateInput) => Promise<ReadonlySet<string>>;

interface Trial {
  readonly name: ScenarioName;
  readonly apply: ScenarioChange;
  /** Whether the judges can look at the result: resources made up for the price alone are not a platform. */
  readonly judged: boolean;
  /** Whether its saving hangs on a figure that nobody has measured; the lean platform then does without it. */
  readonly assumed?: boolean;
  readonly breakEven?: Sentence | undefined;
}

/**
 * The scenarios of an environment, cheapest first, the lean one last. None when the platform as designed cannot be priced.
 * @param failures judges a platform; without it nothing is said about what a scenario would break
 */
export async function scenariosOf(input: EstimateInput, failures?: Failures): Promise<readonly Scenario[]> {
  const { estimate: designed } = estimate(input);
  if (designed === undefined) return [];
  const before = await failures?.(input);
  const trials = trialsOf(input, designed.lines);
  const tried: { readonly trial: Trial; readonly scenario: Scenario }[] = [];
  for (const trial of trials) {
    const changed = trial.apply(input);
    const result = monthlyOf(estimate(changed));
    if (result === undefined) continue;
    const lost = trial.judged && before !== undefined ? newlyLost(before, await failures?.(changed)) : undefined;
    tried.push({ trial, scenario: scenarioOf(trial.name, result, designed.monthly, trial.breakEven, lost) });
  }
  const kept = tried.filter(
    ({ trial, scenario }) =>
      trial.judged && trial.assumed !== true && scenario.difference < 0 && (scenario.lost ?? []).length === 0,
  );
  const lean = kept.reduce((changed, { trial }) => trial.apply(changed), input);
  return [
    ...tried.map(({ scenario }) => scenario).toSorted((one, other) => one.difference - other.difference),
    ...promises(input, designed.lines, designed.monthly),
    ...(await leanest(lean, designed.monthly, before, failures)),
  ];
}

function trialsOf(input: EstimateInput, lines: readonly CostLine[]): readonly Trial[] {
  const pays = (pattern: RegExp) => lines.some(({ item }) => pattern.test(item));
  const when = (meant: boolean, make: () => Trial): readonly Trial[] => (meant ? [make()] : []);
  const { averageAcu } = input.overrides ?? {};
  return [
    ...when(pays(/^(fargate|lambda)\.x86\./), () => ({ name: 'arm64', apply: onArm, judged: true })),
    ...when(pays(/^elasticache\.redis\./), () => ({ name: 'valkey', apply: onValkey, judged: true })),
    ...when(pays(/^aurora\.io$/), () => ({
      name: 'io-optimized',
      apply: ioOptimized,
      judged: true,
      breakEven: ioBreakEven(input),
    })),
    ...when(pays(/^aurora\.instance\./), () => ({
      name: 'serverless',
      apply: serverless,
      judged: true,
      assumed: averageAcu === undefined,
      breakEven: acuBreakEven(input, lines),
    })),
    ...when(pays(/^logs\.ingest\.gb$/), () => ({ name: 'infrequent-logs', apply: infrequentLogs, judged: true })),
    ...when(pays(/^nat\.gb$/), () => endpointTrial(input)),
  ];
}

/** The other of two ways to AWS's services: with interface endpoints, or through the NAT gateways alone. */
function endpointTrial(input: EstimateInput): Trial {
  const ownGraph = (changed: EstimateInput) =>
    environmentGraph(changed.graph, changed.environment, changed.design && environmentKeys(changed.design));
  const usage = usageFor(input);
  const other = otherEndpoints(usage.read('natGb'), usage.read('endpointGb'));
  return {
    name: hasEndpoints(ownGraph(input)) ? 'no-interface-endpoints' : 'interface-endpoints',
    apply: (changed) => other({ ...changed, graph: ownGraph(changed) }),
    judged: false,
    breakEven: endpointBreakEven(input),
  };
}

const monthlyOf = ({ estimate: found }: EstimateResult) => found?.monthly;

const newlyLost = (before: ReadonlySet<string>, after: ReadonlySet<string> | undefined) =>
  [...(after ?? [])].filter((failure) => !before.has(failure));

function scenarioOf(
  name: ScenarioName,
  monthly: number,
  designed: number,
  breakEven?: Sentence,
  lost?: readonly string[],
): Scenario {
  return {
    name,
    change: sentences.changes[name],
    monthly: rounded(monthly),
    difference: rounded(monthly - designed),
    breakEven,
    lost,
  };
}

/** A year's promise: at the document's own rate on what it names, and at the published ones. */
function promises({ design }: EstimateInput, lines: readonly CostLine[], designed: number): readonly Scenario[] {
  const saving = design?.cost.savings.find(({ unit }) => unit === '/月');
  const published = committed(lines);
  const named = lines
    .filter(({ item }) => /^(fargate|aurora)\./.test(item))
    .reduce((sum, { monthly }) => sum + monthly, 0);
  return [
    ...(saving === undefined
      ? []
      : [scenarioOf('commitment-document', designed - (named * saving.percent) / 100, designed)]),
    scenarioOf('commitment-published', designed - published, designed),
  ];
}

/** What a year's promise takes off some lines. What is stopped at night is not bought for a year. */
function committed(lines: readonly CostLine[]): number {
  return lines
    .filter(({ freeTier }) => freeTier === undefined)
    .reduce((sum, { item, monthly }) => sum + monthly * savedOn(item), 0);
}

/** Everything that saves and breaks nothing, and the year's promise on what is left. */
async function leanest(
  lean: EstimateInput,
  designed: number,
  before: ReadonlySet<string> | undefined,
  failures: Failures | undefined,
): Promise<readonly Scenario[]> {
  const { estimate: found } = estimate(lean);
  if (found === undefined) return [];
  const lost = before === undefined ? undefined : newlyLost(before, await failures?.(lean));
  return [scenarioOf('lean', found.monthly - committed(found.lines), designed, undefined, lost)];
}
