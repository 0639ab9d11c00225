// What the diagram says in words of ours; names of services and of properties are AWS's in both languages.
import type { Words } from '../../../design/messages/words.ts';
import type { Tier } from '../../../design/schema.ts';

export const words = {
  customers: { en: 'Customers', ja: '利用者' },
  loadBalancer: { en: 'Load balancer', ja: 'ロードバランサー' },
  natGateway: { en: 'NAT gateway', ja: 'NAT ゲートウェイ' },
  rules: (count: number): Words => ({ en: `${count} rules`, ja: `ルール ${count} 件` }),
  noInstance: { en: 'no instance', ja: 'インスタンスなし' },
  withDeadLetters: { en: 'SQS + dead letters', ja: 'SQS + デッドレター' },
  replica: { en: 'replica', ja: 'レプリカ' },
  alarms: { en: 'Alarms', ja: 'アラーム' },
  dashboards: { en: 'Dashboards', ja: 'ダッシュボード' },
  logGroups: { en: 'Log groups', ja: 'ロググループ' },
  trails: { en: 'Trails', ja: '証跡' },
  backupVaults: { en: 'Backup vaults', ja: 'バックアップボールト' },
  keys: { en: 'KMS keys', ja: 'KMS キー' },
  secrets: { en: 'Secrets', ja: 'シークレット' },
  healthChecks: { en: 'Health checks', ja: 'ヘルスチェック' },
  records: { en: 'DNS records', ja: 'DNS レコード' },
  budgets: { en: 'Budgets', ja: '予算' },
  endpoints: { en: 'VPC endpoints', ja: 'VPC エンドポイント' },
  traceGroups: { en: 'Trace groups', ja: 'トレースグループ' },
  parameters: { en: 'Parameters', ja: 'パラメーター' },
} as const;

export const tierNames: Readonly<Record<Tier, Words>> = {
  public: { en: 'public', ja: 'パブリック' },
  private: { en: 'private', ja: 'プライベート' },
  data: { en: 'data', ja: 'データ' },
};

/** What the kinds of ways mean, in the order of the legend. */
export const meanings = [
  { kind: 'request', words: { en: 'request', ja: 'リクエスト' } },
  { kind: 'message', words: { en: 'message', ja: 'メッセージ' } },
  { kind: 'copy', words: { en: 'copy to another region', ja: '別リージョンへのコピー' } },
] as const;
