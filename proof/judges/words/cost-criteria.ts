// What the judges of cost say (AC-COST-…), and of what is done by the clock.
import { type Said, sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

/** What is done to a thing in the evening or in the morning. */
export const turns = {
  noTaskAllowed: { en: 'no task allowed', ja: 'タスク数の上下限を 0 にすること' },
  tasksAllowed: { en: 'tasks allowed', ja: 'タスク数の上下限を 1 以上にすること' },
  noTask: { en: 'no task', ja: 'タスクを 0 個にすること' },
  tasks: { en: 'tasks', ja: 'タスクを 1 個以上にすること' },
  stopDBCluster: { en: 'stopDBCluster', ja: 'DB クラスターを停止すること' },
  startDBCluster: { en: 'startDBCluster', ja: 'DB クラスターを開始すること' },
  stopDBInstance: { en: 'stopDBInstance', ja: 'DB インスタンスを停止すること' },
  startDBInstance: { en: 'startDBInstance', ja: 'DB インスタンスを開始すること' },
  stopInstances: { en: 'stopInstances', ja: 'EC2 インスタンスを停止すること' },
  startInstances: { en: 'startInstances', ja: 'EC2 インスタンスを起動すること' },
} as const;

type Turning = (typeof turns)[keyof typeof turns];

interface Tasks {
  readonly minimum: number;
  readonly maximum: number;
}

const range = (tasks: Tasks | undefined) => (tasks === undefined ? '' : ` (${tasks.minimum}-${tasks.maximum})`);

export const said = sayings({
  onlyOf: sentence(
    ({ environments }: { environments: readonly string[] }) => `the sentence speaks of ${environments.join(', ')}`,
    ({ environments }) => `この文は ${environments.join('、')} についてのものです`,
  ),
  noneRests: ['the document stops no environment at night', '設計書では夜間停止する環境がありません'],
  nothingStoppable: ['there is nothing that can be stopped', '停止できるものがありません'],
  turnAt: sentence(
    ({ turn, when, tasks }: { turn: Turning; when: string; tasks?: Tasks | undefined }) =>
      `${turn.en}${range(tasks)} at ${when} on working days`,
    ({ turn, when, tasks }) => `平日 ${when} に${turn.ja}${range(tasks)}`,
  ),
  nothingByClock: ['nothing does that by the clock', '時刻で実行するものがありません'],
  brokenCall: sentence(
    ({ call, why }: { call: string; why: Said }) => `${call}: ${why.en}`,
    ({ call, why }) => `${call}: ${why.ja}`,
  ),
  missedOn: sentence(
    ({ date, times }: { date: string; times: string }) => `not on ${date}: ${times}`,
    ({ date, times }) => `${date} に実行されません: ${times}`,
  ),

  someLifecycle: ['a lifecycle', 'ライフサイクル'],
  rulesInForce: sentence(
    ({ count }: { count: number }) => `${count} rules in force`,
    ({ count }) => `有効なルール ${count} 個`,
  ),
  rulesPerhaps: ['the templates do not say which rules are in force', '有効なルールを確定できません'],
  glacierAfter: sentence(
    ({ days }: { days: number }) => `Glacier after ${days} days`,
    ({ days }) => `${days} 日後に Glacier`,
  ),
  storageAfter: sentence(
    ({ storage, days }: { storage: string; days: number | undefined }) =>
      days === undefined ? `${storage} after an unknown number of days` : `${storage} after ${days} days`,
    ({ storage, days }) => (days === undefined ? `不明な日数の後に ${storage}` : `${days} 日後に ${storage}`),
  ),
  noGlacier: ['nothing moves all of it to Glacier', '全体を Glacier に移すルールがありません'],

  monthlyBudgetOf: sentence(
    ({ amount }: { amount: number }) => `a budget of $${amount} a month`,
    ({ amount }) => `月 ${amount} ドルの予算`,
  ),
  amountAndUnit: sentence(
    ({ amount, unit }: { amount: string; unit: string }) => `${amount} ${unit}`,
    ({ amount, unit }) => `${amount} ${unit}`,
  ),
  wholeAccount: ['the whole account', 'アカウント全体'],
  filteredBy: sentence(
    ({ filters }: { filters: readonly string[] }) => filters.join(', '),
    ({ filters }) => filters.join('、'),
  ),
  taggedOrWhole: sentence(
    ({ environment }: { environment: string }) => `all that is tagged ${environment}, or the whole account`,
    ({ environment }) => `タグ ${environment} が付いたものすべて、またはアカウント全体`,
  ),
  noticeToSns: [
    'a notice to SNS of what was spent, at 100 % of the amount or before',
    '実績が金額の 100 % 以下のうちに SNS へ送られる通知',
  ],
  noSuchNotice: ['no such notice', '該当する通知がありません'],
  noticePerhaps: ['a notice of which not all is known', '内容を確定できない通知'],
  topicOfTemplates: ['a topic of the templates', 'テンプレートにあるトピック'],
  noticeAt: sentence(
    ({ share, topic }: { share: number; topic: string }) => `at ${share} % to ${topic}`,
    ({ share, topic }) => `${share} % で ${topic} へ`,
  ),

  noEndpointInDocument: sentence(
    ({ services }: { services: readonly string[] }) =>
      `the document has no gateway endpoint for ${services.join(' or ')}`,
    ({ services }) => `設計書に ${services.join('、')} のゲートウェイエンドポイントがありません`,
  ),
  natRouteTable: ['a route table that leads to the NAT gateway', 'NAT ゲートウェイへのルートテーブル'],
  noNatWay: ['nothing goes out by a NAT gateway', 'NAT ゲートウェイを通る通信がありません'],
  endpointOf: sentence(
    ({ service }: { service: string }) => `a gateway endpoint of ${service}`,
    ({ service }) => `${service} のゲートウェイエンドポイント`,
  ),
  noEndpoint: ['no endpoint', 'エンドポイントがありません'],
  endpointElsewhere: ['the endpoint is not in this table', 'このルートテーブルにエンドポイントがありません'],
  endpointPerhaps: [
    'the templates do not say whether an endpoint is in this table',
    'このルートテーブルにエンドポイントがあるかどうか確定できません',
  ],
  endpointIn: sentence(
    ({ table }: { table: string }) => `in ${table}`,
    ({ table }) => `${table} にあります`,
  ),
  endpointClosed: sentence(
    ({ table }: { table: string }) => `in ${table}, and lets nothing through`,
    ({ table }) => `${table} にありますが、何も通しません`,
  ),
});
