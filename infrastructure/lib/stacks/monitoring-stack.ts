// The monitoring stack: alarms, the topics that they are heard on, and dashboards (STK-8). Log groups stand with what writes to them.

import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { rests } from '../../../design/environments.ts';
import { AlarmTable } from '../constructs/alarm/alarm-table.ts';
import type { Limits, Member, Members } from '../constructs/alarm/metric-series.ts';
import { DocumentDashboards } from '../constructs/dashboard/document-dashboards.ts';
import { AlertTopics, type Severity } from '../constructs/topic/alert-topics.ts';
import { QuietHours } from '../constructs/working-hours/quiet-hours.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { CacheStack } from './cache-stack.ts';
import type { ComputeStack } from './compute-stack.ts';
import type { DatabaseStack } from './database-stack.ts';

export interface MonitoringStackProps extends PlatformStackProps {
  readonly compute: ComputeStack;
  readonly database: DatabaseStack;
  /** Absent when the document has no CacheStack. */
  readonly cache: CacheStack | undefined;
}

/**
 * Watches the stacks that answer requests; it holds nothing, and nothing waits for it.
 *
 * @cost see `AlarmTable`, `AlertTopics`, `DocumentDashboards` and `QuietHours`.
 */
export class MonitoringStack extends PlatformStack {
  /** What alarms are heard on, for later stacks that have something to say. */
  readonly topics: Readonly<Record<Severity, ITopic>>;
  /** Alarms that keep still until this region takes over. */
  readonly idleAlarms: readonly IAlarm[];

  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    const { design, environment } = props;
    const { alarms: rows, dashboards, inputs } = design;
    const { topics } = new AlertTopics(this, 'Alerts', {
      email: inputs.alertEmail,
      budgets: this.role === 'primary',
    });
    this.topics = topics;
    const members = membersOf(props);
    const limits: Limits = { connections: props.database.maxConnections };
    const idle = this.role === 'standby';
    const { alarms, silent } = new AlarmTable(this, 'Alarms', { rows, members, limits, topics, idle });
    this.idleAlarms = silent;
    if (rests(design, environment)) {
      new QuietHours(this, 'QuietHours', { hours: inputs.workingHours, holidays: inputs.publicHolidays, alarms });
    }
    new DocumentDashboards(this, 'Dashboards', { dashboards, rows, members, limits });
  }
}

/** What there is to watch, with the names that CloudWatch knows it by. */
function membersOf({ compute, database, cache }: MonitoringStackProps): Members {
  const loadBalancer = { LoadBalancer: compute.loadBalancerFullName };
  return {
    'load-balancer': [{ label: 'LoadBalancer', dimensions: loadBalancer }],
    'task-group': [{ label: 'Tasks', dimensions: { TargetGroup: compute.targetGroupFullName, ...loadBalancer } }],
    'target-group': [...compute.servingGroups].map(([label, TargetGroup]) => ({
      label,
      dimensions: { TargetGroup, ...loadBalancer },
    })),
    service: [
      {
        label: 'Service',
        dimensions: { ClusterName: compute.clusterName, ServiceName: compute.ecsService.serviceName },
      },
    ],
    function: compute.apiFunctions.map(({ node, functionName }) => ({
      label: node.id,
      dimensions: { FunctionName: functionName },
    })),
    'db-cluster': [{ label: 'Cluster', dimensions: { DBClusterIdentifier: database.cluster.clusterIdentifier } }],
    // By number and not by role, which a failover changes.
    'db-instance': numbered('Instance', database.cluster.instanceIdentifiers, 'DBInstanceIdentifier').map((member) => ({
      ...member,
      instanceClass: database.instanceClass,
    })),
    'cache-node': cache === undefined ? [] : cacheNodes(cache),
  };
}

function numbered(label: string, names: readonly string[], dimension: string): Member[] {
  return names.map((name, index) => ({ label: `${label}${index + 1}`, dimensions: { [dimension]: name } }));
}

/** ElastiCache names the clusters of a replication group by its id and a number of three digits; each has one node. */
function cacheNodes({ cluster, nodes }: CacheStack): Member[] {
  const names = Array.from({ length: nodes }, (_, index) => `${cluster.ref}-${String(index + 1).padStart(3, '0')}`);
  return numbered('Node', names, 'CacheClusterId').map(({ label, dimensions }) => ({
    label,
    dimensions: { ...dimensions, CacheNodeId: '0001' },
  }));
}
