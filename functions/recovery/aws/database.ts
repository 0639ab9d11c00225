// The Aurora global database, asked in the standby region: who writes, how far the copy is behind, and a change of the two.
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeDBClustersCommand,
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  RDSClient,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds';
import type { Role } from '../ledger.ts';
import type { Database } from '../ports.ts';
import { orNotYet } from './busy.ts';
import { clientOptions, lazily, nameOf } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

/** Minutes of measurements that are looked through for the last one. */
const lookBack = 15;

/**
 * AWS describes a switchover as asked for in the region that is left and a failover in the one that takes over. A failover asks for nothing
 * in the first: it tries the switchover in the second, and what is refused there is forced.
 */
export function auroraDatabase(variables: RecoveryVariables): Database {
  const { GLOBAL_CLUSTER } = variables;
  const standby = resourcesOf(variables, 'standby');
  const rds = lazily((region: string) => new RDSClient(clientOptions(region)));
  const metrics = new CloudWatchClient(clientOptions(standby.region));
  const roleOf = (arn: string | undefined): Role | undefined => {
    if (arn === standby.database) return 'standby';
    return arn === resourcesOf(variables, 'primary').database ? 'primary' : undefined;
  };
  /** As the standby's region knows by itself: the global database may wait for a lost region long after this one takes writes. */
  const standbyWrites = async () => {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: standby.database });
    const { DBClusters: [own] = [] } = await orNotYet(rds(standby.region).send(command));
    return own?.Status === 'available' && (own.DBClusterMembers ?? []).some(({ IsClusterWriter }) => IsClusterWriter);
  };
  return {
    async writer() {
      const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: GLOBAL_CLUSTER });
      const { GlobalClusters: [cluster] = [] } = await orNotYet(rds(standby.region).send(command));
      if (cluster === undefined) throw new Error(`There is no global cluster ${GLOBAL_CLUSTER}`);
      const members = cluster.GlobalClusterMembers ?? [];
      // Whoever was taken out of the global database, the last resort of the runbook, writes alone.
      if (!members.some(({ DBClusterArn }) => DBClusterArn === standby.database)) return 'standby';
      if (cluster.Status !== 'available') return (await standbyWrites()) ? 'standby' : undefined;
      return roleOf(members.find(({ IsWriter }) => IsWriter)?.DBClusterArn);
    },
    async replication() {
      const until = new Date();
      const { Datapoints: measured = [] } = await metrics.send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/RDS',
          MetricName: 'AuroraGlobalDBReplicationLag',
          Dimensions: [{ Name: 'DBClusterIdentifier', Value: nameOf(standby.database) }],
          StartTime: new Date(until.getTime() - lookBack * 60_000),
          EndTime: until,
          Period: 60,
          Statistics: ['Maximum'],
        }),
      );
      // They come in no order.
      return measured
        .flatMap(({ Timestamp, Maximum }) =>
          Timestamp === undefined || Maximum === undefined
            ? []
            : [{ measuredAt: Timestamp.toISOString(), lagMs: Maximum }],
        )
        .toSorted((a, b) => (a.measuredAt < b.measuredAt ? 1 : -1))[0];
    },
    async promote(to, how, askedIn) {
      const target = {
        GlobalClusterIdentifier: GLOBAL_CLUSTER,
        TargetDbClusterIdentifier: resourcesOf(variables, to).database,
      };
      const client = rds(resourcesOf(variables, askedIn).region);
      await orNotYet(
        how === 'failover'
          ? client.send(new FailoverGlobalClusterCommand({ ...target, AllowDataLoss: true }))
          : client.send(new SwitchoverGlobalClusterCommand(target)),
      );
    },
  };
}
