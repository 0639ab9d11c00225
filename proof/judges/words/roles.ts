// Roles and what they may do.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  role: sentence(
    ({ name }: { name: string }) => `a role ${name}`,
    ({ name }) => `IAM ロール ${name}`,
  ),
  aloneMayAssume: sentence(
    ({ principal }: { principal: string }) => `${principal} alone may assume it`,
    ({ principal }) => `${principal} だけが引き受けられること`,
  ),
  nobody: ['nobody', '引き受けられる主体なし'],
  noFurtherPolicy: ['no further managed policy', 'ほかにマネージドポリシーがないこと'],
  noFurtherAction: ['no action beyond the document', '設計書にないアクションを許可しないこと'],
  namedResource: ['a named resource', '特定のリソース'],
  ownPolicyName: ['a name that no other policy of the role has', 'ロールのほかのポリシーと異なる名前'],
  runsAs: sentence(
    ({ role }: { role: string }) => `something that runs as ${role}`,
    ({ role }) => `${role} で動くもの`,
  ),
  allowed: sentence(
    ({ action }: { action: string }) => `${action} allowed`,
    ({ action }) => `${action} を許可すること`,
  ),
  denied: sentence(
    ({ action }: { action: string }) => `${action} denied`,
    ({ action }) => `${action} を拒否`,
  ),
  actionOn: sentence(
    ({ action, resource }: { action: string; resource: string }) => `${action} on ${resource}`,
    ({ action, resource }) => `${resource} への ${action}`,
  ),
  databaseSecret: ["the database's secret", 'データベースのシークレット'],
});
