// Where logs go, and how long they are kept.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  noOwnLogGroup: ['no log group of its own', '自身のロググループがありません'],
  logGroupKept: sentence(
    ({ days }: { days: number }) => `a log group kept ${days} days`,
    ({ days }) => `${days} 日間保持するロググループ`,
  ),
  somethingThatLogs: ['a task or function that writes a log', 'ログを書くタスクまたは関数'],
  bucketOfBalancerLogs: ['a bucket that load balancer logs go to', 'ALB のログを置く S3 バケット'],
  noBalancerYet: ['no stack has a load balancer yet', 'どのスタックにもまだロードバランサーがありません'],
  accessLogsOf: sentence(
    ({ balancer }: { balancer: string }) => `a delivery of the access logs of ${balancer}`,
    ({ balancer }) => `${balancer} のアクセスログの配信`,
  ),
  expiresAfter: sentence(
    ({ folder, days }: { folder: string; days: number }) => `${folder}… expires after ${days} days`,
    ({ folder, days }) => `${folder}… が ${days} 日で期限切れになること`,
  ),
  noRuleForAll: ['no rule that expires all of it', '全体を期限切れにするルールがありません'],
  noFlowLog: ['no flow log', 'フローログなし'],
  aFlowLog: ['a flow log', 'フローログあり'],
  flowLogKept: sentence(
    ({ days }: { days: number }) => `a flow log of the VPC, kept ${days} days`,
    ({ days }) => `${days} 日間保持する VPC フローログ`,
  ),
  ownLogPlace: ['a log group or bucket of the platform', 'このプラットフォームのロググループまたは S3 バケット'],
  arnWithoutStar: ["a log group's ARN without `:*`", '末尾に `:*` のないロググループの ARN'],
  bucketOfTrails: ['a bucket that trails are written to', '証跡を書き込む S3 バケット'],
  trail: ['a trail', 'CloudTrail の証跡'],
  trailLogGroup: sentence(
    ({ days }: { days: number }) => `a log group of the trail, kept ${days} days`,
    ({ days }) => `${days} 日間保持する証跡のロググループ`,
  ),
  notForEver: ['the document does not keep this trail for ever', '設計書ではこの証跡を無期限には保管しません'],
  neverExpires: ['never expires', '期限切れにならないこと'],
  noExpiry: sentence(
    ({ transitions }: { transitions: number }) => `no expiry, ${transitions} transitions`,
    ({ transitions }) => `期限切れなし、移行 ${transitions} 件`,
  ),
});
