// How the sections of the form are written as tables: the columns by which each is known, and the lines of its block that a row stands for.
import { readEnvironment } from './grammar/values.ts';
import type { SectionName } from './section-titles.ts';
import { isBlank, linesOf, membersOf, type Table, type TableRow } from './tables.ts';
import { isLabelled } from './vocabulary.ts';

/** A line of a block, by how deep it lies, with the row of the table that says it; without a row the headings do. */
export interface TableLine {
  readonly depth: number;
  readonly text: string;
  readonly row?: TableRow;
}

/** The cells of a row by the columns of the shape. */
interface Row {
  readonly row: TableRow;
  /** The words in a column; empty where the table has no such column. */
  readonly of: (column: string) => string;
  /** Cells of columns that name an environment, with that name. */
  readonly environments: readonly (readonly [environment: string, cell: string])[];
}

interface Shape {
  /** The headings that name each column: the first is the form's own word. A table has to have those in `needed`. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly needed: readonly string[];
  readonly lines: (rows: readonly Row[]) => readonly TableLine[];
}

/** Columns that hold words for people alone. */
const remarks: ReadonlySet<string> = new Set(['備考', '補足', '注記', 'no', 'no.', '#', 'notes']);

/** The lines that a table stands for in a section; undefined for one that has not the columns. */
export function tableLines(name: SectionName, { headings, rows }: Table): readonly TableLine[] | undefined {
  const shape = shapes[name];
  if (shape === undefined) return undefined;
  const columns = headings.map((heading) => columnOf(shape, heading));
  if (!shape.needed.every((column) => columns.includes(column))) return undefined;
  const read = rows.map(
    (row): Row => ({
      row,
      of: (column) => row.cells[columns.indexOf(column)] ?? '',
      environments: headings.flatMap((heading, index) =>
        columns[index] === undefined && readEnvironment(heading) !== undefined
          ? [[heading, row.cells[index] ?? ''] as const]
          : [],
      ),
    }),
  );
  // What a table says beyond its shape, and what it says twice, is handed on too: no grammar knows it, and so it is refused.
  const beyond = rows.flatMap((row) => [
    ...headings.flatMap((heading, index): TableLine[] => {
      const column = columns[index];
      const isRead = column === undefined ? readEnvironment(heading) !== undefined : columns.indexOf(column) === index;
      const cell = row.cells[index] ?? '';
      return isRead || isBlank(cell) || remarks.has(heading.toLowerCase())
        ? []
        : [{ depth: 0, text: `${heading}: ${cell}`, row }];
    }),
    ...(row.isLong ? [{ depth: 0, text: '|', row }] : []),
  ]);
  return [...shape.lines(read), ...beyond];
}

const columnOf = ({ columns }: Shape, heading: string): string | undefined =>
  Object.entries(columns).find(([column, also]) => [column, ...also].some((name) => isLabelled(heading, name)))?.[0];

/** `label: words`, or, where the cell has several lines or says so, the label with its members below. */
const labelled = (depth: number, label: string, cell: string, row: TableRow, members = linesOf(cell)): TableLine[] =>
  members.length > 1
    ? [{ depth, text: `${label}:`, row }, ...members.map((text) => ({ depth: depth + 1, text: `- ${text}`, row }))]
    : isBlank(cell)
      ? []
      : [{ depth, text: `${label}: ${cell}`, row }];

/** A label with a list below; `なし` stays on its line. */
const listed = (depth: number, label: string, cell: string, row: TableRow): TableLine[] =>
  isBlank(cell)
    ? []
    : /^(?:なし|無し|none)$/i.test(cell)
      ? [{ depth, text: `${label}: ${cell}`, row }]
      : [
          { depth, text: `${label}:`, row },
          ...membersOf(cell).map((text) => ({ depth: depth + 1, text: `- ${text}`, row })),
        ];

/** The rows by the words of a column, in the order in which those come first; an empty cell means the one above. */
function groups(rows: readonly Row[], column: string): [words: string, rows: Row[]][] {
  const found = new Map<string, Row[]>();
  let words = '';
  for (const row of rows) {
    if (row.of(column) !== '') words = row.of(column);
    const group = found.get(words) ?? [];
    group.push(row);
    found.set(words, group);
  }
  return [...found];
}

const lineOf = (depth: number, text: string, [first]: readonly Row[]): TableLine => ({
  depth,
  text,
  ...(first && { row: first.row }),
});

const routes: readonly (readonly [words: RegExp, line: string])[] = [
  [/^(?:IGW|Internet Gateway|インターネットゲートウェイ)$/i, 'インターネットゲートウェイ: 有効'],
  [/^NAT(?: ?Gateway)?$/i, 'NAT Gateway: 使用'],
  [/^(?:なし|無し)$/, 'インターネットアクセス: なし'],
];
const routeRows = ['インターネットゲートウェイ', 'NAT Gateway', 'インターネットアクセス'] as const;

const directions: readonly (readonly [direction: 'Ingress' | 'Egress', peer: string, words: RegExp])[] = [
  ['Ingress', 'Source', /^(?:in|ingress|inbound|インバウンド|受信)$/i],
  ['Egress', 'Destination', /^(?:out|egress|outbound|アウトバウンド|送信)$/i],
];

function ruleLines(rows: readonly Row[], all: readonly Row[]): TableLine[] {
  const strange = rows.filter(({ of }) => directions.every(([, , words]) => !words.test(of('方向'))));
  return [
    ...directions.flatMap(([direction, peer, words]): TableLine[] => {
      const rules = rows.filter(({ of }) => words.test(of('方向')));
      const [only] = rules;
      // A table of rules is the whole of them: a group without any in a direction has none.
      if (only === undefined) return [lineOf(1, `${direction}: なし`, all)];
      if (
        rules.length === 1 &&
        isBlank(only.of('Port')) &&
        /^(?:なし|無し|[-–—ー]?)$/.test(only.of(peer) || only.of('Peer'))
      ) {
        return [lineOf(1, `${direction}: なし`, rules)];
      }
      return [
        lineOf(1, `${direction}:`, rules),
        ...rules.map(({ of, row }) => ({
          depth: 2,
          text: `- Protocol: ${of('Protocol')}, Port: ${of('Port')}, ${peer}: ${of(peer) || of('Peer')}, Description: "${of('Description')}"`,
          row,
        })),
      ];
    }),
    ...strange.map(({ of, row }) => ({ depth: 1, text: `方向: ${of('方向')}`, row })),
  ];
}

function threshold({ of }: Row): string {
  if (of('閾値') !== '') return of('閾値');
  return (['Warning', 'Critical'] as const)
    .filter((severity) => !isBlank(of(severity)))
    .map((severity) => `${of('統計')} ${of(severity)} (${severity})`)
    .join(', ');
}

const shapes: Readonly<Partial<Record<SectionName, Shape>>> = {
  stacks: {
    columns: {
      番号: ['No', 'No.', '#', '順序'],
      スタック: ['スタック名', 'Stack'],
      目的: [],
      リソース: ['主なリソース'],
      出力: [],
      依存: ['依存スタック'],
      ファイル: [],
    },
    needed: ['スタック', 'リソース'],
    lines: (rows) =>
      rows.flatMap(({ of, row }, index) => [
        { depth: 0, text: `${of('番号') || index + 1}. ${of('スタック')}:`, row },
        ...labelled(1, '目的', of('目的'), row),
        ...listed(1, 'リソース', of('リソース'), row),
        ...listed(1, '出力', of('出力'), row),
        ...labelled(1, '依存', of('依存'), row),
        ...labelled(1, 'ファイル', of('ファイル'), row),
      ]),
  },
  subnets: {
    columns: {
      サブネット: ['サブネット名', 'Subnet', 'ネットワーク'],
      AZ: ['アベイラビリティゾーン'],
      CIDR: ['CIDRブロック', 'アドレス範囲'],
      用途: [],
      ルート: ['経路', 'デフォルトルート'],
      ...Object.fromEntries(routeRows.map((name) => [name, []])),
    },
    needed: ['サブネット', 'CIDR'],
    lines: (rows) =>
      rows.flatMap(({ of, row }) => [
        { depth: 0, text: `${of('サブネット')}${isBlank(of('AZ')) ? '' : ` (AZ-${of('AZ')})`}: ${of('CIDR')}`, row },
        ...labelled(1, '用途', of('用途'), row),
        ...(isBlank(of('ルート'))
          ? []
          : [
              {
                depth: 1,
                text: routes.find(([words]) => words.test(of('ルート')))?.[1] ?? `ルート: ${of('ルート')}`,
                row,
              },
            ]),
        ...routeRows.flatMap((name) => labelled(1, name, of(name), row)),
      ]),
  },
  securityGroups: {
    columns: {
      グループ: ['SG名', 'セキュリティグループ', 'Security Group', 'SG'],
      方向: ['Direction'],
      Protocol: ['プロトコル'],
      Port: ['ポート'],
      Peer: ['送信元/送信先', '送信元/宛先', 'Source/Destination', '相手'],
      Source: ['送信元'],
      Destination: ['送信先', '宛先'],
      Description: ['説明'],
    },
    needed: ['グループ', '方向', 'Port'],
    lines: (rows) =>
      groups(rows, 'グループ').flatMap(([name, of]) => [
        lineOf(0, /^[a-z][a-z0-9-]*-sg$/i.test(name) ? `${name} (${name}):` : `${name}:`, of),
        ...ruleLines(of, of),
      ]),
  },
  endpoints: {
    columns: { 種別: ['型', 'タイプ', 'Type'], エンドポイント: ['サービス', 'Endpoint'], 説明: ['目的'] },
    needed: ['種別', 'エンドポイント'],
    lines: (rows) =>
      groups(rows, '種別').flatMap(([kind, of]) => [
        lineOf(0, `${kind.replace(/^(Gateway|Interface)\s*型?$/i, '$1 Endpoints')}:`, of),
        ...of.map((row) => ({
          depth: 1,
          text: `- ${row.of('エンドポイント')}${row.of('説明') === '' ? '' : `: ${row.of('説明')}`}`,
          row: row.row,
        })),
      ]),
  },
  roles: {
    columns: { ロール: ['ロール名', 'Role'], 目的: [], 信頼関係: [], ポリシー: [] },
    needed: ['ロール', 'ポリシー'],
    lines: (rows) =>
      rows.flatMap(({ of, row }) => {
        const policies = linesOf(of('ポリシー'));
        const custom = policies.filter((policy) => /:(?=\s|$)/.test(policy));
        return [
          { depth: 0, text: `${of('ロール')}:`, row },
          ...labelled(1, '目的', of('目的'), row),
          ...labelled(1, '信頼関係', of('信頼関係'), row),
          { depth: 1, text: 'ポリシー:', row },
          ...policies
            .filter((policy) => !custom.includes(policy))
            .map((text) => ({ depth: 2, text: `- ${text}`, row })),
          ...(custom.length === 0 ? [] : [{ depth: 2, text: '- カスタムポリシー:', row }]),
          ...custom.map((text) => ({ depth: 4, text: `- ${text}`, row })),
        ];
      }),
  },
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
      const names = ['Application Log', 'ALB Access Log', 'VPC Flow Log', 'CloudTrail'];
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
};

/** Sections whose statements stand in a block. */
export const blockSections: ReadonlySet<SectionName> = new Set(
  Object.keys(shapes).filter((name): name is SectionName => Object.hasOwn(shapes, name)),
);
