// What the standby's database may use at least: changed in place, without a restart.
import { DescribeDBClustersCommand, ModifyDBClusterCommand, RDSClient } from '@aws-sdk/client-rds';
import { NotYet } from '../errors.ts';
import type { Capacity } from '../ports.ts';
import { orNotYet } from './busy.ts';
import { clientOptions, nameOf } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

/** The least capacity of a serverless cluster; the most it may use is the template's. */
export function auroraCapacity(variables: RecoveryVariables): Capacity {
  const { region, database } = resourcesOf(variables, 'standby');
  const rds = new RDSClient(clientOptions(region));
  const describe = async () => {
    const { DBClusters: [cluster] = [] } = await rds.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: database }),
    );
    if (cluster === undefined) throw new Error(`There is no cluster ${database}`);
    return { status: cluster.Status, scaling: cluster.ServerlessV2ScalingConfiguration };
  };
  return {
    async isAt(level) {
      const { status, scaling } = await describe();
      return status === 'available' && scaling?.MinCapacity === variables.CAPACITY[level];
    },
    async set(level) {
      const { status, scaling } = await describe();
      if (scaling?.MinCapacity === variables.CAPACITY[level]) return;
      if (status !== 'available') throw new NotYet(`${database} is ${status}`);
      await orNotYet(
        rds.send(
          new ModifyDBClusterCommand({
            DBClusterIdentifier: nameOf(database),
            ServerlessV2ScalingConfiguration: { ...scaling, MinCapacity: variables.CAPACITY[level] },
            ApplyImmediately: true,
          }),
        ),
      );
    },
  };
}
