import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readAlarms } from './alarms.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const block = `
ALB監視:
  - TargetResponseTime:
      閾値: 平均 > 0.5s (Warning), 平均 > 2,500ms (Critical)
      期間: 1分
      評価期間: 3回連続

RDS監視:
  - DatabaseConnections:
      閾値: 最大 >= 70% of max (Warning)
      期間: 10分
      評価期間: 1回
  - FreeLocalStorage:
      閾値: 最小 < 2GB (Warning), 最小 < 512MB (Critical)
      期間: 1時間
      評価期間: 2回
`;

test('MON: a row is read with its thresholds, period and number of periods', () => {
  const { value, problems, unaccounted } = readBlock(readAlarms, block);
  expect(problems).toEqual([]);
  expect(unaccounted).toEqual([]);
  expect(value).toEqual([
    {
      service: 'alb',
      metric: 'TargetResponseTime',
      warning: { statistic: 'Average', comparison: '>', value: 0.5, unit: 's' },
      critical: { statistic: 'Average', comparison: '>', value: 2500, unit: 'ms' },
      periodSeconds: 60,
      evaluationPeriods: 3,
    },
    {
      service: 'rds',
      metric: 'DatabaseConnections',
      warning: { statistic: 'Maximum', comparison: '>=', value: 70, unit: '% of max' },
      periodSeconds: 600,
      evaluationPeriods: 1,
    },
    {
      service: 'rds',
      metric: 'FreeLocalStorage',
      warning: { statistic: 'Minimum', comparison: '<', value: 2, unit: 'GB' },
      critical: { statistic: 'Minimum', comparison: '<', value: 512, unit: 'MB' },
      periodSeconds: 3600,
      evaluationPeriods: 2,
    },
  ]);
});

test('MON: each line of a row states its own part', () => {
  expect(readBlock(readAlarms, block).statements.filter((words) => words.includes('alarms.0'))).toEqual([
    '4 input alarms.0.metric',
    '5 input alarms.0.warning',
    '5 input alarms.0.critical',
    '6 input alarms.0.periodSeconds',
    '7 input alarms.0.evaluationPeriods',
  ]);
});

test('full-width signs are read like others', () => {
  const wide = changed(block, '閾値: 平均 > 0.5s (Warning), 平均', '閾値：平均　＞　０．５ｓ（Warning）、平均');
  expect(readBlock(readAlarms, wide).value).toEqual(readBlock(readAlarms, block).value);
});

describe('what CloudWatch does not know or take is refused at its line', () => {
  test.each([
    ['a metric', '- TargetResponseTime', '- TargetResponseTim', ['4 unknown-name']],
    ['a metric of another service', '- TargetResponseTime', '- ReplicaLag', ['4 unknown-name']],
    ['a service', 'ALB監視', 'NLB監視', ['3 unknown-name']],
    ['a unit', '> 0.5s', '> 0.5GB', ['5 threshold-unit']],
    ['a unit nobody knows', '> 0.5s', '> 0.5h', ['5 unknown-line']],
    ['a share of nothing', '> 0.5s', '> 50% of max', ['5 threshold-unit']],
    ['more than the whole', '70% of max', '170% of max', ['11 out-of-range']],
    ['a warning beyond the critical threshold', '> 0.5s', '> 3s', ['5 threshold-order']],
    ['a warning below a falling critical threshold', '< 2GB', '< 0.4GB', ['15 threshold-order']],
    ['two directions', '> 0.5s', '< 0.5s', ['5 threshold-mixed']],
    ['a statistic', '平均 > 0.5s', '中央 > 0.5s', ['5 unknown-line']],
    ['one severity twice', '(Critical)', '(Warning)', ['5 unknown-line']],
    ['a period under a minute', '期間: 1分', '期間: 30秒', ['6 out-of-range']],
    ['a period between minutes', '期間: 1分', '期間: 90秒', ['6 out-of-range']],
    ['no period', '期間: 1分', '期間: 0分', ['6 out-of-range']],
    ['more than a day of minutes', '3回連続', '1441回連続', ['7 out-of-range']],
    ['more than a week of hours', '評価期間: 2回', '評価期間: 169回', ['17 out-of-range']],
    ['no evaluation', '3回連続', '0回', ['7 out-of-range']],
    ['so many out of so many', '3回連続', '3回中2回', ['7 unknown-line']],
    ['a missing part', '      期間: 1分\n', '', ['4 row-missing']],
    ['a part twice', '      期間: 1分\n', '      期間: 1分\n      期間: 5分\n', ['7 row-twice']],
    ['a service twice', 'RDS監視', 'ALB監視', ['9 row-twice']],
    ['a row twice', '- FreeLocalStorage', '- DatabaseConnections', ['14 row-twice']],
    ['words of one’s own', '期間: 1分', '備考: なし\n      期間: 1分', ['6 unknown-line']],
  ])('%s', (_, from, to, expected) => {
    const { problems, unaccounted } = readBlock(readAlarms, changed(block, from, to));
    expect(problems).toEqual(expected);
    expect(unaccounted).toEqual([]);
  });

  test('but a week of hours and a day of minutes are taken', () => {
    expect(readBlock(readAlarms, changed(block, '評価期間: 2回', '評価期間: 168回')).problems).toEqual([]);
    expect(readBlock(readAlarms, changed(block, '3回連続', '1440回連続')).problems).toEqual([]);
  });

  test('an unknown metric is told the nearest', () => {
    const { ledger } = readBlock(readAlarms, changed(block, '- TargetResponseTime', '- TargetResponsTime'));
    expect(ledger.problems[0]?.message.en).toContain('TargetResponseTime');
  });
});

test('a section without a block is refused', () => {
  const { value, problems } = readBlock((section, ledger) => readAlarms({ ...section, blocks: [] }, ledger), '');
  expect([value, problems]).toEqual([undefined, ['1 block-missing']]);
});

test.skipIf(form === undefined)('MON-1…16: the form’s rows are read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readAlarms, 'CloudWatch Metrics監視');
  expect({ value, problems, unaccounted }).toEqual({ value: exampleDesign.alarms, problems: [], unaccounted: [] });
});
