// What an environment costs a month: every resource of every region priced or free with a reason, or a problem; never a silent zero.

import { environmentOf, ofEnvironment } from '../../assembly/environments.ts';
import type { Assembly, Resource } from '../../assembly/graph.ts';
import { callsOn, scheduledCalls, timesOf } from '../../assembly/questions/schedules.ts';
import { ofType } from '../../assembly/relations.ts';
import { freeTypes, whyFree } from '../../aws/free-types.ts';
import { committedPrices, type PriceBook } from '../../aws/prices/price-table.ts';
import { monthHours } from '../../aws/schedule.ts';
import { environmentKeys } from '../../design/environments.ts';
import { nearest } from '../../design/grammar/nearest.ts';
import type { Words } from '../../design/messages/words.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { type Group, groups } from '../../design/words/cost-groups.ts';
import { groupName } from './groups.ts';
import { type CostLine, linesOf, type PlacedCharge } from './lines.ts';
import { rounded } from './money.ts';
import { pricers } from './pricers/index.ts';
import type { Site } from './pricers/site.ts';
import { CostError, type CostProblem, type CostProblemCode, costProblem } from './problem.ts';
import { type Usage, type UsageFigure, type UsageOverrides, usageOf } from './usage/usage.ts';

export interface Estimate {
  readonly environment: Environment;
  /** USD, before tax. */
  readonly monthly: number;
  readonly yearly: number;
  /** In the document's order, under its names. */
  readonly groups: readonly { readonly group: Group; readonly name: string; readonly monthly: number }[];
  readonly lines: readonly CostLine[];
  readonly usage: readonly UsageFigure[];
  /** Types of the templates that cost nothing. */
  readonly free: readonly { readonly type: string; readonly count: number; readonly reason: Words }[];
  /** What has no price; the sums are the least there is to pay where there is any. Empty unless `partial` is asked for. */
  readonly unpriced: readonly Unpriced[];
}

interface Unpriced {
  readonly type: string;
  /** Construct paths. */
  readonly resources: readonly string[];
  readonly reason: Words;
}

export interface EstimateInput {
  readonly graph: Assembly;
  readonly environment: Environment;
  /** Absent for an assembly whose document is not known. */
  readonly design?: Design;
  readonly overrides?: UsageOverrides;
  readonly prices?: PriceBook;
  /** Region of the stacks of which nobody says it. */
  readonly region?: string | undefined;
  /** Leaves out and lists what has no price, instead of estimating nothing. */
  readonly partial?: boolean | undefined;
}

export interface EstimateResult {
  /** Absent when there are problems. */
  readonly estimate?: Estimate;
  readonly problems: readonly CostProblem[];
}

export function estimate(input: EstimateInput): EstimateResult {
  const { prices = committedPrices, environment, design } = input;
  const problems: CostProblem[] = [];
  const unpriced: { readonly problem: CostProblem; readonly resource: Resource }[] = [];
  const without = (problem: CostProblem, resources: readonly Resource[]) => {
    if (input.partial === true && leftOut.has(problem.code))
      unpriced.push(...resources.map((resource) => ({ problem, resource })));
    else if (!problems.some(({ message }) => message.en === problem.message.en)) problems.push(problem);
  };
  const attempt = <T>(make: () => T, resources: readonly Resource[] = []): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof CostError)) throw error;
      without(error.problem, resources);
      return undefined;
    }
  };
  const graph = environmentGraph(input.graph, environment, design && environmentKeys(design));
  const site = siteOf({ ...input, graph });
  const charges = graph.resources.flatMap((resource): readonly PlacedCharge[] => {
    if (isUnread(resource)) without(costProblem('unread-template', { resource: resource.path }), [resource]);
    const pricer = pricers.get(resource.type);
    if (pricer === undefined) {
      if (whyFree(resource.type) === undefined) without(unknownType(resource.type, resource.path), [resource]);
      return [];
    }
    const region = site.regionOf(resource);
    const priced = attempt(() => pricer.price(resource, site), [resource]) ?? [];
    return priced.map((charge) => ({ region, ...charge, resource }));
  });
  const freeShare = attempt(() => site.usage.read('freeTierShare')) ?? 1;
  const lines = pricedLines(prices, charges, freeShare, attempt);
  if (problems.length > 0 || lines === undefined) return { problems };
  const monthly = sum(lines);
  return {
    estimate: {
      environment,
      monthly,
      yearly: rounded(monthly * 12),
      groups: groups.map((group) => ({
        group,
        name: groupName(group, design),
        monthly: sum(lines.filter((line) => line.group === group)),
      })),
      lines: lines.toSorted((one, other) => groups.indexOf(one.group) - groups.indexOf(other.group)),
      usage: site.usage.figures(),
      free: freeOf(graph),
      unpriced: [...Map.groupBy(unpriced, ({ resource, problem }) => `${resource.type} ${reasonFor(problem).en}`)].map(
        ([, [first, ...others]]) => ({
          type: first?.resource.type ?? '',
          resources: [first, ...others].flatMap((one) => one?.resource.path ?? []),
          reason: reasonFor(first?.problem),
        }),
      ),
    },
    problems,
  };
}

/** All lines that have a price. Each item is tried alone, so that every missing price is named and not just the first. */
function pricedLines(
  prices: PriceBook,
  charges: readonly PlacedCharge[],
  freeShare: number,
  attempt: <T>(make: () => T, resources?: readonly Resource[]) => T | undefined,
): readonly CostLine[] | undefined {
  const alike = Map.groupBy(charges, ({ item, region }) => `${region} ${item}`);
  const priced = [...alike.values()].filter((some) => {
    const resources = some.map(({ resource }) => resource);
    return attempt(() => linesOf(prices, some, 0), resources) !== undefined;
  });
  return attempt(() => linesOf(prices, priced.flat(), freeShare));
}

/** Problems that one resource has and the others have not. A region without prices or an unknown use would leave out nearly all. */
const leftOut: ReadonlySet<CostProblemCode> = new Set([
  'unknown-type',
  'unread-template',
  'missing-price',
  'unresolved-quantity',
]);

/** A nested stack costs what its template holds, which is in the graph once it has been read. */
const isUnread = ({ type, isOpened }: Resource): boolean => type === 'AWS::CloudFormation::Stack' && isOpened !== true;

/** Beside the type and the resource, which are told once for all that are alike. */
const reasonFor = (problem: CostProblem | undefined): Words =>
  problem === undefined || problem.code === 'unknown-type' ? noPrice : problem.message;

const noPrice: Words = { en: 'no price is known for the type', ja: 'この種別の単価がありません' };

const sum = (lines: readonly CostLine[]): number => rounded(lines.reduce((total, { monthly }) => total + monthly, 0));

function unknownType(type: string, resource: string): CostProblem {
  return costProblem('unknown-type', { type, resource, nearest: nearest(type, [...pricers.keys(), ...freeTypes]) });
}

/** The stacks of an environment; all of them where no stack is named as one of ours, as in somebody else's assembly. */
export function environmentGraph(graph: Assembly, environment: Environment, known?: readonly Environment[]): Assembly {
  const isOurs = graph.stacks.some((stack) => environmentOf(stack, known) !== undefined);
  return isOurs ? ofEnvironment(graph, environment, known) : graph;
}

function siteOf({ graph, design, environment, overrides, region: given }: EstimateInput): Site {
  const regions = new Map(graph.stacks.map(({ id, region }) => [id, region]));
  const home = design?.region ?? given ?? busiestRegion(graph);
  const usage = usageOf({
    environment,
    stopsAtNight: design !== undefined && stopsAtNight(graph, design),
    design,
    overrides,
  });
  return {
    graph,
    home,
    usage,
    regionOf: ({ stack }) => {
      const region = regions.get(stack) ?? 'unknown-region';
      return region === 'unknown-region' ? (given ?? home) : region;
    },
    get runningHours() {
      return runningHours(usage);
    },
  };
}

const runningHours = (usage: Usage): number => (monthHours * usage.read('hoursPerWeek')) / 168;

/** The region with the most resources, where no document names one. */
function busiestRegion({ stacks, resources }: Assembly): string {
  const counts = Map.groupBy(resources, ({ stack }) => stacks.find(({ id }) => id === stack)?.region ?? '');
  const [busiest] = [...counts].toSorted(([, one], [, other]) => other.length - one.length);
  return busiest?.[0] ?? 'unknown-region';
}

/** A year whose days are all ahead of any document. */
const someYear = 2030;

/** Whether the clock does something at the end of the document's working day. */
function stopsAtNight(graph: Assembly, { inputs: { workingHours } }: Design): boolean {
  const end = workingHours.stop.padStart(5, '0');
  const calls = [
    ...scheduledCalls(graph),
    ...ofType(graph, 'AWS::ECS::Service').flatMap((service) => callsOn(graph, service)),
  ];
  return calls.some((call) => {
    const times = call.isOn ? timesOf(call, workingHours.timeZone, [someYear]) : undefined;
    return [...(times?.values() ?? [])].some((some) => some.includes(end));
  });
}

function freeOf({ resources }: Assembly): Estimate['free'] {
  const byType = Map.groupBy(resources, ({ type }) => type);
  return [...byType].flatMap(([type, found]) => {
    const reason = pricers.has(type) ? undefined : whyFree(type);
    return reason === undefined ? [] : [{ type, count: found.length, reason }];
  });
}
