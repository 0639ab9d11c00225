// How a figure that a template denies is written on its line: the words stay, the figure becomes the template's. One row for each kind
// of line; what judges saw of the graph (evidence) is all that is written from, never the design.

import { at, isProperties, literal, type Value } from '../../assembly/graph.ts';
import { isSaid } from '../../design/messages/said.ts';
import type { Evidence } from '../judges/judge.ts';

/** A denied piece of evidence on a line, onto the line. `undefined` where the line has no room for what was seen. */
type Writer = (line: string, denied: Evidence) => string | undefined;

interface Row {
  /** Pattern over design paths, `*` for one index or key. */
  readonly path: string;
  /** End of the property that the evidence is about; absent for any. */
  readonly property?: RegExp;
  readonly write: Writer;
}

const number = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const range = /(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})/;
const days = new RegExp(`(${number})\\s*日`);
const window = /(\d\d:\d\d\s*[-~〜–]\s*\d\d:\d\d)\s*UTC/;
const value = /[:：]\s*(.*\S)\s*$/;

/** Writes a text in the place of the pattern's first group. */
export function put(line: string, pattern: RegExp, instead: string | undefined): string | undefined {
  const place = new RegExp(pattern.source, `${pattern.flags.replace('d', '')}d`).exec(line)?.indices?.[1];
  return place === undefined || instead === undefined
    ? undefined
    : `${line.slice(0, place[0])}${instead}${line.slice(place[1])}`;
}

/** A literal, or the one figure that is in what is said of a value: `日本時間 12:00-13:00`, `not said: 1`. */
function figureIn(value: unknown): string | number | undefined {
  const [figure, ...others] = isSaid(value) ? Object.values(value.figures ?? {}) : [value];
  return others.length === 0 && (typeof figure === 'string' || typeof figure === 'number') ? figure : undefined;
}

const seenNumber = ({ observed }: Pick<Evidence, 'observed'>): number | undefined => {
  const found = Number(figureIn(observed) ?? Number.NaN);
  return Number.isFinite(found) ? found : undefined;
};
const seenText = ({ observed }: Evidence): string | undefined => {
  const found = figureIn(observed);
  return typeof found === 'string' ? found : undefined;
};

/** A number as people write it: no more digits than it has. */
export function plain(figure: number): string {
  const words = String(Number(figure.toPrecision(12)));
  return words.includes('e-') ? figure.toFixed(15).replace(/0+$/, '') : words;
}

const asNumber =
  (pattern: RegExp, unit = 1): Writer =>
  (line, denied) => {
    const found = seenNumber(denied);
    return found === undefined ? undefined : put(line, pattern, plain(found / unit));
  };
const asText =
  (pattern: RegExp, read: RegExp = /^(.+)$/): Writer =>
  (line, denied) =>
    put(line, pattern, read.exec(seenText(denied) ?? '')?.[1]);

const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};
const statistics: Readonly<Record<string, string>> = { Average: '平均', Sum: '合計', Minimum: '最小', Maximum: '最大' };

/** What the template has of a threshold, in the line's own unit: as far from the line's figure as the template is from what it should be. */
function threshold(severity: 'Warning' | 'Critical'): readonly Omit<Row, 'path'>[] {
  const before = '(?:平均|合計|最小|最大)\\s*';
  const comparison = '(?:[<>]=?|[≥≧≤≦])';
  const after = `[^(（<>≥≧≤≦]*[(（]\\s*${severity}`;
  const figure = new RegExp(`${comparison}\\s*(${number})${after}`, 'i');
  return [
    {
      property: /\/Threshold$/,
      write: (line, { observed, expected }) => {
        const stated = Number(figure.exec(line)?.[1]?.replaceAll(',', ''));
        const [found, wanted] = [observed, expected].map((one) => seenNumber({ observed: one }) ?? Number.NaN);
        if (found === undefined || wanted === undefined) return undefined;
        const share = wanted === 0 ? Number.NaN : found / wanted;
        return Number.isFinite(stated * share) ? put(line, figure, plain(stated * share)) : undefined;
      },
    },
    {
      property: /\/ComparisonOperator$/,
      write: (line, denied) =>
        put(
          line,
          new RegExp(`${before}(${comparison})\\s*${number}${after}`, 'i'),
          comparisons[seenText(denied) ?? ''],
        ),
    },
    {
      property: /\/Statistic$/,
      write: (line, denied) =>
        put(
          line,
          new RegExp(`(平均|合計|最小|最大)\\s*${comparison}\\s*${number}${after}`, 'i'),
          statistics[seenText(denied) ?? ''],
        ),
    },
  ];
}

/** `tcp 443 from 0.0.0.0/0 "HTTPS from Internet"`, as judges put down a rule; a peer that is a group stays as the line names it. */
const rule: Writer = (line, denied) => {
  const seen = /^(?<protocol>tcp|udp) (?<ports>[\d-]+) (?:from|to) (?<peer>\S+) "(?<description>.*)"$/.exec(
    seenText(denied) ?? '',
  )?.groups;
  if (seen === undefined) return undefined;
  const peer = range.test(seen.peer ?? '') ? seen.peer : undefined;
  const written = [
    [/Protocol\s*[:：]\s*(\w+)/i, seen.protocol?.toUpperCase()],
    [/Port\s*[:：]\s*(\d+(?:\s*[-–~〜]\s*\d+)?)/i, seen.ports],
    [/Description\s*[:：]\s*["“]([^"”]*)["”]/i, seen.description],
    ...(peer === undefined ? [] : [[/(?:Source|Destination)\s*[:：]\s*([^,、"]*[^,、"\s])/i, peer] as const]),
  ] as const;
  return written.reduce<string | undefined>(
    (text, [pattern, instead]) => (text === undefined ? undefined : put(text, pattern, instead)),
    line,
  );
};

const weekdays: Readonly<Record<string, string>> = {
  SUN: '日',
  MON: '月',
  TUE: '火',
  WED: '水',
  THU: '木',
  FRI: '金',
  SAT: '土',
};

/** `cron(0 3 ? * SUN *)` on `週次（日曜 03:00 UTC）`. */
const weekly: Writer = (line, denied) => {
  const cron = /^cron\((\d+) (\d+) \? \* (\w{3}) \*\)$/.exec(seenText(denied) ?? '');
  const [, minute = '', hour = '', day = ''] = cron ?? [];
  const name = weekdays[day];
  if (name === undefined) return undefined;
  const timed = put(line, /(\d\d:\d\d)\s*UTC/, `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`);
  return timed === undefined ? undefined : put(timed, /([日月火水木金土])曜/, name);
};

const storageClasses: Readonly<Record<string, string>> = {
  STANDARD_IA: 'Standard-IA',
  INTELLIGENT_TIERING: 'Intelligent-Tiering',
  ONEZONE_IA: 'One Zone-IA',
  GLACIER_IR: 'Glacier Instant Retrieval',
  GLACIER: 'Glacier Flexible Retrieval',
  DEEP_ARCHIVE: 'Glacier Deep Archive',
};

/** `{ StorageClass: GLACIER, TransitionInDays: 90 }` on `90日後: Glacier Flexible Retrieval移行`. */
const transition: Writer = (line, { observed }) => {
  const seen = isProperties(observed) ? observed : undefined;
  const [found, after] = [at(seen, 'StorageClass'), at(seen, 'TransitionInDays')].map((part: Value | undefined) =>
    literal(part),
  );
  const dated = put(line, /(\d+)\s*日後/, after === undefined ? undefined : String(after));
  return dated === undefined ? undefined : put(dated, /[:：]\s*(.+?)\s*(?:へ|に)?移行/, storageClasses[String(found)]);
};

const views: Readonly<Record<string, string>> = { timeSeries: '折れ線グラフ', bar: '棒グラフ', singleValue: '数値' };

const rows: readonly Row[] = [
  { path: 'inputs.project', write: asText(value) },
  { path: 'inputs.owner', write: asText(value) },
  { path: 'inputs.alertEmail', property: /\/Endpoint$/, write: asText(value) },
  { path: 'inputs.maxTasks', write: asNumber(value) },
  { path: 'network.cidr', property: /\/CidrBlock$/, write: asText(range) },
  { path: 'network.subnets.*.cidr', property: /\/CidrBlock$/, write: asText(range) },
  {
    path: 'network.subnets.*.zone',
    property: /\/AvailabilityZone$/,
    write: asText(/AZ-([a-z])\b/, /^[a-z-]+\d([a-z])$/),
  },
  { path: 'stacks.*.purpose', write: asText(value) },
  { path: 'stacks.*.resources.*', property: /\/CidrBlock$/, write: asText(range) },
  { path: 'securityGroups.*.ingress.*', write: rule },
  { path: 'securityGroups.*.egress.*', write: rule },
  ...threshold('Warning').map((row) => ({ path: 'alarms.*.warning', ...row })),
  ...threshold('Critical').map((row) => ({ path: 'alarms.*.critical', ...row })),
  { path: 'alarms.*.periodSeconds', property: /\/Period$/, write: asNumber(new RegExp(`(${number})\\s*分`), 60) },
  {
    path: 'alarms.*.evaluationPeriods',
    property: /\/EvaluationPeriods$/,
    write: asNumber(new RegExp(`(${number})\\s*回`)),
  },
  { path: 'logs.*.application', property: /\/RetentionInDays$/, write: asNumber(days) },
  { path: 'logs.*.albAccess', property: /\/ExpirationInDays$/, write: asNumber(days) },
  { path: 'logs.*.vpcFlow', property: /\/RetentionInDays$/, write: asNumber(days) },
  { path: 'logs.*.cloudTrail', property: /\/RetentionInDays$/, write: asNumber(days) },
  {
    path: 'dashboards.*.widgets.*',
    write: (line, denied) => put(line, /[(（]([^()（）]+)[)）]\s*$/, views[seenText(denied) ?? '']),
  },
  { path: 'backup.aurora.retentionDays.*', property: /\/BackupRetentionPeriod$/, write: asNumber(days) },
  { path: 'backup.aurora.window', property: /\/PreferredBackupWindow$/, write: asText(window) },
  {
    path: 'backup.aurora.window.local',
    write: asText(/JST\s*(\d\d:\d\d\s*[-~〜–]\s*\d\d:\d\d)/),
  },
  { path: 'backup.aurora.weeklySnapshot', property: /\/ScheduleExpression$/, write: weekly },
  { path: 'backup.s3.transitions.*', property: /\/Transitions\/\d+$/, write: transition },
  { path: 'backup.cache.retentionDays.*', property: /\/SnapshotRetentionLimit$/, write: asNumber(days) },
  { path: 'backup.cache.window', property: /\/SnapshotWindow$/, write: asText(window) },
  { path: 'requestsPerSecond', write: asText(/(\d+(?:\.\d+)?)\s*req\/s/, /= ([\d.]+) req\/s$/) },
  { path: 'sizes.*.task.cpu', property: /\/Cpu$/, write: asNumber(/([\d.]+)\s*vCPU/, 1024) },
  { path: 'sizes.*.task.memoryMiB', property: /\/Memory$/, write: asNumber(/([\d.]+)\s*GB/, 1024) },
  { path: 'sizes.*.task.minimum', property: /\/MinCapacity$/, write: asNumber(/(\d+)\s*タスク/) },
  { path: 'sizes.*.task.maximum', property: /\/MaxCapacity$/, write: asNumber(/max_tasks\s*:\s*(\d+)/) },
  { path: 'sizes.*.functions.memoryMiB', property: /\/MemorySize$/, write: asNumber(/([\d.]+)\s*M(?:i)?B/) },
  { path: 'sizes.*.aurora.instanceClass', property: /\/DBInstanceClass$/, write: asText(/(db\.[a-z0-9.-]+)/) },
  { path: 'sizes.*.aurora.instances', write: everyCount },
  { path: 'sizes.*.cache.nodeType', property: /\/CacheNodeType$/, write: asText(/(cache\.[a-z0-9.-]+)/) },
  { path: 'sizes.*.cache.nodes', write: everyCount },
  { path: 'sizes.*.natGateways', property: /\/Resources$/, write: everyCount },
];

/** `db.r6g.large × 2 (Multi-AZ): $292 × 2 = $584` counts twice: every bare factor is the count. */
function everyCount(line: string, denied: Evidence): string | undefined {
  const found = seenNumber(denied);
  const counts = /(×\s*)\d+(?=\s*(?:[(（:：=×]|$))/g;
  return found === undefined || !counts.test(line) ? undefined : line.replaceAll(counts, `$1${found}`);
}

const patterns = rows.map((row) => ({ row, segments: row.path.split('.') }));

/** The line with what the template has in the place of what it denies; `undefined` where no row knows how to write it. */
export function written(line: string, path: string, denied: Evidence): string | undefined {
  const segments = path.split('.');
  const found = patterns.find(
    ({ row, segments: wanted }) =>
      wanted.length === segments.length &&
      wanted.every((segment, index) => segment === '*' || segment === segments[index]) &&
      (row.property === undefined || row.property.test(denied.property)),
  );
  return found?.row.write(line, denied);
}
