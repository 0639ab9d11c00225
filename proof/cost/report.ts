// What `build.json` and `hashira cost --json` say of cost: the estimate of each environment, and for production the document beside it.

import type { Assembly } from '../../assembly/graph.ts';
import { committedPrices, type Price, type PriceBook } from '../../aws/prices/price-table.ts';
import { isProduction } from '../../design/environments.ts';
import type { Line } from '../../design/lines.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { type Budget, budgetOf } from './budget.ts';
import { type BesideLine, besideDocument } from './document/beside.ts';
import type { Slip } from './document/slip.ts';
import { slipsOf } from './document/slips.ts';
import { type Total, totalsOf } from './document/totals.ts';
import { type Estimate, estimate } from './estimate.ts';
import { groupName } from './groups.ts';
import type { CostLine } from './lines.ts';
import type { CostProblem } from './problem.ts';
import type { UsageProfile } from './usage/usage-file.ts';

/** A line of the document that a computed line is held against. */
interface DocumentPlace {
  /** From 1; absent where no account of lines was given. */
  readonly line?: number;
  readonly what: string;
  /** USD a month. */
  readonly stated: number;
}

export interface ReportedLine extends Omit<CostLine, 'group'> {
  /** The document's name of the group. */
  readonly group: string;
  readonly document?: DocumentPlace;
}

export interface DocumentReport {
  readonly lines: readonly (Omit<BesideLine, 'lines'> & { readonly line?: number })[];
  readonly totals: readonly (Total & { readonly line?: number })[];
  readonly slips: readonly (Slip & { readonly line?: number })[];
}

export interface CostEntry {
  readonly environment: Environment;
  /** USD, before tax, on demand. */
  readonly monthly: number;
  readonly yearly: number;
  readonly prices: {
    /** The day of the oldest price that was used. */
    readonly oldest: string;
    readonly confidence: Readonly<Record<Price['confidence'], number>>;
  };
  readonly groups: readonly { readonly name: string; readonly monthly: number }[];
  /** What each region costs, the dearest first: that of the one which only stands by is the price of a failover. */
  readonly regions: readonly { readonly region: string; readonly monthly: number }[];
  readonly lines: readonly ReportedLine[];
  readonly usage: Estimate['usage'];
  readonly free: Estimate['free'];
  /** What has no price: where there is any the sums are the least there is to pay, and nothing of the document is held against them. */
  readonly unpriced: Estimate['unpriced'];
  readonly budget?: Budget;
  /** Production's only: the other environments have no lines in the document. */
  readonly document?: DocumentReport;
}

export interface CostInput {
  readonly graph: Assembly;
  readonly environments: readonly Environment[];
  readonly design?: Design;
  /** The account of the document's lines, for their numbers. */
  readonly lines?: readonly Line[];
  readonly usage?: UsageProfile;
  readonly prices?: PriceBook;
  /** Region of the stacks of which nobody says it. */
  readonly region?: string | undefined;
  /** Leaves out and lists what has no price, instead of estimating nothing. */
  readonly partial?: boolean | undefined;
}

/** The cost of each environment; none where there are problems, each told once. */
export function costReport(input: CostInput): {
  readonly cost: readonly CostEntry[];
  readonly problems: readonly CostProblem[];
} {
  const { prices = committedPrices, design } = input;
  const results = input.environments.map((environment) =>
    estimate({
      graph: input.graph,
      environment,
      prices,
      design,
      region: input.region,
      partial: input.partial,
      ...(input.usage?.[environment] === undefined ? {} : { overrides: input.usage[environment] }),
    }),
  );
  const problems = results.flatMap((result) => result.problems);
  const told = problems.filter(
    ({ message }, index) => problems.findIndex((one) => one.message.en === message.en) === index,
  );
  if (told.length > 0) return { cost: [], problems: told };
  const numbers = new Map(
    (input.lines ?? []).flatMap(({ number, statements }) => statements.map(({ path }) => [path, number] as const)),
  );
  return {
    cost: results.flatMap(({ estimate: found }) =>
      found === undefined ? [] : [entryOf(found, design, numbers, prices)],
    ),
    problems: [],
  };
}

type Numbers = ReadonlyMap<string, number>;

function entryOf(found: Estimate, design: Design | undefined, numbers: Numbers, prices: PriceBook): CostEntry {
  const { environment, monthly, yearly, groups, lines, usage, free, unpriced } = found;
  const isWhole = unpriced.length === 0;
  const documented = design !== undefined && isWhole && isProduction(design, environment) ? design : undefined;
  const beside = documented !== undefined ? besideDocument(documented, found, prices) : [];
  const places = new Map(
    beside.flatMap(({ path, what, stated, lines: held }) =>
      path === undefined || stated === undefined
        ? []
        : held.map((line) => [line, { ...numberOf(path, numbers), what, stated }] as const),
    ),
  );
  const budget = design === undefined || !isWhole ? undefined : budgetOf(design, environment, monthly);
  return {
    environment,
    monthly,
    yearly,
    prices: pricesOf(lines),
    groups: groups.map(({ name, monthly: amount }) => ({ name, monthly: amount })),
    regions: regionsOf(lines),
    lines: lines.map((line) => {
      const place = places.get(line);
      const group = groupName(line.group, design);
      return { ...line, group, ...(place === undefined ? {} : { document: place }) };
    }),
    usage,
    free,
    unpriced,
    budget,
    ...(documented === undefined ? {} : { document: documentOf(documented, beside, numbers) }),
  };
}

function regionsOf(lines: readonly CostLine[]): CostEntry['regions'] {
  return [...Map.groupBy(lines, ({ region }) => region)]
    .map(([region, own]) => ({ region, monthly: own.reduce((sum, { monthly }) => sum + monthly, 0) }))
    .sort((one, other) => other.monthly - one.monthly);
}

const numberOf = (path: string, numbers: Numbers) => {
  const line = numbers.get(path);
  return line === undefined ? {} : { line };
};

function documentOf(design: Design, beside: readonly BesideLine[], numbers: Numbers): DocumentReport {
  return {
    lines: beside.map(({ lines: _, ...line }) => ({ ...line, ...numberOf(line.path ?? '', numbers) })),
    totals: totalsOf(design, beside).map((total) => ({ ...total, ...numberOf(total.path, numbers) })),
    slips: slipsOf(design, beside).map((one) => ({ ...one, ...numberOf(one.path, numbers) })),
  };
}

function pricesOf(lines: readonly CostLine[]): CostEntry['prices'] {
  const [oldest = ''] = lines.map(({ date }) => date).sort();
  const count = (confidence: Price['confidence']) =>
    new Set(lines.filter((line) => line.confidence === confidence).map(({ item, region }) => `${region} ${item}`)).size;
  return { oldest, confidence: { H: count('H'), M: count('M'), L: count('L') } };
}
