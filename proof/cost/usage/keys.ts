// How much of what is paid for by use is used: every figure that a price may be multiplied with, what it counts, how it follows from
// others where nobody states it, and how it shrinks with an environment. One table, so that there is one place to doubt.
import { monthHours } from '../../../aws/schedule.ts';
import type { Language } from '../../../design/problem.ts';
import type { UsageKey } from '../../../design/words/usage-keys.ts';

/**
 * What an environment smaller than production has of production's figure: of `traffic` its share for the hours it runs, of `stock`
 * its share, of a `setting` the same.
 */
type Kind = 'traffic' | 'stock' | 'setting';

/** What a derivation may look at. */
interface UsageBasis {
  /** Another figure of the same month. */
  readonly read: (key: UsageKey) => number;
  /** Days that application logs and access logs are kept in this environment; 30 where no design says. */
  readonly logDays: { readonly application: number; readonly albAccess: number };
}

interface KeySpec {
  readonly unit: string;
  readonly kind: Kind;
  /** The figure a month; absent where only a document or a usage file can know. */
  readonly derive?: (basis: UsageBasis) => number;
  /** How it is derived, for people. Assumptions say so. */
  readonly why: Readonly<Record<Language, string>>;
  readonly most?: number;
}

const days = 365 / 12;
const million = 1e6;
const why = (en: string, ja: string) => ({ en, ja });

export const usageKeys: Readonly<Record<UsageKey, KeySpec>> = {
  hoursPerWeek: {
    unit: 'hours of 168',
    kind: 'setting',
    derive: () => 168,
    most: 168,
    why: why('runs all the time', '常時稼働'),
  },
  freeTierShare: {
    unit: 'of the allowance of an account',
    kind: 'setting',
    derive: () => 1,
    most: 1,
    why: why('the account has no other use', 'アカウントを他に使わない'),
  },
  requests: {
    unit: 'requests',
    kind: 'traffic',
    why: why('requests a second × 730 hours', '毎秒のリクエスト × 730時間'),
  },
  egressGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => (read('requests') * 2) / million,
    why: why('assumed: 2 KB an answer', '仮定: 1応答あたり2KB'),
  },
  lcus: {
    unit: 'LCU',
    kind: 'traffic',
    derive: ({ read }) => {
      const perSecond = read('requests') / (monthHours * 3600);
      return Math.max(perSecond / 25, (perSecond * 3600 * 3) / million);
    },
    why: why('assumed: a new connection and 3 KB a request', '仮定: 1リクエストに新規接続1つと3KB'),
  },
  natGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => (read('requests') * 2) / million,
    why: why('assumed: 2 KB a request to AWS APIs and beyond', '仮定: 1リクエストあたり2KBをAWS APIなどへ送受信'),
  },
  endpointGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => read('natGb') / 2,
    why: why('assumed: half of what would pass the NAT gateways', '仮定: NATを通る量の半分'),
  },
  functionInvocations: {
    unit: 'invocations',
    kind: 'traffic',
    derive: ({ read }) => read('requests') * 0.02,
    why: why('assumed: a request in a hundred is an order, two functions each', '仮定: 100件に1件が注文、1件に関数2回'),
  },
  functionMs: {
    unit: 'ms',
    kind: 'setting',
    derive: () => 200,
    why: why('assumed', '仮定'),
  },
  helperInvocations: {
    unit: 'invocations a function',
    kind: 'setting',
    derive: () => 100,
    why: why('assumed: functions of deployment and recovery', '仮定: デプロイと復旧のための関数'),
  },
  databaseGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read }) => (read('requests') * 0.01 * 4 * 12) / million,
    why: why('assumed: a year of orders of 4 KB', '仮定: 4KBの注文1年分'),
  },
  databaseIos: {
    unit: 'I/Os',
    kind: 'traffic',
    derive: ({ read }) => read('requests') * 0.2,
    why: why('assumed: one in five requests misses cache and buffers', '仮定: 5件に1件がキャッシュとバッファを外れる'),
  },
  databaseWrites: {
    unit: 'writes',
    kind: 'traffic',
    derive: ({ read }) => read('databaseIos') / 4,
    why: why('assumed: a quarter of the I/Os', '仮定: I/Oの4分の1'),
  },
  databaseBackupGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read }) => read('databaseGb'),
    why: why('assumed: as much as the data', '仮定: データと同量'),
  },
  snapshotGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read }) => read('databaseGb'),
    why: why(
      'assumed: five weekly snapshots, each with a fifth of the data new',
      '仮定: 週次5世代、各世代で5分の1が新規',
    ),
  },
  averageAcu: {
    unit: 'ACU',
    kind: 'setting',
    derive: () => 1,
    why: why('assumed: a serverless instance in use', '仮定: 稼働中のサーバーレスインスタンス'),
  },
  restingAcu: {
    unit: 'ACU',
    kind: 'setting',
    derive: () => 1,
    why: why(
      'assumed: performance insights, log export and connections hold a follower above its least capacity',
      '仮定: Performance Insights、ログの出力、接続のため、追従側は最小容量まで下がらない',
    ),
  },
  cacheDataGb: { unit: 'GB', kind: 'stock', derive: () => 2, why: why('assumed', '仮定') },
  tableWrites: {
    unit: 'writes',
    kind: 'traffic',
    derive: ({ read }) => read('requests') * 0.01,
    why: why('assumed: one an order', '仮定: 注文1件に1回'),
  },
  tableReads: {
    unit: 'reads',
    kind: 'traffic',
    derive: ({ read }) => read('tableWrites'),
    why: why('assumed: one an order', '仮定: 注文1件に1回'),
  },
  tableGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read }) => read('tableWrites') / million / 4,
    why: why('assumed: items of 1 KB kept a week', '仮定: 1KBの項目を1週間保持'),
  },
  objectGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read }) => (read('requests') * 0.01 * 20) / million,
    why: why('assumed: a month of receipts of 20 KB', '仮定: 20KBの領収書1か月分'),
  },
  objectPuts: {
    unit: 'requests',
    kind: 'traffic',
    derive: ({ read }) => read('requests') * 0.01,
    why: why('assumed: one an order', '仮定: 注文1件に1回'),
  },
  objectGets: {
    unit: 'requests',
    kind: 'traffic',
    derive: ({ read }) => read('objectPuts') * 10,
    why: why('assumed: ten for each object written', '仮定: 書込1回に10回'),
  },
  largeObjectGb: {
    unit: 'GB a month',
    kind: 'traffic',
    derive: ({ read }) => read('objectGb') / 10,
    why: why(
      'assumed: of what is stored, a tenth is new each month and big enough to move to a colder class; objects of 1 MB',
      '仮定: 保管量の1割が毎月増え、低頻度クラスへ移る大きさ (1MB) をもつ',
    ),
  },
  replicatedGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => (read('objectPuts') * 50) / million,
    why: why('assumed: 50 KB an object', '仮定: 1オブジェクトあたり50KB'),
  },
  replicatedLogGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => read('accessLogGb') * 0.15,
    why: why('access logs of a month, compressed to 15 %', '1か月分のアクセスログ、15%に圧縮'),
  },
  replicatedLogFiles: {
    unit: 'files',
    kind: 'setting',
    derive: () => 10 * 12 * monthHours,
    why: why('assumed: ten writers, a file every 5 minutes each', '仮定: 書込元10、それぞれ5分に1ファイル'),
  },
  staticGb: { unit: 'GB', kind: 'setting', derive: () => 1, why: why('assumed: static files', '仮定: 静的ファイル') },
  accessLogGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => (read('requests') * 0.5) / million,
    why: why('assumed: 0.5 KB a request', '仮定: 1リクエストあたり0.5KB'),
  },
  logBucketGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read, logDays }) => (read('accessLogGb') * 0.15 * logDays.albAccess) / days,
    why: why('access logs as long as they are kept, compressed to 15 %', '保持期間分のアクセスログ、15%に圧縮'),
  },
  imageGb: {
    unit: 'GB',
    kind: 'setting',
    derive: () => 2,
    why: why('assumed: ten images of 0.2 GB', '仮定: 0.2GBのイメージ10個'),
  },
  logsIngestedGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => (read('requests') * 0.1) / million,
    why: why('assumed: 0.1 KB a request, flow logs included', '仮定: 1リクエストあたり0.1KB、フローログを含む'),
  },
  logsStoredGb: {
    unit: 'GB',
    kind: 'stock',
    derive: ({ read, logDays }) => (read('logsIngestedGb') * 0.15 * logDays.application) / days,
    why: why('what was ingested as long as it is kept, compressed to 15 %', '保持期間分の取込量、15%に圧縮'),
  },
  flowLogGb: {
    unit: 'GB',
    kind: 'traffic',
    derive: ({ read }) => (read('requests') * 0.02) / million,
    why: why('assumed: 0.02 KB a request', '仮定: 1リクエストあたり0.02KB'),
  },
  enhancedMonitoringGb: {
    unit: 'GB an instance',
    kind: 'setting',
    derive: () => 0.54,
    why: why('assumed: a sample a minute', '仮定: 1分間隔'),
  },
  customMetrics: {
    unit: 'metrics',
    kind: 'setting',
    derive: () => 20,
    why: why('assumed: Container Insights of one service', '仮定: サービス1つのContainer Insights'),
  },
  traces: {
    unit: 'traces',
    kind: 'traffic',
    derive: ({ read }) => read('requests') * 0.05,
    why: why("assumed: X-Ray's default, one request in twenty", '仮定: X-Rayの既定、20件に1件'),
  },
  trailDataEvents: {
    unit: 'events',
    kind: 'traffic',
    derive: ({ read }) =>
      read('objectPuts') + read('objectGets') + read('functionInvocations') + read('tableWrites') + read('tableReads'),
    why: why('each call to buckets, functions and table', 'バケット、関数、テーブルへの呼び出しごと'),
  },
  secretCalls: {
    unit: 'calls',
    kind: 'traffic',
    derive: ({ read }) => 10_000 + read('functionInvocations') / 20,
    why: why('assumed: at starts of tasks and functions', '仮定: タスクと関数の起動時'),
  },
  keyCalls: {
    unit: 'requests',
    kind: 'traffic',
    derive: ({ read }) => read('queueRequests') / 10 + read('objectPuts') / 100,
    why: why('assumed: data keys are reused', '仮定: データキーを再利用'),
  },
  queueRequests: {
    unit: 'requests',
    kind: 'traffic',
    derive: ({ read }) => read('functionInvocations') * 3 + million,
    why: why('send, receive, delete, and empty long polls', '送信、受信、削除と空のロングポーリング'),
  },
  topicPublishes: {
    unit: 'publishes',
    kind: 'traffic',
    derive: ({ read }) => read('functionInvocations') / 2,
    why: why('assumed: one an order', '仮定: 注文1件に1回'),
  },
  emails: { unit: 'emails', kind: 'setting', derive: () => 100, why: why('assumed', '仮定') },
  dnsQueries: {
    unit: 'queries',
    kind: 'traffic',
    derive: ({ read }) => read('requests') / 1000,
    why: why('assumed: resolvers cache', '仮定: リゾルバーがキャッシュする'),
  },
  stateTransitions: {
    unit: 'transitions',
    kind: 'setting',
    derive: () => 100,
    why: why('assumed: a drill a month', '仮定: 月1回の訓練'),
  },
  restoreTests: {
    unit: 'tests',
    kind: 'setting',
    derive: () => 1,
    why: why('assumed: one a month', '仮定: 月1回'),
  },
  rotations: {
    unit: 'rotations',
    kind: 'setting',
    derive: () => 1,
    why: why('assumed: one a month', '仮定: 月1回'),
  },
};
