import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { placementOf, subnetsOf } from './placements.ts';

const ref = (name: string) => ({ Ref: name });

/** One of a type, with two subnets and a subnet group of both in its templates. */
function placed(type: string, properties: TemplateNode) {
  const graph = tokyo({
    A: resource('AWS::EC2::Subnet'),
    B: resource('AWS::EC2::Subnet'),
    DbGroup: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('A'), ref('B')] }),
    CacheGroup: resource('AWS::ElastiCache::SubnetGroup', { SubnetIds: [ref('A'), ref('B')] }),
    User: resource(type, properties),
  });
  const user = graph.resources.find(({ logicalId }) => logicalId === 'User');
  if (user === undefined) throw new Error('there is no user');
  return { placement: placementOf(graph, user), subnets: subnetsOf(graph, user).map(({ logicalId }) => logicalId) };
}

const both = [ref('A'), ref('B')];

describe('where a resource stands', () => {
  test.each<[string, TemplateNode, string]>([
    ['AWS::EC2::VPCEndpoint', { SubnetIds: both }, 'SubnetIds'],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: both }, 'Subnets'],
    [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { SubnetMappings: both.map((SubnetId) => ({ SubnetId })) },
      'SubnetMappings',
    ],
    [
      'AWS::ECS::Service',
      { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: both } } },
      'NetworkConfiguration.AwsvpcConfiguration.Subnets',
    ],
    ['AWS::Lambda::Function', { VpcConfig: { SubnetIds: both } }, 'VpcConfig.SubnetIds'],
    ['AWS::RDS::DBCluster', { DBSubnetGroupName: ref('DbGroup') }, 'DBSubnetGroupName'],
    ['AWS::ElastiCache::ReplicationGroup', { CacheSubnetGroupName: ref('CacheGroup') }, 'CacheSubnetGroupName'],
  ])('of %s is said by %j', (type, properties, own) => {
    const { placement, subnets } = placed(type, properties);
    expect(placement?.own.join('.')).toBe(own);
    expect(subnets).toEqual(['A', 'B']);
  });

  test('of a NAT gateway is one subnet', () => {
    expect(placed('AWS::EC2::NatGateway', { SubnetId: ref('B') }).subnets).toEqual(['B']);
  });

  test('is not known by a subnet group that is none of the templates', () => {
    const { placement, subnets } = placed('AWS::RDS::DBCluster', { DBSubnetGroupName: 'shared' });
    expect(placement?.value).toHaveProperty('$unresolved');
    expect(subnets).toEqual([]);
  });

  test('is nowhere that it says where nothing is said, and in no subnet where its type has none', () => {
    expect(placed('AWS::RDS::DBCluster', {}).placement?.value).toBeUndefined();
    expect(placed('AWS::S3::Bucket', {}).placement).toBeUndefined();
  });
});
