// What an order must have left behind: lines in its log groups, a trace, and alarms that have no reason to ring.
import { until, type Wait } from '../../common/until.ts';
import type { LogGroupSeen, Target } from '../target.ts';
import { finding, notHere, type SmokeFinding } from './result.ts';

interface TraceInput {
  readonly traceId: string;
  /** Seconds. */
  readonly timeoutSeconds: number;
}

export async function checkLogs(
  { inspections }: Target,
  { traceId, since, timeoutSeconds }: TraceInput & { readonly since: Date },
): Promise<readonly SmokeFinding[]> {
  if (inspections?.logs === undefined) return [notHere];
  const { logs } = inspections;
  const lacks = ({ there, lines }: LogGroupSeen) => there && lines === false;
  const { last: seen } = await until(
    () => logs(traceId, since),
    (groups) => !groups.some(lacks),
    waitOf(timeoutSeconds),
  );
  const missing = seen.filter(({ there }) => !there).map(({ name }) => name);
  const other = seen.filter(({ there, expectedDays, days }) => there && expectedDays !== days);
  const silent = seen.filter(lacks).map(({ name }) => name);
  const findings = [
    ...(missing.length === 0 ? [] : [finding('logGroupsMissing', 'fail', { names: missing.join(', ') })]),
    ...(other.length === 0 ? [] : [finding('otherRetention', 'fail', { names: other.map(daysOf).join(', ') })]),
    ...(silent.length === 0 ? [] : [finding('noLines', 'fail', { names: silent.join(', '), seconds: timeoutSeconds })]),
  ];
  const written = seen.filter(({ lines }) => lines === true).length;
  return findings.length === 0 ? [finding('logsThere', 'ok', { groups: seen.length, written })] : findings;
}

const daysOf = ({ name, days, expectedDays }: LogGroupSeen): string =>
  `${name} (${days ?? '∞'} ≠ ${expectedDays ?? '∞'})`;

export async function checkTraces(
  { inspections }: Target,
  { traceId, timeoutSeconds }: TraceInput,
): Promise<readonly SmokeFinding[]> {
  if (inspections?.trace === undefined) return [notHere];
  const { trace } = inspections;
  const { last: segments } = await until(
    () => trace(traceId),
    (names) => names.length > 0,
    waitOf(timeoutSeconds),
  );
  return segments.length === 0
    ? [finding('traceNotArrived', 'fail', { id: traceId, seconds: timeoutSeconds })]
    : [finding('traceArrived', 'ok', { id: traceId, segments: [...new Set(segments)].join(', ') })];
}

export async function checkAlarms({ inspections }: Target): Promise<readonly SmokeFinding[]> {
  if (inspections?.alarms === undefined) return [notHere];
  const alarms = await inspections.alarms();
  const named = (state: (typeof alarms)[number]['state']) =>
    alarms.filter((alarm) => alarm.state === state).map(({ name }) => name);
  const [absent, ringing, silent] = [named('absent'), named('ringing'), named('no-data')];
  const findings = [
    ...(absent.length === 0 ? [] : [finding('alarmsMissing', 'fail', { names: absent.join(', ') })]),
    ...(ringing.length === 0 ? [] : [finding('alarmsRinging', 'fail', { names: ringing.join(', ') })]),
    ...(silent.length === 0
      ? []
      : [finding('alarmsWithoutData', 'unknown', { names: silent.join(', '), alarms: silent.length })]),
  ];
  return findings.length === 0 ? [finding('alarmsWell', 'ok', { alarms: alarms.length })] : findings;
}

/** A look every few seconds. */
const waitOf = (seconds: number): Wait => ({ within: seconds * 1000, every: Math.min(3_000, seconds * 100) });
