// A star is acknowledged for one resource, whichever way stacks refer to each other, and for no other.
import { Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import { createApp, synthesize } from '../../app.ts';
import { scratch } from '../../testing/environment.ts';
import { acknowledgePrefix } from './acknowledged-prefix.ts';

test.each(['weak', 'strong'])('only the prefix that is meant is acknowledged, with %s references', (references) => {
  const app = createApp({ outdir: scratch(), context: { '@aws-cdk/core:defaultCrossStackReferences': references } });
  const env = { region: 'eu-west-1' };
  const bucket = new Bucket(new Stack(app, 'Storage', { env }), 'Bucket');
  const stack = new Stack(app, 'Compute', { env });
  const meant = bucket.arnForObjects('orders/*');
  const policy = new Policy(stack, 'Policy', {
    roles: [new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') })],
    statements: [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [meant] }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('other/*')] }),
    ],
  });
  acknowledgePrefix(policy, meant, 'one prefix');
  const wildcards = synthesize(app).findings.filter(({ rule }) => rule.startsWith('AwsSolutions-IAM5'));
  expect(wildcards.map(({ rule }) => rule)).toEqual([expect.stringMatching(/\/other\/\*\]$/)]);
});
