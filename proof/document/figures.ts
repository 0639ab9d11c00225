// What a template has in the place of a figure that it denies, as the design has such values; design/parts knows how they are written on a
// line. What judges saw of the graph (evidence) is all that is told from, never the design.
import { at, isProperties, literal } from '../../assembly/graph.ts';
import { isSaid } from '../../design/messages/said.ts';
import { withValue } from '../../design/vocabulary.ts';
import type { Evidence } from '../judges/judge.ts';

interface Row {
  /** Pattern over design paths, `*` for one index or key. */
  readonly path: string;
  /** End of the property that the evidence is about; absent for any. */
  readonly property?: RegExp;
  /** The value at the path that the template has; undefined where the evidence does not say. */
  readonly value: (denied: Evidence) => unknown;
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
/** The first group of a pattern in what was seen. */
const seenAs = (pattern: RegExp) => (denied: Evidence) => pattern.exec(seenText(denied) ?? '')?.[1];

const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

/** What the template has of a threshold; of its figure how many times what it should be it is, since the line has a unit of its own. */
const thresholdRows = (path: string): readonly Row[] => [
  {
    path,
    property: /\/Threshold$/,
    value: ({ observed, expected }) => {
      const [found, wanted] = [observed, expected].map((one) => seenNumber({ observed: one }));
      return found === undefined || wanted === undefined || wanted === 0 ? undefined : { times: found / wanted };
    },
  },
  {
    path,
    property: /\/ComparisonOperator$/,
    value: (denied) => ({ comparison: comparisons[seenText(denied) ?? ''] }),
  },
  { path, property: /\/Statistic$/, value: (denied) => ({ statistic: seenText(denied) }) },
];

/** `tcp 443 from 0.0.0.0/0 "HTTPS from Internet"`, as judges put down a rule. */
const rule = (denied: Evidence) => {
  const seen = /^(?<protocol>tcp|udp) (?<ports>[\d-]+) (?:from|to) (?<peer>\S+) "(?<description>.*)"$/.exec(
    seenText(denied) ?? '',
  )?.groups;
  if (seen === undefined) return undefined;
  const { peer = '', ...parts } = seen;
  return { ...parts, ...(/^\d+(?:\.\d+){3}\/\d+$/.test(peer) && { cidr: peer }) };
};

/** `cron(0 3 ? * SUN *)` */
const weekly = (denied: Evidence) => {
  const [, minute = '', hour = '', weekday] =
    /^cron\((\d+) (\d+) \? \* (\w{3}) \*\)$/.exec(seenText(denied) ?? '') ?? [];
  return weekday && { weekday, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
};

/** `{ StorageClass: GLACIER, TransitionInDays: 90 }` */
const transition = ({ observed }: Evidence) => {
  const seen = isProperties(observed) ? observed : undefined;
  return { storageClass: literal(at(seen, 'StorageClass')), afterDays: literal(at(seen, 'TransitionInDays')) };
};

const widgetKinds: Readonly<Record<string, string>> = { timeSeries: 'line', bar: 'bar', singleValue: 'number' };

const rows: readonly Row[] = [
  { path: 'inputs.project', value: seenText },
  { path: 'inputs.owner', value: seenText },
  { path: 'inputs.alertEmail', property: /\/Endpoint$/, value: seenText },
  { path: 'inputs.maxTasks', value: seenNumber },
  { path: 'network.cidr', property: /\/CidrBlock$/, value: seenText },
  { path: 'network.subnets.*.cidr', property: /\/CidrBlock$/, value: seenText },
  { path: 'network.subnets.*.zone', property: /\/AvailabilityZone$/, value: seenAs(/^[a-z-]+\d([a-z])$/) },
  { path: 'stacks.*.purpose', value: seenText },
  { path: 'stacks.*.resources.*', property: /\/CidrBlock$/, value: seenText },
  { path: 'securityGroups.*.ingress.*', value: rule },
  { path: 'securityGroups.*.egress.*', value: rule },
  ...thresholdRows('alarms.*.warning'),
  ...thresholdRows('alarms.*.critical'),
  { path: 'alarms.*.periodSeconds', property: /\/Period$/, value: seenNumber },
  { path: 'alarms.*.evaluationPeriods', property: /\/EvaluationPeriods$/, value: seenNumber },
  { path: 'logs.*.application', property: /\/RetentionInDays$/, value: seenNumber },
  { path: 'logs.*.albAccess', property: /\/ExpirationInDays$/, value: seenNumber },
  { path: 'logs.*.vpcFlow', property: /\/RetentionInDays$/, value: seenNumber },
  { path: 'logs.*.cloudTrail', property: /\/RetentionInDays$/, value: seenNumber },
  { path: 'dashboards.*.widgets.*', value: (denied) => widgetKinds[seenText(denied) ?? ''] },
  { path: 'backup.aurora.retentionDays.*', property: /\/BackupRetentionPeriod$/, value: seenNumber },
  { path: 'backup.aurora.window', property: /\/PreferredBackupWindow$/, value: seenText },
  { path: 'backup.aurora.window.local', value: seenText },
  { path: 'backup.aurora.weeklySnapshot', property: /\/ScheduleExpression$/, value: weekly },
  { path: 'backup.s3.transitions.*', property: /\/Transitions\/\d+$/, value: transition },
  { path: 'backup.cache.retentionDays.*', property: /\/SnapshotRetentionLimit$/, value: seenNumber },
  { path: 'backup.cache.window', property: /\/SnapshotWindow$/, value: seenText },
  { path: 'requestsPerSecond', value: (denied) => Number(seenAs(/= ([\d.]+) req\/s$/)(denied)) },
  { path: 'sizes.*.task.cpu', property: /\/Cpu$/, value: seenNumber },
  { path: 'sizes.*.task.memoryMiB', property: /\/Memory$/, value: seenNumber },
  { path: 'sizes.*.task.minimum', property: /\/MinCapacity$/, value: seenNumber },
  { path: 'sizes.*.task.maximum', property: /\/MaxCapacity$/, value: seenNumber },
  { path: 'sizes.*.functions.memoryMiB', property: /\/MemorySize$/, value: seenNumber },
  { path: 'sizes.*.aurora.instanceClass', property: /\/DBInstanceClass$/, value: seenText },
  { path: 'sizes.*.aurora.instances', value: seenNumber },
  { path: 'sizes.*.cache.nodeType', property: /\/CacheNodeType$/, value: seenText },
  { path: 'sizes.*.cache.nodes', value: seenNumber },
  { path: 'sizes.*.natGateways', property: /\/Resources$/, value: seenNumber },
];

const patterns = rows.map((row) => ({ row, segments: row.path.split('.') }));

/** The line with what the template has in the place of what it denies; `undefined` where that is not known or has no room on the line. */
export function written(line: string, path: string, denied: Evidence): string | undefined {
  const segments = path.split('.');
  const found = patterns.find(
    ({ row, segments: wanted }) =>
      wanted.length === segments.length &&
      wanted.every((segment, index) => segment === '*' || segment === segments[index]) &&
      (row.property === undefined || row.property.test(denied.property)),
  );
  return found && withValue(line, path, found.row.value(denied));
}
