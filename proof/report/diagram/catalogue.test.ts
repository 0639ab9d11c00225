import { expect, test } from 'vitest';
import { resource, tokyo } from '../../../assembly/testing/graphs.ts';
import { wordsOf } from './catalogue.ts';

const unknown = { Ref: 'GivenAtDeployment' };

test.each<[string, Parameters<typeof resource>[1], string]>([
  ['AWS::ECS::Service', { DesiredCount: 2, TaskDefinition: { Ref: 'Task' } }, '2 × 0.5 vCPU ? GB'],
  ['AWS::ECS::Service', { TaskDefinition: 'of-another-stack' }, '1 × ? vCPU ? GB'],
  ['AWS::Lambda::Function', { MemorySize: unknown }, 'Lambda ? MB'],
  ['AWS::Lambda::Function', {}, 'Lambda 128 MB'],
  ['AWS::ElastiCache::ReplicationGroup', { NumCacheClusters: unknown, CacheNodeType: unknown }, '? × ?'],
])('a figure of %s that the templates do not settle is a question mark: %j', (type, properties, detail) => {
  const graph = tokyo({
    Thing: resource(type, properties),
    Task: resource('AWS::ECS::TaskDefinition', { Cpu: '512', Memory: unknown }),
  });
  const [thing] = graph.resources;
  expect(thing && wordsOf(thing, graph).detail).toBe(detail);
});
