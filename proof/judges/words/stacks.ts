// What judges say of the document's stacks: the resource lines, what else a stack's section states, and the commands that deploy them.
import type { Truth } from '../../../assembly/truth.ts';
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  oneEach: sentence(
    ({ count }: { count: number }) => `at least ${count}, one for each line that says so`,
    ({ count }) => `同じ内容の行ごとに一つ、計${count}以上`,
  ),
  lineOfDesign: ['a resource line of the design', '設計書のリソースの行'],
  namedByUsers: sentence(
    ({ users }: { users: readonly string[] }) => `named by ${users.join(' or ')}`,
    ({ users }) => `${users.join(' または ')} からの参照`,
  ),
  unused: ['nothing uses it', 'どこからも使われていません'],

  severalZones: ['more than one zone', '2 つ以上の AZ'],
  internetGateway: ['an internet gateway', 'インターネットゲートウェイ'],
  groupOfLine: sentence(
    ({ text }: { text: string }) => `a group of the design that is “${text}”`,
    ({ text }) => `設計書のセキュリティグループのうち「${text}」にあたるもの`,
  ),
  securityGroupCalled: sentence(
    ({ name }: { name: string }) => `security group ${name}`,
    ({ name }) => `セキュリティグループ ${name}`,
  ),
  roleOfLine: sentence(
    ({ text }: { text: string }) => `a role of the design that is in “${text}”`,
    ({ text }) => `設計書のロールのうち「${text}」にあたるもの`,
  ),

  auroraEngine: ['an engine of Aurora (aurora-…)', 'Aurora のエンジン（aurora-…）'],
  passwordOfCluster: ['the password of the cluster', 'クラスターのパスワードとなるシークレット'],
  backedUpCluster: ['a cluster that is backed up', 'バックアップされるクラスター'],
  bucketWithLifecycle: ['a bucket with a lifecycle', 'ライフサイクルのあるバケット'],
  enabledRule: ['at least one enabled rule', '有効なルールが 1 つ以上あること'],
  kmsKey: ['a KMS key', 'KMS キー'],
  encryptedByStackKey: ['aws:kms with a key of this stack', 'このスタックの鍵による aws:kms の暗号化'],

  balancerAndTargets: ['a load balancer and a target group', 'ロードバランサーとターゲットグループ'],
  withListener: ['with a listener', 'リスナーがあること'],
  noListener: ['no listener', 'リスナーがありません'],
  listenerLeads: ['a listener leads to it', 'リスナーから転送されること'],
  noListenerLeads: ['none leads to it', 'どのリスナーからも転送されません'],
  runsAsRole: sentence(
    ({ role }: { role: string }) => `runs as ${role}`,
    ({ role }) => `ロール ${role} で動くこと`,
  ),
  anyRole: ['any role', 'いずれかのロール'],
  ruleWithTarget: ['enabled, with a target', '有効で、ターゲットがあること'],
  ruleState: sentence(
    ({ state, targets }: { state: string; targets: number }) => `${state}, ${targets} targets`,
    ({ state, targets }) => `${state}、ターゲット ${targets} 個`,
  ),
  someQueue: ['a queue', 'キュー'],
  deadLetterQueue: ['a dead-letter queue', 'デッドレターキュー'],
  alertTopic: ['a topic for alerts', 'アラート通知用のトピック'],
  toldAndHeard: ['alarms report to it, subscribed', 'アラームが通知し、購読されていること'],
  topicState: sentence(
    ({ isTold, isHeard }: TopicState) =>
      [
        one(isTold, 'alarms report to it', 'no alarm reports to it', 'alarms may report to it'),
        one(isHeard, 'subscribed', 'no subscription', 'there may be a subscription'),
      ].join(', '),
    ({ isTold, isHeard }) =>
      [
        one(isTold, 'アラームが通知します', '通知するアラームがありません', '通知するアラームは確定できません'),
        one(isHeard, '購読されています', '購読がありません', '購読は確定できません'),
      ].join('、'),
  ),
  notSettled: ['the templates do not say', 'テンプレートからは確定できません'],
  someDashboards: ['dashboards', 'ダッシュボード'],
  someLogGroups: ['log groups', 'ロググループ'],
  statedRetention: ['a retention', '保持期間の指定'],

  isBuilt: ['is built', '構築されること'],
  groupOfDocument: ['a group of the document', '設計書のセキュリティグループ'],
  furtherGroup: ['a further security group', '設計書にないセキュリティグループ'],
  noFurtherGroup: ['none beyond the document', '設計書にないものがないこと'],
  noPlaceForNone: [
    'each output has a line of its own; that there is none cannot be observed',
    '出力には一つずつ行があり、「なし」は観測できません',
  ],
  outputIn: sentence(
    ({ file, output }: { file: string; output: string }) => `${file} with ${output}`,
    ({ file, output }) => `${output} のある ${file}`,
  ),
  notDeclared: ['not declared', '宣言されていません'],

  noCdkCommand: [
    'no command of the CDK: whoever follows the procedure carries it out',
    'CDK のコマンドではなく、手順に従う人が実行します',
  ],
  otherEnvironment: ['the command is about another environment', '別の環境に対するコマンドです'],
  someStacks: ['stacks', 'スタックがあること'],
  stacksCounted: sentence(
    ({ count }: { count: number }) => `${count} stacks`,
    ({ count }) => `スタック ${count} 個`,
  ),
  noneLater: ['no stack after it that it waits for', '依存先のスタックが後に残っていないこと'],
  noLaterStack: ['none', 'ありません'],
  takenAlong: sentence(
    ({ stacks }: { stacks: readonly string[] }) => `${stacks.join(', ')}, which the CDK deploys first`,
    ({ stacks }) => `${stacks.join('、')} は CDK が先にデプロイします`,
  ),

  namesTheDocument: [
    'it names the document; nothing is built from it',
    '設計書自体の情報で、ここから構築されるものはありません',
  ],
});

interface TopicState {
  readonly isTold: Truth;
  readonly isHeard: Truth;
}

/** What is said of a truth. */
const one = (truth: Truth, yes: string, no: string, maybe: string) => (truth === undefined ? maybe : truth ? yes : no);
