// What quantities are counted in, and what a price that serves several purposes is for, as people read it.
import type { Words } from '../messages/words.ts';
import type { Language } from '../problem.ts';

/** In Japanese; English has the units as the tables have them. What is the same in both is not listed. */
const units: Readonly<Record<string, string>> = {
  '100k emails': '十万通のメール',
  '100k events': '十万イベント',
  '10k calls': '万回の呼び出し',
  '10k requests': '万リクエスト',
  '1M I/Os': '百万回の I/O',
  '1M invocations': '百万回の呼び出し',
  '1M calls': '百万回の呼び出し',
  '1M publishes': '百万件の発行',
  '1M queries': '百万クエリ',
  '1M reads': '百万回の読み取り',
  '1M requests': '百万リクエスト',
  '1M traces': '百万トレース',
  '1M writes': '百万回の書き込み',
  '1k objects': '千オブジェクト',
  '1k requests': '千リクエスト',
  '1k transitions': '千回の遷移',
  'ACU-hour': 'ACU時間',
  'GB a month': 'GB/月',
  'GB an instance': 'GB（インスタンスあたり）',
  'GB-hour': 'GB時間',
  'GB-month': 'GB月',
  'GB-second': 'GB秒',
  'I/Os': '回のI/O',
  'LCU-hour': 'LCU時間',
  'address-hour': 'アドレス時間',
  alarm: 'アラーム',
  'alarm metric': 'アラームのメトリクス',
  calls: '回',
  check: 'ヘルスチェック',
  dashboard: 'ダッシュボード',
  emails: '通',
  events: '件',
  files: 'ファイル',
  hour: '時間',
  'hours of 168': '時間（週168時間のうち）',
  'instance-hour': 'インスタンス時間',
  invocations: '回',
  'invocations a function': '回（関数あたり）',
  key: 'キー',
  metric: 'メトリクス',
  metrics: 'メトリクス',
  'node-hour': 'ノード時間',
  'of the allowance of an account': '（アカウントの無料枠に対する割合）',
  option: 'オプション',
  publishes: '件',
  queries: '件',
  reads: '回',
  requests: '件',
  rotations: '回',
  rule: 'ルール',
  secret: 'シークレット',
  test: 'テスト',
  tests: '回',
  traces: '件',
  transitions: '回',
  'vCPU-hour': 'vCPU時間',
  'web ACL': 'Web ACL',
  writes: '回',
  zone: 'ホストゾーン',
};

export const unitIn = (unit: string, language: Language): string => (language === 'ja' ? (units[unit] ?? unit) : unit);

/** Units that have no Japanese of their own. */
const sameUnits: readonly string[] = ['ACU', 'GB', 'LCU', 'ms'];
export const hasUnit = (unit: string): boolean => units[unit] !== undefined || sameUnits.includes(unit);

export const purposes = {
  data: { en: 'data', ja: 'データ' },
  database: { en: 'database', ja: 'データベース' },
  enhancedMonitoring: { en: 'enhanced monitoring', ja: '拡張モニタリング' },
  flowLogs: { en: 'flow logs', ja: 'フローログ' },
  logs: { en: 'logs', ja: 'ログ' },
  replica: { en: 'replica', ja: '複製' },
  restoreTest: { en: 'restore test', ja: '復元テスト' },
  snapshots: { en: 'snapshots', ja: 'スナップショット' },
  static: { en: 'static files', ja: '静的ファイル' },
} as const satisfies Readonly<Record<string, Words>>;

export type Purpose = keyof typeof purposes;
