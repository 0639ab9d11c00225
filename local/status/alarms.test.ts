// Alarms as CloudWatch would ring them: read from the really built templates, and evaluated over periods that pass in no time.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { readDesign } from '../../design/read-design.ts';
import { remove, synthesized } from '../testing/templates.ts';
import { type AlarmRule, alarmClock, readAlarms } from './alarms.ts';
import type { Sample } from './source.ts';

const rule: AlarmRule = {
  id: 'Alarm',
  severity: 'warning',
  namespace: 'AWS/ApplicationELB',
  metric: 'TargetResponseTime',
  title: 'TargetResponseTime',
  member: 'LoadBalancer',
  statistic: 'Average',
  comparison: 'GreaterThanThreshold',
  threshold: 1,
  period: 300,
  evaluationPeriods: 2,
  missing: 'notBreaching',
};
const sample = (value: number, more: Partial<Sample> = {}): Sample => ({
  namespace: rule.namespace,
  metric: rule.metric,
  sum: value,
  count: 1,
  minimum: value,
  maximum: value,
  ...more,
});

/** The states after each of these seconds with their values. */
function states(change: Partial<AlarmRule>, values: readonly (readonly [second: number, value?: number])[], speed = 1) {
  const clock = alarmClock([{ ...rule, ...change }], speed);
  return values.map(([second, value]) => {
    const [state] = clock.evaluate(value === undefined ? [] : [sample(value)], second * 1000);
    return state?.state;
  });
}

describe('an alarm', () => {
  test.each<[string, Partial<AlarmRule>, (readonly [number, number?])[], string[]]>([
    [
      'rings after two periods past the threshold, not after one',
      {},
      [
        [100, 2],
        [400, 2],
      ],
      ['ok', 'alarm'],
    ],
    [
      'does not ring at the threshold itself',
      {},
      [
        [100, 1],
        [400, 1],
      ],
      ['ok', 'ok'],
    ],
    [
      'is over when a period is well',
      {},
      [
        [100, 2],
        [400, 2],
        [720, 0.5],
      ],
      ['ok', 'alarm', 'ok'],
    ],
    ['is over once what it saw is too long ago', { evaluationPeriods: 1 }, [[100, 2], [401]], ['alarm', 'ok']],
    [
      'adds up',
      { statistic: 'Sum', threshold: 10, evaluationPeriods: 1 },
      [
        [1, 6],
        [2, 6],
      ],
      ['ok', 'alarm'],
    ],
    [
      'takes the least',
      { statistic: 'Minimum', comparison: 'LessThanThreshold', evaluationPeriods: 1 },
      [
        [1, 2],
        [2, 0],
        [3, 5],
      ],
      ['ok', 'alarm', 'alarm'],
    ],
    [
      'takes silence for danger where it is told to',
      { missing: 'breaching', evaluationPeriods: 1 },
      [[1, 0.5], [400]],
      ['ok', 'alarm'],
    ],
    ['does not take it so where nothing ever measures', { missing: 'breaching' }, [[1], [400]], ['no-data', 'no-data']],
    ['takes silence for no news where it is told to', { missing: 'missing' }, [[1, 0.5], [700]], ['ok', 'no-data']],
  ])('%s', (_, change, values, expected) => expect(states(change, values)).toEqual(expected));

  test('rings sooner where time passes faster', () => {
    expect(
      states(
        {},
        [
          [10, 2],
          [40, 2],
        ],
        10,
      ),
    ).toEqual(['ok', 'alarm']);
  });

  test('minds only its own resource', () => {
    const clock = alarmClock([{ ...rule, resource: 'Stack/One', evaluationPeriods: 1 }]);
    const [other] = clock.evaluate([sample(9, { resource: 'Stack/Other' })], 1_000);
    expect(other).toMatchObject({ state: 'no-data' });
    const [own] = clock.evaluate([sample(9, { resource: 'Stack/One' })], 2_000);
    expect(own).toMatchObject({ state: 'alarm', value: 9 });
  });
});

test('MON-1…16: the alarms of the built templates are read with the thresholds that the document gives', () => {
  const { design } = readDesign(readFileSync('specs/stories/WEB-001-web-platform/design.md', 'utf8'));
  if (design === undefined) throw new Error('the project has no readable document');
  const outdir = synthesized('development');
  try {
    const graph = readAssembly(outdir);
    const rules = readAlarms(graph, 'development', design);

    const monitored = graph.resources.filter(
      ({ stack, type }) => stack === 'DevelopmentMonitoringStack' && type === 'AWS::CloudWatch::Alarm',
    );
    expect(new Set(rules.map(({ id }) => id))).toEqual(new Set(monitored.map(({ key }) => key)));
    expect(new Set(rules.map(({ title }) => title))).toEqual(
      new Set(design.alarms.map(({ metric }) => metric).filter((metric) => metric !== 'ReplicaLag')),
    );
    const ring = (title: string, severity: string) =>
      rules.find((one) => one.title === title && one.severity === severity);
    expect(ring('TargetResponseTime', 'critical')).toMatchObject({
      statistic: 'Average',
      comparison: 'GreaterThanThreshold',
      threshold: design.alarms.find(({ metric }) => metric === 'TargetResponseTime')?.critical?.value,
      period: 300,
      evaluationPeriods: 2,
      missing: 'notBreaching',
    });
    expect(ring('Errors', 'critical')?.resource).toMatch(/^DevelopmentComputeStack\/.*FulfilOrder/);
  } finally {
    remove(outdir);
  }
});
