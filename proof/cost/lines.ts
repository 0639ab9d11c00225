// From charges to the lines of an estimate: what is charged alike lies in one line, through the tiers of its price, and what an
// account has for nothing is taken off in lines of its own, so that every line stays quantity × unit price.
import type { Resource } from '../../assembly/graph.ts';
import { bracketsOf, type Price, type PriceBook } from '../../aws/prices/price-table.ts';
import type { Group } from '../../design/words/cost-groups.ts';
import type { Purpose } from '../../design/words/price-units.ts';
import { groupOf } from './groups.ts';
import { rounded } from './money.ts';
import { priceOf } from './price-of.ts';
import type { Charge } from './pricers/site.ts';

export interface PlacedCharge extends Charge {
  readonly resource: Resource;
  readonly region: string;
}

export interface CostLine {
  readonly group: Group;
  readonly item: string;
  readonly purpose?: Purpose;
  readonly region: string;
  /** Construct path; the first of several with how many more there are. */
  readonly resource: string;
  readonly resources: readonly string[];
  /** CloudFormation type. */
  readonly type: string;
  /** In units; `quantity × unitPrice = monthly`. Negative for a free allowance. */
  readonly quantity: number;
  readonly unit: string;
  /** USD for a unit. */
  readonly unitPrice: number;
  /** USD. */
  readonly monthly: number;
  /** The Price List's names for what is sold. */
  readonly service: string;
  readonly usageType: string;
  readonly source: string;
  readonly date: string;
  readonly confidence: Price['confidence'];
  /** Present on what the free tier of an account takes off. */
  readonly freeTier?: true;
}

/**
 * The lines of an environment. Tiers run over all that is charged of one item in one region.
 * @param freeShare how much of an account's free allowances the environment has, 0 to 1
 * @throws CostError for an item or region without a price
 */
export function linesOf(book: PriceBook, charges: readonly PlacedCharge[], freeShare: number): readonly CostLine[] {
  const byItem = Map.groupBy(
    charges.filter(({ quantity }) => quantity > 0),
    ({ item, region }) => `${region} ${item}`,
  );
  const lines = [...byItem.values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : linesOfItem(priceOf(book, first.region, first.item), alike);
  });
  return [...lines, ...freeLines(book, lines, freeShare)];
}

/** One line for each resource type and purpose, and a further one for each tier that it reaches into. */
function linesOfItem(price: Price, charges: readonly PlacedCharge[]): readonly CostLine[] {
  const kinds = Map.groupBy(charges, ({ resource, purpose }) => `${resource.type} ${purpose ?? ''}`);
  let start = 0;
  return [...kinds.values()].flatMap((alike) => {
    const units = alike.reduce((sum, { quantity }) => sum + quantity, 0) / price.per;
    const brackets = bracketsOf(price.tiers, start, units);
    start += units;
    return brackets.map((bracket) => line(price, alike, bracket.units, bracket.price));
  });
}

function line(price: Price, charges: readonly PlacedCharge[], quantity: number, unitPrice: number): CostLine {
  const resources = [...new Set(charges.map(({ resource }) => resource.path))];
  const purpose = charges[0]?.purpose;
  return {
    ...saleOf(price),
    ...(purpose === undefined ? {} : { purpose }),
    resource: nameOf(resources),
    resources,
    type: charges[0]?.resource.type ?? '',
    quantity: rounded(quantity),
    unitPrice,
    monthly: rounded(quantity * unitPrice),
  };
}

const saleOf = ({ item, region, unit, service, usageType, source, date, confidence }: Price) => ({
  group: groupOf(item),
  item,
  region,
  unit,
  service,
  usageType,
  source,
  date,
  confidence,
});

/**
 * What the account has for nothing: for each pool the allowance, taken off the items that draw on it at the first tier's price, in
 * their order.
 */
function freeLines(book: PriceBook, lines: readonly CostLine[], share: number): readonly CostLine[] {
  const left = new Map<string, number>();
  const byItem = Map.groupBy(lines, ({ item, region }) => `${region} ${item}`);
  return [...byItem.values()].flatMap((alike): readonly CostLine[] => {
    const [one] = alike;
    if (one === undefined) return [];
    const price = priceOf(book, one.region, one.item);
    const unitPrice = price.tiers[0]?.price;
    if (price.free === undefined || unitPrice === undefined) return [];
    const { pool, amount } = price.free;
    const used = alike.filter((line) => line.unitPrice === unitPrice).reduce((sum, { quantity }) => sum + quantity, 0);
    const allowance = left.get(pool) ?? amount * share;
    const quantity = Math.min(allowance, used);
    left.set(pool, allowance - quantity);
    if (quantity === 0) return [];
    const resources = alike.flatMap((line) => line.resources);
    return [
      {
        ...saleOf(price),
        resource: nameOf(resources),
        resources,
        type: one.type,
        quantity: -rounded(quantity),
        unitPrice,
        monthly: -rounded(quantity * unitPrice),
        freeTier: true,
      },
    ];
  });
}

/** The first, and how many more. */
const nameOf = ([first = '', ...others]: readonly string[]): string =>
  `${first}${others.length === 0 ? '' : ` (+${others.length})`}`;
