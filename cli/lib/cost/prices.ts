// `hashira prices check` and `hashira prices refresh`: how old the committed prices are, and looking them up again.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ageOf } from '../../../aws/prices/age.ts';
import type { PriceRow, PriceTable } from '../../../aws/prices/price-row.ts';
import { committedPrices } from '../../../aws/prices/price-table.ts';
import type { Language } from '../../../design/problem.ts';
import { print, printAside, toJson, writeJson } from '../output.ts';
import { priceListEndpoint, type Refreshed, refreshTable } from '../price-list/refresh.ts';
import { table } from '../print.ts';
import { root } from '../root.ts';
import { UsageError } from '../usage-error.ts';
import { unitPrice } from './figures.ts';
import { type CostMessages, costCatalogues } from './messages.ts';

export interface PricesOptions {
  readonly region?: readonly string[];
  readonly date?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly lang?: Language;
}

/** The day given, or today: the only place where an estimate looks at a clock, and only to say how old a price is. */
export function dayOf(given: string | undefined, say: CostMessages): string {
  const day = given ?? new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) throw new UsageError(say.badDate(day));
  return day;
}

/** Exit code 0: no price is older than 60 days; 1: one is. */
export function checkPrices(options: PricesOptions): number {
  const say = costCatalogues[options.lang ?? 'en'];
  const day = dayOf(options.date, say);
  const ages = tablesOf(options, say).map((one) => ageOf(one, day));
  if (options.json) writeJson({ prices: ages });
  else {
    for (const { region, oldest, days, confidence } of ages) {
      print(
        say.fresh(
          region,
          oldest,
          days,
          Object.entries(confidence)
            .map((pair) => pair.join(' '))
            .join(', '),
        ),
      );
    }
    for (const { oldest, days, stale } of ages) if (stale) printAside(say.stale(oldest, days));
  }
  return ages.some(({ stale }) => stale) ? 1 : 0;
}

/** Exit code 0: every price was found; 1: some were not and stay as they were; 2: a file could not be had, nothing was written. */
export async function refreshPrices(options: PricesOptions): Promise<number> {
  const say = costCatalogues[options.lang ?? 'en'];
  const date = dayOf(options.date, say);
  const endpoint = priceListEndpoint(process.env);
  const refreshed: Refreshed[] = [];
  try {
    // One after the other: files are large, and nobody waits for prices.
    for (const one of tablesOf(options, say)) refreshed.push(await refreshTable(one, { endpoint, date }));
  } catch (error) {
    throw new UsageError(say.notFetched(error));
  }
  if (options.json) writeJson({ prices: refreshed.map(({ table: { region }, ...rest }) => ({ region, ...rest })) });
  else printRefreshed(refreshed, say);
  if (!options.dryRun) {
    const files = write(
      refreshed.map(({ table: made }) => made),
      say,
    );
    if (!options.json) print(say.written(files.join(', ')));
  }
  return refreshed.some(
    ({ absent, ambiguous, implausible }) => absent.length + ambiguous.length + implausible.length > 0,
  )
    ? 1
    : 0;
}

function tablesOf({ region }: PricesOptions, say: CostMessages): readonly PriceTable[] {
  const { tables } = committedPrices;
  const known = tables.map((one) => one.region);
  for (const name of region ?? [])
    if (!known.includes(name)) throw new UsageError(say.unknownRegion(name, known.join(', ')));
  return tables.filter((one) => region?.includes(one.region) ?? true);
}

/** Written beside, and in the places of the old ones only when all are there: a table is whole or as it was. */
function write(made: readonly PriceTable[], say: CostMessages): readonly string[] {
  const names = made.map(({ region }) => `aws/prices/${region}.json`);
  const fresh = names.map((name) => join(root, `${name}.new`));
  try {
    for (const [index, one] of made.entries()) writeFileSync(fresh[index] ?? '', toJson(one));
    for (const [index, name] of names.entries()) renameSync(fresh[index] ?? '', join(root, name));
  } catch (error) {
    for (const file of fresh) rmSync(file, { force: true });
    throw new UsageError(say.unwritable(names.join(', '), error));
  }
  return names;
}

function printRefreshed(refreshed: readonly Refreshed[], say: CostMessages): void {
  const { columns } = say;
  const rows = refreshed.flatMap(({ table: { region }, changes }) =>
    changes.map(({ item, before, after }) => [region, item, tiersText(before), tiersText(after)]),
  );
  print(...(rows.length === 0 ? [say.noChange] : table(['', columns.item, columns.before, columns.after], rows)));
  for (const {
    table: { region },
    confirmed,
    absent,
    ambiguous,
    implausible,
  } of refreshed) {
    print(say.confirmed(region, confirmed.length));
    if (absent.length > 0) printAside(say.absent(region, absent.join(', ')));
    for (const { item, skus } of ambiguous) printAside(say.ambiguous(region, item, skus.join(', ')));
    for (const { item, before, after } of implausible)
      printAside(say.implausible(region, item, tiersText(before), tiersText(after)));
  }
}

const tiersText = (tiers: PriceRow['tiers']) => tiers.map(({ price }) => unitPrice(price)).join(', ');
