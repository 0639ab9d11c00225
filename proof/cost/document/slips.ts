// COST-3: what is wrong in a document's estimate by its own figures. Its sums and totals are made again from its own lines, and what
// does not follow is named.

import { monthHours } from '../../../aws/schedule.ts';
import { environmentKeys, isProduction, perEnvironment, shareOf } from '../../../design/environments.ts';
import type { Design } from '../../../design/schema.ts';
import { isSavedOn, savedAtNight } from '../../../design/words/cost-words.ts';
import { cents } from '../money.ts';
import { statedInDocument, workingHoursOf } from '../usage/usage.ts';
import { stepOf } from './arithmetic.ts';
import type { BesideLine } from './beside.ts';
import { type Slip, slip } from './slip.ts';

type Cost = Design['cost'];

/** The slips of a document, in its order. `beside` are production's lines held against what was built. */
export function slipsOf(design: Design, beside: readonly BesideLine[]): readonly Slip[] {
  return [
    ...beside.flatMap((line) => ofLine(design, line)),
    ...missingLines(beside),
    ...sums(design.cost),
    ...environments(design),
    ...savings(design),
  ];
}

/** Prices for one of something, whose number the templates tell. */
const counted =
  /^(secrets\.secret|kms\.key|cloudwatch\.(metric|dashboard)|waf\.(web-acl|rule)|route53\.(zone|health-check))$/;

function ofLine(design: Design, { what, path, stated = 0, reasons, lines }: BesideLine): readonly Slip[] {
  if (path === undefined) return [];
  const [first] = lines;
  return [
    ...reasons.flatMap((one): readonly Slip[] => {
      const { code } = one;
      const found = { what, amount: one.amount, reason: one.message };
      switch (code) {
        case 'arithmetic':
        case 'other-region':
        case 'other-item':
        case 'no-resource':
          return [slip(code, path, found)];
        case 'usage':
          return first !== undefined && counted.test(first.item) ? [slip('count', path, found)] : [];
        default:
          return [];
      }
    }),
    ...(first?.item.startsWith('cloudwatch.alarm') ? alarmCount(design, path, stated) : []),
    ...(first?.item === 'lambda.request' ? trafficShare(design, path) : []),
  ];
}

/** The document has an alarm for each threshold of its own table, whatever its cost line counts. */
function alarmCount({ alarms, cost }: Design, path: string, stated: number): readonly Slip[] {
  const thresholds = alarms.reduce(
    (count, { warning, critical }) => count + (warning === undefined ? 0 : 1) + (critical === undefined ? 0 : 1),
    0,
  );
  const price = lineAt(cost, path)?.factors.find(({ unit }) => unit.startsWith('$'))?.value ?? 0;
  const count = price === 0 ? 0 : Math.round(stated / price);
  return count >= thresholds ? [] : [slip('alarm-count', path, { count, thresholds })];
}

/** Calls of functions that are a small part of what the document's traffic comes to, with nothing said of the rest. */
function trafficShare(design: Design, path: string): readonly Slip[] {
  const stated = statedInDocument(design, 'functionInvocations')?.value;
  const month = design.requestsPerSecond * monthHours * 3600;
  if (stated === undefined || stated === 0 || statedInDocument(design, 'requests') !== undefined) return [];
  const share = month / stated;
  return share < 2
    ? []
    : [slip('traffic', path, { stated, month, perSecond: design.requestsPerSecond, share: Math.round(share) })];
}

function lineAt({ groups }: Cost, path: string) {
  const [g, s, l] = path
    .split('.')
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
  return groups[g ?? -1]?.services[s ?? -1]?.lines[l ?? -1];
}

/** One slip for all lines that are missing, with the dearest by name. */
function missingLines(beside: readonly BesideLine[]): readonly Slip[] {
  const left = beside.filter(({ verdict }) => verdict === 'missing-line');
  if (left.length === 0) return [];
  const dearest = left.toSorted((one, other) => (other.computed ?? 0) - (one.computed ?? 0)).slice(0, 5);
  const amount = left.reduce((sum, { computed = 0 }) => sum + computed, 0);
  return [
    slip('missing-lines', 'cost.total', {
      count: left.length,
      amount: cents(amount),
      names: dearest.map(({ what }) => what),
    }),
  ];
}

/** Each sum from the amounts above it. */
function sums({ groups, total, yearly }: Cost): readonly Slip[] {
  const check = (path: string, what: string, stated: number, parts: readonly number[]): readonly Slip[] => {
    const made = parts.reduce((sum, part) => sum + part, 0);
    // Every part may itself have been rounded to the last digit.
    const room = Math.max(stepOf(stated), ...parts.map(stepOf)) / 2;
    return Math.abs(stated - made) <= room + 1e-9 ? [] : [slip('sum', path, { what, stated, made: cents(made) })];
  };
  return [
    ...groups.flatMap((group, g) => [
      ...group.services.flatMap(({ name, lines, subtotal }, s) =>
        check(
          `cost.groups.${g}.services.${s}.subtotal`,
          name,
          subtotal,
          lines.map((line) => line.total),
        ),
      ),
      ...check(
        `cost.groups.${g}.total`,
        group.name,
        group.total,
        group.services.map(({ subtotal }) => subtotal),
      ),
    ]),
    ...check(
      'cost.total',
      '総計',
      total,
      groups.map((group) => group.total),
    ),
    ...check('cost.yearly', '年間', yearly.total, [yearly.terms.reduce((sum, term) => sum + term, 0) * yearly.months]),
  ];
}

/** The environments: production's is the total; a night's stop that is announced is worth what the working hours make it. */
function environments(design: Design): readonly Slip[] {
  const { cost } = design;
  const slips: Slip[] = [];
  for (const { key, title, isProduction } of design.environments) {
    const { monthly, notes } = perEnvironment(cost.environments, key);
    if (isProduction && Math.abs(monthly - cost.total) > stepOf(cost.total) / 2) {
      slips.push(slip('sum', `cost.environments.${key}.monthly`, { what: title, stated: monthly, made: cost.total }));
    }
    for (const [index, note] of notes.entries()) {
      const said = savedAtNight(note);
      if (said === undefined) continue;
      const path = `cost.environments.${key}.notes.${index}`;
      const hours = workingHoursOf(design);
      const saved = Math.round((1 - hours / 168) * 100);
      if (Math.abs(said - saved) > 1) slips.push(slip('night-stop', path, { said, saved, hours }));
      const share = shareOf(design, key) * cost.total;
      if (Math.abs(share - monthly) <= stepOf(monthly)) {
        slips.push(slip('stop-not-counted', path, { monthly, share: cents(share), said }));
      }
    }
  }
  return slips;
}

/** Savings: what they are taken off, and what the year then comes to. */
function savings(design: Design): readonly Slip[] {
  const { groups, total, environments: costs, yearly, savings: list } = design.cost;
  const monthly = list.findIndex(({ unit }) => unit === '/月');
  const annual = list.findIndex(({ unit }) => unit === '/年');
  const [month, year] = [list[monthly], list[annual]];
  const slips: Slip[] = [];
  if (month !== undefined) {
    const base = groups
      .flatMap(({ services }) => services)
      .filter(({ name }) => isSavedOn(name, month.label))
      .reduce((sum, { subtotal }) => sum + subtotal, 0);
    const made = total - (base * month.percent) / 100;
    const ofAll = total * (1 - month.percent / 100);
    if (base > 0 && Math.abs(made - month.total) > stepOf(month.total)) {
      const wholeBill = Math.abs(ofAll - month.total) <= stepOf(month.total);
      slips.push(
        slip('savings-base', `cost.savings.${monthly}`, {
          stated: month.total,
          made: cents(made),
          percent: month.percent,
          wholeBill,
        }),
      );
    }
  }
  if (year !== undefined) {
    const path = `cost.savings.${annual}`;
    const parts = environmentKeys(design).map((key) => {
      const { monthly } = perEnvironment(costs, key);
      return isProduction(design, key) ? (month?.total ?? monthly) : monthly;
    });
    const made = parts.reduce((sum, part) => sum + part, 0) * yearly.months;
    if (Math.abs(made - year.total) > stepOf(year.total))
      slips.push(slip('savings-year', path, { stated: year.total, made: cents(made) }));
    const percent = (1 - year.total / yearly.total) * 100;
    if (Math.abs(percent - year.percent) > stepOf(year.percent) / 2) {
      slips.push(slip('savings-percent', path, { stated: year.percent, made: Math.round(percent * 10) / 10 }));
    }
  }
  return slips;
}
