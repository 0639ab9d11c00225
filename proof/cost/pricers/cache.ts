// ElastiCache: nodes by the hour, at the engine's own price, and backups beyond the first.
import { nodesOf } from '../../../assembly/questions/compute.ts';
import { monthHours } from '../../../aws/schedule.ts';
import { type Pricer, settledNumber, settledText } from './site.ts';

export const replicationGroup: Pricer = {
  type: 'AWS::ElastiCache::ReplicationGroup',
  price(group, { usage }) {
    const engine = settledText(group, ['Engine'], 'redis');
    const machine = settledText(group, ['CacheNodeType']);
    // One backup of a cluster is free.
    const kept = Math.max(0, settledNumber(group, ['SnapshotRetentionLimit'], 0) - 1);
    return [
      // A cache cannot be stopped.
      {
        item: `elasticache.${engine}.${machine}`,
        quantity: (nodesOf(group) ?? settledNumber(group, ['NumCacheClusters'])) * monthHours,
      },
      ...(kept === 0 ? [] : [{ item: 'elasticache.backup.gb-month', quantity: kept * usage.read('cacheDataGb') }]),
    ];
  },
};
