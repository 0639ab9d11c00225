// AC-SEC-1: every bucket, of every kind that AWS calls one and in every region, encrypts with KMS unless it is told otherwise.
import { type Assembly, at, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { isDeadKey } from '../../../../assembly/questions/key-users.ts';
import { listOf, textHolds } from '../../../../assembly/relations.ts';
import { all, not } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/security.ts';

export const bucketEncryption: CriterionJudge = {
  id: 'AC-SEC-1',
  of: ['bucket'],
  about: ['bucket', 'key'],
  judge: judgeBuckets,
};

function judgeBuckets({ everywhere }: CriterionCase): Finding {
  const buckets = everywhere.resources.filter(({ type }) => /^AWS::S3\w*::\w*Bucket$/.test(type));
  if (buckets.length === 0) return noneOf(everywhere, shared.noBucket);
  return buckets.flatMap((bucket) => bucketEvidence(everywhere, bucket));
}

function bucketEvidence(graph: Assembly, bucket: Resource): readonly Observation[] {
  const expected = said.kmsInUse;
  const rules = encryptionOf(bucket);
  if (rules.length === 0) {
    return [on(bucket).property('BucketEncryption').holds(false, { expected, observed: said.ownKeysOfS3 })];
  }
  return rules.map(({ path, algorithm, key }) => {
    const isDead = isDeadKey(graph, key);
    const isKms = textHolds(algorithm, (name) => /^aws:kms(:dsse)?$/.test(name));
    const observed = isDead ? said.keySwitchedOff({ algorithm: textOf(algorithm) }) : algorithm;
    return on(bucket)
      .property(...path)
      .holds(all([isKms, not(isDead)]), { expected, observed });
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
