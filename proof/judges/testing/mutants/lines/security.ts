// Mutants of security groups (SG-1…5, STK-2).
import { at, literal } from '../../../../../assembly/graph.ts';
import { type Direction, groupNamed, rulesOf } from '../../../../../assembly/questions/security-groups.ts';
import { ofType } from '../../../../../assembly/relations.ts';
import type { Design } from '../../../../../design/schema.ts';
import { type Json, type Mutant, only, type Platform } from '../mutant.ts';
import { groupPath, stackPath } from './paths.ts';

const group = ({ graph, design }: Platform, key: string) =>
  only([groupNamed(graph, design.securityGroups.find((candidate) => candidate.key === key)?.name ?? '')]);

/** Changes a part of the rule of a group that has the port. */
function change(
  platform: Platform,
  key: string,
  direction: Direction,
  port: number,
  name: string,
  value: string | number,
): void {
  const rule = rulesOf(platform.graph, group(platform, key), direction).find(
    (found) => Number(literal(at(found.rule, 'FromPort'))) === port,
  );
  if (rule === undefined) throw new Error(`${key} has no ${direction} rule with port ${port}`);
  platform.set(rule.resource, [...rule.path, name], value);
}

/** Adds a rule as a resource of its own. */
function surplus(platform: Platform, key: string, direction: Direction, other: { [key: string]: Json } = {}): void {
  const own = group(platform, key);
  const type = direction === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress';
  platform.add(own, type, {
    GroupId: { 'Fn::GetAtt': [own.logicalId, 'GroupId'] },
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    CidrIp: '10.0.0.0/8',
    Description: 'From the old office',
    ...other,
  });
}

const rulePath = (design: Design, key: string, direction: Direction, port: number) => {
  const rules = design.securityGroups.find((candidate) => candidate.key === key)?.[direction] ?? [];
  return `${groupPath(design, key)}.${direction}.${rules.findIndex(({ fromPort }) => fromPort === port)}`;
};

const groupIds = { alb: 'SG-1', ecs: 'SG-2', lambda: 'SG-3', rds: 'SG-4', cache: 'SG-5' } as const;

const surplusMutants: readonly Mutant[] = Object.entries(groupIds).flatMap(([key, id]) =>
  (['ingress', 'egress'] as const).map((direction) => ({
    id,
    name: `${key} has an ${direction} rule more, as a resource of its own`,
    spoil: (platform: Platform) => surplus(platform, key, direction),
    reddens: (design: Design) => {
      const none = design.securityGroups.find((candidate) => candidate.key === key)?.[direction].length === 0;
      return [`${groupPath(design, key)}.name`, ...(none ? [`${groupPath(design, key)}.${direction}`] : [])];
    },
  })),
);

/** A rule that is not the document's is missing on its own line and surplus on the group's. */
const changed = (
  id: string,
  name: string,
  [key, direction, port]: readonly [string, Direction, number],
  property: string,
  value: string | number,
): Mutant => ({
  id,
  name,
  spoil: (platform) => change(platform, key, direction, port, property, value),
  reddens: (design) => [rulePath(design, key, direction, port), `${groupPath(design, key)}.name`],
});

export const securityMutants: readonly Mutant[] = [
  ...surplusMutants,
  changed('SG-1', 'HTTPS is let in on another port', ['alb', 'ingress', 443], 'FromPort', 442),
  changed('SG-1', 'HTTP is let in from elsewhere', ['alb', 'ingress', 80], 'CidrIp', '10.0.0.0/8'),
  changed('SG-2', 'tasks take another protocol', ['ecs', 'ingress', 8080], 'IpProtocol', 'udp'),
  changed('SG-2', 'tasks reach a wider range of ports', ['ecs', 'egress', 443], 'ToPort', 444),
  changed('SG-3', 'functions call another port', ['lambda', 'egress', 443], 'FromPort', 80),
  changed('SG-5', 'the cache says something else', ['cache', 'ingress', 6379], 'Description', 'From anyone'),
  {
    id: 'SG-4',
    name: 'the database lets in another group',
    spoil: (platform) => {
      const rule = rulesOf(platform.graph, group(platform, 'rds'), 'ingress')[0];
      const other = rulesOf(platform.graph, group(platform, 'ecs'), 'ingress')[0];
      if (rule === undefined || other === undefined) throw new Error('nothing to spoil');
      const name = 'SourceSecurityGroupId';
      platform.set(rule.resource, [...rule.path, name], platform.get(other.resource, [...other.path, name]));
    },
    reddens: (design) => [`${groupPath(design, 'rds')}.ingress.0`, `${groupPath(design, 'rds')}.name`],
  },
  {
    id: 'SG-4',
    name: 'the database group has no egress rule at all, so that EC2 adds its own',
    spoil: (platform) => platform.set(group(platform, 'rds'), ['SecurityGroupEgress'], undefined),
    reddens: (design) => [`${groupPath(design, 'rds')}.name`, `${groupPath(design, 'rds')}.egress`],
  },
  {
    id: 'SG-1',
    name: 'the load balancer wears the group of the tasks',
    spoil: (platform) => {
      const place = ['NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'];
      const worn = platform.get(only(ofType(platform.graph, 'AWS::ECS::Service')), place);
      const balancer = only(ofType(platform.graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'));
      platform.set(balancer, ['SecurityGroups'], worn);
    },
    reddens: (design) => [`${groupPath(design, 'alb')}.name`],
  },
  {
    id: 'STK-2',
    name: 'there is a security group that the document does not know',
    spoil: (platform) =>
      platform.add(group(platform, 'alb'), 'AWS::EC2::SecurityGroup', { GroupDescription: 'another' }),
    reddens: (design) => [`${stackPath(design, 'SecurityStack')}.name`],
  },
  {
    id: 'SG-4',
    name: 'a rule to an address that nobody has is a rule all the same',
    spoil: (platform) => surplus(platform, 'rds', 'egress', { CidrIp: '255.255.255.255/32', Description: 'none' }),
    reddens: (design) => [`${groupPath(design, 'rds')}.name`, `${groupPath(design, 'rds')}.egress`],
  },
  {
    id: 'SG-1',
    name: 'the group that every VPC is born with lets somebody in',
    spoil: (platform) => {
      const vpc = only(ofType(platform.graph, 'AWS::EC2::VPC'));
      platform.add(vpc, 'AWS::EC2::SecurityGroupIngress', {
        GroupId: { 'Fn::GetAtt': [vpc.logicalId, 'DefaultSecurityGroup'] },
        IpProtocol: '-1',
        CidrIp: '0.0.0.0/0',
      });
    },
    reddens: (design) => [`${stackPath(design, 'SecurityStack')}.name`],
  },
];
