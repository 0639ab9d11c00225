// The document's estimate beside the computed one, line by line, with the reason and the amount of each difference.

import { findPrice, globalRegion, type Price, type PriceBook } from '../../../aws/prices/price-table.ts';
import { monthHours } from '../../../aws/schedule.ts';
import type { Design } from '../../../design/schema.ts';
import { type DocumentLine, type KnownLine, knownLine, speaksOf } from '../../../design/words/cost-lines.ts';
import type { Estimate } from '../estimate.ts';
import { groupName } from '../groups.ts';
import type { CostLine } from '../lines.ts';
import { rounded } from '../money.ts';
import { type Reckoning, reckon, stepOf, tolerance } from './arithmetic.ts';
import { type Reason, reason } from './reasons.ts';

export interface BesideLine {
  /** The group as the document names it. */
  readonly group: string;
  /** `service: label` of the document, or the price item of a line that it leaves out. */
  readonly what: string;
  /** Path of the line in the design; absent for a line that the document leaves out. */
  readonly path?: string;
  /** USD a month as the document states it. */
  readonly stated?: number;
  /** The document's own figures multiplied. */
  readonly product?: number;
  /** USD a month, before free allowances; absent where nothing is built or known that the line could be held against. */
  readonly computed?: number;
  readonly verdict: 'same' | 'differs' | 'missing-line' | 'not-built' | 'unknown';
  /** Why the two differ. Amounts are the document's less ours. */
  readonly reasons: readonly Reason[];
  /** The computed lines that it is held against. */
  readonly lines: readonly CostLine[];
}

/** Production's lines: the document's in its order, then those it leaves out. */
export function besideDocument(design: Design, { lines }: Estimate, book: PriceBook): readonly BesideLine[] {
  const charged = lines.filter(({ freeTier }) => freeTier === undefined);
  const here = charged.filter(({ region, item }) => region === design.region || soldAtEdge(region, item));
  const claimed = new Set<CostLine>();
  const stated = design.cost.groups.flatMap((group, g) =>
    group.services.flatMap((service, s) =>
      service.lines.map((line, l): BesideLine => {
        const known = knownLine(service.name, line.label);
        const found = known === undefined ? [] : here.filter((one) => speaksOf(known, one.item, one.purpose));
        for (const one of found) claimed.add(one);
        return {
          group: group.name,
          what: `${service.name}: ${line.label}`,
          path: `cost.groups.${g}.services.${s}.lines.${l}`,
          stated: line.total,
          ...judged(line, known, found, design.region, book),
        };
      }),
    ),
  );
  const left = charged.filter((line) => !claimed.has(line)).map((line) => missing(line, design));
  return [...stated, ...left];
}

const soldAtEdge = (region: string, item: string) =>
  region === globalRegion && /^(cloudfront|route53|waf)\./.test(item);

type Judged = Pick<BesideLine, 'product' | 'computed' | 'verdict' | 'reasons' | 'lines'>;

function judged(
  line: DocumentLine,
  known: KnownLine | undefined,
  lines: readonly CostLine[],
  region: string,
  book: PriceBook,
): Judged {
  if (known === undefined) return { verdict: 'unknown', reasons: [reason('unknown-line', line.total, {})], lines };
  if (known.items.length === 0)
    return { computed: 0, verdict: line.total === 0 ? 'same' : 'differs', reasons: [], lines };
  const [first] = lines;
  const price = findPrice(book, first?.region ?? region, first?.item ?? known.items[0] ?? '');
  const reckoning = reckon(line, price?.unit.endsWith('hour') ?? false, monthHours);
  const product = reckoning === undefined ? {} : { product: reckoning.product };
  const sums = arithmetic(line, reckoning);
  if (first === undefined || price === undefined) {
    return { ...product, verdict: 'not-built', reasons: [...sums, reason('no-resource', line.total, {})], lines };
  }
  const computed = total(lines);
  const isSame = Math.abs(line.total - computed) <= tolerance(line.total, computed);
  const why = reckoning === undefined ? [] : factors(reckoning, price, lines, book);
  const reasons = [...sums, ...why];
  if (isSame) return { ...product, computed, verdict: 'same', reasons, lines };
  const unexplained = reasons.length === 0 ? [reason('unexplained', line.total - computed, {})] : [];
  return { ...product, computed, verdict: 'differs', reasons: [...reasons, ...unexplained], lines };
}

const total = (lines: readonly CostLine[]) => rounded(lines.reduce((sum, { monthly }) => sum + monthly, 0));

/** The stated amount is not what its figures make, by more than it may be rounded or cut off. */
function arithmetic({ total: stated }: DocumentLine, reckoning: Reckoning | undefined): readonly Reason[] {
  if (reckoning === undefined || Math.abs(stated - reckoning.product) <= stepOf(stated)) return [];
  return [reason('arithmetic', stated - reckoning.product, { stated, product: reckoning.product })];
}

const nearly = (one: number, other: number, share: number) => Math.abs(one - other) <= Math.abs(other) * share;
const closeEnough = 0.005;

/** The price and the quantity, each with what it makes of the difference: together with the arithmetic they are all of it. */
function factors(
  { unitPrice, quantity }: Reckoning,
  price: Price,
  lines: readonly CostLine[],
  book: PriceBook,
): readonly Reason[] {
  const { per, unit } = price;
  const listed = (price.tiers[0]?.price ?? 0) / per;
  const built = lines.reduce((sum, line) => sum + line.quantity, 0) * per;
  const reasons: Reason[] = [];
  if (!nearly(unitPrice, listed, closeEnough)) {
    const amount = (unitPrice - listed) * quantity;
    const said = { found: round(unitPrice * per), listed: round(listed * per), unit };
    const elsewhere = regionsWith(book, price, unitPrice * per);
    const other = elsewhere.length === 0 ? similar(book, price, unitPrice * per) : undefined;
    if (elsewhere.length > 0)
      reasons.push(reason('other-region', amount, { ...said, regions: elsewhere, region: price.region }));
    else if (other !== undefined) reasons.push(reason('other-item', amount, { ...said, ...other }));
    else reasons.push(reason('price', amount, said));
  }
  if (!nearly(quantity, built, closeEnough)) {
    const amount = (quantity - built) * listed;
    reasons.push(reason('usage', amount, { found: round(quantity / per), built: round(built / per), unit }));
  }
  return reasons;
}

/** Other regions in which the item costs what the document says. */
function regionsWith(book: PriceBook, { item, region }: Price, found: number): readonly string[] {
  return book.tables
    .filter((table) => table.region !== region)
    .map((table) => findPrice(book, table.region, item))
    .flatMap((price) =>
      price !== undefined && nearly(found, price.tiers[0]?.price ?? 0, 0.001) ? [price.region] : [],
    );
}

/** The I/O-Optimized rate of a machine, where the document's price is nearer to that than to the standard one. */
function similar(book: PriceBook, { item, region }: Price, found: number): { other: string; rate: number } | undefined {
  const other = item.replace(/^aurora\.instance\./, 'aurora.io-optimized.instance.');
  const rate = other === item ? undefined : findPrice(book, region, other)?.tiers[0]?.price;
  return rate !== undefined && nearly(found, rate, 0.03) ? { other, rate } : undefined;
}

/** A computed line that no line of the document speaks of. */
function missing(line: CostLine, design: Design): BesideLine {
  return {
    group: groupName(line.group, design),
    what: `${line.item}${line.region === design.region ? '' : ` ${line.region}`}`,
    computed: line.monthly,
    verdict: 'missing-line',
    reasons: [reason('missing-line', -line.monthly, { resource: line.resource })],
    lines: [line],
  };
}

const round = (value: number) => Number(value.toPrecision(6));
