// Subnets, routes and endpoints.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import type { Subnet } from '../../../design/schema.ts';

const tiers: Readonly<Record<Subnet['tier'], string>> = {
  public: 'パブリック',
  private: 'プライベート',
  data: 'データ',
};

export const said = sayings({
  vpcOf: sentence(
    ({ cidr }: { cidr: string }) => `a VPC ${cidr}`,
    ({ cidr }) => `アドレス範囲 ${cidr} の VPC`,
  ),
  vpcIn: sentence(
    ({ cidr, region }: { cidr: string; region: string }) => `a VPC ${cidr} in ${region}`,
    ({ cidr, region }) => `${region} にあるアドレス範囲 ${cidr} の VPC`,
  ),
  vpcOfEnvironment: sentence(
    ({ environment, region }: { environment: string; region: string }) => `a VPC of ${environment} in ${region}`,
    ({ environment, region }) => `${region} にある ${environment} の VPC`,
  ),
  secondVpc: ['a second VPC', '2 つ目の VPC'],
  oneVpc: ['one VPC', 'VPC が 1 つであること'],
  noFurtherRange: ['no further address range', 'ほかのアドレス範囲がないこと'],
  inThisSubnet: ['in this subnet', 'このサブネットにあること'],
  partInSubnet: sentence(
    ({ type, subnet }: { type: string; subnet: string }) => `${type} in subnet ${subnet}`,
    ({ type, subnet }) => `サブネット ${subnet} にある ${type}`,
  ),
  partInSomeSubnet: sentence(
    ({ type }: { type: string }) => `${type} in the subnet`,
    ({ type }) => `サブネットにある ${type}`,
  ),
  noSubnet: ['no subnet', 'サブネットの指定がありません'],
  subnetForIt: ['a subnet that is for it', 'そのためのサブネットにあること'],
  oneSubnetForIt: [
    'in a subnet that is for it (this environment has fewer than subnets)',
    'そのためのサブネットのいずれかにあること（この環境ではサブネットより少数）',
  ],
  inVpc: ['in the VPC', 'VPC 内にあること'],
  subnet: sentence(
    ({ tier, cidr, zone }: Pick<Subnet, 'tier' | 'cidr' | 'zone'>) => `${tier} subnet ${cidr} in zone ${zone}`,
    ({ tier, cidr, zone }) => `AZ ${zone} の${tiers[tier]}サブネット ${cidr}`,
  ),
  tierByRoutes: sentence(
    ({ tier }: Pick<Subnet, 'tier'>) => `${tier} by its routes`,
    ({ tier }) => `経路からみて${tiers[tier]}サブネット`,
  ),
  defaultRoute: sentence(
    ({ target }: { target: string }) => `0.0.0.0/0 to the ${target}`,
    ({ target }) => `0.0.0.0/0 の宛先が ${target}`,
  ),
  noWayOut: ['no way out', '外への経路がありません'],
  noSecondWayOut: ['no second way out', 'ほかに外への経路がないこと'],
  noRouteBeyondVpc: ['no route beyond the VPC', 'VPC の外への経路がないこと'],
  mainRouteTable: ['the main route table', 'メインルートテーブル'],
  attached: ['attached', 'アタッチ済み'],
  notAttached: ['not attached', '未アタッチ'],
  attachedToVpc: ['attached to the VPC', 'VPC にアタッチされていること'],
  homeOfNatGateway: ['a public subnet that the NAT gateway stands in', 'NAT ゲートウェイを置くパブリックサブネット'],
  publicSubnet: ['a public subnet', 'パブリックサブネット'],
  natGatewayIn: sentence(
    ({ zone }: { zone: string }) => `a NAT gateway in ${zone}`,
    ({ zone }) => `${zone} の NAT ゲートウェイ`,
  ),
  natGatewayInPublicSubnet: ['a NAT gateway in a public subnet', 'パブリックサブネットの NAT ゲートウェイ'],
  natGateways: sentence(
    ({ count }: { count: number }) => `${count} NAT gateways`,
    ({ count }) => `NAT ゲートウェイ ${count} 台`,
  ),
  elasticAddress: ['an elastic address', 'Elastic IP アドレス'],
  gatewayEndpoint: sentence(
    ({ service }: { service: string }) => `a gateway endpoint for ${service}`,
    ({ service }) => `${service} のゲートウェイエンドポイント`,
  ),
  interfaceEndpoint: sentence(
    ({ service }: { service: string }) => `an interface endpoint for ${service}`,
    ({ service }) => `${service} のインターフェイスエンドポイント`,
  ),
  withRouteTable: sentence(
    ({ table }: { table: string }) => `with ${table}`,
    ({ table }) => `${table} を含むこと`,
  ),
  inSubnet: sentence(
    ({ subnet }: { subnet: string }) => `in ${subnet}`,
    ({ subnet }) => `${subnet} にあること`,
  ),
  groupLetsIn: sentence(
    ({ port, caller }: { port: number; caller: string }) => `a group that lets in ${port} from ${caller}`,
    ({ port, caller }) => `${caller} からの ${port} 番を許可するセキュリティグループ`,
  ),
  endpointsOff: [
    'interface endpoints are optional in the document and switched off',
    '設計書ではインターフェイスエンドポイントは任意で、無効にしています',
  ],
  endpointsStay: [
    'the document does not leave its interface endpoints out',
    '設計書のインターフェイスエンドポイントは任意ではありません',
  ],
  noneSwitchedOff: ['none: switched off', 'なし（無効）'],
  noInterfaceEndpoint: ['no interface endpoint', 'インターフェイスエンドポイントなし'],
  vpcWithoutEndpoints: ['a VPC without interface endpoints', 'インターフェイスエンドポイントのない VPC'],
  noFurtherEndpoint: ['no further endpoint', 'ほかにエンドポイントがないこと'],
  securityGroup: sentence(
    ({ name }: { name: string }) => `a security group ${name}`,
    ({ name }) => `セキュリティグループ ${name}`,
  ),
  groupAlone: sentence(
    ({ group }: { group: string }) => `${group} alone`,
    ({ group }) => `${group} だけであること`,
  ),
  groupThatTemplatesName: ['a group that the templates name', 'テンプレートから特定できるセキュリティグループ'],
  noFurtherRule: ['no rule beyond the document', '設計書にないルールがないこと'],
  noRule: ['no rule', 'ルールなし'],
  rulesOfEc2: ["EC2's own rule, all traffic to 0.0.0.0/0", 'EC2 の既定ルール（0.0.0.0/0 への全通信）'],
});
