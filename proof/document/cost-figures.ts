// The cost section as the estimate has it: its lines (see cost-lines.ts), and every sum of what is then written.

import { committedPrices } from '../../aws/prices/price-table.ts';
import { monthlyBudget } from '../../design/budget.ts';
import { environmentKeys, isProduction, perEnvironment, productionOf } from '../../design/environments.ts';
import { plain, put } from '../../design/parts/place.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { isSavedOn, machinesIn, nightStop, savedAtNight } from '../../design/words/cost-words.ts';
import { stepOf } from '../cost/document/arithmetic.ts';
import { besideDocument } from '../cost/document/beside.ts';
import type { Estimate } from '../cost/estimate.ts';
import { cents } from '../cost/money.ts';
import { dollars, equal, usesOf, withMoney, writeLine } from './cost-lines.ts';

export type Estimates = Readonly<Record<Environment, Estimate>>;

/** A line of the document by the path that it states, as it reads so far. */
export interface StatedLine {
  readonly path: string;
  readonly text: string;
}

interface CostText {
  readonly lines: ReadonlyMap<string, string>;
  /** Budgets that followed from a month which now reads otherwise, in USD: the input `budget` must say them to keep what is built. */
  readonly budgets: Readonly<Partial<Record<Environment, number>>>;
}

/**
 * The lines of a document's cost by path, written anew.
 * @param stated the lines that state a path below `cost.`
 * @param hoursPerWeek how long each environment runs
 * @param keepMonths leaves the months of the environments, and what is their sum, as stated
 */
export function costLines(
  design: Design,
  estimates: Estimates,
  stated: readonly StatedLine[],
  {
    hoursPerWeek,
    keepMonths,
  }: { readonly hoursPerWeek: (environment: Environment) => number | undefined; readonly keepMonths: boolean },
): CostText {
  const texts = new Map(stated.map(({ path, text }) => [path, text]));
  const written = new Map<string, string>();
  const amounts = new Map<string, number>();
  const beside = new Map(
    besideDocument(design, perEnvironment(estimates, productionOf(design)), committedPrices).map((line) => [
      line.path,
      line,
    ]),
  );
  const used = new Set(
    design.cost.groups.flatMap(({ services }, g) =>
      services.flatMap((service, s) =>
        service.lines.flatMap((line, l) =>
          beside.get(`cost.groups.${g}.services.${s}.lines.${l}`)?.lines.length ? usesOf(service.name, line) : [],
        ),
      ),
    ),
  );
  design.cost.groups.forEach((group, g) => {
    group.services.forEach((service, s) => {
      service.lines.forEach((line, l) => {
        const path = `cost.groups.${g}.services.${s}.lines.${l}`;
        const fresh = writeLine(texts.get(path) ?? '', service.name, line, beside.get(path), design.region, used);
        amounts.set(path, fresh.total);
        written.set(path, fresh.text);
      });
    });
  });
  const budgets: Partial<Record<Environment, number>> = {};
  for (const [path, amount] of sumsOf(design, amounts, estimates, keepMonths)) {
    const text = texts.get(path);
    if (text !== undefined) written.set(path, withMoney(text, amount));
  }
  for (const name of environmentKeys(design)) {
    const month = amounts.get(`cost.environments.${name}.monthly`) ?? 0;
    if (budgetAt(design, name, month) !== monthlyBudget(design, name)) budgets[name] = monthlyBudget(design, name);
  }
  writeYear(design, amounts, texts, written);
  writeNotes(design, texts, written, hoursPerWeek);
  return { lines: written, budgets };
}

/** Subtotals, totals, the month and the environments, each from what is written above it; adds them to `amounts`. */
function sumsOf(
  design: Design,
  amounts: Map<string, number>,
  estimates: Estimates,
  keepMonths: boolean,
): readonly (readonly [string, number])[] {
  const sums: (readonly [string, number])[] = [];
  const add = (path: string, parts: readonly number[]) => {
    const amount = cents(parts.reduce((sum, part) => sum + part, 0));
    amounts.set(path, amount);
    sums.push([path, amount]);
  };
  const amount = (path: string) => amounts.get(path) ?? 0;
  design.cost.groups.forEach((group, g) => {
    const path = `cost.groups.${g}`;
    group.services.forEach(({ lines }, s) => {
      const service = `${path}.services.${s}`;
      add(
        `${service}.subtotal`,
        lines.map((_, l) => amount(`${service}.lines.${l}`)),
      );
    });
    add(
      `${path}.total`,
      group.services.map((_, s) => amount(`${path}.services.${s}.subtotal`)),
    );
  });
  const groups = design.cost.groups.map((_, g) => amount(`cost.groups.${g}.total`));
  add('cost.total', keepMonths ? [design.cost.total] : groups);
  for (const name of environmentKeys(design)) {
    // The other environments have no lines of their own: theirs is the whole estimate, like the lines without free allowances.
    const parts = isProduction(design, name) ? [amount('cost.total')] : charged(perEnvironment(estimates, name));
    add(
      `cost.environments.${name}.monthly`,
      keepMonths ? [perEnvironment(design.cost.environments, name).monthly] : parts,
    );
  }
  return sums;
}

/** The budget that would be built of another month: without the input, it is what the document says a month costs (ADR-022). */
function budgetAt(design: Design, name: Environment, monthly: number): number {
  const costs = { ...design.cost.environments, [name]: { ...perEnvironment(design.cost.environments, name), monthly } };
  return monthlyBudget({ ...design, cost: { ...design.cost, environments: costs } }, name);
}

const charged = ({ lines }: Estimate): readonly number[] =>
  lines.filter(({ freeTier }) => freeTier === undefined).map(({ monthly }) => monthly);

function writeYear(
  design: Design,
  amounts: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string>,
  written: Map<string, string>,
): void {
  const { cost } = design;
  const keys = environmentKeys(design);
  const monthly = keys.map((key) => amounts.get(`cost.environments.${key}.monthly`) ?? 0);
  const first = keys.indexOf(productionOf(design));
  const production = monthly[first] ?? 0;
  const yearOf = (month: number) =>
    cents(monthly.with(first, month).reduce((sum, one) => sum + one, 0) * cost.yearly.months);
  const year = texts.get('cost.yearly');
  if (year !== undefined) {
    const terms = `(${monthly.map(dollars).join(' + ')}) × ${cost.yearly.months} = ${dollars(yearOf(production))}`;
    const isSame =
      equal(cost.yearly.total, yearOf(production)) &&
      cost.yearly.terms.every((term, index) => equal(term, monthly[index] ?? 0));
    const text = isSame ? year : put(year, /[:：]\s*(.+?)\s*\/年/, terms);
    if (text !== undefined) written.set('cost.yearly', text);
  }
  let saved = production;
  cost.savings.forEach(({ label, percent, unit }, index) => {
    const path = `cost.savings.${index}`;
    const text = texts.get(path);
    if (text === undefined) return;
    if (unit === '/月') {
      saved = cents(production - (baseOf(cost, label, amounts) * percent) / 100);
      written.set(path, withMoney(text, saved));
    } else {
      const left = yearOf(saved);
      const share = yearOf(production) === 0 ? 0 : (1 - left / yearOf(production)) * 100;
      const rounded = Math.round(share * 10) / 10;
      const isSame = Math.abs(share - percent) <= stepOf(percent) / 2;
      const amount = withMoney(text, left);
      written.set(path, (isSame ? undefined : put(amount, /([\d.]+)\s*%/, plain(rounded))) ?? amount);
    }
  });
}

/** The subtotals that a saving is taken off: those of the services it names, or the whole bill where it names none. */
function baseOf({ groups }: Design['cost'], label: string, amounts: ReadonlyMap<string, number>): number {
  const named = groups.flatMap(({ services }, g) =>
    services.flatMap(({ name }, s) =>
      isSavedOn(name, label) ? [amounts.get(`cost.groups.${g}.services.${s}.subtotal`) ?? 0] : [],
    ),
  );
  return machinesIn(label).length === 0 ? (amounts.get('cost.total') ?? 0) : named.reduce((sum, one) => sum + one, 0);
}

/** `夜間自動停止（50%削減）`: what the schedule of the templates leaves running of the 168 hours of a week. */
function writeNotes(
  design: Design,
  texts: ReadonlyMap<string, string>,
  written: Map<string, string>,
  hoursPerWeek: (environment: Environment) => number | undefined,
): void {
  for (const key of environmentKeys(design)) {
    const hours = hoursPerWeek(key);
    if (hours === undefined) continue;
    perEnvironment(design.cost.environments, key).notes.forEach((note, index) => {
      const path = `cost.environments.${key}.notes.${index}`;
      const text = texts.get(path);
      const stated = savedAtNight(note);
      if (text === undefined || stated === undefined) return;
      const saved = Math.round((1 - hours / 168) * 100);
      const fresh = Math.abs(stated - saved) <= 1 ? undefined : put(text, nightStop, plain(saved));
      if (fresh !== undefined) written.set(path, fresh);
    });
  }
}
