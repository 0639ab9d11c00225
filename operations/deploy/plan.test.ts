// What a plan of the project's own production says, and that no more than it is done.
import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../../assembly/scope.ts';
import { deploy } from './deploy.ts';
import { isEmpty } from './plan.ts';
import { changed, deployed, edited, idsOf, production, rollOut } from './testing/production.ts';
import { inputFor, planned } from './testing/scripted-ports.ts';

describe('a plan', () => {
  test('has one digest for the same changes, and another for others', async () => {
    const place = await deployed();
    const digests = [];
    for (const [run, what] of [
      ['a', changed()],
      ['b', changed()],
      ['c', changed(['ProductionEdgeStack'])],
    ] as const) {
      digests.push((await planned(place.again(), what, run)).digest);
    }
    expect(digests[0]).toBe(digests[1]);
    expect(digests[2]).not.toBe(digests[0]);
    expect((await planned(place.again(), changed(), 'd', { onFailure: 'restore' })).digest).not.toBe(digests[0]);
  });

  test('changes nothing', async () => {
    const place = await deployed();
    await planned(place.again(), changed(), 'plan');
    expect(place.aws.done).toEqual([]);
  });

  test('a stack whose own template stays is deployed again when an output that it reads has another value', async () => {
    const place = await deployed();
    const balancer = (template: TemplateNode) =>
      edited(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer', { IdleTimeout: 1 });
    const next = changed(['ProductionComputeStack'], balancer);
    const [logicalId = ''] = idsOf(next, 'ProductionComputeStack', 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    const result = await rollOut(place, 'second', next, { replaces: [logicalId] });
    expect(result.outcome).toBe('deployed');
    expect(place.aws.done).toEqual(
      expect.arrayContaining(['update ProductionComputeStack', 'update ProductionEdgeStack']),
    );
    // Once it has read the new value it is at rest again.
    expect(isEmpty(await planned(place.again(), next, 'third'))).toBe(true);
  });

  test('more than was approved is not done', async () => {
    const place = await deployed();
    const stack = 'ProductionStorageStack';
    const ports = place.again();
    const plan = await planned(ports, changed([stack]), 'second');
    const [bucket = ''] = idsOf(production, stack, 'AWS::S3::Bucket');
    const graver = plan.stacks.map((one) => {
      const { ready: _, ...rest } = one;
      return one.stack.id === stack
        ? { ...rest, stack: { ...one.stack, template: edited(one.stack.template, 'AWS::S3::Bucket', { Other: true }) } }
        : one;
    });
    place.aws.follow({ replaces: [bucket] });
    const result = await deploy(ports, inputFor({ ...plan, stacks: graver }, 'second'));
    expect(result.stacks.find(({ id }) => id === stack)).toMatchObject({ result: 'beyond-approval' });
    expect(place.aws.done).toEqual([]);
  });
});
