import { describe, expect, test } from 'vitest';
import type { Node, TemplateNode } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { groupNamed, lets, rulesIn, rulesOf, wornBy } from './security-groups.ts';

const id = (name: string) => ({ 'Fn::GetAtt': [name, 'GroupId'] });
const named = (name: string, more: Node = {}) =>
  resource('AWS::EC2::SecurityGroup', { Tags: [{ Key: 'Name', Value: name }], ...(more as object) });

const nowhere = { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 };

/** A target with a rule in it, or beside it, for a caller. */
function between(rule: Readonly<Record<string, Node>>, place: 'within' | 'alone' = 'within') {
  const whole = { SourceSecurityGroupId: id('Caller'), ...rule };
  const graph = tokyo({
    Caller: named('caller'),
    Other: named('other'),
    Target: named('target', {
      SecurityGroupEgress: [nowhere],
      ...(place === 'within' ? { SecurityGroupIngress: [whole] } : {}),
    }),
    ...(place === 'alone'
      ? { Rule: resource('AWS::EC2::SecurityGroupIngress', { GroupId: id('Target'), ...whole }) }
      : {}),
  });
  const group = (name: string) => {
    const found = groupNamed(graph, name);
    if (found === undefined) throw new Error(`there is no group ${name}`);
    return found;
  };
  return { graph, caller: group('caller'), other: group('other'), target: group('target') };
}

const tcp = { IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 };

describe('a target lets a caller in', () => {
  test.each<[string, Readonly<Record<string, Node>>, boolean | undefined]>([
    ['on its port', tcp, true],
    ['on no other', { ...tcp, FromPort: 443, ToPort: 443 }, false],
    ['within a range', { ...tcp, FromPort: '1024', ToPort: '65535' }, true],
    ['by a rule for all traffic, which has no ports', { IpProtocol: '-1' }, true],
    ['by no rule for another protocol', { ...tcp, IpProtocol: 'udp' }, false],
    [
      'perhaps, on a port that only a deployment knows',
      { ...tcp, FromPort: id('Other'), ToPort: id('Other') },
      undefined,
    ],
  ])('%s', (_, rule, open) => {
    for (const place of ['within', 'alone'] as const) {
      const { graph, caller, other, target } = between(rule, place);
      expect(lets(graph, target, caller, 'ingress', 6379)).toBe(open);
      expect(lets(graph, target, other, 'ingress', 6379)).toBe(false);
      expect(lets(graph, target, caller, 'egress', 6379)).toBe(false);
    }
  });
});

test("CDK's placeholder is no rule of its group, and still a rule of the templates", () => {
  const graph = tokyo({ Group: named('group', { SecurityGroupEgress: [nowhere] }) });
  const [group] = graph.resources;
  if (group === undefined) throw new Error('there is no group');
  expect(rulesOf(graph, group, 'egress')).toEqual([]);
  expect(rulesIn(graph)).toMatchObject([{ direction: 'egress', protocol: 'icmp' }]);
});

describe('the groups that a resource wears', () => {
  const wearing = (type: string, properties: TemplateNode) => {
    const graph = tokyo({ Group: named('group'), Wearer: resource(type, properties) });
    const [, wearer] = graph.resources;
    if (wearer === undefined) throw new Error('nobody wears the group');
    return wornBy(graph, wearer);
  };

  test.each<[string, (groups: Node) => TemplateNode]>([
    ['AWS::EC2::VPCEndpoint', (SecurityGroupIds) => ({ SecurityGroupIds })],
    ['AWS::ECS::Service', (SecurityGroups) => ({ NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups } } })],
    ['AWS::ElastiCache::CacheCluster', (VpcSecurityGroupIds) => ({ VpcSecurityGroupIds })],
    ['AWS::ElastiCache::ReplicationGroup', (SecurityGroupIds) => ({ SecurityGroupIds })],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', (SecurityGroups) => ({ SecurityGroups })],
    ['AWS::Lambda::Function', (SecurityGroupIds) => ({ VpcConfig: { SecurityGroupIds } })],
    ['AWS::RDS::DBCluster', (VpcSecurityGroupIds) => ({ VpcSecurityGroupIds })],
  ])('%s says so in a property of its own', (type, properties) => {
    expect(wearing(type, properties([id('Group')]))).toMatchObject({ groups: [{ logicalId: 'Group' }], isOpen: false });
    expect(wearing(type, properties([id('Group'), 'sg-12345678']))).toMatchObject({
      groups: [{ logicalId: 'Group' }],
      isOpen: true,
    });
    expect(wearing(type, {})).toMatchObject({ groups: [], value: undefined, isOpen: false });
  });
});
