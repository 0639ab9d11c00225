// What the judges of operation say (AC-OPS-…).
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  nothingLogs: ['there are neither tasks nor functions', 'タスクも関数もありません'],
  awslogsToGroup: ['awslogs to a log group', 'awslogs によるロググループへの出力'],
  awslogsTo: sentence(
    ({ group }: { group: string }) => `awslogs to ${group}`,
    ({ group }) => `awslogs で ${group} へ出力します`,
  ),
  loggedNowhere: ['nowhere', '出力先がありません'],
  ownGroup: ["the group of the function's own name", '関数名によるロググループ'],
  someLogGroup: ['a log group', 'ロググループ'],
  roleOfInstance: [
    'no execution role: on EC2 the role of the instance writes',
    '実行ロールの指定なし（EC2 ではインスタンスのロールが書き込みます）',
  ],
  roleMay: sentence(
    ({ role, policy }: { role: string; policy: string | undefined }) =>
      policy === undefined ? `${role}: it may` : `${role}: ${policy}`,
    ({ role, policy }) => (policy === undefined ? `${role}: 許可されています` : `${role}: ${policy}`),
  ),
  roleMayNot: sentence(
    ({ role, actions }: { role: string; actions: readonly string[] }) => `${role}: it may not ${actions.join(' and ')}`,
    ({ role, actions }) => `${role}: ${actions.join(' と ')} が許可されていません`,
  ),
  roleMayPerhaps: sentence(
    ({ role, actions }: { role: string; actions: readonly string[] }) =>
      `${role}: the templates do not say whether it may ${actions.join(' and ')}`,
    ({ role, actions }) => `${role}: ${actions.join(' と ')} が許可されているかどうか確定できません`,
  ),

  noAlarm: ['there is no alarm', 'アラームがありません'],
  actionOnTopic: ['an action on a topic', 'トピックへのアクション'],
  noAction: ['no action', 'アクションがありません'],
  offWhileResting: [
    'off while its region rests, on at failover',
    'リージョンの待機中は無効で、フェイルオーバー時に有効になります',
  ],
  toldByComposite: sentence(
    ({ alarm }: { alarm: string }) => `${alarm} tells of it`,
    ({ alarm }) => `${alarm} が通知します`,
  ),
  mailSubscription: ['a subscription by mail', 'メールのサブスクリプション'],
  nobodyMailed: ['nobody is sent mail', 'メールの送り先がありません'],
  mailPerhaps: ['the templates do not say whether anybody is sent mail', 'メールが送られるかどうか確定できません'],
  mailTo: sentence(
    ({ addresses }: { addresses: readonly string[] }) => `mail to ${addresses.join(', ')}`,
    ({ addresses }) => `${addresses.join('、')} へのメール`,
  ),

  nothingAnswers: ['there is nothing that answers requests', 'リクエストに応えるものがありません'],
  collector: ['a collector that sends to X-Ray', 'X-Ray に送るコレクター'],
  noCollector: ['nothing collects traces', 'トレースを集めるものがありません'],
  collectorPerhaps: ['the templates do not say what collects traces', 'トレースを集めるものを確定できません'],
  straightToXRay: ['straight to X-Ray', 'X-Ray へ直接送ります'],
  containerCalled: sentence(
    ({ container }: { container: string }) => `the container ${container}`,
    ({ container }) => `コンテナ ${container}`,
  ),
  toldWhereTraces: ['a container that is told where traces go', 'トレースの送り先を渡されたコンテナ'],
  noneToldWhere: ['no container is told where', 'どのコンテナにも渡されていません'],
  containerTold: sentence(
    ({ container }: { container: string }) => `the container ${container} is`,
    ({ container }) => `コンテナ ${container} に渡されています`,
  ),

  nothingTagged: ['nothing here takes tags', 'タグを付けられるものがありません'],
  wantedTags: sentence(
    ({ tags }: { tags: readonly string[] }) => tags.join(', '),
    ({ tags }) => tags.join('、'),
  ),
  typeWithoutSchema: sentence(
    ({ type }: { type: string }) => `${type} is not in the table of AWS's schemas`,
    ({ type }) => `${type} は AWS のスキーマの一覧にありません`,
  ),
  tagsFound: sentence(
    ({ tags }: { tags: readonly Tag[] }) => tags.map(({ key, value }) => `${key}: ${value ?? 'none'}`).join(', '),
    ({ tags }) => tags.map(({ key, value }) => `${key}: ${value ?? 'なし'}`).join('、'),
  ),

  someDashboard: ['a CloudWatch dashboard', 'CloudWatch ダッシュボード'],
  asManyDashboards: sentence(
    ({ wanted, count }: { wanted: number; count: number }) =>
      `${wanted} dashboards, as the document lists them; there are ${count}`,
    ({ wanted, count }) => `設計書にあるダッシュボード ${wanted} 個（実際は ${count} 個）`,
  ),
  metricsDrawn: ['metrics that are drawn', 'メトリクスのグラフ'],
  unreadableBody: ['a body that cannot be read', '読み取れないダッシュボード定義'],
  drawsSeries: sentence(
    ({ name, series }: { name: string; series: number }) => `${name} draws ${series} series`,
    ({ name, series }) => `${name} に ${series} 系列`,
  ),
});

interface Tag {
  readonly key: string;
  /** Absent where there is no such tag. */
  readonly value: string | undefined;
}
