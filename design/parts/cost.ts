// The words of the estimate: sums, units and the charges that people name. Sizes within cost lines are inputs; their values are written here.
import { numberAt, textAt, type ValueRow } from './place.ts';
import type { Term, Vocabulary } from './term.ts';

export const sums = {
  service: { ja: '小計', en: 'Subtotal' },
  group: { ja: '合計', en: 'Total' },
  all: { ja: '総計', en: 'Grand total' },
  year: { ja: '年間総コスト', en: 'Yearly total' },
} as const satisfies Readonly<Record<string, Term>>;

export const free: Term = { ja: '無料', en: 'free' };

export const costWords = {
  terms: [...Object.values(sums), free],
  phrases: [
    { ja: 'コンピューティング', en: 'Compute' },
    { ja: 'データベース', en: 'Database' },
    { ja: 'ネットワーク', en: 'Network' },
    { ja: 'ストレージ', en: 'Storage' },
    { ja: '監視・ログ', en: 'Monitoring and logs' },
    { ja: 'セキュリティ', en: 'Security' },
    { ja: 'タスク', en: 'tasks' },
    { ja: /\/月/, en: ' a month' },
    { ja: /\/年/, en: ' a year' },
    { ja: /(\d)%削減/, en: '$1 % less' },
    { ja: /\/vCPU時間/, en: '/vCPU-hour' },
    { ja: /\/(GB|LCU)時間/, en: '/$1-hour' },
    { ja: /GB秒/, en: 'GB-second' },
    { ja: /\/時間/, en: ' an hour' },
    { ja: '時間料金', en: 'Hourly charge' },
    { ja: '実行時間', en: 'Duration' },
    { ja: /(?<=[\dA-Z])リクエスト/, en: ' requests' },
    { ja: 'リクエスト', en: 'Requests' },
    { ja: /(?<=\d)カスタムメトリクス/, en: ' custom metrics' },
    { ja: /(?<=\d)アラーム/, en: ' alarms' },
    { ja: /(?<=\d)ダッシュボード/, en: ' dashboards' },
    { ja: /(?<=\d)トレース/, en: ' traces' },
    { ja: 'トレース', en: 'Traces' },
    { ja: /(?<=\d)イベント/, en: ' events' },
    { ja: 'データイベント', en: 'Data events' },
    { ja: 'データ処理', en: 'Data processed' },
    { ja: 'データ転送', en: 'Data transfer' },
    { ja: 'バックアップストレージ', en: 'Backup storage' },
    { ja: 'バックアップ', en: 'Backup' },
    { ja: '発行', en: 'Publishes' },
    { ja: '書き込み', en: 'Writes' },
    { ja: '読み取り', en: 'Reads' },
    { ja: 'パブリックIPv4', en: 'Public IPv4' },
    { ja: 'アドレス', en: 'Addresses' },
    { ja: 'ヘルスチェック', en: 'Health checks' },
    { ja: 'イメージ', en: 'Images' },
    { ja: /(?<=ALB)ログ用/, en: ' logs' },
    { ja: 'ログ用', en: 'logs' },
    { ja: /(?<=Logs)保管/, en: ' stored' },
    { ja: /(?<=ALB)アクセスログ配信/, en: ' access log delivery' },
    { ja: 'シークレット', en: 'Secrets' },
    { ja: /(?<=API)呼び出し/, en: ' calls' },
    { ja: 'キー', en: 'Keys' },
    { ja: 'ルール', en: 'Rules' },
    { ja: /(?<=Instances)未適用/, en: ' not applied' },
    { ja: /(?<=RDS)拡張モニタリング/, en: ' enhanced monitoring' },
    { ja: /コスト削減策適用後/, en: 'After savings' },
    { ja: /本番環境ECS\/RDS/, en: 'production, ECS and RDS' },
    { ja: '想定トラフィック', en: 'expected traffic' },
  ],
} as const satisfies Vocabulary;

/** `db.r6g.large × 2 (Multi-AZ): $292 × 2 = $584` counts twice: every bare factor is the count. */
const everyCount: ValueRow['write'] = (line, count) => {
  const counts = /(×\s*)\d+(?=\s*(?:[(（:：=×]|$))/g;
  return typeof count === 'number' && counts.test(line) ? line.replaceAll(counts, `$1${count}`) : undefined;
};

export const costValues: readonly ValueRow[] = [
  numberAt('requestsPerSecond', /(\d+(?:\.\d+)?)\s*req\/s/),
  numberAt('sizes.*.task.cpu', /([\d.]+)\s*vCPU/, 1024),
  numberAt('sizes.*.task.memoryMiB', /([\d.]+)\s*GB/, 1024),
  numberAt('sizes.*.task.minimum', /(\d+)\s*タスク/),
  numberAt('sizes.*.task.maximum', /max_tasks\s*:\s*(\d+)/),
  numberAt('sizes.*.functions.memoryMiB', /([\d.]+)\s*M(?:i)?B/),
  textAt('sizes.*.aurora.instanceClass', /(db\.[a-z0-9.-]+)/),
  { path: 'sizes.*.aurora.instances', write: everyCount },
  textAt('sizes.*.cache.nodeType', /(cache\.[a-z0-9.-]+)/),
  { path: 'sizes.*.cache.nodes', write: everyCount },
  { path: 'sizes.*.natGateways', write: everyCount },
];
