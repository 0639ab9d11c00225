// The sections on how it is run and what it costs, as tables: alarms, logs, dashboards, backup, recovery, costs.
import { logs } from '../parts/log.ts';
import { isBlank, linesOf } from '../tables.ts';
import { groups, labelled, lineOf, type Row, type Shape, type TableLine } from './table-shape.ts';

function threshold({ of }: Row): string {
  if (of('閾値') !== '') return of('閾値');
  return (['Warning', 'Critical'] as const)
    .filter((severity) => !isBlank(of(severity)))
    .map((severity) => `${of('統計')} ${of(severity)} (${severity})`)
    .join(', ');
}

export const operationTables = {
  alarms: {
    columns: {
      監視対象: ['リソース', 'サービス', '対象'],
      メトリクス: ['Metric', '監視項目'],
      閾値: [],
      統計: ['集計', 'Statistic'],
      Warning: ['警告'],
      Critical: ['重大'],
      期間: [],
      評価期間: ['評価回数'],
    },
    needed: ['監視対象', 'メトリクス', '期間'],
    lines: (rows) =>
      groups(rows, '監視対象').flatMap(([service, of]) => [
        lineOf(0, `${service.replace(/監視$/, '')}監視:`, of),
        ...of.flatMap((row) => [
          { depth: 1, text: `- ${row.of('メトリクス')}:`, row: row.row },
          { depth: 3, text: `閾値: ${threshold(row)}`, row: row.row },
          { depth: 3, text: `期間: ${row.of('期間')}`, row: row.row },
          { depth: 3, text: `評価期間: ${row.of('評価期間').replace(/^(\d+)$/, '$1回')}`, row: row.row },
        ]),
      ]),
  },
  logs: {
    columns: {
      環境: [],
      ログ: ['ログ種別', '種別'],
      'Application Log': ['アプリ', 'アプリケーションログ', 'Application Log (ECS/Lambda)'],
      'ALB Access Log': ['ALB', 'ALBアクセスログ'],
      'VPC Flow Log': ['VPC Flow', 'VPCフローログ'],
      CloudTrail: [],
    },
    needed: [],
    lines: (rows) => {
      const cell = (log: string, words: string) => (isBlank(words) ? (log === 'VPC Flow Log' ? 'なし' : '') : words);
      const names = logs.map(([, { ja }]) => ja);
      const byLog = rows.flatMap(({ of, environments, row }) =>
        environments.map(([environment, words]) => ({ environment, log: of('ログ'), words, row })),
      );
      const byEnvironment = rows.flatMap(({ of, row }) =>
        of('環境') === ''
          ? []
          : names.filter((log) => of(log) !== '').map((log) => ({ environment: of('環境'), log, words: of(log), row })),
      );
      return [
        { depth: 0, text: '環境別ログ保持:' },
        ...[...Map.groupBy([...byEnvironment, ...byLog], ({ environment }) => environment)].flatMap(
          ([environment, cells]): TableLine[] => [
            { depth: 1, text: `${environment}:`, ...(cells[0] && { row: cells[0].row }) },
            ...cells.map(({ log, words, row }) => ({ depth: 2, text: `- ${log}: ${cell(log, words)}`, row })),
          ],
        ),
      ];
    },
  },
  dashboards: {
    columns: { ダッシュボード: ['Dashboard'], ウィジェット: ['項目', 'メトリクス'], 種類: ['形式', 'グラフ'] },
    needed: ['ダッシュボード', 'ウィジェット'],
    lines: (rows) => [
      { depth: 0, text: 'ダッシュボード構成:' },
      ...groups(rows, 'ダッシュボード').flatMap(([name, of]) => [
        lineOf(1, `${name}:`, of),
        ...of.map((row) => ({
          depth: 2,
          text: `- ${row.of('ウィジェット')}${isBlank(row.of('種類')) ? '' : ` (${row.of('種類')})`}`,
          row: row.row,
        })),
      ]),
    ],
  },
  backup: {
    columns: { 対象: ['サービス', 'リソース'], 項目: ['設定項目'], 内容: ['値', '設定', '設定値'] },
    needed: ['対象', '項目'],
    lines: (rows) =>
      groups(rows, '対象').flatMap(([part, of]) => [
        lineOf(0, `${part}:`, of),
        ...of.flatMap(({ of: cell, environments, row }) => {
          const each = environments.filter(([, words]) => !isBlank(words));
          if (each.length === 0) return labelled(1, cell('項目'), cell('内容'), row);
          return [
            { depth: 1, text: `${cell('項目')}:${isBlank(cell('内容')) ? '' : ` ${cell('内容')}`}`, row },
            ...each.map(([environment, words]) => ({ depth: 2, text: `- ${environment}: ${words}`, row })),
          ];
        }),
      ]),
  },
  recovery: {
    columns: { 項目: [], 内容: ['値', '設定'] },
    needed: ['項目', '内容'],
    lines: (rows) =>
      rows.flatMap(({ of, row }) => {
        const [first = '', ...rest] = linesOf(of('内容'));
        const isNumbered = (words: string) => /^\d+[.)]\s/.test(words);
        const below = isNumbered(first) ? [first, ...rest] : rest;
        return [
          { depth: 0, text: isNumbered(first) ? `${of('項目')}:` : `${of('項目')}: ${first}`, row },
          ...below.map((words) => ({
            depth: isNumbered(words) || !isNumbered(first) ? 1 : 3,
            text: isNumbered(words) ? words : `- ${words.replace(/^[-・]\s*/, '')}`,
            row,
          })),
        ];
      }),
  },
  monthlyCost: {
    columns: { 分類: ['区分', 'カテゴリ'], サービス: [], 項目: ['内訳'], 金額: ['計算', '計算式', '月額'] },
    needed: ['分類', '金額'],
    lines: (rows) =>
      groups(rows, '分類').flatMap(([group, of]): TableLine[] => {
        const [only] = of;
        if (only !== undefined && of.length === 1 && only.of('サービス') === '' && only.of('項目') === '') {
          return [lineOf(0, `${group}: ${only.of('金額')}`, of)];
        }
        const isSum = (row: Row) => row.of('サービス') === '合計';
        return [
          lineOf(0, `${group}:`, of),
          ...groups(
            of.filter((row) => !isSum(row)),
            'サービス',
          ).flatMap(([service, lines]) => [
            lineOf(1, `${service}:`, lines),
            ...lines.map((row) => ({
              depth: 2,
              text: `${row.of('項目') === '小計' ? '' : '- '}${row.of('項目')}: ${row.of('金額')}`,
              row: row.row,
            })),
          ]),
          ...of.filter(isSum).map((row) => ({ depth: 1, text: `合計: ${row.of('金額')}`, row: row.row })),
        ];
      }),
  },
  environmentCost: {
    columns: { 環境: ['項目'], 金額: ['月額', '費用', 'コスト'], 構成: ['条件', '内訳'] },
    needed: ['環境', '金額'],
    lines: (rows) =>
      rows.flatMap(({ of, row }) => [
        { depth: 0, text: isBlank(of('金額')) ? `${of('環境')}:` : `${of('環境')}: ${of('金額')}`, row },
        ...linesOf(of('構成')).map((text) => ({ depth: 1, text: `- ${text}`, row })),
      ]),
  },
} as const satisfies Readonly<Record<string, Shape>>;
