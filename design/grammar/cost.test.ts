import { describe, expect, test } from 'vitest';
import { readMonthlyCost } from './cost.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const heading = '### 月間コスト見積もり（本番環境、想定トラフィック: 1,250 req/s）';
const block = `
コンピューティング:
  ECS Fargate:
    - vCPU: 0.5 vCPU × 4 タスク × 730時間 × $0.05/vCPU時間 = $73
    - Memory: 3GB × 4 タスク × 730時間 × $0.01/GB時間 = $87.6
    小計: $160.6

  Lambda:
    - 実行時間: 1.5億リクエスト × 100ms × $0.00001/GB秒 × 1024MB = $150
    小計: $150

  合計: $310.6/月

データ:
  RDS Aurora PostgreSQL:
    - db.r7g.xlarge × 3 (Multi-AZ): $1,000.5 × 3 = $3,001.5
    小計: $3,001.5

  ElastiCache:
    - cache.m7g.large: $0.2/時間 × 730時間 = $146
    小計: $146

  合計: $3,147.5/月

ネットワーク:
  NAT Gateway:
    - 時間料金: 730時間 × $0.1/時間 = $73
    - データ処理: 無料（同一AZ）
    小計: $73

  合計: $73/月

総計: $3,531.1/月
`;
const readCost = (text: string, title = heading) => readBlock(readMonthlyCost, text, title);

test('COST-1: groups, services and lines are read as figures, with prices and sums', () => {
  const { value, problems, unaccounted } = readCost(block);
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value?.total).toBe(3531.1);
  expect(value?.groups.map(({ name, total, services }) => [name, total, services.map(({ name: own }) => own)])).toEqual(
    [
      ['コンピューティング', 310.6, ['ECS Fargate', 'Lambda']],
      ['データ', 3147.5, ['RDS Aurora PostgreSQL', 'ElastiCache']],
      ['ネットワーク', 73, ['NAT Gateway']],
    ],
  );
  expect(value?.groups[0]?.services[1]?.lines).toEqual([
    {
      label: '実行時間',
      factors: [
        { value: 150_000_000, unit: 'リクエスト' },
        { value: 100, unit: 'ms' },
        { value: 0.00001, unit: '$/GB秒' },
        { value: 1024, unit: 'MB' },
      ],
      total: 150,
    },
  ]);
  expect(value?.groups[2]?.services[0]?.lines[1]).toEqual({
    label: 'データ処理',
    factors: [],
    note: '同一AZ',
    total: 0,
  });
  expect(value?.groups[1]?.services[0]?.lines[0]?.note).toBe('Multi-AZ');
});

test('SIZE: production’s sizes and traffic come from its cost', () => {
  expect(readCost(block).value).toMatchObject({
    requestsPerSecond: 1250,
    production: {
      task: { cpu: 512, memoryMiB: 3072, count: 4 },
      aurora: { instanceClass: 'db.r7g.xlarge', instances: 3 },
      cache: { nodeType: 'cache.m7g.large', nodes: 1 },
      natGateways: 1,
      functions: { memoryMiB: 1024 },
    },
  });
});

test('DOC-8: a line’s size is an input and its price a claim', () => {
  const { statements } = readCost(block);
  expect(statements.filter((words) => /^(1|5|6|7|13|17) /.test(words))).toEqual([
    '1 input requestsPerSecond',
    '5 claim cost.groups.0.services.0.lines.0',
    '5 input sizes.production.task.cpu',
    '5 input sizes.production.task.minimum',
    '6 claim cost.groups.0.services.0.lines.1',
    '6 input sizes.production.task.memoryMiB',
    '6 claim sizes.production.task.minimum',
    '7 claim cost.groups.0.services.0.subtotal',
    '13 claim cost.groups.0.total',
    '17 claim cost.groups.1.services.0.lines.0',
    '17 input sizes.production.aurora.instanceClass',
    '17 input sizes.production.aurora.instances',
  ]);
});

test.each([
  ['a cache', / {2}ElastiCache:[\s\S]*?小計.*\n/, 'cache'],
  ['functions', / {2}Lambda:[\s\S]*?小計.*\n/, 'functions'],
])('%s may be left out', (_, lines, part) => {
  const { value, problems } = readCost(block.replace(lines, ''));
  expect(problems).toEqual([]);
  expect(value?.production).not.toHaveProperty(part);
});

describe('COST: what cannot be read, or cannot be, is refused at its line', () => {
  test.each([
    ['counts that differ in two lines', '3GB × 4 タスク', '3GB × 5 タスク', ['6 figures-disagree']],
    ['counts that differ in one line', '$1,000.5 × 3', '$1,000.5 × 2', ['17 figures-disagree']],
    ['several zones for one node', 'cache.m7g.large:', 'cache.m7g.large × 1 (Multi-AZ):', ['21 out-of-range']],
    ['half a task', '0.5 vCPU × 4 タスク', '0.5 vCPU × 4.5 タスク', ['5 out-of-range', '6 figures-disagree']],
    ['a task that Fargate does not offer', '3GB', '5GB', ['5 fargate-size']],
    ['CPUs that Fargate does not offer', '0.5 vCPU ×', '0.3 vCPU ×', ['5 fargate-size']],
    ['a class that does not exist', 'db.r7g.xlarge', 'db.r7g.xlage', ['17 unknown-name']],
    ['a node type that does not exist', 'cache.m7g.large', 'cache.m7g.huge', ['21 unknown-name']],
    ['a label that names no machine', 'db.r7g.xlarge × 3', 'db.r7g.xlarge + 3', ['17 unknown-line']],
    ['more memory than a function may have', '1024MB', '10241MB', ['10 out-of-range']],
    ['a function without memory', ' × 1024MB', '', ['10 row-missing']],
    ['no gateway', 'NAT Gateway:', 'Gateway:', ['1 row-missing']],
    ['a total that is no money', '= $73\n', '= 73円\n', ['5 unknown-line']],
    ['a factor that is no figure', '730時間 × $0.1/時間', '毎時 × $0.1/時間', ['28 unknown-line']],
    ['a sum by the year', '合計: $310.6/月', '合計: $310.6/年', ['13 unknown-line']],
    ['a missing sum', '    小計: $160.6\n', '', ['4 row-missing']],
    ['a line twice', '- Memory:', '- vCPU:', ['1 row-missing', '6 row-twice']],
    [
      'a second service',
      '    小計: $146',
      '    - 常駐: 1 vCPU × 730時間 × $0.05/vCPU時間 = $36.5\n    小計: $146',
      ['22 row-twice'],
    ],
    ['a second cluster', '    小計: $3,001.5', '    - db.r7g.large: $1 × 1 = $1\n    小計: $3,001.5', ['18 row-twice']],
  ])('%s', (_, from, to, expected) => {
    const { problems, unaccounted } = readCost(changed(block, from, to));
    expect(problems).toEqual(expected);
    expect(unaccounted).toEqual([]);
  });

  test('a heading without traffic', () => {
    expect(readCost(block, '### 月間コスト見積もり（本番環境）').problems).toEqual(['1 row-missing']);
    expect(readCost(block, heading.replace('本番環境', '開発環境')).problems).toEqual(['1 unknown-name']);
    expect(readCost(block, heading.replace('本番環境', '本番')).problems).toEqual([]);
  });

  test('a size that Fargate does not offer is told its neighbours', () => {
    const { ledger } = readCost(changed(block, '3GB', '5GB'));
    expect(ledger.problems[0]?.message.en).toContain('0.5 vCPU 4 GB');
  });
});

test.skipIf(form === undefined)('COST-1: the form’s estimate is read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readMonthlyCost, '月間コスト見積もり');
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value).toMatchObject({ requestsPerSecond: 100, total: 1451.7 });
  expect(value?.production).toEqual({
    task: { cpu: 2048, memoryMiB: 4096, count: 2 },
    aurora: { instanceClass: 'db.r6g.large', instances: 2 },
    cache: { nodeType: 'cache.r6g.large', nodes: 2 },
    natGateways: 2,
    functions: { memoryMiB: 512 },
  });
  const lines = value?.groups.flatMap(({ services }) => services.flatMap((service) => service.lines));
  expect([value?.groups.length, lines?.length]).toEqual([6, 29]);
});
