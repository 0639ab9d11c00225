import { describe, expect, test } from 'vitest';
import { readDashboards } from './dashboards.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const block = `
ダッシュボード構成:
  Traffic Dashboard:
    - ALB RequestCount (棒グラフ)
    - 総リクエスト数 (数値)
  Redis Dashboard:
    - CacheHits/CacheMisses (折れ線グラフ)
    - Lambda Errors（棒グラフ）
`;

test('DSH: a dashboard has a title and widgets, each in its form', () => {
  const { value, problems, unaccounted, statements } = readBlock(readDashboards, block);
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value).toEqual([
    {
      title: 'Traffic Dashboard',
      widgets: [
        { title: 'ALB RequestCount', kind: 'bar' },
        { title: '総リクエスト数', kind: 'number' },
      ],
    },
    {
      title: 'Redis Dashboard',
      widgets: [
        { title: 'CacheHits/CacheMisses', kind: 'line' },
        { title: 'Lambda Errors', kind: 'bar' },
      ],
    },
  ]);
  expect(statements.slice(0, 4)).toEqual([
    '4 input dashboards.0.title',
    '5 input dashboards.0.widgets.0',
    '6 input dashboards.0.widgets.1',
    '7 input dashboards.1.title',
  ]);
});

describe('DSH: what cannot be shown is refused at its line', () => {
  test.each([
    ['an unknown metric', 'CacheHits/', 'CacheHit/', ['8 unknown-name']],
    ['a metric of nobody', 'ALB RequestCount', 'RequestCount', ['5 unknown-name']],
    ['a name that every object has', '総リクエスト数', 'constructor', ['6 unknown-name']],
    ['an unknown form', '(数値)', '(円グラフ)', ['6 unknown-line']],
    ['no form', ' (数値)', '', ['6 unknown-line']],
    ['a dashboard twice', 'Redis Dashboard', 'Traffic Dashboard', ['7 row-twice']],
    ['a widget twice', '総リクエスト数 (数値)', 'ALB RequestCount (棒グラフ)', ['6 row-twice']],
    ['a dashboard of nothing', '  Redis Dashboard:\n', '  Redis Dashboard:\n  ECS Dashboard:\n', ['7 unknown-line']],
    ['another block', 'ダッシュボード構成', '構成', ['1 row-missing']],
  ])('%s', (_, from, to, expected) => {
    const { problems, unaccounted } = readBlock(readDashboards, changed(block, from, to));
    expect(problems.slice(0, 1)).toEqual(expected);
    expect(unaccounted).toEqual([]);
  });
});

test.skipIf(form === undefined)('DSH-1…3: the form’s dashboards are read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readDashboards, 'CloudWatch Dashboard');
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value?.map(({ widgets }) => widgets.map(({ kind }) => kind))).toEqual([
    ['line', 'line', 'line', 'bar', 'number'],
    ['line', 'line', 'line', 'line'],
    ['line', 'line', 'line', 'line'],
  ]);
});
