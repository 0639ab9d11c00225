// Whether, and with which keys, databases and buckets encrypt what they store.
import { type Assembly, at, type Resource, type Value } from '../graph.ts';
import { isLiteral, isTrue, type PropertyPath } from '../properties.ts';
import { listOf, targetOf } from '../relations.ts';
import { all, not, type Truth } from '../truth.ts';

/** Whether a key that is named is one of the templates' own that is switched off or on its way out. */
export function isDeadKey(graph: Assembly, key: Value | undefined): Truth {
  const target = targetOf(graph, key);
  return target?.type === 'AWS::KMS::Key' && isLiteral(target.properties.Enabled, 'false');
}

/** What a database may be made from; it is then encrypted as that is, whatever its own template says. */
const origins = ['SnapshotIdentifier', 'DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier'] as const;
const sources = [
  'SourceDBClusterIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDBClusterResourceId',
  'SourceDbiResourceId',
] as const;

/** Whether a cluster or lone instance is encrypted; `undefined` when that hangs on something outside the templates. */
export function isEncrypted(graph: Assembly, database: Resource, met = new Set<string>()): Truth {
  if (met.has(database.key)) return undefined;
  met.add(database.key);
  const { properties } = database;
  const source = sources.map((name) => properties[name]).find((value) => value !== undefined);
  if (source !== undefined) {
    const target = targetOf(graph, source);
    return target && isEncrypted(graph, target, met);
  }
  const isRestored = origins.some((name) => properties[name] !== undefined);
  const written = properties.StorageEncrypted;
  return all([
    not(isDeadKey(graph, properties.KmsKeyId)),
    written === undefined && isRestored ? undefined : isTrue(written),
  ]);
}

export interface Encryption {
  readonly path: PropertyPath;
  readonly algorithm: Value | undefined;
  readonly key: Value | undefined;
}

/** Default encryption of a bucket; buckets for tables and vectors have one rule, in a property of another name. */
export function encryptionOf({ properties }: Resource): readonly Encryption[] {
  const rules = listOf(at(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'));
  const other = properties.EncryptionConfiguration;
  return [
    ...rules.map((rule, index) => ({
      path: ['BucketEncryption', 'ServerSideEncryptionConfiguration', index, 'ServerSideEncryptionByDefault'],
      algorithm: at(rule, 'ServerSideEncryptionByDefault', 'SSEAlgorithm'),
      key: at(rule, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'),
    })),
    ...(other === undefined
      ? []
      : [
          {
            path: ['EncryptionConfiguration'],
            algorithm: at(other, 'SSEAlgorithm') ?? at(other, 'SseType'),
            key: at(other, 'KMSKeyArn') ?? at(other, 'KmsKeyArn'),
          },
        ]),
  ];
}
