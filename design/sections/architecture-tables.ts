// The sections on what there is, as tables: stacks, subnets, security groups, endpoints, roles.
import { routes } from '../parts/network.ts';
import { isBlank, linesOf } from '../tables.ts';
import { groups, labelled, lineOf, listed, type Row, type Shape, type TableLine } from './table-shape.ts';

const routeLines: readonly (readonly [words: RegExp, line: string])[] = [
  [/^(?:IGW|Internet Gateway|インターネットゲートウェイ)$/i, 'インターネットゲートウェイ: 有効'],
  [/^NAT(?: ?Gateway)?$/i, 'NAT Gateway: 使用'],
  [/^(?:なし|無し)$/, 'インターネットアクセス: なし'],
];
const routeRows = routes.map(([{ ja }]) => ja);

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

export const architectureTables = {
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
                text: routeLines.find(([words]) => words.test(of('ルート')))?.[1] ?? `ルート: ${of('ルート')}`,
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
} as const satisfies Readonly<Record<string, Shape>>;
