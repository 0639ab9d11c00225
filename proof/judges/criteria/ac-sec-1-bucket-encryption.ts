// AC-SEC-1: every bucket, of every kind that AWS calls one and in every region, encrypts with KMS unless it is told otherwise.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { listOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { isDeadKey } from './resources.ts';

export const bucketEncryption: CriterionJudge = {
  id: 'AC-SEC-1',
  about: ['bucket', 'key'],
  judge: judgeBuckets,
};

function judgeBuckets({ everywhere }: CriterionCase): Finding {
  const buckets = everywhere.resources.filter(({ type }) => /^AWS::S3\w*::\w*Bucket$/.test(type));
  if (buckets.length === 0) return { notApplicable: 'there is no bucket' };
  return buckets.flatMap((bucket) => bucketEvidence(everywhere, bucket));
}

const expected = 'aws:kms or aws:kms:dsse, with a key that is not switched off';

function bucketEvidence(graph: CriterionCase['everywhere'], bucket: Resource): readonly Evidence[] {
  const rules = encryptionOf(bucket);
  if (rules.length === 0) {
    return [seen(graph, bucket, ['BucketEncryption'], "nothing said: S3's own keys", expected, false)];
  }
  return rules.map(({ path, algorithm, key }) => {
    const dead = isDeadKey(graph, key);
    const known = literal(algorithm);
    const holds = known === undefined ? undefined : /^aws:kms(:dsse)?$/.test(String(known)) && !dead;
    return seen(graph, bucket, path, dead ? `${textOf(algorithm)}, key switched off` : algorithm, expected, holds);
  });
}

interface Encryption {
  readonly path: PropertyPath;
  readonly algorithm: Value | undefined;
  readonly key: Value | undefined;
}

/** Default encryption of a bucket; buckets for tables and vectors have one rule, in a property of another name. */
function encryptionOf({ properties }: Resource): readonly Encryption[] {
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
