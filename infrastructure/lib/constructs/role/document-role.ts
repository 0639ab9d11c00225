// A role of the document: who may take it on, and AWS's own policies that it holds (IAM-1…4).
import { Tags, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Role as WantedRole } from '../../../../design/schema.ts';

/**
 * AWS's policies for the roles of its services stand under `service-role/`, most others at the root; the document names them without
 * their path (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html).
 */
const servicePolicies = new Set([
  'AmazonECSTaskExecutionRolePolicy',
  'AmazonRDSEnhancedMonitoringRole',
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSLambdaENIManagementAccess',
  'AWSLambdaKinesisExecutionRole',
  'AWSLambdaMSKExecutionRole',
  'AWSLambdaRole',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaVPCAccessExecutionRole',
]);

/**
 * The role without statements: those stand with what they speak of, in the stack that owns the resource, so that this stack waits for
 * no later one. Its name is CloudFormation's; the document's is the Name tag.
 *
 * Day 2: `aws iam generate-service-last-accessed-details --arn <role>` tells which permissions nobody used.
 *
 * @cost free.
 */
export function documentRole(scope: Construct, id: string, wanted: WantedRole): Role {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal(wanted.principal),
    ...(isPlain(wanted.title) ? { description: wanted.title } : {}),
    managedPolicies: wanted.managedPolicies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(withPath(name))),
  });
  Tags.of(role).add('Name', wanted.name);
  for (const name of wanted.managedPolicies) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${withPath(name)}]`,
      reason: `The document gives ${wanted.name} this policy of AWS (IAM-5 accepts those that it names).`,
    });
  }
  return role;
}

const withPath = (name: string) => (servicePolicies.has(name) ? `service-role/${name}` : name);

/** IAM takes no Japanese in a description. */
const isPlain = (text: string) => /^[\x20-\x7e]{1,1000}$/.test(text);
