// How the global database's members stand to each other, asked in the standby region.
import { DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import type { Followers } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

export function auroraFollowers(variables: RecoveryVariables): Followers {
  const { GLOBAL_CLUSTER } = variables;
  const rds = new RDSClient(clientOptions(resourcesOf(variables, 'standby').region));
  return {
    async couldTakeOver(region) {
      const { database } = resourcesOf(variables, region);
      const { GlobalClusters: [cluster] = [] } = await rds.send(
        new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: GLOBAL_CLUSTER }),
      );
      const member = cluster?.GlobalClusterMembers?.find(({ DBClusterArn }) => DBClusterArn === database);
      if (cluster?.Status !== 'available' || member === undefined) return false;
      return member.IsWriter === true || member.SynchronizationStatus === 'connected';
    },
  };
}
