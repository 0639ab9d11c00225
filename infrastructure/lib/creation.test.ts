// What a creation that fails must be able to take back (ADR-047), held against the templates of every environment.
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { formEnvironments } from '../../design/schema.ts';
import { platformOf, stacksOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** What AWS can protect against deletion, and the operation that does. */
const protectable: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb:updateTable',
  'AWS::DynamoDB::Table': 'dynamodb:updateTable',
  'AWS::RDS::DBCluster': 'rds:modifyDBCluster',
  'AWS::RDS::GlobalCluster': 'rds:modifyGlobalCluster',
};

const switchedOn =
  /"(DeletionProtection|DeletionProtectionEnabled)":(true|"ACTIVE")|"deletion_protection\.enabled","Value":"true"/;

describe.each(formEnvironments)('in %s', (environment) => {
  const stacks = stacksOf(platformOf(recoveringDesign, [environment])).map((stack) => {
    const { Resources } = Template.fromStack(stack).toJSON() as { readonly Resources: Record<string, Resource> };
    return [stack.node.id, Object.entries(Resources)] as const;
  });

  test('nothing is left behind by a policy that keeps what a failed creation made', () => {
    const plain = stacks.flatMap(([, resources]) => resources.filter(([, one]) => one.DeletionPolicy === 'Retain'));
    // A custom resource is a call and no thing: one that is kept is not called again.
    expect(plain.filter(([, { Type }]) => !Type.startsWith('Custom::'))).toEqual([]);
  });

  test('no step of a deployment is called when it is taken back, nor waited for without end', () => {
    const steps = stacks.flatMap(([, resources]) => resources.filter(([, { Type }]) => Type.startsWith('Custom::')));
    expect(steps.map(([logicalId]) => logicalId)).toEqual([expect.stringMatching(/^ExtensionsStep/)]);
    for (const [, step] of steps) {
      expect(step).toMatchObject({ DeletionPolicy: 'Retain', Properties: { ServiceTimeout: '240' } });
    }
  });

  test('nothing is made with deletion protection, which would stop a rollback', () => {
    const made = stacks.flatMap(([, resources]) =>
      resources.filter(([, one]) => one.Type !== 'AWS::Scheduler::Schedule' && switchedOn.test(JSON.stringify(one))),
    );
    expect(made).toEqual([]);
  });

  test('everything that can be protected is, by a schedule whose permission is the last of its stack', () => {
    for (const [id, resources] of stacks) {
      const wanted = resources.filter(([, { Type }]) => Type in protectable);
      if (environment === 'development') {
        expect(resources.filter(([logicalId]) => logicalId.startsWith('Protection'))).toEqual([]);
        continue;
      }
      const schedules = resources.filter(
        ([logicalId, one]) => one.Type === 'AWS::Scheduler::Schedule' && logicalId.startsWith('Protection'),
      );
      for (const [logicalId, { Type }] of wanted) {
        const own = schedules.filter(([, one]) => {
          const text = JSON.stringify(one.Properties);
          return text.includes(`"${logicalId}"`) && text.includes(`aws-sdk:${protectable[Type]}"`);
        });
        expect([id, logicalId, own.length]).toEqual([id, logicalId, 1]);
      }
      const policies = resources.filter(
        ([logicalId, one]) => logicalId.startsWith('ProtectionClockPolicy') && one.Type === 'AWS::IAM::Policy',
      );
      expect([id, policies.length]).toEqual([id, wanted.length > 0 ? 1 : 0]);
      for (const [last, { DependsOn }] of policies) {
        const others = resources.map(([logicalId]) => logicalId).filter((logicalId) => logicalId !== last);
        expect([...(DependsOn ?? [])].sort()).toEqual(others.sort());
      }
    }
  });
});
