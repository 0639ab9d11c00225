import { describe, expect, test } from 'vitest';
import type { Node, TemplateNode } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { lifecycleOf, replicaBucketsOf, replicationsOf, transitionsOf } from './buckets.ts';

/** A bucket with a copy in the same templates. */
function bucketOf(properties: TemplateNode) {
  const graph = tokyo({ Bucket: resource('AWS::S3::Bucket', properties), Copy: resource('AWS::S3::Bucket') });
  const [bucket] = graph.resources;
  if (bucket === undefined) throw new Error('there is no bucket');
  return { graph, bucket };
}

describe('a bucket is copied', () => {
  const replicated = (...statuses: readonly Node[]) =>
    bucketOf({
      ReplicationConfiguration: {
        Rules: statuses.map((Status) => ({ Status, Destination: { Bucket: { 'Fn::GetAtt': ['Copy', 'Arn'] } } })),
      },
    });

  test.each<[string, readonly Node[], readonly (boolean | undefined)[]]>([
    ['by a rule that is on', ['Enabled'], [true]],
    ['by no rule that is off', ['Disabled'], []],
    ['perhaps by one of which only a deployment knows it', [{ Ref: 'AWS::AccountId' }], [undefined]],
  ])('%s', (_, statuses, isOn) => {
    const { graph, bucket } = replicated(...statuses);
    expect(replicationsOf(bucket).map((one) => one.isOn)).toEqual(isOn);
    expect(replicaBucketsOf(graph, bucket).map(({ logicalId }) => logicalId)).toEqual(isOn.map(() => 'Copy'));
  });

  test('each rule with its own place', () => {
    const { bucket } = replicated('Disabled', 'Enabled');
    expect(replicationsOf(bucket).map(({ path }) => path.join('.'))).toEqual(['ReplicationConfiguration.Rules.1']);
  });
});

test('transitions are found in the list and in the older single property, each in its place', () => {
  const { bucket } = bucketOf({
    LifecycleConfiguration: {
      Rules: [
        { Status: 'Disabled', Transition: { StorageClass: 'GLACIER' } },
        { Status: 'Enabled', Transition: { StorageClass: 'GLACIER' }, Transitions: [{ StorageClass: 'STANDARD_IA' }] },
      ],
    },
  });
  expect(
    lifecycleOf(bucket)
      .flatMap(transitionsOf)
      .map(({ path }) => path.join('.')),
  ).toEqual(['LifecycleConfiguration.Rules.1.Transitions.0', 'LifecycleConfiguration.Rules.1.Transition']);
});
