// The words in which a criterion of the form is written, in Japanese and English. What a sentence says beyond them (a negation, an exception,
// another thing, another number) changes what it asks for, so a sentence is understood to its last word or not at all.
import { figurePatterns, readFigures } from './figures.ts';

type Figure = keyof typeof figurePatterns;

/** Words that join others and ask for nothing themselves. */
const joining = listed(`
  は | が | を | に | へ | で | と | の | も | から | として | とし | において | について | によって | により | による | に対して
  に対する | こと | する | すること | させること | される | されること | であること | とすること | ものとする | ようにすること
  し、 | して | 場合 | もし | 場合、 | とき | ときは | 間 | 際 | システム | 本システム | 当システム | 基盤 | AWS | Amazon | 各
  全 | 全て | すべて | 全ての | すべての | あらゆる | 必ず | 常に | 自動的 | 自動 | 構成 | 設定 | 有効化 | 有効 | 有効にする | the
  a | an | all | every | each | any | is | are | be | in | on | of | by | with | and | to | for | at | it | its | their | they
  that | shall | must | will | system | use | uses | has | have | when | while | if | then | automatically | always | from | as
  enabled | enable | enables
`);

const punctuation = [...'、。・,.()（）「」:：—-/'];

interface Vocabulary {
  readonly words: readonly string[];
  readonly figures?: readonly Figure[];
  /**
   * What the sentence must say in this order, without spaces: the same words in another order, or without one of them, would ask for the
   * opposite or for less.
   */
  readonly asks?: RegExp;
}

/** Words between bars and line ends. */
function listed(words: string): readonly string[] {
  return words.split(/[|\n]/).flatMap((word) => word.trim() || []);
}

const bucket = listed('S3 | S3バケット | バケット | buckets | bucket | オブジェクト | objects | object');
const database = listed(`
  RDS | Aurora | RDS Aurora | クラスター | クラスタ | インスタンス | DBインスタンス | データベース | databases | database
  instances | instance | clusters | cluster | data
`);
const service = listed('ECS | Fargate | サービス | タスク | service | services | tasks | task | ECSタスク');
const traffic = listed('トラフィック | 流量 | 負荷 | リクエスト | traffic | load | requests');
const development = listed(`
  開発環境 | 開発 | development | environment | である | 平日 | weekdays | リソース | 停止できるリソース | 止めたリソース
  resources
`);

/** By the id of the form's criterion. */
const vocabularies: Readonly<Record<string, Vocabulary>> = {
  'AC-SEC-1': {
    words: [
      ...bucket,
      ...listed(`
      SSE-KMS | KMS | サーバーサイド暗号化 | 暗号化 | 既定の暗号化 | デフォルト暗号化 | 暗号化する | 作成するどの | どの
      作成する | ついて | encryption | encrypted | encrypt | default | server-side | keys
    `),
    ],
  },
  'AC-SEC-2': {
    words: [
      ...database,
      ...listed(`
      保管時暗号化 | 保管時 | 保存時 | 暗号化 | 保存されるデータ | データ | ストレージ | 例外なく | encrypted | encryption | rest
      storage
    `),
    ],
  },
  'AC-SEC-3': {
    words: listed(`
      通信 | 通信経路 | 利用者 | 各層 | 至る | 以上 | 以降 | に限ること | 使用する | 使用 | 用いる | 暗号化 | or newer | or later
      or higher | everywhere | connections | connection | traffic | communication
    `),
    figures: ['tlsVersion'],
  },
  'AC-SEC-4': {
    words: listed(`
      Security Group | セキュリティグループ | security groups | security group | 規則 | ルール | 0.0.0.0/0 | 相手 | 許可する
      許可 | ポート | のみ | 制限する | 制限 | または | その | だけ | only | ports | port | or | open | opens | restricted
    `),
    figures: ['ports'],
    asks: /0\.0\.0\.0\/0.*\d.*(のみ|だけ|とすること)|0\.0\.0\.0\/0.*only.*\d|only.*\d.*0\.0\.0\.0\/0/i,
  },
  'AC-SEC-5': {
    words: listed(`
      IAM | IAMロール | ロール | 最小権限 | 原則 | 適用する | 適用 | 業務で必要な操作だけ | 必要な操作だけ | 対象を特定して
      許可する | 許可 | roles | role | what they need | least privilege | principle | apply | applies | follow | follows
    `),
  },
  'AC-SEC-6': {
    words: listed(`
      Secrets Manager | データベース | DB | 認証情報 | パスワード | 管理する | 管理 | 保管し | 保管 | 配布する | 配布 | database
      credentials | passwords | managed | manage | manages | kept | stored
    `),
  },
  'AC-SEC-7': {
    words: listed(`
      CloudTrail | APIアクション | API操作 | API | 操作 | 操作の履歴 | 履歴 | 記録する | 記録 | 漏れなく | 残す | has it all
      records | record | recorded | actions | calls | api
    `),
  },
  'AC-REL-1': {
    words: [
      ...database,
      ...listed(`
      Multi-AZ | マルチAZ | AZ | 複数 | にまたがって | 置く | 配置する | 配置 | more than one | several | multiple | zones | AZs
      availability
    `),
    ],
  },
  'AC-REL-2': {
    words: [
      ...service,
      ...listed(`
      Availability Zone | アベイラビリティゾーン | AZ | 最低 | 少なくとも | 以上 | つ | 分けて | 動かす | 配置する | 配置 | zones
      zone | AZs | at least | run | runs | availability
    `),
    ],
    figures: ['zones'],
  },
  'AC-REL-3': {
    words: [
      ...service,
      ...listed(`
      異常終了した | 予期せず止まった | 停止した | 新しい | 代わりの | 起動する | 起動 | 人手を介さず | dies | stops | fails
      replaced | replace | replaces | new | started | starts | start | unexpectedly
    `),
    ],
  },
  'AC-REL-4': {
    words: [
      ...database,
      ...listed(`
      Primary | プライマリ | プライマリー | ライター | 障害 | 発生した | 停止した | 以内 | Read Replica | リードレプリカ
      リーダー | フェイルオーバーする | フェイルオーバー | 自動フェイルオーバー | 切り替える | fails over | fail over | within
      writer | reader | primary | replica | read | fails
    `),
    ],
    figures: ['milliseconds'],
  },
  'AC-REL-5': {
    words: [
      ...database,
      ...listed(`
      自動バックアップ | バックアップ | 保持する | 保持 | 保存 | 間保持 | 間 | 前まで戻せる | 絶やさず | backups | backup | kept
      retained | keep | automatic | retention
    `),
    ],
    figures: ['days'],
  },
  'AC-REL-6': {
    words: [
      ...service,
      ...traffic,
      ...listed(`
      Min Capacity | 最小キャパシティ | 最小 | キャパシティ | 数 | 下回る | 満たない | 以下 | より少なくしないこと
      スケールインしないこと | スケールインしない | never under | never below | below | under | not scale in below | minimum
      capacity
    `),
    ],
    asks: /少なくしない|スケールインしない|never(under|below)|notscalein/i,
  },
  'AC-PERF-1': {
    words: listed(`
      ユーザー | 利用者 | API | APIリクエスト | リクエスト | 送信した | 呼び出した | 以内 | レスポンス | 応答 | 応答時間 | 返す
      収める | within | responses | response | requests | request | time | percentile | api | answers | user | sends
    `),
    figures: ['percentile', 'milliseconds'],
  },
  'AC-PERF-2': {
    words: [
      ...service,
      ...traffic,
      ...listed(`
      超えている | 上回っている | 超える | 上回る | スケールアウトする | スケールアウト | 自動スケールアウト | 増やす | above
      over | exceeds | more | scale out | scales out
    `),
    ],
    figures: ['requestsPerSecond'],
  },
  'AC-PERF-3': {
    words: [
      ...service,
      ...traffic,
      ...listed(`
      未満 | 下回っている | 下回る | 最小 | まで | スケールインする | スケールイン | 戻す | 減らす | below | under | down to
      fewer | less than | scale in | scales in | minimum
    `),
    ],
    figures: ['requestsPerSecond', 'tasks'],
  },
  'AC-PERF-4': {
    words: listed(`
      CloudFront | CDN | 拠点 | 静的コンテンツ | 静的ファイル | キャッシュする | キャッシュ | static | content | files | keeps
      caches | cache | cached
    `),
  },
  'AC-PERF-5': {
    words: listed(`
      ElastiCache | Redis | Valkey | データベース | クエリ | 結果 | クエリ結果 | 読んだ | 保ち | 再利用する | キャッシュする
      キャッシュ | keeps | caches | cache | cached | query | queries | results | database
    `),
  },
  'AC-OPS-1': {
    words: listed(`
      アプリケーション | アプリケーションログ | ログ | 書き出す | 残らず | CloudWatch Logs | 送信する | 送信 | 集める | 出力する
      logs | log | application | applications | send | sends | sent
    `),
  },
  'AC-OPS-2': {
    words: listed(`
      CloudWatch Alarm | CloudWatchアラーム | CloudWatch | Alarm | アラーム | 発火した | 異常を示した | SNS | を通じて | 担当者
      メール | メール通知 | 通知 | 送信する | 送信 | 送る | alarms | alarm | reach | mail | email | sends | send | goes off
      fires
    `),
  },
  'AC-OPS-3': {
    words: listed(`
      X-Ray | X-Ray Tracing | Tracing | トレーシング | トレース | リクエスト | 経路 | 追跡できる | 追跡する | on | tracing
      traces | requests
    `),
  },
  'AC-OPS-4': {
    words: listed(`
      リソース | タグを付けられるリソース | タグ | 付与する | 付与 | 付ける | つ | 4つ | つを | tags | tag | resources | resource
      carry | carries
    `),
    figures: ['tagNames'],
  },
  'AC-OPS-5': {
    words: listed(`
      CloudWatch Dashboard | CloudWatchダッシュボード | Dashboard | ダッシュボード | メトリクス | 主要な | 可視化する | 可視化
      一覧できる | 表示する | CloudWatch | shows | show | metrics | dashboard | dashboards
    `),
  },
  'AC-COST-1': {
    words: [...development, ...listed('停止する | 停止 | 自動停止 | 止める | stops | stop | stopped')],
    figures: ['timeOfDay'],
  },
  'AC-COST-2': {
    words: [...development, ...listed('起動する | 起動 | 自動起動 | 動かす | starts | start | started')],
    figures: ['timeOfDay'],
  },
  'AC-COST-3': {
    words: [
      ...bucket,
      ...listed(`
      ライフサイクルポリシー | ライフサイクル | に従い | 後 | Glacier | 移行する | 移行 | 移す | go | move | moves | moved | after
      lifecycle | policy
    `),
    ],
    figures: ['days'],
  },
  'AC-COST-4': {
    words: listed(`
      月間 | 月額 | 1か月 | 1ヶ月 | コスト | 費用 | 超えた | 上回った | 超過した | Budget | Budgets | Budget Alarm | 予算
      アラーム | 警告 | SNS | SNS通知 | 通知 | 送信する | 送信 | 送る | budget | tells | tell | above | over | exceeds | monthly
      cost | month | alarm | sends | notification
    `),
    figures: ['dollars'],
  },
  'AC-COST-5': {
    words: listed(`
      NAT Gateway | 代わり | ではなく | VPC Endpoints | VPC Endpoint | VPCエンドポイント | エンドポイント | 活用する | 活用
      使用する | 利用する | S3 | DynamoDB | 通信 | 通す | endpoint | endpoints | VPC | instead | go | reached
    `),
    asks: /NATGateways?(の代わり|ではなく)|insteadof(the|an?)?NATgateway|^(?!.*(代わり|ではなく|instead)).*endpoint/i,
  },
};

/**
 * What of a criterion's sentence is not understood, in its order; `undefined` for a criterion that is none of the form's, whose words are
 * for its own judge to know.
 */
export function unreadIn(id: string, text: string): readonly string[] | undefined {
  const vocabulary = vocabularies[id];
  if (vocabulary === undefined) return undefined;
  if (vocabulary.asks?.test(text.replaceAll(/[\s*`]/g, '')) === false) return [text.trim()];
  const words = [...joining, ...punctuation, ...vocabulary.words].sort((one, other) => other.length - one.length);
  const patterns = (vocabulary.figures ?? []).map((figure) => new RegExp(figurePatterns[figure].source, 'iy'));
  const numbers = new Set([...readFigures(text).ports.map(String), ...readFigures(text).tagNames]);
  const left: string[] = [];
  let isOpen = false;
  for (let at = 0; at < text.length; ) {
    const length =
      spaceAt(text, at) || figureAt(text, at, patterns) || nameAt(text, at, numbers) || wordAt(text, at, words);
    if (length > 0) {
      isOpen = false;
      at += length;
      continue;
    }
    const unread = /^[A-Za-z]+|^\d+|^[\s\S]/.exec(text.slice(at))?.[0] ?? '';
    if (isOpen) left.push(`${left.pop() ?? ''}${unread}`);
    else left.push(unread);
    isOpen = true;
    at += unread.length;
  }
  return left;
}

const spaceAt = (text: string, at: number): number => /^[\s*`]+/.exec(text.slice(at, at + 80))?.[0].length ?? 0;

function figureAt(text: string, at: number, patterns: readonly RegExp[]): number {
  return patterns.reduce((longest, pattern) => {
    pattern.lastIndex = at;
    return Math.max(longest, pattern.exec(text)?.[0].length ?? 0);
  }, 0);
}

/** A port or the name of a tag, which the sentence lists. */
function nameAt(text: string, at: number, names: ReadonlySet<string>): number {
  const word = /^[\w:-]+/.exec(text.slice(at))?.[0] ?? '';
  return names.has(word) ? word.length : 0;
}

/** A word of ASCII letters ends where no letter or digit follows. */
function wordAt(text: string, at: number, words: readonly string[]): number {
  const rest = text.slice(at, at + 40);
  const found = words.find((word) => {
    if (!rest.toLowerCase().startsWith(word.toLowerCase())) return false;
    return !/[A-Za-z0-9]$/.test(word) || !/^[A-Za-z0-9]/.test(rest.slice(word.length));
  });
  return found?.length ?? 0;
}
