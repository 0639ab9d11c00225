// What the workload's roles may do with what ComputeStack makes, and with what stacks hold that may not know the roles (IAM-1…3, IAM-5).
import { Stack, Validations } from 'aws-cdk-lib';
import { Policy, type PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { actionsWithoutResource } from '../../../../aws/permissions.ts';
import type { Design } from '../../../../design/schema.ts';
import { actionsFor, allow } from '../../permissions.ts';
import { acknowledgePrefix } from './acknowledged-prefix.ts';

/** What makes a policy readable: its construct id, and the role's. */
const policyIds = { 'task-execution': 'TaskExecutionPolicy', task: 'TaskPolicy', lambda: 'FunctionPolicy' } as const;

export interface WorkloadPolicyProps {
  readonly design: Design;
  readonly key: keyof typeof policyIds;
  readonly role: Role;
  /** Where the role's tasks or functions write their logs. */
  readonly logGroups: readonly ILogGroup[];
  /** The repository that images are fetched from, for the role that fetches them. */
  readonly imageRepositoryArn?: string;
  /** Takes what a function could not work on. */
  readonly undeliveredQueue?: IQueue;
  /** Statements of stacks that must not depend on SecurityStack. */
  readonly statements?: readonly PolicyStatement[];
  /** Objects below the prefix that the statements speak of: an ARN that ends with a star. */
  readonly objectsArn?: string;
}

/**
 * The role's policy. It holds the document's actions and `additions`, each on the resources that are its own.
 *
 * Day 2: `hashira build` names every line of the document's roles with the statement that carries it out.
 *
 * @cost free.
 */
export function workloadPolicy(scope: Construct, props: WorkloadPolicyProps): Policy {
  const { design, key, logGroups, imageRepositoryArn, undeliveredQueue, objectsArn } = props;
  const named = (service: string) =>
    actionsFor(design, key, service).filter((action) => !actionsWithoutResource.includes(action));
  const unnamed = actionsWithoutResource.filter((action) =>
    actionsFor(design, key, action.split(':')[0] ?? '').includes(action),
  );
  const policy = new Policy(scope, policyIds[key], {
    // Several stacks put a policy on the role, and of two with the same name the later would silently take the place of the first.
    policyName: Stack.of(scope).stackName,
    roles: [props.role],
    statements: [
      ...allow('UseServices', unnamed, '*'),
      ...(imageRepositoryArn === undefined ? [] : allow('FetchImage', named('ecr'), imageRepositoryArn)),
      ...allow('WriteLogs', named('logs'), ...logGroups.map(({ logGroupArn }) => logGroupArn)),
      ...(undeliveredQueue === undefined
        ? []
        : allow('KeepUndelivered', ['sqs:SendMessage'], undeliveredQueue.queueArn)),
      ...(props.statements ?? []),
    ],
  });
  if (unnamed.length > 0) {
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: `AWS knows no resource for ${unnamed.join(', ')}.`,
    });
  }
  if (objectsArn !== undefined) acknowledgePrefix(policy, objectsArn, 'The document allows one prefix of one bucket.');
  return policy;
}
