// Resource lines of DatabaseStack, CacheStack and StorageStack.
import type { Resource } from '../../../../../assembly/graph.ts';
import { holdsData, lifecycleOf, openRules, takesLogs } from '../../../../../assembly/questions/buckets.ts';
import { instancesOf } from '../../../../../assembly/questions/compute.ts';
import { encryptionOf } from '../../../../../assembly/questions/encryption.ts';
import { isNamedBy, refersTo, textHolds } from '../../../../../assembly/relations.ts';
import { all, any } from '../../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../../design/environments.ts';
import { says } from '../../../../../design/words/resource-line.ts';
import type { Finding } from '../../../judge.ts';
import { missing, on } from '../../../on.ts';
import { parts } from '../../../words/parts.ts';
import { said } from '../../../words/stacks.ts';
import { retentionOf } from '../../backup/retention.ts';
import { clusterZones } from '../../network/zones.ts';
import { inStack, type LineCase, present, those } from './line.ts';

/** Multi-AZ binds an environment that the document does not let have one zone. */
export function aurora(line: LineCase): Finding {
  const { judgeCase, stack, wanted } = line;
  const { graph, design, environment } = judgeCase;
  const found = inStack(line, 'AWS::RDS::DBCluster');
  if (found.length === 0) return [missing(parts.auroraCluster, stack)];
  const several = says(wanted, 'several-zones') && perEnvironment(design.multiAz, environment);
  return found.flatMap((cluster) => [
    on(cluster)
      .property('Engine')
      .fits((engine) => engine.startsWith('aurora'), said.auroraEngine),
    ...(several
      ? clusterZones(graph, cluster)
      : [
          on(cluster).holds(isNamedBy(graph, 'AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster), {
            expected: parts.oneInstanceOrMore,
            observed: instancesOf(graph, cluster).length,
          }),
        ]),
  ]);
}

export function secret(line: LineCase): Finding {
  const { graph } = line.judgeCase;
  const isPassword = (one: Resource) => isNamedBy(graph, 'AWS::RDS::DBCluster', 'MasterUserPassword', one);
  return those(line, inStack(line, 'AWS::SecretsManager::Secret'), isPassword, said.passwordOfCluster);
}

export function backupPolicy(line: LineCase): Finding {
  const { design, environment } = line.judgeCase;
  const found = inStack(line, 'AWS::RDS::DBCluster');
  if (found.length === 0) return [missing(said.backedUpCluster, line.stack)];
  const days = perEnvironment(design.backup.aurora.retentionDays, environment);
  return found.map((cluster) => retentionOf(cluster).is(days));
}

export function cache(line: LineCase): Finding {
  const { judgeCase, stack, wanted } = line;
  const { design, environment } = judgeCase;
  const found = inStack(line, 'AWS::ElastiCache::ReplicationGroup');
  if (found.length === 0) return [missing(parts.replicationGroup, stack)];
  const several = says(wanted, 'several-zones') && (perEnvironment(design.sizes, environment).cache?.nodes ?? 1) > 1;
  return found.flatMap((group) =>
    several
      ? [on(group).property('MultiAZEnabled').is(true), on(group).property('AutomaticFailoverEnabled').is(true)]
      : [present(group)],
  );
}

export function bucket(line: LineCase): Finding {
  const [isMeant, expected] = says(line.wanted, 'logs')
    ? ([takesLogs, parts.logBucket] as const)
    : ([holdsData, parts.dataBucket] as const);
  return those(line, inStack(line, 'AWS::S3::Bucket'), (one) => isMeant(line.judgeCase.graph, one), expected);
}

export function lifecycle(line: LineCase): Finding {
  const found = inStack(line, 'AWS::S3::Bucket');
  if (found.length === 0) return [missing(said.bucketWithLifecycle, line.stack)];
  return found.map((one) => {
    const enabled = lifecycleOf(one).length;
    const held = enabled > 0 || (openRules(one).length > 0 ? undefined : false);
    return on(one)
      .property('LifecycleConfiguration', 'Rules')
      .holds(held, { expected: said.enabledRule, observed: enabled });
  });
}

/** The key encrypts every bucket of the stack. */
export function key(line: LineCase): Finding {
  const keys = inStack(line, 'AWS::KMS::Key');
  if (keys.length === 0) return [missing(said.kmsKey, line.stack)];
  return [
    ...keys.map((one) => on(one).property('Enabled').otherwise(true).is(true)),
    ...inStack(line, 'AWS::S3::Bucket').flatMap((one) => {
      const expected = said.encryptedByStackKey;
      const rules = encryptionOf(one);
      if (rules.length === 0) return [on(one).property('BucketEncryption').holds(false, { expected })];
      return rules.map(({ path, algorithm, key: named }) => {
        const isKms = textHolds(algorithm, (name) => /^aws:kms(:dsse)?$/.test(name));
        return on(one)
          .property(...path)
          .holds(all([any(keys.map((candidate) => refersTo(named, candidate))), isKms]), { expected });
      });
    }),
  ];
}
