// Deletion protection that begins once a stack stands: a creation that fails can then still be taken back (ADR-047).
import { AspectPriority, Aspects, CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnGlobalCluster, IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct, type IConstruct } from 'constructs';
import { type OperationCall, ScheduledCalls } from '../schedule/scheduled-calls.ts';

/** Something that AWS refuses to delete while it is protected. */
export interface ProtectedResource {
  /** Part of logical ids. */
  readonly id: string;
  /** Switches the protection on; it may be made again and again. */
  readonly call: OperationCall;
  readonly action: string;
  readonly arn: string;
}

export const guardedCluster = ({ clusterIdentifier, clusterArn }: IDatabaseCluster): ProtectedResource => ({
  id: 'Cluster',
  call: {
    service: 'rds',
    operation: 'modifyDBCluster',
    input: { DbClusterIdentifier: clusterIdentifier, DeletionProtection: true },
  },
  action: 'rds:ModifyDBCluster',
  arn: clusterArn,
});

export const guardedGlobalCluster = (cluster: CfnGlobalCluster): ProtectedResource => ({
  id: 'GlobalCluster',
  call: {
    service: 'rds',
    operation: 'modifyGlobalCluster',
    input: { GlobalClusterIdentifier: cluster.ref, DeletionProtection: true },
  },
  action: 'rds:ModifyGlobalCluster',
  // Global databases belong to no region.
  arn: `arn:${cluster.stack.partition}:rds::${cluster.stack.account}:global-cluster:${cluster.ref}`,
});

export const guardedTable = ({ tableName, tableArn }: Pick<ITable, 'tableName' | 'tableArn'>): ProtectedResource => ({
  id: 'Table',
  call: {
    service: 'dynamodb',
    operation: 'updateTable',
    input: { TableName: tableName, DeletionProtectionEnabled: true },
  },
  action: 'dynamodb:UpdateTable',
  arn: tableArn,
});

/**
 * CloudFormation refuses to delete what is protected, in a rollback too: a cluster that were made with protection would turn every
 * failure after it into ROLLBACK_FAILED, with a bill and a name that is taken. So no template protects what it creates; schedules do it
 * within the hour, and do it again every hour, should somebody have taken it off and forgotten.
 *
 * The schedules may do nothing before their role's policy is there, and that policy is made after everything else of the stack: nothing
 * can fail any more once it is. When the stack goes, the policy and the schedules go first.
 *
 * Day 2: who means to delete something takes the protection off within the hour in which they do it: `aws scheduler update-schedule
 * --state DISABLED`, then `aws rds modify-db-cluster --no-deletion-protection`. `hashira smoke` and `hashira drift` show what is not on.
 *
 * @cost 730 calls a month for each: nothing.
 */
export class DeletionProtection extends Construct {
  constructor(scope: Construct, id: string, { guarded }: { readonly guarded: readonly ProtectedResource[] }) {
    super(scope, id);
    const clock = new ScheduledCalls(this, 'Clock', {
      purpose: 'Lets schedules protect data against deletion',
      statements: guarded.map(
        ({ id, action, arn }) => new PolicyStatement({ sid: `Protect${id}`, actions: [action], resources: [arn] }),
      ),
      permittedLast: true,
    });
    for (const { id, call } of guarded) clock.at(id, 'rate(1 hour)', `Every hour: ${call.operation}, protected`, call);
    Aspects.of(Stack.of(this)).add(new AfterAllElse(clock), { priority: AspectPriority.READONLY });
  }
}

/** Makes the policy of a clock depend on every other resource of its stack. */
class AfterAllElse implements IAspect {
  private readonly policy: CfnResource;

  constructor({ policy }: ScheduledCalls) {
    const { defaultChild } = policy.node;
    if (!CfnResource.isCfnResource(defaultChild)) throw new Error('A policy of CDK is a policy of CloudFormation');
    this.policy = defaultChild;
  }

  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node !== this.policy) this.policy.addResourceDependency(node);
  }
}
