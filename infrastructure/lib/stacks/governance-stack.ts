// The governance stack: what was done in the account, what it costs, and when it rests (ARC-6). The document draws CloudTrail, Budgets
// and the scheduler, and puts them into none of its stacks.

import type { Construct } from 'constructs';
import { monthlyBudget as budgetOf } from '../../../design/budget.ts';
import { isProduction, perEnvironment, rests } from '../../../design/environments.ts';
import { monthlyBudget } from '../constructs/budget/monthly-budget.ts';
import { logPrefixes } from '../constructs/log/log-bucket.ts';
import { AuditTrail, type Recorded } from '../constructs/trail/audit-trail.ts';
import { WorkingHours } from '../constructs/working-hours/working-hours.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { RegionStacks } from '../region-stacks.ts';
import type { ComputeStack } from './compute-stack.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import type { MonitoringStack } from './monitoring-stack.ts';
import type { RecoveryBaseStack } from './recovery-base-stack.ts';
import type { RecoveryStack } from './recovery-stack.ts';
import type { StorageStack } from './storage-stack.ts';

export interface GovernanceStackProps extends PlatformStackProps {
  readonly storage: StorageStack;
  readonly database: DatabaseStack;
  readonly compute: ComputeStack;
  readonly monitoring: MonitoringStack;
  readonly edge: EdgeStack;
  readonly recoveryBase?: RecoveryBaseStack;
  /** Absent where no region stands by, as is `recovery`. */
  readonly standby?: Pick<RegionStacks, 'storage' | 'compute' | 'database'>;
  readonly recovery?: RecoveryStack;
}

/**
 * Watches over the other stacks and is needed by none.
 *
 * @cost see `AuditTrail`, `monthlyBudget` and `WorkingHours`.
 */
export class GovernanceStack extends PlatformStack {
  constructor(scope: Construct, id: string, props: GovernanceStackProps) {
    super(scope, id, props);
    const { design, environment, storage, database, compute, monitoring } = props;
    const { inputs } = design;

    new AuditTrail(this, 'Trail', {
      bucket: storage.logBucket,
      prefix: logPrefixes.cloudTrail,
      encryptionKey: storage.kmsKey,
      logRetentionDays: perEnvironment(design.logs, environment).cloudTrail,
      managementEvents: inputs.accounts === 'each' || isProduction(design, environment),
      recorded: this.recordedOf(props),
      kept: this.kept,
    });

    monthlyBudget(this, 'Budget', {
      environment,
      amount: budgetOf(design, environment),
      forecast: monitoring.topics.warning,
      actual: monitoring.topics.critical,
    });

    if (rests(design, environment)) {
      new WorkingHours(this, 'WorkingHours', {
        hours: inputs.workingHours,
        holidays: inputs.publicHolidays,
        service: compute.ecsService,
        clusterName: compute.clusterName,
        task: this.sizes.task,
        database: database.cluster,
      });
    }
  }

  /** Every call on the workload's data and functions, wherever they are. */
  private recordedOf({
    storage,
    compute,
    database,
    edge,
    recoveryBase,
    standby,
    recovery,
  }: GovernanceStackProps): Recorded {
    const { places } = recoveryBase?.replicas ?? {};
    const everyOf = (other: PlatformStack | undefined, arns: Readonly<Record<string, string>> = {}) =>
      other === undefined ? [] : Object.entries(arns).map(([name, arn]) => this.readFrom(other, `${name}Arn`, arn));
    return {
      bucketArns: [
        storage.dataBucket.bucketArn,
        this.readFrom(edge, 'AssetsBucketArn', edge.assetsBucketArn),
        ...everyOf(recoveryBase, places && { DataBucket: places.data.bucketArn, LogsBucket: places.logs.bucketArn }),
        ...everyOf(standby?.storage, standby && { LogsBucket: standby.storage.logBucketArn }),
      ],
      functionArns: [
        ...compute.apiFunctions.map(({ functionArn }) => functionArn),
        ...(database.extensionsFunctionArn === undefined ? [] : [database.extensionsFunctionArn]),
        ...everyOf(standby?.compute, standby?.compute.functionArns),
        ...everyOf(recovery, recovery?.recorded.functionArns),
      ],
      tableArns: [...this.tableArnsOf(database, standby), ...everyOf(recovery, recovery?.recorded.tableArns)],
    };
  }

  /** Of the table, and of its replica, which has its name. */
  private tableArnsOf({ table }: DatabaseStack, standby: GovernanceStackProps['standby']): string[] {
    if (table === undefined) return [];
    const replica = (region: string) =>
      this.formatArn({ service: 'dynamodb', region, resource: 'table', resourceName: table.tableName });
    return [table.tableArn, ...(standby === undefined ? [] : [replica(standby.database.region)])];
  }
}
