// The tables that Hashira adds below a section: lines that the templates deny, decisions that stand in for lines, and what the platform
// costs beyond and beside the rows of the document. None says anything that documenting once more would change.

import { committedPrices } from '../../aws/prices/price-table.ts';
import { environmentKeys, perEnvironment, productionOf } from '../../design/environments.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { besideDocument } from '../cost/document/beside.ts';
import { cents } from '../cost/money.ts';
import type { Estimates } from './cost-figures.ts';
import { named } from './decisions.ts';
import type { DocumentInput } from './input.ts';
import { table } from './managed.ts';
import type { Denied } from './statements.ts';
import type { DocumentMessages } from './words.ts';

const code = (text: string): string => `\`${text.trim().replaceAll('`', "'")}\``;
const usd = (amount: number): string =>
  `${amount < 0 ? '-' : ''}$${Math.abs(amount).toLocaleString('en-US', { maximumFractionDigits: 2 })}`;

/** Lines that say something else than the templates, each with both. */
export function differences(
  denied: readonly Denied[],
  say: DocumentMessages,
  nameOf: (environment: Environment) => string,
): readonly string[] {
  const rows = denied.map(({ stated, built, environments: where, seen }) => [
    where.map(nameOf).join('<br>'),
    code(stated),
    built === stated ? seen.map(code).join('<br>') : code(built),
  ]);
  return [`**${say.differs}**`, '', ...table([[say.where, say.stated, say.built], ...rows])];
}

/** The decisions that verdicts name, each with the sections in which something is not as the document has it; empty when there is none. */
export function deviations(input: DocumentInput, say: DocumentMessages): readonly string[] {
  const { lines, statements, criteria } = input;
  const sections = new Map(lines.map(({ number, section }) => [number, section]));
  const verdicts = [...statements, ...criteria].flatMap(({ deviation, line, verdict }) =>
    // A claim that does not bind is no deviation of the platform's.
    deviation === undefined || verdict === 'not-applicable' ? [] : [{ id: deviation, line }],
  );
  const found = [...Map.groupBy(verdicts, ({ id }) => id)].sort(([one], [other]) => (one < other ? -1 : 1));
  if (found.length === 0) return [];
  const rows = found.map(([id, places]) => {
    const bySection = Map.groupBy(new Set(places.map(({ line }) => line)), (line) => sections.get(line) ?? '');
    return [
      named(id, input),
      [...bySection].map(([section, found]) => `${section} ${say.lines(found.length)}`).join('<br>'),
    ];
  });
  return [say.deviations, '', ...table([[say.decision, say.places], ...rows])];
}

/** USD below which a region and group have no row of their own. */
const small = 0.05;

/** How many of the things that are paid for are named in a row. */
const most = 3;

/** What production is charged for without a row in the document, by region and group; empty when every charge has one. */
export function missingRows(design: Design, estimates: Estimates, say: DocumentMessages): readonly string[] {
  const left = besideDocument(design, perEnvironment(estimates, productionOf(design)), committedPrices)
    .filter(({ verdict }) => verdict === 'missing-line')
    .flatMap(({ group, lines }) => lines.map(({ item, region, monthly }) => ({ group, item, region, monthly })));
  if (left.length === 0) return [];
  const amount = (rows: typeof left) => cents(rows.reduce((sum, { monthly }) => sum + monthly, 0));
  const places = Map.groupBy(left, ({ region, group }) => `${region} ${group}`);
  const sums = [...places.values()]
    .map((rows) => ({ rows, amount: amount(rows) }))
    .toSorted((one, other) => other.amount - one.amount);
  const rest = sums.filter(({ amount: sum }) => sum < small).flatMap(({ rows }) => rows);
  const rows = sums
    .filter(({ amount: sum }) => sum >= small)
    .map(({ rows, amount: sum }) => {
      const items = [...Map.groupBy(rows, ({ item }) => item)]
        .map(([item, alike]) => ({ item, monthly: amount(alike) }))
        .toSorted((one, other) => other.monthly - one.monthly || (one.item < other.item ? -1 : 1));
      const others = items.length - most;
      const words = [
        ...items.slice(0, most).map(({ item, monthly }) => `${code(item)} ${usd(monthly)}`),
        ...(others > 0 ? [say.smaller(others)] : []),
      ];
      return [rows[0]?.region ?? '', rows[0]?.group ?? '', words.join('<br>'), usd(sum)];
    });
  return [
    say.noRow(
      usd(amount(left)),
      [...Map.groupBy(left, ({ region }) => region)]
        .map(([region, rows]) => ({ region, amount: amount(rows) }))
        .toSorted((one, other) => other.amount - one.amount)
        .map((place) => `${place.region} ${usd(place.amount)}`),
    ),
    '',
    ...table([
      [say.region, say.group, say.cost, say.monthly],
      ...rows,
      ...(rest.length === 0 ? [] : [['', '', say.smaller(rest.length), usd(amount(rest))]]),
    ]),
  ];
}

/** The whole estimate of each environment by groups, free allowances apart, as they are taken off a bill. */
export function estimateTable(
  design: Design,
  estimates: Estimates,
  say: DocumentMessages,
  nameOf: (environment: Environment) => string,
): readonly string[] {
  const keys = environmentKeys(design);
  const all = keys.map((key) => perEnvironment(estimates, key));
  const sum = (lines: (typeof all)[number]['lines']) =>
    usd(cents(lines.reduce((total, { monthly }) => total + monthly, 0)));
  const groups = perEnvironment(estimates, productionOf(design)).groups.map(({ group, name }) => [
    name,
    ...all.map(({ lines }) => sum(lines.filter((line) => line.group === group && line.freeTier === undefined))),
  ]);
  const free = [say.free, ...all.map(({ lines }) => sum(lines.filter(({ freeTier }) => freeTier !== undefined)))];
  const total = [say.total, ...all.map(({ monthly }) => usd(cents(monthly)))];
  const [oldest = ''] = all.flatMap(({ lines }) => lines.map(({ date }) => date)).sort();
  return [
    say.estimate,
    '',
    ...table([[say.group, ...keys.map(nameOf)], ...groups, free, total]),
    '',
    say.prices(oldest),
  ];
}
