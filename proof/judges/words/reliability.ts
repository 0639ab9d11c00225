// What the judges of availability and recovery say (AC-REL-…).
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  oneInstanceInOneZone: sentence(
    ({ environment }: { environment: string }) =>
      `the document has one database instance in ${environment}, in one zone`,
    ({ environment }) => `設計書では ${environment} のデータベースは 1 台、1 AZ です`,
  ),
  oneTaskInOneZone: sentence(
    ({ environment }: { environment: string }) => `the document has one task in ${environment}, in one zone`,
    ({ environment }) => `設計書では ${environment} のタスクは 1 つ、1 AZ です`,
  ),
  noReaderInDocument: sentence(
    ({ environment }: { environment: string }) =>
      `the document has one database instance in ${environment}: there is no reader to fail over to`,
    ({ environment }) => `設計書では ${environment} のデータベースは 1 台で、フェイルオーバー先のリーダーがありません`,
  ),

  noEcsTask: ['there are no ECS tasks', 'ECS のタスクがありません'],
  serviceHoldsTasks: ['a service that holds the number of tasks', 'タスク数を保つサービス'],
  newTaskServes: ['a new task takes traffic', '新しいタスクがリクエストを受けること'],
  oneTask: ['at least 1 task', 'タスク 1 個以上'],
  ecsHoldsTasks: ['ECS holds the number itself', 'ECS がタスク数を保つこと'],
  controllerAndStrategy: sentence(
    ({ controller, strategy }: { controller: string; strategy: string }) => `${controller}, ${strategy}`,
    ({ controller, strategy }) => `${controller}、${strategy}`,
  ),
  unhealthyNoticed: ['unhealthy tasks are noticed', '異常なタスクが検知されること'],
  keptByService: ['run by a service, with an essential container', 'サービスが動かし、essential なコンテナがあること'],
  runByNone: ['run by no service', 'どのサービスからも使われていません'],
  runByUnknown: ['the templates do not say which service runs it', 'どのサービスが動かすか確定できません'],
  runBy: sentence(
    ({ service }: { service: string }) => `run by ${service}`,
    ({ service }) => `${service} が動かします`,
  ),
  noneEssential: ['no container is essential', 'essential なコンテナがありません'],

  writerAndReader: ['a writer and a reader', 'ライターとリーダー'],
  noInstance: ['no instance', 'インスタンスがありません'],
  instancesCounted: sentence(
    ({ count }: { count: number }) => (count === 1 ? 'one instance' : `${count} instances`),
    ({ count }) => `インスタンス ${count} 台`,
  ),
  firstTier: ['0 or 1: the first to be promoted', '0 または 1（最初に昇格）'],
  clusterAddress: ["the cluster's address", 'クラスターのエンドポイント'],
  toldClusterAddress: sentence(
    ({ variable }: { variable: string }) => `${variable}: the cluster's address`,
    ({ variable }) => `${variable}: クラスターのエンドポイント`,
  ),
  toldInstanceAddress: sentence(
    ({ variable }: { variable: string }) => `${variable}: one instance's own address`,
    ({ variable }) => `${variable}: インスタンス個別のエンドポイント`,
  ),
  withinSpan: sentence(
    ({ most }: { most: number }) => `≤ ${most} ms`,
    ({ most }) => `${most} ms 以下`,
  ),

  daysAtLeast: sentence(
    ({ days }: { days: number }) => `at least ${days} days`,
    ({ days }) => `${days} 日以上`,
  ),

  neverUnder: sentence(
    ({ tasks }: { tasks: number }) => `never under ${tasks} tasks`,
    ({ tasks }) => `タスクが常に ${tasks} 個以上`,
  ),
  neverUnderIn: sentence(
    ({ tasks, trace }: { tasks: number; trace: string }) => `never under ${tasks} tasks in the trace ${trace}`,
    ({ tasks, trace }) => `負荷パターン ${trace} でタスクは常に ${tasks} 個以上`,
  ),
  boundInRest: sentence(
    ({ tasks }: { tasks: number }) => `${tasks}, in an environment that rests`,
    ({ tasks }) => `${tasks}（夜間停止する環境）`,
  ),
  unknownBound: ['unknown', '確定できません'],
});
