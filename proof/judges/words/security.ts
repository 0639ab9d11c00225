// What the judges of security say (AC-SEC-…), but for transport.
import { type Said, sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import type { Words } from '../../../design/messages/words.ts';

export const said = sayings({
  kmsInUse: [
    'aws:kms or aws:kms:dsse, with a key that is not switched off',
    'aws:kms または aws:kms:dsse で、キーが無効化されていないこと',
  ],
  ownKeysOfS3: ["nothing said: S3's own keys", '指定なし（S3 の鍵による暗号化）'],
  keySwitchedOff: sentence(
    ({ algorithm }: { algorithm: string }) => `${algorithm}, key switched off`,
    ({ algorithm }) => `${algorithm}（キーが無効化されています）`,
  ),

  foreignCluster: ['a cluster that is not in the templates', 'テンプレートにないクラスター'],
  encryptionOf: sentence(
    ({ resource }: { resource: string }) => `that of ${resource}`,
    ({ resource }) => `${resource} の暗号化`,
  ),
  encryptedCluster: ['a cluster that is encrypted', '暗号化されたクラスター'],

  noSecurityGroup: ['there is no security group', 'セキュリティグループがありません'],
  everyPortOpen: ['nothing said: EC2 opens every port to everybody', '指定なし（EC2 が全ポートを全宛先に開きます）'],
  onlyPorts: sentence(
    ({ ports }: { ports: readonly number[] }) => `only ports ${ports.join(', ')}`,
    ({ ports }) => `ポート ${ports.join('、')} だけ`,
  ),
  portsOrClosed: sentence(
    ({ ports }: { ports: readonly number[] }) => `ports ${ports.join(', ')}, or not open to everybody`,
    ({ ports }) => `ポート ${ports.join('、')}、または全開放でないこと`,
  ),
  ruleAsWritten: sentence(
    ({ protocol, ports, peers }: { protocol: string; ports: string; peers: readonly string[] }) =>
      `${protocol} ${ports || 'without ports'}, ${peers.join(' and ') || 'nobody'}`,
    ({ protocol, ports, peers }) =>
      `${protocol} ${ports || 'ポートの指定なし'}、${peers.join('、') || '相手の指定なし'}`,
  ),

  noIamRole: ['there is no role', 'ロールがありません'],
  namedActions: [
    'named actions on named resources, wherever AWS lets a resource be named',
    '特定のアクションを、リソースを特定できる限り特定のリソースにだけ許可すること',
  ],
  allButAFew: sentence(
    ({ properties }: { properties: readonly string[] }) => `${properties.join(' and ')}: all but a few`,
    ({ properties }) => `${properties.join(' と ')}: 一部を除くすべて`,
  ),
  complaintsOn: sentence(
    ({ complaints }: { complaints: readonly Said[] }) => complaints.map(({ en }) => en).join('; '),
    ({ complaints }) => complaints.map(({ ja }) => ja).join('、'),
  ),
  grantAsWritten: sentence(
    ({ actions, resources }: { actions: readonly string[]; resources: readonly string[] }) =>
      `${actions.join(', ')} on ${resources.join(', ')}`,
    ({ actions, resources }) => `${actions.join('、')}（対象: ${resources.join('、')}）`,
  ),
  everyAction: sentence(
    ({ action }: { action: string }) => `${action} is every action`,
    ({ action }) => `${action} は全アクションです`,
  ),
  unknownAction: sentence(
    ({ action }: { action: string }) => `${action} is no action that AWS's table knows`,
    ({ action }) => `${action} は AWS の一覧にないアクションです`,
  ),
  familyOfActions: sentence(
    ({ action, count, levels }: { action: string; count: number; levels: readonly string[] }) =>
      `${action} stands for ${count} actions, of ${levels.join(', ')}`,
    ({ action, count, levels }) => `${action} は ${count} 個のアクション（${levels.join('、')}）にあたります`,
  ),
  unboundAction: sentence(
    ({ action, resource }: { action: string; resource: string }) =>
      `${action} on ${resource}, though it can be bound to a resource`,
    ({ action, resource }) => `リソースを特定できるのに ${resource} に対して ${action} を許可しています`,
  ),
  namedPrincipals: ['named principals', '特定のプリンシパル'],
  namedPolicy: [
    "a policy that the document names, or AWS's own for a service",
    '設計書にあるポリシー、または AWS のサービス用ポリシー',
  ],

  secretOfSecretsManager: ['a secret of Secrets Manager', 'Secrets Manager のシークレット'],
  noPassword: ['no password said', 'パスワードの指定がありません'],
  passwordOf: sentence(
    ({ source }: { source: string }) => `that of ${source}`,
    ({ source }) => `${source} のパスワード`,
  ),
  passwordInTemplate: ['a password in the template', 'テンプレートに書かれたパスワード'],
  madeBySecretsManager: ['made by Secrets Manager', 'Secrets Manager による生成'],
  writtenInTemplate: ['written in the template', 'テンプレートに書かれています'],
  nothingMakesIt: ['nothing that makes it', '生成の指定がありません'],
  secretByName: ['a secret by its name, never its value', '値ではなく名前によるシークレット'],
  nameOfSecret: sentence(
    ({ variable }: { variable: string }) => `${variable}: the name of a secret`,
    ({ variable }) => `${variable}: シークレットの名前`,
  ),
  credentialInPlain: sentence(
    ({ variable }: { variable: string }) => `${variable}: a credential in plain`,
    ({ variable }) => `${variable}: 平文の認証情報`,
  ),
  credentialPerhaps: sentence(
    ({ variable }: { variable: string }) => `${variable}: a value that the templates do not hold`,
    ({ variable }) => `${variable}: テンプレートにない値`,
  ),
  unknownVariables: ['variables that the templates do not settle', 'テンプレートから確定できない環境変数'],

  recordingTrail: ['a trail that records', '記録する証跡（CloudTrail）'],
  keyInTemplates: ['a key whose policy the templates hold', 'テンプレートにポリシーがある KMS キー'],
  trailMayUseKey: sentence(
    ({ use }: { use: Words }) => `CloudTrail may use the key: ${use.en}`,
    ({ use }) => `CloudTrail が KMS キーを使えること（${use.ja}）`,
  ),
  mayNotDo: sentence(
    ({ actions }: { actions: readonly string[] }) => `it may not ${actions.join(', ')}`,
    ({ actions }) => `${actions.join('、')} が許可されていません`,
  ),
  perhapsMayNotDo: sentence(
    ({ actions }: { actions: readonly string[] }) => `perhaps it may not ${actions.join(', ')}`,
    ({ actions }) => `${actions.join('、')} が許可されているかどうか確定できません`,
  ),
  sharedTrail: [
    "production's trail, which serves every environment of the account",
    'アカウントの全環境で共用する本番環境の証跡',
  ],
  managementTrail: ['a trail of every management event', 'すべての管理イベントを記録する証跡'],
  managementEventsOf: sentence(
    ({ region }: { region: string }) => `management events of ${region}`,
    ({ region }) => `${region} の管理イベント`,
  ),
  noTrail: ['no trail', '証跡がありません'],
  dataEventsOf: sentence(
    ({ event }: { event: string }) => `data events of ${event}`,
    ({ event }) => `${event} のデータイベント`,
  ),
  onNoRecord: ['on no record', '記録されていません'],
  recordPerhaps: ['the templates do not say what is recorded', '記録されるかどうか確定できません'],
  recordedBy: sentence(
    ({ trail }: { trail: string }) => `recorded by ${trail}`,
    ({ trail }) => `${trail} が記録します`,
  ),
});
