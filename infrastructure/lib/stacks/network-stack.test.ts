// Claims about the network stack, read from its templates (STK-1, NET-1…6, SIZE-4, LOG-3).
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments, type Subnet } from '../../../design/schema.ts';
import { foundations } from '../testing/data-stacks.ts';

const templates: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) templates[environment] = built({}, environment);
});

const built = (change: Partial<Design>, environment: FormEnvironment = 'production') =>
  Template.fromStack(foundations({ ...exampleDesign, ...change }, environment).network);

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

type Properties = Readonly<Record<string, unknown>>;
const all = (template: Template, type: string) =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({
    id,
    properties: Properties as Properties,
  }));

/** The logical id that a property is made from. */
function target(value: unknown): string {
  const [id] = (value as { readonly 'Fn::GetAtt'?: readonly [string, string] } | undefined)?.['Fn::GetAtt'] ?? [''];
  return id;
}

/** A subnet's zone, and where its own route table leads. */
function subnetOf(template: Template, cidr: string) {
  const subnet = all(template, 'AWS::EC2::Subnet').find(({ properties }) => properties.CidrBlock === cidr);
  if (subnet === undefined) throw new Error(`No subnet ${cidr}`);
  const tables = all(template, 'AWS::EC2::SubnetRouteTableAssociation')
    .filter(({ properties }) => target(properties.SubnetId) === subnet.id)
    .map(({ properties }) => target(properties.RouteTableId));
  const routes = all(template, 'AWS::EC2::Route').filter(({ properties }) =>
    tables.includes(target(properties.RouteTableId)),
  );
  return { ...subnet, zone: subnet.properties.AvailabilityZone, tables, routes };
}

/** The zone of the NAT gateway that a subnet goes out through. */
function natZone(template: Template, cidr: string): unknown {
  const [route] = subnetOf(template, cidr).routes;
  const nat = all(template, 'AWS::EC2::NatGateway').find(({ id }) => id === target(route?.properties.NatGatewayId));
  const home = all(template, 'AWS::EC2::Subnet').find(({ id }) => id === target(nat?.properties.SubnetId));
  return home?.properties.AvailabilityZone;
}

const subnet = (tier: Subnet['tier'], zone: string, cidr: string): Subnet => ({
  tier,
  zone,
  cidr,
  uses: [],
  defaultRoute: ({ public: 'internet-gateway', private: 'nat-gateway', data: 'none' } as const)[tier],
});
const network = (subnets: readonly Subnet[], change: Partial<Design['network']> = {}): Partial<Design> => ({
  network: { ...exampleDesign.network, subnets: [...subnets], ...change },
});

describe('the VPC', () => {
  test.each(formEnvironments)('has the range and resolves names in %s (NET-1)', (environment) => {
    of(environment).resourceCountIs('AWS::EC2::VPC', 1);
    of(environment).hasResourceProperties('AWS::EC2::VPC', {
      CidrBlock: '10.0.0.0/16',
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
    });
  });
});

describe('the subnets', () => {
  test.each(formEnvironments)('are exactly those of the document in %s (NET-1…4)', (environment) => {
    const found = all(of(environment), 'AWS::EC2::Subnet').map(({ properties }) => [
      properties.CidrBlock,
      properties.AvailabilityZone,
      properties.MapPublicIpOnLaunch,
    ]);
    expect(found.sort()).toEqual([
      ['10.0.0.0/24', 'ap-northeast-1a', false],
      ['10.0.1.0/24', 'ap-northeast-1c', false],
      ['10.0.10.0/24', 'ap-northeast-1a', false],
      ['10.0.11.0/24', 'ap-northeast-1c', false],
      ['10.0.20.0/24', 'ap-northeast-1a', false],
      ['10.0.21.0/24', 'ap-northeast-1c', false],
    ]);
  });

  test.each(formEnvironments)('have one route table each, and none shares it, in %s', (environment) => {
    const tables = exampleDesign.network.subnets.map(({ cidr }) => subnetOf(of(environment), cidr).tables);
    expect(tables.map((list) => list.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(new Set(tables.flat()).size).toBe(6);
  });

  test.each(['10.0.0.0/24', '10.0.1.0/24'])(
    '%s is public: its only route leads to the internet gateway (NET-2)',
    (cidr) => {
      const { routes } = subnetOf(of('production'), cidr);
      const [gateway] = all(of('production'), 'AWS::EC2::InternetGateway');
      expect(routes.map(({ properties }) => [properties.DestinationCidrBlock, target(properties.GatewayId)])).toEqual([
        ['0.0.0.0/0', gateway?.id],
      ]);
      of('production').hasResourceProperties('AWS::EC2::VPCGatewayAttachment', {
        InternetGatewayId: { 'Fn::GetAtt': [gateway?.id, 'InternetGatewayId'] },
      });
    },
  );

  test.each(['10.0.10.0/24', '10.0.11.0/24'])('%s goes out through the NAT gateway of its own zone (NET-3)', (cidr) => {
    const { routes, zone } = subnetOf(of('production'), cidr);
    expect(routes).toHaveLength(1);
    expect(natZone(of('production'), cidr)).toBe(zone);
  });

  test.each(formEnvironments)('for data have no route at all in %s (NET-4)', (environment) => {
    for (const cidr of ['10.0.20.0/24', '10.0.21.0/24']) expect(subnetOf(of(environment), cidr).routes).toEqual([]);
  });
});

describe('NAT gateways', () => {
  test.each([
    ['production', 2],
    ['staging', 1],
    ['development', 1],
  ] as const)('are in %s %i, each with an address of its own (SIZE-4)', (environment, count) => {
    const nats = all(of(environment), 'AWS::EC2::NatGateway');
    const addresses = all(of(environment), 'AWS::EC2::EIP').map(({ id }) => id);
    expect(nats).toHaveLength(count);
    expect(nats.map(({ properties }) => target(properties.AllocationId)).sort()).toEqual(addresses.sort());
  });

  test('are shared where an environment has fewer than zones (SIZE-4)', () => {
    expect(natZone(of('staging'), '10.0.10.0/24')).toBe('ap-northeast-1a');
    expect(natZone(of('staging'), '10.0.11.0/24')).toBe('ap-northeast-1a');
  });
});

describe('endpoints', () => {
  test.each(formEnvironments)(
    'for S3 and DynamoDB are in the tables of private and data subnets in %s (NET-5)',
    (environment) => {
      const endpoints = all(of(environment), 'AWS::EC2::VPCEndpoint');
      expect(endpoints.map(({ properties }) => [properties.ServiceName, properties.VpcEndpointType])).toEqual([
        ['com.amazonaws.ap-northeast-1.s3', 'Gateway'],
        ['com.amazonaws.ap-northeast-1.dynamodb', 'Gateway'],
      ]);
      const inner = exampleDesign.network.subnets
        .filter(({ tier }) => tier !== 'public')
        .flatMap(({ cidr }) => subnetOf(of(environment), cidr).tables);
      for (const { properties } of endpoints) {
        expect((properties.RouteTableIds as unknown[]).map(target).sort()).toEqual(inner.sort());
      }
    },
  );

  test('are none when the document has none (NET-5)', () => {
    built(network(exampleDesign.network.subnets, { gatewayEndpoints: [] })).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });

  const switchedOn = { inputs: { ...exampleDesign.inputs, interfaceEndpoints: true } };
  const demanded = network(exampleDesign.network.subnets, {
    interfaceEndpoints: { optional: false, services: ['ecr.api'] },
  });

  test.each([
    ['are built when they are optional and asked for', switchedOn, ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager']],
    ['are built when the document demands them', demanded, ['ecr.api']],
    ['are left out when they are optional and not asked for', {}, []],
  ] as const)('of interface type %s (NET-6)', (_, change, services) => {
    const template = built(change);
    const found = all(template, 'AWS::EC2::VPCEndpoint').filter(
      ({ properties }) => properties.VpcEndpointType === 'Interface',
    );
    expect(found.map(({ properties }) => properties.ServiceName).sort()).toEqual(
      services.map((service) => `com.amazonaws.ap-northeast-1.${service}`),
    );
    const homes = ['10.0.10.0/24', '10.0.11.0/24'].map((cidr) => subnetOf(template, cidr).id);
    for (const { properties } of found) {
      expect(properties.PrivateDnsEnabled).toBe(true);
      expect((properties.SubnetIds as unknown[]).map(target)).toEqual(homes);
    }
    template.resourceCountIs('AWS::EC2::SecurityGroup', services.length > 0 ? 1 : 0);
  });
});

describe('the flow log', () => {
  test.each([
    ['production', 30],
    ['staging', 7],
  ] as const)('of all traffic is kept in %s for %i days (LOG-3)', (environment, days) => {
    const [group] = all(of(environment), 'AWS::Logs::LogGroup');
    const [vpc] = all(of(environment), 'AWS::EC2::VPC');
    expect(group?.properties.RetentionInDays).toBe(days);
    of(environment).hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceId: { 'Fn::GetAtt': [vpc?.id, 'VpcId'] },
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: { Ref: group?.id },
    });
  });

  test('is not there in development, nor its log group or role (LOG-3)', () => {
    for (const type of ['AWS::EC2::FlowLog', 'AWS::Logs::LogGroup', 'AWS::IAM::Role']) {
      of('development').resourceCountIs(type, 0);
    }
  });

  test('may write to its own log group and nowhere else (IAM-5)', () => {
    const [group] = all(of('production'), 'AWS::Logs::LogGroup');
    const [role] = all(of('production'), 'AWS::IAM::Role');
    const [policy] = (role?.properties.Policies ?? []) as { PolicyDocument: { Statement: Properties[] } }[];
    expect(policy?.PolicyDocument.Statement.map(({ Resource }) => target(Resource))).toEqual([group?.id]);
    expect(JSON.stringify(role?.properties.AssumeRolePolicyDocument)).toContain('aws:SourceAccount');
  });
});

describe('another document', () => {
  const zones = ['b', 'd', 'a'] as const;
  const threeZones = zones.flatMap((zone, index) => [
    subnet('public', zone, `172.20.${index}.0/26`),
    subnet('private', zone, `172.20.${16 * (index + 1)}.0/20`),
    subnet('data', zone, `172.20.${index + 8}.128/25`),
  ]);
  const sizes = {
    ...exampleDesign.sizes,
    production: { ...exampleDesign.sizes.production, natGateways: 3 },
    staging: { ...exampleDesign.sizes.staging, natGateways: 2 },
  };
  const change = { ...network(threeZones, { cidr: '172.20.0.0/16' }), region: 'eu-west-1', sizes };

  test('with three zones and other ranges in another region is built as it says (NET-1…4)', () => {
    const template = built(change);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '172.20.0.0/16' });
    for (const { cidr, zone, tier } of threeZones) {
      expect(subnetOf(template, cidr).zone).toBe(`eu-west-1${zone}`);
      if (tier === 'private') expect(natZone(template, cidr)).toBe(`eu-west-1${zone}`);
      if (tier === 'data') expect(subnetOf(template, cidr).routes).toEqual([]);
    }
    expect(JSON.stringify(template.toJSON())).not.toMatch(/ap-northeast-1|"10\.0\./);
  });

  test('with fewer NAT gateways than zones leaves no private subnet without a way out (SIZE-4)', () => {
    const template = built(change, 'staging');
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    expect(natZone(template, '172.20.48.0/20')).toBe('eu-west-1a');
    expect(natZone(template, '172.20.16.0/20')).toBe('eu-west-1b');
    expect(['eu-west-1a', 'eu-west-1b']).toContain(natZone(template, '172.20.32.0/20'));
  });

  test('whose NAT gateways stand in some of the zones lets these keep their own (SIZE-4)', () => {
    const subnets = threeZones.filter(({ tier, zone }) => tier !== 'public' || zone !== 'b');
    const template = built({ ...change, ...network(subnets, { cidr: '172.20.0.0/16' }) }, 'staging');
    expect(natZone(template, '172.20.48.0/20')).toBe('eu-west-1a');
    expect(natZone(template, '172.20.32.0/20')).toBe('eu-west-1d');
  });

  test('gives later stacks its subnets in the order of their zones, each with its own', () => {
    const { network: stack } = foundations({ ...exampleDesign, ...change }, 'production');
    expect(stack.dataSubnets.map(({ availabilityZone, ipv4CidrBlock }) => [availabilityZone, ipv4CidrBlock])).toEqual([
      ['eu-west-1a', '172.20.10.128/25'],
      ['eu-west-1b', '172.20.8.128/25'],
      ['eu-west-1d', '172.20.9.128/25'],
    ]);
    expect(stack.publicSubnets).toHaveLength(3);
    expect(stack.privateSubnets).toHaveLength(3);
  });

  test('that lets no subnet out has no internet gateway and no NAT', () => {
    const closed = exampleDesign.network.subnets.filter(({ tier }) => tier === 'data');
    const template = built(network(closed));
    for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route']) {
      template.resourceCountIs(type, 0);
    }
  });

  test('with a private subnet and no public one for its NAT is an error that names the zone', () => {
    const lost = exampleDesign.network.subnets.filter(({ tier }) => tier !== 'public');
    expect(() => built(network(lost))).toThrow(/zone a goes out through NAT/);
  });
});

test.each(formEnvironments)(
  'subnets keep their logical ids in %s, since changing one would replace what stands in it',
  (environment) => {
    expect(all(of(environment), 'AWS::EC2::Subnet').map(({ id }) => id)).toEqual([
      'NetworkPublicACDD44E1B',
      'NetworkPublicCB94FCA94',
      'NetworkPrivateA45C0ED8B',
      'NetworkPrivateCE038304A',
      'NetworkDataA0EEFE3EE',
      'NetworkDataC8BC3471D',
    ]);
  },
);
