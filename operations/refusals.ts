// Why something of an account or of a running platform could not be done or found out, where it is ours to say and not AWS's.
import { sayings } from '../design/messages/said.ts';
import { sentence } from '../design/messages/sentence.ts';

interface OfStack {
  readonly stack: string;
}
interface Within {
  readonly seconds: number;
}
interface OfTarget {
  /** What the target is asked for, by its name among the questions or the faults. */
  readonly ask: string;
}

interface Obstacles {
  readonly obstacles: readonly {
    readonly stack: string;
    readonly region: string;
    readonly kind: keyof typeof obstacleWords;
  }[];
}

/** What a stack is that stands in a plan's way. */
const obstacleWords = {
  moving: { en: 'still being changed', ja: '変更中です' },
  stuck: { en: 'stuck', ja: '操作できない状態です' },
  'no-change-set': { en: 'has no change set', ja: '変更セットを作れません' },
  other: { en: 'something else of that name', ja: '同じ名前の別のものです' },
  protected: { en: 'protected against deletion', ja: '削除から保護されています' },
} as const;

export const refusals = sayings({
  // Of what is built.
  noStack: sentence(
    ({ directory, environment }: { directory: string; environment: string }) =>
      `${directory}: no stack of ${environment} in it`,
    ({ directory, environment }) => `${directory} に ${environment} のスタックがありません`,
  ),
  noArtifacts: sentence(
    ({ file }: { file: string }) => `${file}: no artifacts in it`,
    ({ file }) => `${file} にアーティファクトの記載がありません`,
  ),
  waitInCircle: sentence(
    ({ stacks }: { stacks: readonly string[] }) => `these stacks wait for each other: ${stacks.join(', ')}`,
    ({ stacks }) => `これらのスタックは互いを待っています: ${stacks.join(', ')}`,
  ),
  noTemplateBucket: sentence(
    ({ stack }: OfStack) => `${stack}: its list of assets names no bucket for templates`,
    ({ stack }) => `${stack} のアセットの一覧に、テンプレートを置くバケットの記載がありません`,
  ),
  nothingToFail: ['no stack to let fail', '失敗させるスタックがありません'],

  // Of what is deployed.
  notDeployed: sentence(
    ({ missing }: { missing: string }) => `not deployed: ${missing}`,
    ({ missing }) => `デプロイされていません: ${missing}`,
  ),
  noTemplate: sentence(
    ({ stack }: OfStack) => `${stack}: its deployed template is no object`,
    ({ stack }) => `${stack} のデプロイ済みテンプレートがオブジェクトではありません`,
  ),
  noPlan: sentence(
    ({ obstacles }: Obstacles) =>
      `no plan can be made: ${obstacles.map(({ stack, region, kind }) => `${stack} (${region}): ${obstacleWords[kind].en}`).join(', ')}`,
    ({ obstacles }) =>
      `計画を作れません: ${obstacles.map(({ stack, region, kind }) => `${stack}（${region}）は${obstacleWords[kind].ja}`).join('、')}`,
  ),
  changeSetPending: ['still being made', '作成がまだ終わっていません'],
  interrupted: ['interrupted', '中断されました'],
  noLogBucket: sentence(
    ({ stack, region }: OfStack & { region: string }) => `${stack} in ${region} has no log bucket to keep records in`,
    ({ stack, region }) => `${region} の ${stack} に、記録を置くログバケットがありません`,
  ),
  noTemplatesKept: sentence(
    ({ key }: { key: string }) => `${key} holds no templates`,
    ({ key }) => `${key} にテンプレートがありません`,
  ),
  notReadyToDelete: sentence(
    ({ store }: { store: string }) => `${store} does not get ready to be deleted`,
    ({ store }) => `${store} が削除できる状態になりません`,
  ),
  noService: sentence(
    ({ service }: { service: string }) => `${service}: ECS knows no such service`,
    ({ service }) => `${service} という ECS サービスがありません`,
  ),
  noTaskDefinition: ['ECS registered no task definition', 'ECS がタスク定義を登録しませんでした'],
  nothingToMigrateWith: sentence(
    ({ stack }: OfStack) => `${stack}: no service, cluster, container or image to run the migrations with`,
    ({ stack }) =>
      `${stack} に、マイグレーションを実行するためのサービス・クラスター・コンテナ・イメージのいずれかがありません`,
  ),
  noMigrationTask: sentence(
    ({ why }: { why: string }) => `ECS started no task for the migrations: ${why}`,
    ({ why }) => `ECS がマイグレーションのタスクを起動しませんでした: ${why}`,
  ),
  migrationTooSlow: sentence(
    ({ task, minutes }: { task: string; minutes: number }) => `${task} has not ended within ${minutes} minutes`,
    ({ task, minutes }) => `${task} が ${minutes} 分以内に終わりませんでした`,
  ),
  migrationEnded: sentence(
    ({ task, code }: { task: string; code: number }) => `${task}: exit code ${code}`,
    ({ task, code }) => `${task}: 終了コード ${code}`,
  ),

  // What AWS left out of an answer.
  noCredentials: sentence(
    ({ role }: { role: string }) => `${role}: STS gave no credentials`,
    ({ role }) => `${role} の認証情報を STS が返しませんでした`,
  ),
  endlessAnswer: sentence(
    ({ pages }: { pages: number }) => `CloudFormation gave more than ${pages} pages`,
    ({ pages }) => `CloudFormation の回答が ${pages} ページを超えました`,
  ),
  noQuota: sentence(
    ({ service, quota }: { service: string; quota: string }) => `Service Quotas gives no value for ${service} ${quota}`,
    ({ service, quota }) => `Service Quotas が ${service} ${quota} の値を返しませんでした`,
  ),
  noUsageMetric: [
    'Service Quotas names no metric of what is used',
    'Service Quotas に使用量のメトリクスの記載がありません',
  ],
  noDatabaseQuota: sentence(
    ({ quota }: { quota: string }) => `RDS says nothing of ${quota}`,
    ({ quota }) => `RDS の回答に ${quota} がありません`,
  ),
  noConcurrency: ['Lambda says nothing of concurrency', 'Lambda の回答に同時実行数がありません'],
  noBudgetFigures: sentence(
    ({ budget }: { budget: string }) => `${budget}: no limit or no spending in what AWS Budgets says`,
    ({ budget }) => `AWS Budgets の回答に ${budget} の上限か実績がありません`,
  ),
  noEngineVersion: sentence(
    ({ cluster }: { cluster: string }) => `RDS gives no engine version for ${cluster}`,
    ({ cluster }) => `RDS の回答に ${cluster} のエンジンバージョンがありません`,
  ),
  driftTooSlow: sentence(
    ({ stack, seconds }: OfStack & Within) => `drift detection of ${stack} took longer than ${seconds} s`,
    ({ stack, seconds }) => `${stack} のドリフト検出が ${seconds} 秒以内に終わりませんでした`,
  ),
  driftFailed: sentence(
    ({ stack, why }: OfStack & { why: string }) => `drift detection of ${stack} failed: ${why}`,
    ({ stack, why }) => `${stack} のドリフト検出が失敗しました: ${why}`,
  ),
  stillRuns: sentence(
    ({ execution, seconds }: Within & { execution: string }) =>
      `${execution} still runs after ${seconds} s; it goes on without this drill`,
    ({ execution, seconds }) => `${execution} が ${seconds} 秒たっても終わりません。この訓練とは関係なく実行を続けます`,
  ),

  // Of a running platform.
  noAnswerWithin: sentence(
    ({ seconds }: Within) => `no answer within ${seconds} s`,
    ({ seconds }) => `${seconds} 秒以内に応答がありません`,
  ),
  hungUp: ['closed without a word', '何も返さずに接続が閉じられました'],
  answered: sentence(
    ({ what, status }: { what: string; status: number }) => `${what} answered ${status}`,
    ({ what, status }) => `${what} の応答が ${status} です`,
  ),
  noQuestion: sentence(
    ({ why }: { why: string }) => `no question to a target: ${why}`,
    ({ why }) => `基盤への問い合わせとして読めません: ${why}`,
  ),
  cannot: sentence(
    ({ ask }: OfTarget) => `this target cannot ${ask}`,
    ({ ask }) => `この基盤では ${ask} を実行できません`,
  ),
  noTaskInTraffic: ['no task takes traffic', 'リクエストを処理しているタスクがありません'],
  noQueue: sentence(
    ({ queue }: { queue: string }) => `no queue ${queue}`,
    ({ queue }) => `キュー ${queue} がありません`,
  ),
});
