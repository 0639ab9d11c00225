// Resource lines of DatabaseStack, CacheStack and StorageStack.
import { at, literal } from '../../../../assembly/graph.ts';
import { ofType, pointing, pointsAt } from '../../../../assembly/relations.ts';
import { says } from '../../../../design/words/resource-line.ts';
import { equals, nothing, seen } from '../../evidence.ts';
import type { Finding } from '../../judge.ts';
import { dataBuckets, lifecycleOf, logBuckets } from '../../storage.ts';
import { clusterZones } from '../../zones.ts';
import { inStack, type LineCase } from './line.ts';

/** Multi-AZ binds an environment that the document does not let have one zone. */
export function aurora(line: LineCase): Finding {
  const { judgeCase, stack, said } = line;
  const { graph, design, environment } = judgeCase;
  const found = inStack(line, 'AWS::RDS::DBCluster');
  if (found.length === 0) return [nothing('an Aurora cluster', stack)];
  return found.flatMap((cluster) => {
    const instances = pointing(graph, 'AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster);
    const engine = literal(cluster.properties.Engine);
    const several = says(said, 'several-zones') && design.multiAz[environment];
    return [
      seen(graph, cluster, ['Engine'], engine, 'aurora-…', String(engine).startsWith('aurora')),
      ...(several
        ? clusterZones(graph, cluster)
        : [seen(graph, cluster, [], instances.length, 'at least one instance', instances.length > 0)]),
    ];
  });
}

export function secret(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  const found = inStack(line, 'AWS::SecretsManager::Secret').filter((candidate) =>
    clusters.some(({ properties }) => pointsAt(properties.MasterUserPassword, candidate)),
  );
  if (found.length === 0) return [nothing('a secret that the cluster takes its password from', line.stack)];
  return found.map((one) => seen(graph, one, [], one.type, 'the password of the cluster', true));
}

export function backupPolicy(line: LineCase): Finding {
  const { graph, design, environment } = line.judgeCase;
  const found = inStack(line, 'AWS::RDS::DBCluster');
  if (found.length === 0) return [nothing('a cluster that is backed up', line.stack)];
  return found.map((cluster) =>
    equals(graph, cluster, ['BackupRetentionPeriod'], design.backup.aurora.retentionDays[environment]),
  );
}

export function cache(line: LineCase): Finding {
  const { judgeCase, stack, said } = line;
  const { graph, design, environment } = judgeCase;
  const found = inStack(line, 'AWS::ElastiCache::ReplicationGroup');
  if (found.length === 0) return [nothing('a replication group', stack)];
  const several = says(said, 'several-zones') && (design.sizes[environment].cache?.nodes ?? 1) > 1;
  return found.flatMap((group) =>
    several
      ? [equals(graph, group, ['MultiAZEnabled'], true), equals(graph, group, ['AutomaticFailoverEnabled'], true)]
      : [seen(graph, group, [], group.type, group.type, true)],
  );
}

export function bucket({ judgeCase: { graph }, stack, said }: LineCase): Finding {
  const [which, expected] = says(said, 'logs')
    ? ([logBuckets, 'a bucket that logs are delivered to'] as const)
    : ([dataBuckets, 'a bucket for application data'] as const);
  const found = which(graph).filter((one) => one.stack === stack);
  if (found.length === 0) return [nothing(expected, stack)];
  return found.map((one) => seen(graph, one, [], one.type, expected, true));
}

export function lifecycle(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const found = inStack(line, 'AWS::S3::Bucket');
  if (found.length === 0) return [nothing('a bucket with a lifecycle', line.stack)];
  return found.map((one) => {
    const rules = lifecycleOf(one).length;
    return seen(graph, one, ['LifecycleConfiguration', 'Rules'], rules, 'at least one enabled rule', rules > 0);
  });
}

/** The key encrypts every bucket of the stack. */
export function key(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const keys = inStack(line, 'AWS::KMS::Key');
  if (keys.length === 0) return [nothing('a KMS key', line.stack)];
  return [
    ...keys.map((one) => {
      const enabled = one.properties.Enabled ?? true;
      return seen(graph, one, ['Enabled'], enabled, true, String(literal(enabled)) === 'true');
    }),
    ...inStack(line, 'AWS::S3::Bucket').map((one) => {
      const path = ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault'];
      const encryption = at(one.properties, ...path);
      const algorithm = literal(at(encryption, 'SSEAlgorithm'));
      const own = keys.some((candidate) => pointsAt(at(encryption, 'KMSMasterKeyID'), candidate));
      const held = own && (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse');
      return seen(graph, one, path, encryption, 'aws:kms with a key of this stack', held);
    }),
  ];
}
