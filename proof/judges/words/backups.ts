// Backups, snapshots, lifecycles and copies in other regions.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  inJapan: sentence(
    ({ time }: { time: string }) => `${time} in Japan`,
    ({ time }) => `日本時間 ${time}`,
  ),
  noTimeConverted: ['the document converts no time', '設計書は時刻を換算していません'],
  noWeeklySnapshot: ['the document asks for no weekly snapshot', '設計書に週次スナップショットがありません'],
  planOfCluster: ['a backup plan that selects the cluster', 'クラスターを対象とするバックアッププラン'],
  weeklyAt: sentence(
    ({ weekday, time }: { weekday: string; time: string }) => `weekly, ${weekday} ${time} UTC`,
    ({ weekday, time }) => `毎週 ${weekday} ${time}（UTC）`,
  ),
  weeklyBetween: sentence(
    ({ start, stop, timeZone }: { start: string; stop: string; timeZone: string }) =>
      `weekly, FRI between ${start} and ${stop} in ${timeZone}`,
    ({ start, stop, timeZone }) => `毎週 FRI ${start}〜${stop} の間（${timeZone}）`,
  ),
  planThatCopies: sentence(
    ({ region }: { region: string }) => `a backup plan that copies to ${region}`,
    ({ region }) => `${region} へコピーするバックアッププラン`,
  ),
  noCopy: ['no copy', 'コピーがないこと'],
  noPlan: ['no plan, so no copy', 'プランがないため、コピーもありません'],
  noSnapshotsHere: ['this environment takes no snapshots', 'この環境ではスナップショットを取りません'],
  movedAfter: sentence(
    ({ storageClass, days }: { storageClass: string; days: number }) =>
      `${storageClass} after ${days} days, whole bucket`,
    ({ storageClass, days }) => `バケット全体を ${days} 日後に ${storageClass} へ移行`,
  ),
  transitionsCounted: sentence(
    ({ count }: { count: number }) => `${count} transitions`,
    ({ count }) => `移行 ${count} 件`,
  ),
  noFurtherTransition: ['no transition beyond the document', '設計書にない移行がないこと'],
  noExpiryInDocument: ['no expiry: the document has none', '期限切れがないこと（設計書にありません）'],
  noReplica: ['none', 'レプリケーションがないこと'],
  noneReplicated: sentence(
    ({ count }: { count: number }) => `${count} buckets, none replicated`,
    ({ count }) => `バケット ${count} 個、レプリケーションなし`,
  ),
  wholeBucketTo: sentence(
    ({ region }: { region: string }) => `the whole bucket, to a bucket in ${region}`,
    ({ region }) => `バケット全体を ${region} のバケットへ`,
  ),
  noEnabledReplication: ['no rule that is enabled', '有効なルールがありません'],
});
