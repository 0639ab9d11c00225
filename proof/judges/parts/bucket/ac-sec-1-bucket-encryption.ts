// AC-SEC-1: every bucket, of every kind that AWS calls one and in every region, encrypts with KMS unless it is told otherwise.
import { type Assembly, type Resource, textOf } from '../../../../assembly/graph.ts';
import { encryptionOf, isDeadKey } from '../../../../assembly/questions/encryption.ts';
import { textHolds } from '../../../../assembly/relations.ts';
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
