// How an estimate looks on a terminal: the groups and lines of each environment, then the document beside production's.

import { daysBetween, isStale } from '../../../aws/prices/age.ts';
import type { Language } from '../../../design/problem.ts';
import { purposes, unitIn } from '../../../design/words/price-units.ts';
import type { CostEntry, DocumentReport, ReportedLine } from '../../../proof/cost/report.ts';
import type { Scenario } from '../../../proof/cost/scenarios/scenarios.ts';
import { usageKeys } from '../../../proof/cost/usage/keys.ts';
import { catalogues } from '../messages.ts';
import { print, printAside } from '../output.ts';
import { table } from '../print.ts';
import { percent, quantity, signed, unitPrice, usd } from './figures.ts';
import { type CostMessages, costCatalogues } from './messages.ts';

/** Lines that come to less are summed up. */
const shownFrom = 0.05;

export interface PrintedCost {
  readonly entry: CostEntry;
  readonly scenarios: readonly Scenario[];
}

/** @param day the day that the prices' age is reckoned to, ISO */
export function printCost(costs: readonly PrintedCost[], lang: Language, day: string): void {
  const say = costCatalogues[lang];
  for (const { entry, scenarios } of costs) {
    const sums = [usd(entry.monthly), usd(entry.yearly)] as const;
    print(
      entry.unpriced.length > 0 ? say.atLeast(entry.environment, ...sums) : say.heading(entry.environment, ...sums),
    );
    print('', ...unpricedRows(entry, say, lang));
    print(...lineTable(entry, say, lang));
    print(...notes(entry, say, lang));
    if (entry.document !== undefined) printDocument(entry.document, say, lang);
    if (scenarios.length > 0) printScenarios(scenarios, entry, say, lang);
    print('');
  }
  const oldest = costs.map(({ entry }) => entry.prices.oldest).sort()[0] ?? '';
  const counts = costs[0]?.entry.prices.confidence;
  if (counts !== undefined)
    print(
      say.prices(
        oldest,
        Object.entries(counts)
          .map((pair) => pair.join(' '))
          .join(', '),
      ),
    );
  print(say.leftOut);
  const days = daysBetween(oldest, day);
  if (isStale(days)) printAside(say.stale(oldest, days));
}

function lineTable({ lines, groups, monthly, usage }: CostEntry, say: CostMessages, lang: Language): readonly string[] {
  const share = usage.find(({ key }) => key === 'freeTierShare')?.value ?? 1;
  const rows = groups.flatMap(({ name, monthly: sum }) => {
    const own = lines.filter(({ group }) => group === name);
    const paid = own.filter(({ freeTier }) => freeTier === undefined);
    const small = paid.filter((line) => line.monthly < shownFrom);
    const free = own.filter(({ freeTier }) => freeTier === true);
    return [
      [name, '', '', '', '', usd(sum), ''],
      ...paid.filter((line) => line.monthly >= shownFrom).map((line) => lineRow(line, lang)),
      ...(small.length === 0 ? [] : [['', say.others(small.length), '', '', '', usd(total(small)), '']]),
      ...(free.length === 0 ? [] : [['', say.freeTier(share), '', '', '', usd(total(free)), '']]),
    ];
  });
  const { columns } = say;
  const head = [
    columns.group,
    columns.item,
    columns.resource,
    columns.quantity,
    columns.unitPrice,
    columns.amount,
    columns.confidence,
  ];
  return table(head, [...rows, [say.total, '', '', '', '', usd(monthly), '']], [3, 4, 5]);
}

function unpricedRows({ unpriced }: CostEntry, say: CostMessages, lang: Language): readonly string[] {
  if (unpriced.length === 0) return [];
  const rows = unpriced.map(({ type, resources: [first = '', ...others], reason }) => [
    type,
    String(others.length + 1),
    others.length === 0 ? first : `${first}, …`,
    reason[lang],
  ]);
  const { columns } = say;
  const head = [columns.type, columns.count, columns.resource, columns.reasonOfNone];
  return [say.unpriced(unpriced.length), ...table(head, rows, [1]), ''];
}

function lineRow(line: ReportedLine, lang: Language): string[] {
  const item = `${line.item}${line.purpose === undefined ? '' : ` (${purposes[line.purpose][lang]})`} ${line.region}`;
  const amount = `${quantity(line.quantity)} ${unitIn(line.unit, lang)}`;
  return ['', item, line.resource, amount, unitPrice(line.unitPrice), usd(line.monthly), line.confidence];
}

const total = (lines: readonly ReportedLine[]) => lines.reduce((sum, { monthly }) => sum + monthly, 0);

function notes({ budget, usage, regions }: CostEntry, say: CostMessages, lang: Language): readonly string[] {
  const hours = usage.find(({ key }) => key === 'hoursPerWeek');
  const assumed = usage.filter(
    ({ origin, key }) => origin === 'derived' && key !== 'hoursPerWeek' && key !== 'freeTierShare',
  );
  const list = assumed.map(({ key, value }) => `${key} ${quantity(value)}`).join(', ');
  return [
    '',
    say.regions(regions.map(({ region, monthly }) => `${region} ${usd(monthly)}`).join(', ')),
    ...(budget === undefined ? [] : [say.budget(budget.criterion, usd(budget.amount), usd(budget.headroom))]),
    ...(hours === undefined || hours.why === usageKeys.hoursPerWeek.why
      ? []
      : [say.hours(hours.value, hours.why[lang])]),
    ...(list === '' ? [] : [say.assumptions(list)]),
  ];
}

function printDocument({ lines, totals, slips }: DocumentReport, say: CostMessages, lang: Language): void {
  const { columns } = say;
  const stated = lines.filter(({ path }) => path !== undefined);
  const same = stated.filter(({ verdict }) => verdict === 'same').length;
  print('', say.documentBeside(same, stated.length), '');
  const money = (value: number | undefined) => (value === undefined ? '–' : usd(value));
  const rows = lines
    .filter(({ verdict, computed = 1 }) => verdict !== 'same' && computed >= shownFrom)
    .map(({ line, what, stated: said, computed, reasons }) => [
      line === undefined ? '' : String(line),
      what,
      money(said),
      money(computed),
      reasons.map(({ message }) => message[lang]),
    ]);
  print(...table([columns.line, columns.document, columns.stated, columns.computed, columns.reason], rows, [0, 2, 3]));
  print('', say.totals, '');
  const sums = totals.map(({ line, what, stated: said, fromAmounts, fromFigures }) => [
    line === undefined ? '' : String(line),
    what === 'month' || what === 'year' ? say.sums[what] : what,
    ...[said, fromAmounts, fromFigures].map(usd),
  ]);
  print(
    ...table(
      [columns.line, columns.document, columns.stated, columns.fromAmounts, columns.fromFigures],
      sums,
      [0, 2, 3, 4],
    ),
  );
  if (slips.length === 0) return;
  print('', say.slips(slips.length));
  for (const { line, message } of slips) {
    print(`  ${line === undefined ? '' : `${catalogues[lang].line(line)}: `}${message[lang]}`);
  }
}

function printScenarios(
  scenarios: readonly Scenario[],
  { monthly }: CostEntry,
  say: CostMessages,
  lang: Language,
): void {
  const { columns } = say;
  const rows = scenarios.map(({ name, change, difference, monthly: amount, breakEven, lost }) => {
    const judged = lost === undefined ? say.notJudged : lost.length > 0 ? say.lost(lost.length) : '';
    const isPromise = name.startsWith('commitment');
    const under = name === 'lean' ? say.under(percent(-difference / monthly)) : '';
    const remarks = [isPromise ? '' : judged, breakEven?.[lang] ?? '', under].filter((remark) => remark !== '');
    return [name, usd(amount), signed(difference), [change[lang], ...remarks]];
  });
  print('', say.scenarios, '');
  print(...table([columns.scenario, columns.amount, columns.difference, ''], rows, [1, 2]));
}
