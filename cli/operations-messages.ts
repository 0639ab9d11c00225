// What `load` and `drill` say to a person, in both languages.
import type { Language } from '../design/problem.ts';

const english = {
  loadHelp:
    'send a constant rate of requests to the running platform (or start one), and say how long customers waited',
  drillHelp: 'break one thing of the running platform (or start one) under traffic, and say how it recovered',
  drillArgument: 'task, database, cache, poison or surge',
  rpsOption: "requests a second (default: the rate of the document's load test)",
  drillRpsOption: 'requests a second before and after the fault (default: what the drill needs)',
  durationOption: 'how long, e.g. 30s, 2m',
  platformOutOption: "directory of the running platform's build; results go to its runtime/",
  platformEnvironmentOption: 'which environment to start when none is running: production, staging or development',
  exitCodes:
    'Exit codes: 0 all as the document has it · 1 a criterion failed, an order was lost or doubled · 2 nothing was run',
  badNumber: (option: string, value: string, most: number) =>
    `${option} ${value}: expected a number above 0, at most ${most}`,
  badDuration: (value: string, most: number) =>
    `--duration ${value}: expected a time such as 30s or 2m, at most ${most} s`,
  tooMany: (requests: number, most: number) =>
    `${requests} requests are more than one run may send (${most}); lower --rps or --duration`,
  unknownDrill: (name: string) => `unknown drill: ${name}; expected task, database, cache, poison or surge`,
  unable: (drill: string, why: string) => `the drill ${drill} is not possible here: ${why}`,
  lacks: {
    killTask: 'no task can be ended',
    failDatabaseOver: 'the database has one instance and nothing to fail over to (try --environment production)',
    stopCache: 'there is no cache (install redis-server or valkey-server)',
    startCache: 'there is no cache (install redis-server or valkey-server)',
    sendMessage: 'no message can be sent',
  },
  starting: (environment: string) => `no platform is running: starting ${environment} …`,
  notStarted: (reason: string) => `the platform did not start: ${reason}`,
  unreachable: (reason: string) => `the running platform does not answer: ${reason}; end it and start it again`,
  loading: (rps: number, seconds: number) => `${rps} requests a second for ${seconds} s …`,
  steps: {
    calm: 'calm traffic …',
    fault: 'breaking it …',
    waiting: 'waiting until it is mended …',
    mended: 'mended',
    'not-mended': 'not mended in time',
    quiet: 'hardly any traffic, until the tasks are back at their minimum …',
    account: 'counting orders …',
  },
  requests: 'requests',
  errors: 'errors',
  tasks: 'tasks',
  taskRange: (least: number, most: number) => (least === most ? `${least}` : `${least} to ${most}`),
  accepted: 'orders accepted',
  fulfilled: 'orders fulfilled',
  lost: 'orders lost',
  doubled: 'orders doubled',
  failedRequests: 'failed requests',
  recovery: 'recovery',
  never: 'never',
  expected: 'expected',
  verdicts: { pass: 'pass', fail: 'fail', 'not-judged': 'not judged' },
  written: (file: string) => `written: ${file}`,
};

type Catalogue = typeof english;

const japanese: Catalogue = {
  loadHelp: '稼働中の基盤に一定の流量でリクエストを送り（なければ起動し）、応答時間を測る',
  drillHelp: '稼働中の基盤の一か所を（なければ起動し）流量をかけたまま壊し、復旧を測る',
  drillArgument: 'task, database, cache, poison, surge のいずれか',
  rpsOption: '毎秒のリクエスト数（省略時: 設計書の負荷テストの値）',
  drillRpsOption: '障害の前後の毎秒リクエスト数（省略時: 訓練ごとの値）',
  durationOption: '時間。例: 30s, 2m',
  platformOutOption: '稼働中の基盤の構築ディレクトリ。結果は runtime/ に書き出す',
  platformEnvironmentOption: '稼働中の基盤がないとき起動する環境: production, staging, development',
  exitCodes: '終了コード: 0 設計書どおり ／ 1 基準に不合格、または注文の消失・重複あり ／ 2 実施せず',
  badNumber: (option, value, most) => `${option} ${value}: 0 より大きく ${most} 以下の数を指定してください`,
  badDuration: (value, most) => `--duration ${value}: 30s や 2m のように ${most} 秒以内で指定してください`,
  tooMany: (requests, most) =>
    `${requests} リクエストは一回の上限（${most}）を超えます。--rps か --duration を減らしてください`,
  unknownDrill: (name) =>
    `訓練 ${name} はありません。task, database, cache, poison, surge のいずれかを指定してください`,
  unable: (drill, why) => `訓練 ${drill} はこの環境ではできません: ${why}`,
  lacks: {
    killTask: 'タスクを停止できません',
    failDatabaseOver: 'データベースが1台で、切り替え先がありません（--environment production を試してください）',
    stopCache: 'キャッシュがありません（redis-server か valkey-server を導入してください）',
    startCache: 'キャッシュがありません（redis-server か valkey-server を導入してください）',
    sendMessage: 'メッセージを送れません',
  },
  starting: (environment) => `稼働中の基盤がないため、${environment} を起動します…`,
  notStarted: (reason) => `基盤を起動できませんでした: ${reason}`,
  unreachable: (reason) => `稼働中の基盤が応答しません: ${reason}。終了して起動し直してください`,
  loading: (rps, seconds) => `毎秒 ${rps} リクエストを ${seconds} 秒間…`,
  steps: {
    calm: '平常時の流量…',
    fault: '障害を発生させます…',
    waiting: '復旧を待っています…',
    mended: '復旧しました',
    'not-mended': '時間内に復旧しませんでした',
    quiet: '流量を最小にし、タスク数が最小に戻るのを待っています…',
    account: '注文を数えています…',
  },
  requests: 'リクエスト',
  errors: 'エラー',
  tasks: 'タスク',
  taskRange: (least, most) => (least === most ? `${least}` : `${least}〜${most}`),
  accepted: '受付注文',
  fulfilled: '完了注文',
  lost: '消失注文',
  doubled: '重複注文',
  failedRequests: '失敗リクエスト',
  recovery: '復旧時間',
  never: '復旧せず',
  expected: '期待',
  verdicts: { pass: '合格', fail: '不合格', 'not-judged': '未判定' },
  written: (file) => `出力先: ${file}`,
};

export const operationsCatalogues: Readonly<Record<Language, Catalogue>> = { ja: japanese, en: english };
export type OperationsMessages = Catalogue;
