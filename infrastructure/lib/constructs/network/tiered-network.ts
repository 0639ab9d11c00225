// The VPC with the document's subnets, each in its own zone and with its own route table (NET-1…4, SIZE-4).
import { Tags, Validations } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCGatewayAttachment,
  type ISubnet,
  type IVpc,
  Subnet,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Subnet as DocumentSubnet, Tier } from '../../../../design/schema.ts';

export interface TieredNetworkProps {
  /** Begins the Name tags: what a person sees in the console. */
  readonly name: string;
  readonly region: string;
  readonly cidr: string;
  readonly subnets: readonly DocumentSubnet[];
  readonly natGateways: number;
}

/** A subnet of the document as it was built. */
interface BuiltSubnet extends DocumentSubnet {
  /** Tier and zone, e.g. `PublicA`. */
  readonly id: string;
  readonly subnetId: string;
  readonly routeTableId: string;
}

interface Nat {
  readonly zone: string;
  readonly natGatewayId: string;
}

/**
 * L1 throughout, since CDK's own `Vpc` reckons address ranges by itself and the document gives them. Each subnet has a route table of
 * its own: what a subnet reaches is read in one place, and a data subnet's table holds no route at all.
 *
 * NAT gateways stand in the first public subnets, one in each. A private subnet goes out through the one of its own zone, so that a
 * lost zone takes no other with it; where there are fewer gateways than zones, the others share them in turn.
 *
 * The VPC's default security group, which AWS makes and nothing here wears, stays as it is: CloudFormation cannot empty it, and the
 * custom resource that can is a function and a role for the sake of a group without members.
 *
 * Day 2: `aws ec2 describe-route-tables --filters Name=vpc-id,Values=<vpc>` shows what leads where. When the NAT gateway of a zone
 * fails: `aws ec2 replace-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0 --nat-gateway-id <another>`.
 *
 * @cost Tokyo, a NAT gateway: ($0.062 + $0.005 for its address) × 730 h = $48.91 a month, and $0.062 per GB through it; production
 * has two, $97.82. VPC, subnets, tables and internet gateway are free.
 */
export class TieredNetwork extends Construct {
  /** It knows no subnets, so that CDK chooses none by itself: who needs subnets takes them from the lists. */
  readonly vpc: IVpc;
  readonly publicSubnets: readonly ISubnet[];
  readonly privateSubnets: readonly ISubnet[];
  readonly dataSubnets: readonly ISubnet[];
  /** Route tables of all subnets that the internet does not reach: where gateway endpoints belong. */
  readonly innerRouteTableIds: readonly string[];

  constructor(scope: Construct, id: string, props: TieredNetworkProps) {
    super(scope, id);
    const vpc = new CfnVPC(this, 'Vpc', { cidrBlock: props.cidr, enableDnsSupport: true, enableDnsHostnames: true });
    Tags.of(vpc).add('Name', props.name);
    const places = withIds(props.subnets).map((subnet) => this.place(vpc, subnet, props));
    this.routeOut(vpc, places, props);

    this.vpc = Vpc.fromVpcAttributes(this, 'View', {
      vpcId: vpc.attrVpcId,
      vpcCidrBlock: props.cidr,
      availabilityZones: [...new Set(places.map(({ zone }) => `${props.region}${zone}`))].sort(),
    });
    const tier = (wanted: Tier) => inZoneOrder(places, wanted).map((place) => this.view(place, props.region));
    this.publicSubnets = tier('public');
    this.privateSubnets = tier('private');
    this.dataSubnets = tier('data');
    this.innerRouteTableIds = places
      .filter(({ defaultRoute }) => defaultRoute !== 'internet-gateway')
      .map(({ routeTableId }) => routeTableId);
  }

  private place(vpc: CfnVPC, wanted: DocumentSubnet & { readonly id: string }, props: TieredNetworkProps): BuiltSubnet {
    const { id, cidr, zone } = wanted;
    const subnet = new CfnSubnet(this, id, {
      vpcId: vpc.attrVpcId,
      cidrBlock: cidr,
      availabilityZone: `${props.region}${zone}`,
      mapPublicIpOnLaunch: false,
    });
    Validations.of(subnet).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'The document names its zones; one taken by its number may be another in another account.',
    });
    const table = new CfnRouteTable(this, `${id}Routes`, { vpcId: vpc.attrVpcId });
    for (const part of [subnet, table]) Tags.of(part).add('Name', `${props.name}-${id}`);
    new CfnSubnetRouteTableAssociation(this, `${id}Association`, {
      subnetId: subnet.attrSubnetId,
      routeTableId: table.attrRouteTableId,
    });
    return { ...wanted, subnetId: subnet.attrSubnetId, routeTableId: table.attrRouteTableId };
  }

  /** Gives every subnet the default route that the document gives it. */
  private routeOut(vpc: CfnVPC, places: readonly BuiltSubnet[], props: TieredNetworkProps): void {
    const leavers = places.filter(({ defaultRoute }) => defaultRoute !== 'none');
    if (leavers.length === 0) return;
    const gateway = new CfnInternetGateway(this, 'InternetGateway');
    Tags.of(gateway).add('Name', props.name);
    const attachment = new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
      vpcId: vpc.attrVpcId,
      internetGatewayId: gateway.attrInternetGatewayId,
    });
    const homes = inZoneOrder(places, 'public').slice(0, props.natGateways);
    const nats = homes.map((home) => this.nat(home, attachment, props));
    for (const { id, zone, defaultRoute, routeTableId } of leavers) {
      const target =
        defaultRoute === 'internet-gateway'
          ? { gatewayId: gateway.attrInternetGatewayId }
          : { natGatewayId: natFor(zone, nats, places) };
      const route = new CfnRoute(this, `${id}DefaultRoute`, {
        routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        ...target,
      });
      route.addResourceDependency(attachment);
    }
  }

  private nat(home: BuiltSubnet, attachment: CfnVPCGatewayAttachment, props: TieredNetworkProps): Nat {
    const letter = home.zone.toUpperCase();
    const address = new CfnEIP(this, `NatAddress${letter}`, { domain: 'vpc' });
    const nat = new CfnNatGateway(this, `Nat${letter}`, {
      subnetId: home.subnetId,
      allocationId: address.attrAllocationId,
    });
    for (const part of [address, nat]) {
      Tags.of(part).add('Name', `${props.name}-Nat${letter}`);
      part.addResourceDependency(attachment);
    }
    return { zone: home.zone, natGatewayId: nat.attrNatGatewayId };
  }

  private view({ id, subnetId, routeTableId, zone, cidr }: BuiltSubnet, region: string): ISubnet {
    return Subnet.fromSubnetAttributes(this, `${id}View`, {
      subnetId,
      routeTableId,
      availabilityZone: `${region}${zone}`,
      ipv4CidrBlock: cidr,
    });
  }
}

/** Ids by tier and zone, so that a subnet whose range changes keeps its name; a second one of both is `PublicA2`. */
function withIds(subnets: readonly DocumentSubnet[]): (DocumentSubnet & { readonly id: string })[] {
  const base = ({ tier, zone }: DocumentSubnet) =>
    `${tier.charAt(0).toUpperCase()}${tier.slice(1)}${zone.toUpperCase()}`;
  return subnets.map((subnet, index) => {
    const earlier = subnets.slice(0, index).filter((other) => base(other) === base(subnet)).length;
    return { ...subnet, id: earlier === 0 ? base(subnet) : `${base(subnet)}${earlier + 1}` };
  });
}

function inZoneOrder(places: readonly BuiltSubnet[], tier: Tier): BuiltSubnet[] {
  return places.filter((place) => place.tier === tier).sort((left, right) => left.zone.localeCompare(right.zone, 'en'));
}

/** The gateway of the zone, or the next in turn where the zone has none. */
function natFor(zone: string, nats: readonly Nat[], places: readonly BuiltSubnet[]): string {
  const zones = [...new Set(places.map((place) => place.zone))].sort();
  const nat = nats.find((candidate) => candidate.zone === zone) ?? nats[zones.indexOf(zone) % nats.length];
  if (nat === undefined)
    throw new Error(`A subnet in zone ${zone} goes out through NAT, and no public subnet holds one`);
  return nat.natGatewayId;
}
