// What judges of several criteria say: figures that a sentence does not state, things that are not there, and runs that have not been made.
import { type Said, sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

/** What a sentence has to state for its judge to have something to hold the templates to. */
export const figures = sayings({
  figureTimeOfDay: ['a time of the day', '時刻'],
  figureDays: ['a number of days', '日数'],
  figureDollars: ['an amount in dollars', '金額（ドル）'],
  figureRequestRate: ['a number of requests a second', '毎秒のリクエスト数'],
  figureTasks: ['a number of tasks', 'タスク数'],
  figureZones: ['a number of zones', 'AZ の数'],
  figurePercentile: ['a percentile', 'パーセンタイル'],
  figureSpan: ['a span of time', '時間の長さ'],
  figureTls: ['a version of TLS', 'TLS のバージョン'],
  figurePorts: ['ports', 'ポート番号'],
  figureTags: ['names of tags', 'タグの名前'],
  figureEndpoints: ['S3 or DynamoDB', 'S3 または DynamoDB'],
});

export const said = sayings({
  unreadFigure: sentence(
    ({ figure }: { figure: Said }) => `the sentence does not state ${figure.en} in a way that is understood`,
    ({ figure }) => `この文から${figure.ja}を読み取れません`,
  ),
  partOfDocument: ['what the document has', '設計書にあるもの'],
  knownContents: ['a resource whose contents are known', '内容が分かるリソース'],
  unknownContents: sentence(
    ({ type }: { type: string }) => `${type}: what it holds is not among these templates`,
    ({ type }) => `${type}: 中身がテンプレートにありません`,
  ),
  unsaid: ['not said', '指定なし'],
  noBucket: ['there is no bucket', 'バケットがありません'],
  noRdsDatabase: ['there is no RDS database', 'RDS のデータベースがありません'],
  noAuroraCluster: ['there is no Aurora cluster', 'Aurora クラスターがありません'],
  noFargateService: ['there is no Fargate service', 'Fargate のサービスがありません'],
  fargateOrNot: ['a launch type that is known', '確定できる起動タイプ'],
  auroraOrNot: ['an engine that is known', '確定できるエンジン'],
  disturbedRun: sentence(
    ({ command }: { command: string }) =>
      `hashira ${command} was disturbed by the machine that it ran on; run it again`,
    ({ command }) => `hashira ${command} は実行したマシンの影響を受けました。もう一度実行してください`,
  ),
  noRun: sentence(
    ({ command }: { command: string }) => `hashira ${command} has not been run on these templates`,
    ({ command }) => `このテンプレートに対して hashira ${command} が実行されていません`,
  ),
  never: ['never', '回復しませんでした'],
  noOrderLost: ['no order lost', '注文が失われないこと'],
  mayPublish: sentence(
    ({ service }: { service: string }) => `${service} may publish`,
    ({ service }) => `${service} が発行できること`,
  ),
  itMay: ['it may', '許可されています'],
  itMayNot: ['it may not', '許可されていません'],
  perhapsNot: ['the templates do not say whether it may', '許可されているかどうか確定できません'],
  usualTopicPolicy: ["AWS's own policy of a topic", 'AWS 既定のトピックポリシー'],
  topicPolicyRefuses: ['its policy does not let it', 'トピックポリシーが許可していません'],
  noTopicPolicy: ['no policy', 'ポリシーがありません'],
  keyForService: sentence(
    ({ service }: { service: string }) => `a key that ${service} may use`,
    ({ service }) => `${service} が使える KMS キー`,
  ),
  roleThatMay: sentence(
    ({ actions }: { actions: readonly string[] }) => `a role that may ${actions.join(' and ')}`,
    ({ actions }) => `${actions.join(' と ')} を許可されたロール`,
  ),
  noRole: ['no role', 'ロールがありません'],
  otherFigure: sentence(
    ({ found, expected }: { found: Said; expected: Said | undefined }) =>
      `${found.en}, for another figure: ${expected?.en ?? 'none'}`,
    ({ found, expected }) => `${found.ja}（別の条件での実行: ${expected?.ja ?? 'なし'}）`,
  ),
});
