// What can be wrong with what a document says about architecture, network and permissions.
import { sentence } from './sentence.ts';

const subnetsOf = { public: 'Public Subnet', private: 'Private Subnet', data: 'Data Subnet' } as const;
type Tier = keyof typeof subnetsOf;
const zonesOf = (zones: readonly string[]): string => zones.map((zone) => `AZ-${zone}`).join(', ');

const routeTo = {
  'internet-gateway': 'インターネットゲートウェイ: 有効',
  'nat-gateway': 'NAT Gateway: 使用',
  none: 'インターネットアクセス: なし',
} as const;

export const networkMessages = {
  'diagram-missing': sentence(
    (p: { section: string; first: string }) =>
      `the section "${p.section}" has no diagram; expected a \`\`\`mermaid block that begins with "${p.first}"; add it`,
    (p) => `「${p.section}」に図がありません。「${p.first}」で始まる \`\`\`mermaid ブロックを追加してください`,
  ),
  'diagram-unclosed': sentence(
    (p: { opening: string }) => `"${p.opening}" is never closed; expected an "end" of its own below it; add it`,
    (p) => `「${p.opening}」が閉じられていません。対応する end を追加してください`,
  ),
  'diagram-surplus-end': sentence(
    (_: object) => 'found an "end" that closes nothing; expected one for each part that is opened; delete it',
    () => '対応する開始行のない end です。削除してください',
  ),
  'stack-absent': sentence(
    (p: { stack: string; absent: string }) =>
      `${p.stack} depends on ${p.absent}, which the document does not have; expected stacks of this block; add ${p.absent} or take it out of this line`,
    (p) =>
      `${p.stack} が依存する ${p.absent} はこの設計書にありません。${p.absent} を追加するか、この行から削除してください`,
  ),
  'stack-circle': sentence(
    (p: { circle: string }) =>
      `the stacks depend on each other in a circle: ${p.circle}; expected an order in which they can be deployed; take one of these dependencies out`,
    (p) => `スタックの依存が循環しています（${p.circle}）。いずれかの依存を削除してください`,
  ),
  'cidr-malformed': sentence(
    (p: { found: string }) =>
      `${p.found} is no IPv4 address range; expected four numbers from 0 to 255 and a prefix up to 32, such as 10.0.0.0/16; correct it`,
    (p) =>
      `${p.found} は IPv4 の CIDR ではありません。0〜255 の 4 つの数と 32 以下のプレフィックス長（例: 10.0.0.0/16）で記載してください`,
  ),
  'cidr-host-bits': sentence(
    (p: { found: string; canonical: string }) =>
      `${p.found} does not begin where a range of that size does; expected ${p.canonical}, which AWS would take it for; write that, or the range you meant`,
    (p) =>
      `${p.found} はホスト部のビットが立っています。AWS は ${p.canonical} と解釈します。意図した CIDR に修正してください`,
  ),
  'cidr-size': sentence(
    (p: { what: string; found: string; largest: number; smallest: number }) =>
      `${p.what} ${p.found} has a size that does not work; expected a prefix from /${p.largest} to /${p.smallest}; choose one of them`,
    (p) =>
      `${p.what} ${p.found} のサイズは使用できません。プレフィックス長を /${p.largest}〜/${p.smallest} にしてください`,
  ),
  'subnet-outside': sentence(
    (p: { subnet: string; vpc: string; line: number }) =>
      `the subnet ${p.subnet} lies outside the VPC, ${p.vpc} in line ${p.line}; expected a range within it; correct one of the two`,
    (p) => `サブネット ${p.subnet} が VPC（${p.line} 行目の ${p.vpc}）の範囲外です。どちらかを修正してください`,
  ),
  'subnets-overlap': sentence(
    (p: { here: string; there: string; line: number }) =>
      `the subnet ${p.here} overlaps ${p.there} in line ${p.line}; expected ranges apart from each other; move one of them`,
    (p) => `サブネット ${p.here} が ${p.line} 行目の ${p.there} と重複しています。どちらかを変更してください`,
  ),
  'zones-few': sentence(
    (p: { tier: Tier; zones: readonly string[] }) =>
      `${subnetsOf[p.tier]} is in ${p.zones.length === 0 ? 'no zone' : `${zonesOf(p.zones)} alone`}; expected two availability zones at least, which ALB and Aurora demand; add a subnet`,
    (p) =>
      `${subnetsOf[p.tier]} の AZ が ${p.zones.length === 0 ? 'ありません' : `${zonesOf(p.zones)} だけです`}。ALB と Aurora には 2 つ以上の AZ が必要です。サブネットを追加してください`,
  ),
  'zones-differ': sentence(
    (p: { tier: Tier; zones: readonly string[]; other: Tier; otherZones: readonly string[]; line: number }) =>
      `${subnetsOf[p.tier]} is in ${zonesOf(p.zones)} and ${subnetsOf[p.other]} (line ${p.line}) in ${zonesOf(p.otherZones)}; expected the same zones in every tier; correct one of them`,
    (p) =>
      `${subnetsOf[p.tier]} の AZ（${zonesOf(p.zones)}）と ${subnetsOf[p.other]} の AZ（${p.line} 行目、${zonesOf(p.otherZones)}）が異なります。同じ AZ に揃えてください`,
  ),
  'subnet-route': sentence(
    (p: { tier: Tier; found: keyof typeof routeTo; expected: readonly (keyof typeof routeTo)[] }) =>
      `a ${subnetsOf[p.tier]} says ${routeTo[p.found]}; expected ${p.expected.map((route) => routeTo[route]).join(' or ')}; correct the line, or make it a subnet of another tier`,
    (p) =>
      `${subnetsOf[p.tier]} が「${routeTo[p.found]}」です。「${p.expected.map((route) => routeTo[route]).join('」または「')}」に修正するか、別の層のサブネットにしてください`,
  ),
  'nat-gateways-many': sentence(
    (p: { found: number; subnets: number; line: number }) =>
      `found ${p.found} NAT gateways for the ${p.subnets} public subnets from line ${p.line} on; expected one for each at most; lower the number or add subnets`,
    (p) =>
      `NAT Gateway が ${p.found} 個ですが、Public Subnet は ${p.subnets} 個です（${p.line} 行目から）。1 サブネットに 1 個までにしてください`,
  ),
  'open-to-world': sentence(
    (p: { ports: string }) =>
      `port ${p.ports} is open to 0.0.0.0/0; expected that of 80 and 443 alone (AC-SEC-4); narrow the source or the port`,
    (p) =>
      `ポート ${p.ports} が 0.0.0.0/0 に公開されています。許可されるのは 80/443 のみです（AC-SEC-4）。送信元かポートを絞ってください`,
  ),
  'rule-description': sentence(
    (p: { found: string }) =>
      `AWS does not take "${p.found}" as a rule's description; expected 1 to 255 ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*; reword it`,
    (p) =>
      `Description「${p.found}」は AWS で使用できません。英数字・空白・記号 ._-:/()#,@[]+=&;{}!$* の 1〜255 文字で記載してください`,
  ),
  'rule-alone': sentence(
    (p: { rule: string; other: string; counterpart: string }) =>
      `"${p.rule}" has no counterpart; expected in ${p.other}: ${p.counterpart}; add that rule or delete this one`,
    (p) =>
      `「${p.rule}」に対応するルールがありません。${p.other} に「${p.counterpart}」を追加するか、この行を削除してください`,
  ),
  'group-undesigned': sentence(
    (p: { found: string; designed: readonly string[] }) =>
      `"${p.found}" is listed in the stack and designed nowhere; expected one of ${p.designed.join(', ')}; design it or delete this line`,
    (p) =>
      `「${p.found}」は Security Group設計 にありません（記載済み: ${p.designed.join('、')}）。設計を追加するか、この行を削除してください`,
  ),
  'standby-overlap': sentence(
    (p: { standby: string; vpc: string; line: number }) =>
      `the standby region's range ${p.standby} overlaps the VPC, ${p.vpc} in line ${p.line}; expected ranges apart, so that the two can be connected; change standby_cidr`,
    (p) =>
      `standby_cidr ${p.standby} が VPC（${p.line} 行目の ${p.vpc}）と重複しています。相互接続できるよう別の範囲にしてください`,
  ),
  'standby-size': sentence(
    (p: { standby: string; vpc: string; line: number }) =>
      `the standby region's range ${p.standby} is not as large as the VPC, ${p.vpc} in line ${p.line}; expected the same size, since every subnet has the same place in it; change standby_cidr`,
    (p) =>
      `standby_cidr ${p.standby} の大きさが VPC（${p.line} 行目の ${p.vpc}）と異なります。各サブネットを同じ位置に置くため、同じ大きさの範囲にしてください`,
  ),
  'standby-zones': sentence(
    (p: { region: string; there: readonly string[]; wanted: readonly string[]; line: number }) =>
      `${p.region} has ${p.there.length} availability zones for every account (${p.there.join(', ')}), and the subnets from line ${p.line} on lie in ${p.wanted.length} (${p.wanted.join(', ')}); expected as many there; choose another DR region, or fewer zones`,
    (p) =>
      `${p.region} でどのアカウントも使えるAZは ${p.there.length} 個（${p.there.join('、')}）ですが、${p.line} 行目以降のサブネットは ${p.wanted.length} 個（${p.wanted.join('、')}）のAZにあります。DRリージョンを変えるか、AZを減らしてください`,
  ),
  'role-principal': sentence(
    (p: { role: string; found: string; expected: string }) =>
      `${p.role} trusts "${p.found}"; expected ${p.expected}, the service that uses such a role; correct it`,
    (p) => `${p.role} の信頼関係が「${p.found}」です。このロールを使用する ${p.expected} に修正してください`,
  ),
  wildcard: sentence(
    (p: { found: string }) =>
      `"${p.found}" allows more than is needed; expected actions by their full names, such as GetObject, on named resources (IAM-5); list them`,
    (p) =>
      `「${p.found}」は最小権限の原則に反します（IAM-5）。GetObject のように個別のアクションと対象リソースを記載してください`,
  ),
} as const;
