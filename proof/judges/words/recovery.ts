// The region that takes over.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

/** Something that should be in the other region. */
export interface Thing {
  readonly en: string;
  readonly ja: string;
}

export const things = {
  stacks: { en: 'stacks', ja: 'スタック' },
  service: { en: 'a service', ja: 'ECS サービス' },
  auroraCluster: { en: 'an Aurora cluster', ja: 'Aurora クラスター' },
  taskDefinition: { en: 'a task definition', ja: 'タスク定義' },
  balancer: { en: 'a load balancer', ja: 'ロードバランサー' },
  vpc: { en: 'a VPC', ja: 'VPC' },
  lagAlarm: {
    en: 'an alarm over how far the database is behind',
    ja: 'データベースの複製遅延のアラーム',
  },
  machine: { en: 'a state machine', ja: 'ステートマシン' },
  machineThatMay: (action: string): Thing => ({
    en: `a state machine that may ${action}`,
    ja: `${action} を許可されたステートマシン`,
  }),
};

export const said = sayings({
  noRecovery: ['the document has no region that takes over', '設計書に切り替え先のリージョンがありません'],
  productionAlone: [
    'production alone has a region that takes over',
    '切り替え先のリージョンがあるのは本番環境だけです',
  ],
  namesNothing: [
    'the line names nothing that a template could show',
    'この行はテンプレートに現れるものを何も指していません',
  ],
  inRegion: sentence(
    ({ thing, region }: { thing: Thing; region: string }) => `${thing.en} in ${region}`,
    ({ thing, region }) => `${region} の${thing.ja}`,
  ),
  endsWithin: sentence(
    ({ seconds }: { seconds: number }) => `ends within ${seconds} s`,
    ({ seconds }) => `${seconds} 秒以内に終わること`,
  ),
  ownGlobalDatabase: ["the primary's global database", '主リージョンのグローバルデータベース'],
  imageOfHome: sentence(
    ({ region }: { region: string }) => `an image of home, in ${region}`,
    ({ region }) => `主リージョンと同じイメージ（${region}）`,
  ),
  healthCheckOfBalancer: [
    'a health check of Route 53 on the load balancer',
    'ロードバランサーに対する Route 53 ヘルスチェック',
  ],
  aPath: ['a path', 'パス'],
  noDomain: ['without a domain there is no record to fail over', 'ドメインがないので、切り替えるレコードがありません'],
  noHostedZone: [
    'the document names no hosted zone (hosted_zone_id): its records are entered by hand',
    '設計書にホストゾーン（hosted_zone_id）がなく、レコードは手作業で登録します',
  ],
  record: sentence(
    ({ part }: { part: string }) => `a ${part} record`,
    ({ part }) => `${part} レコード`,
  ),
  balancerOf: sentence(
    ({ part }: { part: string }) => `the load balancer of the ${part} region`,
    ({ part }) => `${part === 'primary' ? '主' : '切り替え先の'}リージョンのロードバランサー`,
  ),
  healthCheck: ['a health check', 'ヘルスチェック'],
  wayBack: ['a way back', '切り戻しの手順'],
  noWayBack: ['no way back', '切り戻しの手順がありません'],
  asksWhetherItWorks: ['a state that asks whether it works', '動作を確かめるステート'],
  functionsOf: sentence(
    ({ count, region }: { count: number; region: string }) => `${count} functions of ${region}`,
    ({ count, region }) => `${region} の関数 ${count} 個`,
  ),
  functionsOfSameRegion: ['functions of the same region', '同じリージョンの関数'],
  stands: ['stands', 'あり'],
  startedByCheck: ['started by the health check', 'ヘルスチェックが開始'],
  startedByPerson: ['started by a person', '人が開始'],
  may: sentence(
    ({ action }: { action: string }) => `may ${action}`,
    ({ action }) => `${action} を許可`,
  ),
  mayNot: sentence(
    ({ action }: { action: string }) => `may not ${action}`,
    ({ action }) => `${action} の許可なし`,
  ),
});
