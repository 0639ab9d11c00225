// Aurora: instances by the hour, storage, I/O and backups by the cluster. A cluster is Standard or I/O-Optimized, and its instances'
// price follows; a cluster that follows a global database pays for the writes that it is sent.
import { literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { instancesOf } from '../../../assembly/questions/compute.ts';
import { ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { refuse } from '../problem.ts';
import { type Charge, type Pricer, partOf, type Site, settledNumber, settledText } from './site.ts';

const isOptimized = ({ properties }: Resource) => literal(properties.StorageType) === 'aurora-iopt1';

export const databaseInstance: Pricer = {
  type: 'AWS::RDS::DBInstance',
  price(instance, site) {
    const found = targetOf(site.graph, instance.properties.DBClusterIdentifier);
    const engine = settledText(instance, ['Engine'], found === undefined ? undefined : settledText(found, ['Engine']));
    if (found === undefined || engine !== 'aurora-postgresql') {
      return refuse('missing-price', {
        item: `rds.${engine}.instance.${settledText(instance, ['DBInstanceClass'])}`,
        region: site.regionOf(instance),
        nearest: ['aurora.instance.db.r6g.large'],
      });
    }
    const machine = settledText(instance, ['DBInstanceClass']);
    return [hoursOf(machine, found, site, site.runningHours), ...monitoringOf(instance, site)];
  },
};

/** Hours of an instance of a cluster. */
function hoursOf(machine: string, owner: Resource, site: Site, hours: number): Charge {
  const kind = isOptimized(owner) ? 'aurora.io-optimized' : 'aurora';
  return machine === 'db.serverless'
    ? { item: `${kind}.serverless.acu-hour`, quantity: acusOf(owner, site) * hours }
    : { item: `${kind}.instance.${machine}`, quantity: hours };
}

/**
 * A serverless instance never falls under the cluster's least; one that takes no traffic comes near it, unless what runs beside it holds it
 * above (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html).
 */
function acusOf(owner: Resource, site: Site): number {
  const least = settledNumber(owner, ['ServerlessV2ScalingConfiguration', 'MinCapacity']);
  return Math.max(least, site.usage.read(site.regionOf(owner) === site.home ? 'averageAcu' : 'restingAcu'));
}

/** Enhanced monitoring writes to CloudWatch Logs, the more the shorter its interval. */
function monitoringOf(instance: Resource, site: Site): readonly Charge[] {
  const interval = settledNumber(instance, ['MonitoringInterval'], 0);
  if (interval === 0) return [];
  return [
    {
      item: 'logs.ingest.gb',
      quantity: (site.usage.read('enhancedMonitoringGb') * 60) / interval,
      purpose: 'enhancedMonitoring',
    },
  ];
}

export const databaseCluster: Pricer = {
  type: 'AWS::RDS::DBCluster',
  price(cluster, site) {
    const { usage } = site;
    const storage = isOptimized(cluster) ? 'aurora.io-optimized.storage.gb-month' : 'aurora.storage.gb-month';
    const io = partOf(site, cluster, 'databaseIos');
    return [
      { item: storage, quantity: usage.read('databaseGb') },
      ...(isOptimized(cluster) || io === 0 ? [] : [{ item: 'aurora.io', quantity: io }]),
      ...(follows(cluster, site)
        ? [{ item: 'aurora.replicated-write', quantity: usage.read('databaseWrites') }]
        : [{ item: 'aurora.backup.gb-month', quantity: usage.read('databaseBackupGb') }]),
      ...transferOf(cluster, site),
    ];
  },
};

/** A secondary of a global database stands in another region than the one that takes the traffic. */
function follows(cluster: Resource, site: Site): boolean {
  return cluster.properties.GlobalClusterIdentifier !== undefined && site.regionOf(cluster) !== site.home;
}

/** GB of a replicated write, which travels between regions. */
const writeGb = 4 / 1e6;

function transferOf(cluster: Resource, site: Site): readonly Charge[] {
  if (!follows(cluster, site)) return [];
  const quantity = site.usage.read('databaseWrites') * writeGb;
  return [{ item: 'transfer.between-regions.gb', quantity, region: site.home, purpose: 'database' }];
}

/** Vaults keep the weekly snapshots that a plan makes; an empty one costs nothing. */
export const backupVault: Pricer = {
  type: 'AWS::Backup::BackupVault',
  price(vault, site): readonly Charge[] {
    const plans = ofType(site.graph, 'AWS::Backup::BackupPlan');
    const name = literal(vault.properties.BackupVaultName);
    const used = plans.some(({ properties }) => {
      const text = textOf(properties.BackupPlan);
      return pointsAt(properties.BackupPlan, vault) || (name !== undefined && text.includes(String(name)));
    });
    if (!used) return [];
    const quantity = site.usage.read('snapshotGb');
    const copied = site.regionOf(vault) !== site.home;
    return [
      { item: 'backup.aurora.gb-month', quantity },
      ...(copied
        ? [{ item: 'transfer.between-regions.gb', quantity, region: site.home, purpose: 'snapshots' as const }]
        : []),
    ];
  },
};

/** A restore test makes a cluster for some hours: the test itself and two hours of an instance like the platform's. */
export const restoreTesting: Pricer = {
  type: 'AWS::Backup::RestoreTestingSelection',
  price(selection, site): readonly Charge[] {
    const tests = site.usage.read('restoreTests') / ofType(site.graph, selection.type).length;
    const [cluster] = ofType(site.graph, 'AWS::RDS::DBCluster').filter(
      (one) => site.regionOf(one) === site.regionOf(selection),
    );
    const machine = cluster && literal(instancesOf(site.graph, cluster)[0]?.properties.DBInstanceClass);
    return [
      { item: 'backup.restore-test', quantity: tests },
      ...(machine === undefined || cluster === undefined
        ? []
        : [{ ...hoursOf(String(machine), cluster, site, 2 * tests), purpose: 'restoreTest' as const }]),
    ];
  },
};
