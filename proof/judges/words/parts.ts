// What an environment is made of, as it is missed where it should be, and why a line about it does not apply.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const parts = sayings({
  auroraCluster: ['an Aurora cluster', 'Aurora クラスター'],
  auroraInstance: ['an instance of an Aurora cluster', 'Aurora クラスターのインスタンス'],
  replicationGroup: ['a replication group', 'ElastiCache のレプリケーショングループ'],
  service: ['a service', 'ECS サービス'],
  serviceWithTask: ['a service with a task definition', 'タスク定義をもつ ECS サービス'],
  scaledService: ['a service that is scaled', 'スケーリングされる ECS サービス'],
  scalableTarget: sentence(
    ({ service }: { service: string }) => `a scalable target of ${service}`,
    ({ service }) => `${service} のスケーラブルターゲット`,
  ),
  oneInstanceOrMore: ['at least one instance', '1 台以上のインスタンス'],
  function: ['a function', 'Lambda 関数'],
  stackOf: sentence(
    ({ id }: { id: string }) => `a stack ${id}`,
    ({ id }) => `スタック ${id}`,
  ),
  vpc: ['a VPC', 'VPC があること'],
  dataBucket: ['a bucket for application data', 'アプリケーションデータの S3 バケット'],
  logBucket: ['a bucket that logs are delivered to', 'ログの配信先の S3 バケット'],
  fileIsThere: ['exists', 'ファイルがあること'],
  noSuchFile: ['no such file', 'ファイルがありません'],
  inTheDesign: ['what the line names, in the design', 'この行が指すもの（設計書にありません）'],
  noCache: ['the design has no cache', '設計書にキャッシュがありません'],
  noneOfDesign: sentence(
    ({ what }: { what: string }) => `the design has no ${what}`,
    ({ what }) => `設計書に${what}がありません`,
  ),
  noFunctions: ['the design has no functions', '設計書に Lambda 関数がありません'],
  noSourceTree: ['the source tree is not at hand', 'ソースツリーが手元にありません'],
  unknownWords: sentence(
    ({ text }: { text: string }) => `no judge knows what “${text}” is`,
    ({ text }) => `「${text}」を読める判定器がありません`,
  ),
});
