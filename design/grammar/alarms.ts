// MON-1…16: the alarms. Below the name of a service stands each metric with its thresholds by severity, its period, and how many
// periods in a row must go beyond.
import { metricOf, metrics, unitSize, unitsOf } from '../catalogue/metrics.ts';
import { serviceNames } from '../catalogue/service-names.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { comparisons, evaluationPattern, statistics, thresholdPattern, thresholdUnits } from '../parts/alarm.ts';
import { chosen, namesOf } from '../parts/term.ts';
import type { Alarm, AlarmService, Design, Threshold } from '../schema.ts';
import type { Section } from '../sections.ts';
import { distinct, markBelow, readBlocks, readRows, refuseTheRest, sameLabel } from './blocks.ts';
import { offered } from './nearest.ts';
import { readCount, readNumber, readSeconds } from './values.ts';

/** The alarms in the document's order. Undefined when the section has no block, or a row that lacks a part; the ledger says why. */
export function readAlarms(section: Section, ledger: LineLedger): Design['alarms'] | undefined {
  const blocks = readBlocks(section, ledger);
  const alarms: (Alarm | undefined)[] = [];
  for (const block of distinct(blocks, ledger)) {
    const service = readService(block, ledger);
    if (service === undefined) continue;
    for (const node of distinct(block.children, ledger)) alarms.push(readAlarm(service, node, alarms.length, ledger));
  }
  refuseTheRest(blocks, ledger, '閾値: 平均 > 1s (Warning), 平均 > 3s (Critical) / 期間: 5分 / 評価期間: 2回連続');
  if (section.blocks.length === 0 || alarms.some((alarm) => alarm === undefined)) return undefined;
  return alarms.filter((alarm) => alarm !== undefined);
}

/** The service of `ALB監視`. What stands below an unknown one is not known either. */
function readService(block: OutlineNode, ledger: LineLedger): AlarmService | undefined {
  const name = /^(.+?)\s*監視$/.exec(block.key)?.[1];
  const service = serviceNames.find(([known]) => name !== undefined && sameLabel(known, name))?.[1];
  if (service !== undefined && block.value === '') {
    ledger.mark(block.line, 'heading');
    return service;
  }
  ledger.mark(block.line, 'unknown');
  markBelow(block, ledger);
  const known = serviceNames.map(([words]) => `${words}監視`);
  ledger.refuse(block.line, 'unknown-name', { found: block.text, nearest: offered(block.key, known) });
  return undefined;
}

function readAlarm(service: AlarmService, node: OutlineNode, index: number, ledger: LineLedger): Alarm | undefined {
  const path = `alarms.${index}`;
  stateMetric(service, node, `${path}.metric`, ledger);
  const rows = readRows(node.children, node.line, ledger, ['閾値', '期間', '評価期間']);
  const thresholds = rows.閾値 && readThresholds(rows.閾値, path, ledger);
  const periodSeconds = rows.期間 && readSeconds(rows.期間.value);
  const evaluationPeriods = rows.評価期間 && readEvaluation(rows.評価期間.value);
  if (rows.期間 && periodSeconds !== undefined) ledger.state(rows.期間.line, 'input', `${path}.periodSeconds`);
  if (rows.評価期間 && evaluationPeriods !== undefined) {
    ledger.state(rows.評価期間.line, 'input', `${path}.evaluationPeriods`);
  }
  if (thresholds === undefined || periodSeconds === undefined || evaluationPeriods === undefined) return undefined;
  const alarm: Alarm = { service, metric: node.key, ...thresholds, periodSeconds, evaluationPeriods };
  if (rows.閾値) checkThresholds(alarm, rows.閾値.line, ledger);
  if (rows.期間 && rows.評価期間) checkPeriods(alarm, rows.期間.line, rows.評価期間.line, ledger);
  return alarm;
}

function stateMetric(service: AlarmService, node: OutlineNode, path: string, ledger: LineLedger): void {
  if (metricOf(service, node.key) !== undefined && node.value === '') {
    ledger.state(node.line, 'input', path);
    return;
  }
  ledger.mark(node.line, 'unknown');
  const names = metrics[service].map(({ name }) => name);
  ledger.refuse(node.line, 'unknown-name', { found: node.text, nearest: offered(node.key, names) });
}

/** `平均 > 1s (Warning), 平均 > 3s (Critical)`: one of the two, or both. */
function readThresholds(
  node: OutlineNode,
  path: string,
  ledger: LineLedger,
): { warning?: Threshold; critical?: Threshold } | undefined {
  const found: { warning?: Threshold; critical?: Threshold } = {};
  for (const words of node.value.split(/(?<=\))\s*[,、]\s*/)) {
    const match = thresholdPattern.exec(words)?.groups;
    const severity = match?.severity?.toLowerCase() === 'warning' ? 'warning' : 'critical';
    const statistic = chosen(match?.statistic ?? '', statistics);
    const comparison = chosen(match?.comparison ?? '', comparisons);
    const value = readNumber(match?.number ?? '');
    const unit = unitCalled(match?.unit?.replaceAll(/\s+/g, ' ') ?? '');
    if (statistic === undefined || comparison === undefined || value === undefined) return undefined;
    if (unit === undefined || found[severity] !== undefined) return undefined;
    found[severity] = { statistic, comparison, value, unit };
  }
  for (const severity of ['warning', 'critical'] as const) {
    if (found[severity] !== undefined) ledger.state(node.line, 'input', `${path}.${severity}`);
  }
  return found;
}

/** By its exact letters: a `Gb` is no `GB`. */
const unitCalled = (words: string): Threshold['unit'] | undefined =>
  thresholdUnits.find(([, term]) => namesOf(term).includes(words))?.[0];

/** `2回連続`, `1回` */
function readEvaluation(words: string): number | undefined {
  return readCount(evaluationPattern.exec(words)?.groups?.count ?? '');
}

function checkThresholds({ service, metric: name, warning, critical }: Alarm, line: number, ledger: LineLedger): void {
  const metric = metricOf(service, name);
  for (const threshold of [warning, critical]) {
    if (metric === undefined || threshold === undefined) continue;
    const expected = unitsOf(metric);
    const { unit, value } = threshold;
    if (!expected.includes(unit)) {
      ledger.refuse(line, 'threshold-unit', { metric: name, found: unit, expected });
      return;
    }
    if (unit.startsWith('%') && value > 100) {
      ledger.refuse(line, 'out-of-range', { what: '閾値', found: words(threshold), expected: '0–100 %' });
    }
  }
  // An average and a maximum have no order: either may be reached first.
  if (warning === undefined || critical === undefined || warning.statistic !== critical.statistic) return;
  const rising = warning.comparison.startsWith('>');
  const pair = { warning: words(warning), critical: words(critical) };
  if (rising !== critical.comparison.startsWith('>') || kindOf(warning.unit) !== kindOf(critical.unit)) {
    ledger.refuse(line, 'threshold-mixed', pair);
    return;
  }
  const beyond = size(warning) - size(critical);
  if (rising ? beyond > 0 : beyond < 0) ledger.refuse(line, 'threshold-order', pair);
}

const words = ({ comparison, value, unit }: Threshold): string =>
  `${comparison} ${value}${unit === 'count' ? '' : unit}`;
const size = ({ value, unit }: Threshold): number => value * unitSize[unit];
const kindOf = (unit: Threshold['unit']): string =>
  unit === 's' || unit === 'ms' ? 'time' : unit === 'GB' || unit === 'MB' ? 'bytes' : unit;

const minute = 60;
const hour = 3600;
const day = 86_400;

/**
 * What PutMetricAlarm takes. Every metric of the catalogue is published once a minute, so the high-resolution periods of 10, 20
 * and 30 seconds would find no data.
 */
function checkPeriods(
  { periodSeconds, evaluationPeriods }: Alarm,
  periodLine: number,
  countLine: number,
  ledger: LineLedger,
): void {
  if (periodSeconds < minute || periodSeconds > 7 * day || periodSeconds % minute !== 0) {
    ledger.refuse(periodLine, 'out-of-range', {
      what: '期間',
      found: `${periodSeconds} s`,
      expected: `60–${7 * day} s, n × 60 s`,
    });
    return;
  }
  const most = Math.floor((periodSeconds < hour ? day : 7 * day) / periodSeconds);
  if (evaluationPeriods < 1 || evaluationPeriods > most) {
    ledger.refuse(countLine, 'out-of-range', {
      what: '評価期間',
      found: `${evaluationPeriods}`,
      expected: `1–${most}`,
    });
  }
}
