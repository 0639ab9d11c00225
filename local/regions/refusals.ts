// Why a step of a failover is not done on this machine.
import { sayings } from '../../design/messages/said.ts';
import { sentence } from '../../design/messages/sentence.ts';
import type { Words } from '../../design/messages/words.ts';
import type { RegionRole } from '../../design/stack-names.ts';

interface OfRegion {
  readonly role: RegionRole;
}

const roles: Readonly<Record<RegionRole, Words>> = {
  primary: { en: 'primary', ja: 'プライマリ' },
  standby: { en: 'standby', ja: '待機側の' },
};

export const refusals = sayings({
  regionLost: sentence(
    ({ role }: OfRegion) => `the ${roles[role].en} region is lost; this drill has no way to it`,
    ({ role }) => `${roles[role].ja}リージョンは失われており、この訓練からは届きません`,
  ),
  nothingOfPrimary: [
    'the primary region is lost; nothing can be asked of it or carried from it',
    'プライマリリージョンは失われており、問い合わせも持ち出しもできません',
  ],
  notPromotable: sentence(
    ({ role }: OfRegion) => `the database of the ${roles[role].en} region cannot be promoted here`,
    ({ role }) => `${roles[role].ja}リージョンのデータベースは、ここでは昇格できません`,
  ),
  switchoverAlone: [
    'a switchover needs the primary, and nothing is heard of it',
    'スイッチオーバーにはプライマリが必要ですが、応答がありません',
  ],
  notPromoted: sentence(
    ({ reason }: { reason: Words }) => `the database was not promoted: ${reason.en}`,
    ({ reason }) => `データベースを昇格できませんでした: ${reason.ja}`,
  ),
});
