// What `load` and `drill` say to a person, in both languages.
import type { Language } from '../../../design/problem.ts';
import { reasonIn } from '../../../design/refusal.ts';
import type { Disturbance } from '../../../operations/disturbance.ts';
import type { Lasting, Progress } from '../../../operations/drills/drill.ts';
import type { NoRto } from '../../../operations/drills/served.ts';

interface RegionFigures {
  readonly rpoMs: number;
  readonly lostOrders: number;
  readonly rtoMs: number | null;
  readonly accepted: number;
  readonly fulfilled: number;
  readonly acceptedAfter: number;
}

const whole = (ms: number): string => (ms / 1000).toFixed(0);

function whyNoRto(reason: NoRto): string {
  switch (reason.why) {
    case 'undetected':
      return 'the health checks did not find the region lost in time';
    case 'stopped':
      return 'the failover stopped before its end';
    case 'none-accepted':
      return `no order that was begun after the loss was accepted within ${whole(reason.waitedMs)} s of it`;
    case 'not-steady':
      return `orders were accepted, but in ${whole(reason.waitedMs)} s there was no moment from which each new one was accepted at its first try: ${reason.failedLately} of the last ten seconds failed, the last one ${whole(reason.lastFailedMs)} s after the loss`;
  }
}

function whyNoRtoInJapanese(reason: NoRto): string {
  switch (reason.why) {
    case 'undetected':
      return 'ヘルスチェックが時間内に喪失を検知しませんでした';
    case 'stopped':
      return 'フェイルオーバーが最後まで進みませんでした';
    case 'none-accepted':
      return `喪失から ${whole(reason.waitedMs)} 秒たっても、喪失後に出した注文は一件も受け付けられませんでした`;
    case 'not-steady':
      return `注文は受け付けられましたが、${whole(reason.waitedMs)} 秒の間、新しい注文がすべて一回で通る状態が続きませんでした（最後の10秒で ${reason.failedLately} 件が失敗、最後の失敗は喪失の ${whole(reason.lastFailedMs)} 秒後）`;
  }
}

const english = {
  disturbed: (found: readonly Disturbance[]) =>
    `no verdict: the machine disturbed this run (${found.map(({ figure, observed, limit }) => english.machine[figure](observed, limit)).join(', ')}); run it again when less else runs, or with --judge-disturbed`,
  machine: {
    eventLoopP99Ms: (observed: number, limit: number) => `timers ${observed} ms late at p99, at most ${limit}`,
    eventLoopMaxMs: (observed: number, limit: number) => `timers ${observed} ms late once, at most ${limit}`,
    stealPercent: (observed: number, limit: number) =>
      `${observed} % of the processors taken by the host, at most ${limit}`,
    pressurePercent: (observed: number, limit: number) =>
      `something waited for a processor ${observed} % of the time, at most ${limit}`,
  },
  badNumber: (option: string, value: string, most: number) =>
    `${option} ${value}: expected a number above 0, at most ${most}`,
  badDuration: (value: string, most: number) =>
    `--duration ${value}: expected a time such as 30s or 2m, at most ${most} s`,
  tooMany: (requests: number, most: number) =>
    `${requests} requests are more than one run may send (${most}); lower --rps or --duration`,
  unknownDrill: (name: string) =>
    `unknown drill: ${name}; expected task, database, cache, poison, surge, restore or region`,
  unable: (drill: string, why: string) => `the drill ${drill} is not possible here: ${why}`,
  lacks: {
    killTask: 'no task can be ended',
    failDatabaseOver: 'the database has one instance and nothing to fail over to (try --environment production)',
    stopCache: 'there is no cache (install redis-server or valkey-server)',
    startCache: 'there is no cache (install redis-server or valkey-server)',
    sendMessage: 'no message can be sent',
  },
  starting: (environment: string | undefined) =>
    `no platform is running: starting ${environment ?? 'the first environment that is disposable'} …`,
  ended: (code: number | string) => `it ended with ${code}`,
  notWithin: (seconds: number) => `not within ${seconds} s`,
  notStarted: (reason: string) => `the platform did not start: ${reason}`,
  unreachable: (error: unknown) =>
    `the running platform does not answer: ${reasonIn(error, 'en')}; end it and start it again`,
  busy: (run: string) =>
    `hashira ${run} is running against this platform, and both would measure each other; wait until it has ended, end it, or start another platform with an --out of its own`,
  lasts: ({ seconds, queues }: Lasting, isLocal: boolean) =>
    `this takes up to ${Math.round(seconds)} s: ${queues.map(({ name, visibilityTimeout, maxReceiveCount }) => `${name} delivers a message ${maxReceiveCount} times, ${visibilityTimeout} s apart`).join('; ')}${isLocal ? ' (a platform started with --speed 10 waits a tenth of what the templates say)' : ''}`,
  progress: ({ seconds, most }: Progress) => `  ${seconds} s of at most ${Math.round(most)} s …`,
  whichEnvironment: 'of which environment is the deployed platform? give --environment',
  documentRefused: 'the document was refused; nothing was run',
  firewall: (requests: number, seconds: number) =>
    `the firewall lets one address send ${requests} requests in ${seconds} s and blocks it then: exempt this address for the test and give the platform's address with --endpoint, or send less`,
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
  restore: {
    unable: 'no backup can be made and tried from here; on AWS, AWS Backup restore testing does it (see the templates)',
    steps: {
      calm: 'traffic …',
      backup: 'backing up …',
      restore: 'restoring into a scratch server …',
    },
    step: 'step',
    parts: {
      files: 'copy of the files',
      log: 'log up to one moment',
      restore: 'restore up to that moment',
      check: 'orders and tables compared',
      write: 'a write',
      remove: 'removal',
    },
    table: 'table',
    rows: 'rows',
    same: 'same as the source',
    yes: 'yes',
    no: 'NO',
    orders: (orders: number, missing: number) => `${orders} orders accepted before the backup, ${missing} missing`,
    writes: 'the restored server takes writes',
    noWrites: 'the restored server takes NO writes',
    age: (seconds: string, rpo: string | undefined) =>
      `${seconds} s from the moment of the backup until its copy took writes${rpo === undefined ? '' : `, RPO ${rpo} s`}`,
  },
  region: {
    noRecovery:
      'the document has no second region: the drill needs a DR section with RPO, RTO and the region that takes over',
    building: 'building the document …',
    starting: 'starting two regions …',
    roles: { primary: 'primary', standby: 'standby' },
    started: (role: string, ms: number) => `${role} region started (${(ms / 1000).toFixed(1)} s)`,
    steps: {
      calm: (rate: number) => `${rate} requests a second …`,
      loss: () => 'the primary region is lost …',
      detected: () => 'health checks find it lost: failover starts',
      undetected: () => 'health checks did not find it lost in time: failover is started all the same',
      state: () => '',
      served: () => 'customers are served again',
      unserved: () => 'customers are not served again',
      account: () => 'counting orders …',
    },
    state: (name: string) => `  ${name}`,
    problems: {
      noOrders: (_: number) =>
        'no order was accepted before the loss, so there is nothing to measure; nothing was taken away',
      notFollowing: (_: number) =>
        'the database of the standby region does not follow the primary; nothing was taken away, since all would be lost',
      tooOld: (lagMs: number) =>
        `the database of the standby region is ${Math.round(lagMs / 1000)} s behind, more than the RPO of the document; nothing was taken away`,
    },
    stopped: (why: string) => `the failover stopped: ${why}`,
    deployedAlone: 'drill region moves people to another region: name the account that is meant with --account',
    badAccount: (value: string) => `--account ${value}: expected the twelve digits of an account`,
    noAws: (why: string) => `AWS cannot be asked: ${why}; check credentials and network`,
    otherAccount: (found: string, asked: string) =>
      `the credentials are of account ${found}, not ${asked}; nothing was started`,
    notDeployed: (stack: string, name: string) =>
      `${stack} has no output ${name} in this account and region; deploy the document first`,
    switching: (machine: string) => `switchover by ${machine} …`,
    switched: (execution: string) =>
      `the standby region serves; the report is in the ledger and the topics; back by the same state machine with {"action": "failback"} (${execution})`,
    goesOn: 'no longer waiting; the execution goes on: half a switchover would be worse',
    step: 'step',
    from: 'from (s)',
    until: 'until (s)',
    took: 'of RTO (s)',
    result: ({ rpoMs, lostOrders, rtoMs, accepted, fulfilled, acceptedAfter }: RegionFigures) =>
      `RPO ${(rpoMs / 1000).toFixed(2)} s, ${lostOrders} of ${accepted} orders lost (${acceptedAfter} accepted after the loss, ${fulfilled} fulfilled) · RTO ${rtoMs === null ? 'none, see below' : `${(rtoMs / 1000).toFixed(1)} s`}`,
    noRto: (reason: NoRto) => `There is no RTO: ${whyNoRto(reason)}.`,
    pace: (speed: number) =>
      `On this machine; health checks, alarms and pauses passed ${speed} times as fast as on AWS.`,
    byHand:
      'The document has no hosted zone, so no record could be moved: the drill moved the traffic, as a person would.',
    onAws: 'Extrapolation to AWS (not measured): what AWS publishes, and what the templates say',
    seconds: 's',
    most: 'bound (s)',
    source: 'source',
    onAwsSum: (seconds: number, unknown: readonly string[]) =>
      `${seconds} s${unknown.length === 0 ? '' : `, and for ${unknown.join(', ')} AWS publishes no time`}`,
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
  disturbed: (found) =>
    `判定なし: マシンの負荷がこの実行を乱しました（${found.map(({ figure, observed, limit }) => japanese.machine[figure](observed, limit)).join('、')}）。ほかの処理が少ないときに再実行するか、--judge-disturbed を付けてください`,
  machine: {
    eventLoopP99Ms: (observed, limit) => `タイマーの遅れ p99 ${observed} ms、上限 ${limit}`,
    eventLoopMaxMs: (observed, limit) => `タイマーの遅れ 最大 ${observed} ms、上限 ${limit}`,
    stealPercent: (observed, limit) => `ホストに取られた CPU 時間 ${observed} %、上限 ${limit}`,
    pressurePercent: (observed, limit) => `CPU 待ちのあった時間 ${observed} %、上限 ${limit}`,
  },
  badNumber: (option, value, most) => `${option} ${value}: 0 より大きく ${most} 以下の数を指定してください`,
  badDuration: (value, most) => `--duration ${value}: 30s や 2m のように ${most} 秒以内で指定してください`,
  tooMany: (requests, most) =>
    `${requests} リクエストは一回の上限（${most}）を超えます。--rps か --duration を減らしてください`,
  unknownDrill: (name) =>
    `訓練 ${name} はありません。task, database, cache, poison, surge, restore, region のいずれかを指定してください`,
  unable: (drill, why) => `訓練 ${drill} はこの環境ではできません: ${why}`,
  lacks: {
    killTask: 'タスクを停止できません',
    failDatabaseOver: 'データベースが1台で、切り替え先がありません（--environment production を試してください）',
    stopCache: 'キャッシュがありません（redis-server か valkey-server を導入してください）',
    startCache: 'キャッシュがありません（redis-server か valkey-server を導入してください）',
    sendMessage: 'メッセージを送れません',
  },
  starting: (environment) => `稼働中の基盤がないため、${environment ?? '破棄できる最初の環境'} を起動します…`,
  ended: (code) => `終了コード ${code} で終わりました`,
  notWithin: (seconds) => `${seconds} 秒以内に起動しませんでした`,
  notStarted: (reason) => `基盤を起動できませんでした: ${reason}`,
  unreachable: (error) => `稼働中の基盤が応答しません: ${reasonIn(error, 'ja')}。終了して起動し直してください`,
  busy: (run) =>
    `この基盤では hashira ${run} を実行中で、同時に実行すると互いの結果を乱します。終わるのを待つか、終了させるか、別の --out で別の基盤を起動してください`,
  lasts: ({ seconds, queues }, isLocal) =>
    `最長 ${Math.round(seconds)} 秒かかります。${queues.map(({ name, visibilityTimeout, maxReceiveCount }) => `${name} は一つのメッセージを ${visibilityTimeout} 秒おきに ${maxReceiveCount} 回配信します`).join('。')}${isLocal ? '（--speed 10 で起動した基盤では、テンプレートの値の十分の一になります）' : ''}`,
  progress: ({ seconds, most }) => `  ${seconds} 秒経過（最長 ${Math.round(most)} 秒）…`,
  whichEnvironment: 'デプロイ済みの基盤の環境を --environment で指定してください',
  documentRefused: '設計書が受け付けられないため、実施しませんでした',
  firewall: (requests, seconds) =>
    `WAFは一つの送信元から ${seconds} 秒に ${requests} リクエストまでしか通しません。試験の間この送信元を除外して --endpoint で基盤のURLを指定するか、レートを下げてください`,
  loading: (rps, seconds) => `毎秒 ${rps} リクエストを ${seconds} 秒間…`,
  steps: {
    calm: '平常時のトラフィック…',
    fault: '障害を発生させます…',
    waiting: '復旧を待っています…',
    mended: '復旧しました',
    'not-mended': '時間内に復旧しませんでした',
    quiet: 'トラフィックを最小にし、タスク数が最小に戻るのを待っています…',
    account: '注文を数えています…',
  },
  restore: {
    unable:
      'ここではバックアップの取得と検証ができません。AWS では AWS Backup の復元テストが行います（テンプレート参照）',
    steps: {
      calm: '負荷をかけています…',
      backup: 'バックアップを取得しています…',
      restore: '検証用サーバーに復元しています…',
    },
    step: '手順',
    parts: {
      files: 'ファイルの複製',
      log: '一時点までのログ',
      restore: 'その時点までの復元',
      check: '注文と表の照合',
      write: '書き込み',
      remove: '削除',
    },
    table: '表',
    rows: '行数',
    same: '元と一致',
    yes: 'はい',
    no: 'いいえ',
    orders: (orders, missing) => `バックアップ前の受付注文 ${orders} 件、欠落 ${missing} 件`,
    writes: '復元したサーバーは書き込みを受け付けます',
    noWrites: '復元したサーバーは書き込みを受け付けません',
    age: (seconds, rpo) =>
      `バックアップの時点から複製が書き込みを受け付けるまで ${seconds} 秒${rpo === undefined ? '' : `（RPO ${rpo} 秒）`}`,
  },
  region: {
    noRecovery: '設計書に第二リージョンがありません。RPO、RTO、切り替え先リージョンを書いた DR の節が必要です',
    building: '設計書を構築しています…',
    starting: '二つのリージョンを起動しています…',
    roles: { primary: '主', standby: '待機' },
    started: (role, ms) => `${role}リージョンが起動しました（${(ms / 1000).toFixed(1)} 秒）`,
    steps: {
      calm: (rate) => `毎秒 ${rate} リクエスト…`,
      loss: () => '主リージョンを失いました…',
      detected: () => 'ヘルスチェックが喪失を検知。フェイルオーバーを開始します',
      undetected: () => 'ヘルスチェックが時間内に喪失を検知しませんでした。それでもフェイルオーバーを開始します',
      state: () => '',
      served: () => '利用者への応答が再開しました',
      unserved: () => '利用者への応答が再開しませんでした',
      account: () => '注文を数えています…',
    },
    state: (name) => `  ${name}`,
    problems: {
      noOrders: () => '喪失の前に受け付けた注文がなく、測るものがありません。何も停止していません',
      notFollowing: () =>
        '待機リージョンのデータベースが主リージョンに追従していません。すべて失われるため、何も停止していません',
      tooOld: (lagMs) =>
        `待機リージョンのデータベースが ${Math.round(lagMs / 1000)} 秒遅れており、設計書の RPO を超えています。何も停止していません`,
    },
    stopped: (why) => `フェイルオーバーが止まりました: ${why}`,
    deployedAlone: 'drill region は利用者を別のリージョンへ移します。対象のアカウントを --account で指定してください',
    badAccount: (value) => `--account ${value}: アカウントの12桁の番号を指定してください`,
    noAws: (why) => `AWS に問い合わせできません: ${why}。認証情報とネットワークを確認してください`,
    otherAccount: (found, asked) =>
      `認証情報はアカウント ${found} のもので、${asked} ではありません。何も開始していません`,
    notDeployed: (stack, name) =>
      `このアカウントとリージョンの ${stack} に出力 ${name} がありません。先に設計書をデプロイしてください`,
    switching: (machine) => `${machine} による切り替え…`,
    switched: (execution) =>
      `待機リージョンが稼働しています。報告は台帳とトピックにあります。戻すには同じステートマシンを {"action": "failback"} で開始してください（${execution}）`,
    goesOn: '待機を終えます。実行は続きます（途中で止まる切り替えのほうが危険なため）',
    step: '手順',
    from: '開始 (秒)',
    until: '終了 (秒)',
    took: 'RTO のうち (秒)',
    result: ({ rpoMs, lostOrders, rtoMs, accepted, fulfilled, acceptedAfter }) =>
      `RPO ${(rpoMs / 1000).toFixed(2)} 秒、受付注文 ${accepted} 件中 ${lostOrders} 件消失（喪失後の受付 ${acceptedAfter} 件、完了 ${fulfilled} 件）・RTO ${rtoMs === null ? 'なし（理由は下記）' : `${(rtoMs / 1000).toFixed(1)} 秒`}`,
    noRto: (reason) => `RTO がない理由: ${whyNoRtoInJapanese(reason)}。`,
    pace: (speed) => `このマシンでの結果。ヘルスチェック、アラーム、待ち時間は AWS の ${speed} 倍の速さで進めました。`,
    byHand: '設計書にホストゾーンがなく、切り替えるレコードがないため、人の代わりに訓練がトラフィックを移しました。',
    onAws: 'AWS への外挿（実測ではない）: AWS の公表値とテンプレートの値による',
    seconds: '秒',
    most: '上限 (秒)',
    source: '出典',
    onAwsSum: (seconds, unknown) =>
      `${seconds} 秒${unknown.length === 0 ? '' : `。ほかに ${unknown.join(', ')} は AWS の公表値なし`}`,
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
