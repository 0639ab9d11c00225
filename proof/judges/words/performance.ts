// What the judges of performance say (AC-PERF-…), and of how many tasks there are while traffic comes and goes.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  noBalancer: ['there is no load balancer that requests come by', 'リクエストを受けるロードバランサーがありません'],
  lightLoad: sentence(
    ({ rate, expected }: { rate: number; expected: number }) =>
      `hashira load was run at ${rate} req/s, under the expected ${expected}`,
    ({ rate, expected }) => `hashira load の負荷は ${rate} req/s で、想定の ${expected} に達していません`,
  ),
  alarmInTime: sentence(
    ({ most }: { most: number }) => `an alarm that tells somebody at ${most} ms or before`,
    ({ most }) => `${most} ms 以下で通知するアラーム`,
  ),
  noSuchAlarm: ['no such alarm', '該当するアラームがありません'],
  alarmPerhaps: ['an alarm of which not all is known', '内容を確定できないアラーム'],
  noResponseTimeMetric: [
    'no application load balancer: CloudWatch has no response time of it',
    'アプリケーションロードバランサーではなく、CloudWatch に応答時間のメトリクスがありません',
  ],
  thresholdInSeconds: sentence(
    ({ seconds }: { seconds: string }) => `${seconds} s`,
    ({ seconds }) => `${seconds} 秒`,
  ),
  measuredTime: sentence(
    ({ measured, requests, rate }: { measured: number; requests: number; rate: number }) =>
      `${measured} ms, ${requests} requests at ${rate} req/s`,
    ({ measured, requests, rate }) => `${measured} ms（${rate} req/s で ${requests} リクエスト）`,
  ),
  percentileWithin: sentence(
    ({ percent, most }: { percent: number; most: number }) => `p${percent} ≤ ${most} ms`,
    ({ percent, most }) => `p${percent} が ${most} ms 以下`,
  ),

  followsRequests: [
    'a policy on the requests that each task takes',
    'タスクあたりのリクエスト数によるスケーリングポリシー',
  ],
  nothingScales: ['nothing scales it', 'スケーリングの設定がありません'],
  otherPolicy: [
    'a policy on something else, or with unknown figures',
    '別の指標によるポリシー、または値を確定できないポリシー',
  ],
  scaledPerhaps: ['the templates do not say whether anything scales it', 'スケーリングされるかどうか確定できません'],
  ownTargets: ["the service's own targets", 'このサービス自身のターゲット'],

  tasksAfter: sentence(
    ({ minimum, capacity, minutes, rate, tasks }: Growth) =>
      `${minimum} tasks take ${capacity} req/s; after ${minutes} minutes at ${rate} there are ${tasks}`,
    ({ minimum, capacity, minutes, rate, tasks }) =>
      `タスク ${minimum} 個で ${capacity} req/s まで。${rate} req/s が ${minutes} 分続くと ${tasks} 個`,
  ),
  moreTasksThan: sentence(
    ({ minimum, rate }: { minimum: number; rate: number }) => `more than ${minimum} tasks above ${rate} req/s`,
    ({ minimum, rate }) => `${rate} req/s を超えるとタスクが ${minimum} 個より多いこと`,
  ),
  moreThan: sentence(
    ({ minimum }: { minimum: number }) => `more than ${minimum}`,
    ({ minimum }) => `${minimum} より多いこと`,
  ),
  inTimeIn: sentence(
    ({ trace }: { trace: string }) => `in time, trace ${trace}`,
    ({ trace }) => `負荷パターン ${trace} で間に合います`,
  ),
  lateIn: sentence(
    ({ tasks, minute, trace }: { tasks: number; minute: number; trace: string }) =>
      `still ${tasks} tasks in minute ${minute} of trace ${trace}`,
    ({ tasks, minute, trace }) => `負荷パターン ${trace} の ${minute} 分の時点でもタスクは ${tasks} 個`,
  ),
  moreTasksWithin: sentence(
    ({ minutes, rate }: { minutes: number; rate: number }) =>
      `more tasks within ${minutes} minutes above ${rate} req/s`,
    ({ minutes, rate }) => `${rate} req/s を超えてから ${minutes} 分以内にタスクが増えること`,
  ),
  moreTasksAbove: sentence(
    ({ rate }: { rate: number }) => `more tasks above ${rate} req/s`,
    ({ rate }) => `${rate} req/s を超えるとタスクが増えること`,
  ),
  grewTo: sentence(
    ({ first, most }: { first: number; most: number }) => `${first} → ${most} tasks`,
    ({ first, most }) => `タスク ${first} → ${most} 個`,
  ),
  tasksLeft: sentence(
    ({ tasks, minutes }: { tasks: number | undefined; minutes: number }) =>
      `${tasks} tasks are left after ${minutes} minutes`,
    ({ tasks, minutes }) => `${minutes} 分後にタスクが ${tasks} 個残ります`,
  ),
  shrankTo: sentence(
    ({ tasks, minutes, maximum }: { tasks: number; minutes: number; maximum: number }) =>
      `${tasks} tasks after ${minutes} minutes, from ${maximum}`,
    ({ tasks, minutes, maximum }) => `タスク ${maximum} 個から ${minutes} 分で ${tasks} 個`,
  ),
  tasksUnder: sentence(
    ({ tasks, rate }: { tasks: number; rate: number }) => `${tasks} tasks under ${rate} req/s`,
    ({ tasks, rate }) => `${rate} req/s を下回るとタスク ${tasks} 個`,
  ),
  endedAt: sentence(
    ({ last, least }: { last: number; least: number }) => `${last} tasks at its end, never under ${least}`,
    ({ last, least }) => `終了時のタスクは ${last} 個、最小 ${least} 個`,
  ),

  distributionOfFiles: [
    'a CloudFront distribution with static files behind it',
    '静的ファイルを配信する CloudFront ディストリビューション',
  ],
  noWayToBucket: ['no behaviour leads to a bucket', 'バケットにつながるビヘイビアがありません'],
  wayToBucketPerhaps: [
    'the templates do not say whether a behaviour leads to a bucket',
    'バケットにつながるビヘイビアがあるかどうか確定できません',
  ],
  filesKept: ['static files, kept by CloudFront', '静的ファイルが CloudFront にキャッシュされること'],
  keepingPolicy: ['a cache policy that keeps files', 'ファイルをキャッシュするキャッシュポリシー'],
  noCachePolicy: ['no cache policy', 'キャッシュポリシーがありません'],
  keptFor: sentence(
    ({ usually, most }: { usually: string; most: string }) => `kept for ${usually} s, at most ${most} s`,
    ({ usually, most }) => `${usually} 秒、最大 ${most} 秒キャッシュされます`,
  ),

  noCacheInDocument: ['the document has no cache', '設計書にキャッシュがありません'],
  nothingToCache: ['there is no database whose results could be kept', '結果をキャッシュするデータベースがありません'],
  someCache: ['a cache', 'キャッシュ'],
  cacheUser: ['a service that uses the cache', 'キャッシュを使うサービス'],
  foreignTask: ['not in the templates', 'テンプレートにありません'],
  taskTold: ['a task that is told of the cache', 'キャッシュの接続先を渡されたタスク'],
  cacheAddress: ["the cache's address", 'キャッシュのエンドポイント'],
  noneTold: ['no container is told', 'どのコンテナにも渡されていません'],
  toldPerhaps: [
    'the templates do not hold all that the containers are told',
    'コンテナの環境変数の一部を確定できません',
  ],
  wayIn: sentence(
    ({ port }: { port: number }) => `a way in on port ${port}`,
    ({ port }) => `ポート ${port} への経路`,
  ),
  wayInSomewhere: ['a way in on its port', 'キャッシュのポートへの経路'],
  foreignGroups: ['groups that are not in the templates', 'テンプレートにないセキュリティグループ'],
  tasksMayReach: ['the tasks may reach it', 'タスクから接続できます'],
  closedToTasks: ['closed to the tasks', 'タスクから接続できません'],
  reachPerhaps: [
    'the templates do not say whether the tasks may reach it',
    'タスクから接続できるかどうか確定できません',
  ],
});

interface Growth {
  readonly minimum: number;
  readonly capacity: number;
  readonly minutes: number;
  readonly rate: string;
  readonly tasks: number;
}
