// Who makes the service-linked roles of the services that the templates use. AWS tells it on the page that is named; a service that is new
// to the templates must be looked up.
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { rolesToMakeFirst } from '../../aws/service-linked-roles.ts';
import { formEnvironments } from '../../design/schema.ts';
import { platformOf, stacksOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

const docs = 'https://docs.aws.amazon.com';
/** Services that make their role with the first resource that needs it, in time for that. */
const madeInTime: Readonly<Record<string, string>> = {
  ApplicationAutoScaling: `${docs}/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html`,
  Backup: `${docs}/aws-backup/latest/devguide/using-service-linked-roles.html`,
  CertificateManager: `${docs}/acm/latest/userguide/acm-slr.html`,
  DynamoDB: `${docs}/amazondynamodb/latest/developerguide/globaltables-security.html`,
  ElastiCache: `${docs}/AmazonElastiCache/latest/dg/using-service-linked-roles.html`,
  ElasticLoadBalancingV2: `${docs}/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html`,
  RDS: `${docs}/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAM.ServiceLinkedRoles.html`,
};
/** Services without one, or with one for what the templates do not do, as firewall logs to Firehose and trails of an organization. */
const needNone = [
  ...[
    'Budgets',
    'CloudFront',
    'CloudTrail',
    'CloudWatch',
    'EC2',
    'Events',
    'IAM',
    'KMS',
    'Lambda',
    'Logs',
    'Route53',
    'S3',
    'SNS',
  ],
  ...['SQS', 'SSM', 'Scheduler', 'SecretsManager', 'Serverless', 'StepFunctions', 'WAFv2', 'XRay'],
];

test('of every service in the templates it is known who makes its service-linked role', () => {
  const app = platformOf(recoveringDesign, formEnvironments);
  const types = stacksOf(app).flatMap((stack) =>
    Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources ?? {}).map(({ Type }) => Type),
  );
  const first = rolesToMakeFirst.flatMap((role) => role.types);
  // A custom resource is of no service.
  const others = types.filter((type) => type.startsWith('AWS::') && !first.includes(type));
  const services = new Set(others.map((type) => type.split('::')[1] ?? ''));
  services.delete('CDK');
  // What of ECS is left needs no role of its own.
  expect([...services].sort()).toEqual([...Object.keys(madeInTime), ...needNone, 'ECS'].sort());
});
