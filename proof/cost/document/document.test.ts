// COST-1…3: the document's own arithmetic, and its lines beside what was computed.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { committedPrices } from '../../../aws/prices/price-table.ts';
import { perEnvironment } from '../../../design/environments.ts';
import { readDesign } from '../../../design/read-design.ts';
import type { Design } from '../../../design/schema.ts';
import { estimate } from '../estimate.ts';
import { costLine, designWith } from '../testing/design.ts';
import { samplePlatform } from '../testing/graphs.ts';
import { reckon, tolerance } from './arithmetic.ts';
import { type BesideLine, besideDocument } from './beside.ts';
import { slipsOf } from './slips.ts';
import { totalsOf } from './totals.ts';

function beside(design: Design): readonly BesideLine[] {
  const { estimate: found, problems } = estimate({
    design,
    environment: 'production',
    graph: samplePlatform(design, 'production'),
  });
  if (found === undefined) throw new Error(problems.map(({ message }) => message.en).join('\n'));
  return besideDocument(design, found, committedPrices);
}

const codes = (design: Design) => slipsOf(design, beside(design)).map(({ code, path }) => `${code} ${path}`);

describe('a cost line multiplied', () => {
  test.each([
    [
      'functions',
      [
        [1e6, 'リクエスト'],
        [200, 'ms'],
        [0.0000166667, '$/GB秒'],
        [512, 'MB'],
      ],
      false,
      1.66667,
      0.0000166667,
      100_000,
    ],
    [
      'tasks',
      [
        [2, 'vCPU'],
        [2, 'タスク'],
        [730, '時間'],
        [0.04048, '$/vCPU時間'],
      ],
      true,
      118.2016,
      0.04048,
      2920,
    ],
    [
      'a price for a million',
      [
        [4e6, '回'],
        [0.2, '$/100万'],
      ],
      false,
      0.8,
      2e-7,
      4e6,
    ],
    [
      'a price for ten thousand',
      [
        [1e6, '回'],
        [0.05, '$/1万'],
      ],
      false,
      5,
      5e-6,
      1e6,
    ],
    [
      'a month of what is sold by the hour',
      [
        [292, '$'],
        [2, ''],
      ],
      true,
      584,
      0.4,
      1460,
    ],
    [
      'a thing by the month',
      [
        [3, '個'],
        [0.4, '$'],
      ],
      false,
      1.2,
      0.4,
      3,
    ],
  ] as const)('%s', (_, figures, hourly, product, unitPrice, quantity) => {
    const line = costLine('x', 0, ...figures.map(([value, unit]) => [value, unit] as const));
    const reckoned = reckon(line, hourly, 730);
    expect(reckoned?.product).toBeCloseTo(product, 5);
    expect(reckoned?.unitPrice).toBeCloseTo(unitPrice, 10);
    expect(reckoned?.quantity).toBeCloseTo(quantity, 6);
  });

  test('without a price is nothing to multiply', () => {
    expect(reckon(costLine('ALB to ECS', 0), false, 730)).toBeUndefined();
  });

  test.each([
    [118, 118.2, true],
    [90, 90.52, true],
    [17, 1.67, false],
    [359, 360.62, true],
    [2, 5, false],
  ])('$%d and $%d say the same: %s', (stated, actual, same) => {
    expect(Math.abs(stated - actual) <= tolerance(stated, actual)).toBe(same);
  });
});

describe('a line beside the computed one', () => {
  const aurora = 'RDS Aurora PostgreSQL';
  const design = designWith({
    コンピューティング: {
      Lambda: [costLine('実行時間', 17, [1e6, 'リクエスト'], [200, 'ms'], [0.0000166667, '$/GB秒'], [512, 'MB'])],
    },
    データベース: {
      [aurora]: [
        costLine('db.r6g.large × 2', 584, [292, '$'], [2, '']),
        costLine('ストレージ', 10, [100, 'GB'], [0.1, '$/GB']),
        costLine('I/O', 0.3, [1e6, '回'], [0.3, '$/100万']),
      ],
    },
    ストレージ: { EBS: [costLine('gp3', 4.8, [50, 'GB'], [0.096, '$/GB'])], テープ: [costLine('LTO', 3, [3, '$'])] },
    ネットワーク: {
      'NAT Gateway': [costLine('時間料金', 90, [730, '時間'], [0.062, '$/時間'], [2, ''])],
      データ転送: [costLine('ALB to ECS', 0)],
    },
    セキュリティ: { KMS: [costLine('キー', 40, [40, '個'], [1, '$'])] },
  });
  const lines = beside(design);
  const line = (what: string) => {
    const found = lines.find((one) => one.what === what);
    if (found === undefined) throw new Error(`no line ${what}`);
    return found;
  };

  test.each([
    ['Lambda: 実行時間', 'differs', ['arithmetic']],
    [`${aurora}: db.r6g.large × 2`, 'differs', ['other-item']],
    [`${aurora}: ストレージ`, 'differs', ['other-region']],
    [`${aurora}: I/O`, 'same', ['price']],
    ['EBS: gp3', 'not-built', ['no-resource']],
    ['テープ: LTO', 'unknown', ['unknown-line']],
    ['NAT Gateway: 時間料金', 'same', []],
    ['データ転送: ALB to ECS', 'same', []],
    ['KMS: キー', 'differs', ['usage']],
  ])('%s: %s', (what, verdict, reasons) => {
    const found = line(what);
    expect({ verdict: found.verdict, reasons: found.reasons.map(({ code }) => code) }).toEqual({ verdict, reasons });
  });

  test('has reasons that make up the whole difference', () => {
    for (const { what, verdict, stated = 0, computed = 0, reasons } of lines) {
      if (verdict !== 'differs' && verdict !== 'missing-line') continue;
      const explained = reasons.reduce((sum, { amount }) => sum + amount, 0);
      // Amounts are in cents, and a stated amount may be rounded by a step of its last digit.
      expect(Math.abs(explained - (stated - computed)), what).toBeLessThanOrEqual(
        0.011 * reasons.length + (stated % 1 === 0 ? 0.5 : 0.05),
      );
    }
  });

  test('names the region whose price it is', () => {
    expect(line(`${aurora}: ストレージ`).reasons[0]?.message.en).toContain('us-west-2 and us-east-1');
  });

  test('is left out by the document for everything else that is charged', () => {
    const left = lines.filter(({ verdict }) => verdict === 'missing-line');
    expect(left.map(({ what }) => what)).toEqual(expect.arrayContaining(['ipv4.hour', 'alb.hour']));
    expect(left.every(({ computed = 0 }) => computed > 0)).toBe(true);
  });
});

describe('the slips of an estimate', () => {
  const base = { データベース: { DynamoDB: [costLine('ストレージ', 0.29, [1, 'GB'], [0.285, '$/GB'])] } };
  const right = designWith(base);

  test('are none but what is missing, where its own figures are right', () => {
    expect(codes(right)).toEqual(['missing-lines cost.total']);
  });

  const cost = right.cost;
  const spoilt: readonly [what: string, design: Design, code: string][] = [
    [
      'a subtotal',
      {
        ...right,
        cost: {
          ...cost,
          groups: cost.groups.map((group) => ({
            ...group,
            services: group.services.map((one) => ({ ...one, subtotal: 9 })),
            total: 9,
          })),
          total: 9,
        },
      },
      'sum cost.groups.0.services.0.subtotal',
    ],
    [
      'a group',
      { ...right, cost: { ...cost, groups: cost.groups.map((group) => ({ ...group, total: 9 })), total: 9 } },
      'sum cost.groups.0.total',
    ],
    ['the total', { ...right, cost: { ...cost, total: 9 } }, 'sum cost.total'],
    [
      'production',
      { ...right, cost: { ...cost, environments: { ...cost.environments, production: { monthly: 9, notes: [] } } } },
      'sum cost.environments.production.monthly',
    ],
    ['the year', { ...right, cost: { ...cost, yearly: { ...cost.yearly, total: 99 } } }, 'sum cost.yearly'],
    [
      'what the night saves',
      {
        ...right,
        cost: {
          ...cost,
          environments: { ...cost.environments, development: { monthly: 5, notes: ['夜間自動停止（50%削減）'] } },
        },
      },
      'night-stop cost.environments.development.notes.0',
    ],
    [
      'a night that is not taken off',
      {
        ...right,
        cost: {
          ...cost,
          environments: {
            ...cost.environments,
            development: { ...perEnvironment(cost.environments, 'development'), notes: ['夜間自動停止（70%削減）'] },
          },
        },
      },
      'stop-not-counted cost.environments.development.notes.0',
    ],
    [
      'the year after savings',
      { ...right, cost: { ...cost, savings: [{ label: '年間総コスト', percent: 17, total: 99, unit: '/年' }] } },
      'savings-year cost.savings.0',
    ],
    [
      'the percentage',
      {
        ...right,
        cost: { ...cost, savings: [{ label: '年間総コスト', percent: 50, total: cost.yearly.total, unit: '/年' }] },
      },
      'savings-percent cost.savings.0',
    ],
  ];

  test.each(spoilt)('name %s', (_, design, code) => {
    expect(codes(design)).toContain(code);
  });

  test('name a discount on some services that was taken off the whole bill', () => {
    const design = designWith({
      コンピューティング: { 'ECS Fargate': [costLine('vCPU', 100, [100, '$'])] },
      監視: { 'X-Ray': [costLine('トレース', 100, [100, '$'])] },
    });
    const savings = (total: number) => ({
      ...design,
      cost: { ...design.cost, savings: [{ label: '本番環境ECS/RDS', percent: 30, total, unit: '/月' }] },
    });
    expect(codes(savings(170))).not.toContain('savings-base cost.savings.0');
    const [found] = slipsOf(savings(140), []).filter(({ code }) => code === 'savings-base');
    expect(found?.message.en).toBe('30 % off the services named gives $170, not $140, which is off the whole bill');
  });

  test('name an alarm line that pays for fewer than the table has thresholds', () => {
    const alarms = (count: number) =>
      designWith({ 監視: { CloudWatch: [costLine('Alarms', count / 10, [count, 'アラーム'], [0.1, '$'])] } });
    const thresholds = right.alarms
      .flatMap(({ warning, critical }) => [warning, critical])
      .filter((one) => one !== undefined).length;
    expect(codes(alarms(10))).toContain('alarm-count cost.groups.0.services.0.lines.0');
    expect(codes(alarms(thresholds)).filter((code) => code.startsWith('alarm-count'))).toEqual([]);
  });
});

const form = '../shared/seed/infra-design-template.md';

describe.skipIf(!existsSync(form))('the form itself (COST-3)', () => {
  const { design, lines } = readDesign(existsSync(form) ? readFileSync(form, 'utf8') : '', { lenient: true });
  if (design === undefined) return;
  const held = beside(design);
  const slips = slipsOf(design, held);
  const numberOf = (path: string) =>
    lines.find(({ statements }) => statements.some((one) => one.path === path))?.number ?? 0;
  const said = slips.map(({ code, path, message }) => `${numberOf(path)} ${code}: ${message.en}`);

  test.each([
    ['584 other-region', /0\.04048 is that of us-west-2 and us-east-1; ap-northeast-1 has \$0\.05056/],
    ['585 other-region', /0\.004445/],
    ['589 arithmetic', /\$1\.66667, not \$17/],
    ['590 traffic', /1\/263 of a month at 100 req\/s/],
    ['597 other-item', /io-optimized.*\$0\.407.*\$0\.313/],
    ['598 other-region', /\$0\.1 .*\$0\.12/],
    ['599 other-region', /\$0\.021 .*\$0\.023/],
    ['600 other-region', /\$0\.2 .*\$0\.24/],
    ['635 no-resource', /EBS/],
    ['643 count', /100 in the document, 20 computed/],
    ['644 alarm-count', /10 alarms .* 27 thresholds/],
    ['660 count', /5 in the document/],
    ['665 count', /2 in the document/],
    ['671 missing-lines', /lines are missing/],
    ['687 night-stop', /70 % \(50 of 168 hours run\), not 50 %/],
    ['687 stop-not-counted', /\$362\.9 .*\$362\.93/],
    ['692 savings-base', /\$1229\.64, not \$1016, which is off the whole bill/],
    ['693 savings-year', /\$25017 .* \$25257\.6/],
    ['693 savings-percent', /17 %, the amounts make 17\.9 %/],
  ])('has the slip of line %s', (start, sentence) => {
    expect(said.filter((one) => one.startsWith(start) && sentence.test(one))).toHaveLength(1);
  });

  test('has sums that its own amounts make, and figures that make others', () => {
    expect(said.filter((one) => one.includes(' sum:'))).toEqual([]);
    const totals = Object.fromEntries(
      totalsOf(design, held).map(({ path, stated, fromAmounts, fromFigures }) => [
        path,
        [stated, fromAmounts, fromFigures],
      ]),
    );
    expect(totals).toMatchObject({
      'cost.total': [1451.7, 1451.7, 1437.45],
      'cost.environments.staging.monthly': [725.9, 725.85, 718.73],
      'cost.environments.development.monthly': [362.9, 362.93, 359.36],
      'cost.yearly': [30_486, 30_485.76, 30_186.48],
    });
  });

  test.each([
    'Application Load Balancer: 時間料金',
    'Application Load Balancer: LCU',
    'NAT Gateway: 時間料金',
    'NAT Gateway: データ処理',
    'S3: Standard',
    'S3: PUT/POST',
    'S3: GET',
    'CloudWatch: Logs',
    'ElastiCache Redis: cache.r6g.large × 2 (Multi-AZ)',
    'KMS: API呼び出し',
    'Secrets Manager: API呼び出し',
  ])('is right about %s', (what) => {
    expect(held.find((one) => one.what === what)?.verdict).toBe('same');
  });
});
