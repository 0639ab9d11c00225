// BKP-4: the data bucket keeps versions and moves objects to colder classes on the document's days, and to no others; nor does it delete any.
import { at, literal, type Resource } from '../../../assembly/graph.ts';
import type { Design } from '../../../design/schema.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { dataBuckets, expires, isWhole, lifecycleOf, transitionsOf } from '../storage.ts';

type Transition = Design['backup']['s3']['transitions'][number];

export const backupS3: readonly StatementJudge[] = [
  { id: 'BKP-4', path: 'backup.s3.versioning', judge: judgeVersioning },
  {
    id: 'BKP-4',
    path: 'backup.s3.transitions.*',
    judge: (judgeCase) => {
      const wanted = judgeCase.design.backup.s3.transitions[judgeCase.indices[0] ?? 0];
      return wanted === undefined ? [nothing('a transition of the design')] : judgeTransition(judgeCase, wanted);
    },
  },
  { id: 'BKP-4', path: 'backup.s3.transitions', judge: judgeTransitions },
];

function judgeVersioning({ graph, design }: StatementCase): Finding {
  const buckets = dataBuckets(graph);
  if (buckets.length === 0) return [nothing('a bucket for application data')];
  return buckets.map((bucket) => {
    if (design.backup.s3.versioning) return equals(graph, bucket, ['VersioningConfiguration', 'Status'], 'Enabled');
    const status = at(bucket.properties, 'VersioningConfiguration', 'Status');
    return seen(graph, bucket, ['VersioningConfiguration', 'Status'], status, 'not enabled', status !== 'Enabled');
  });
}

function judgeTransition({ graph }: StatementCase, wanted: Transition): readonly Evidence[] {
  const buckets = dataBuckets(graph);
  if (buckets.length === 0) return [nothing('a bucket for application data')];
  const expected = `${wanted.storageClass} after ${wanted.afterDays} days, whole bucket`;
  return buckets.flatMap((bucket) => {
    const same = transitionsIn(bucket).filter(({ storageClass }) => storageClass === wanted.storageClass);
    if (same.length === 0)
      return [{ ...nothing(expected, bucket.stack), resource: bucket.path, logicalId: bucket.logicalId }];
    return same.map(({ path, afterDays, whole, value }) =>
      seen(graph, bucket, path, value, expected, whole && afterDays === wanted.afterDays),
    );
  });
}

/** The block's own line: the bucket has a lifecycle, and no transition beyond the document's. */
function judgeTransitions(judgeCase: StatementCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = design.backup.s3.transitions;
  const classes = new Set<unknown>(wanted.map(({ storageClass }) => storageClass));
  const buckets = dataBuckets(graph);
  if (buckets.length === 0) return [nothing('a bucket for application data')];
  return buckets.flatMap((bucket) => {
    const found = transitionsIn(bucket);
    const path = ['LifecycleConfiguration', 'Rules'];
    return [
      seen(graph, bucket, path, found.length, `${wanted.length} transitions`, found.length >= wanted.length),
      ...found
        .filter(({ storageClass }) => !classes.has(storageClass))
        .map((strange) => seen(graph, bucket, strange.path, strange.value, 'no transition beyond the document', false)),
      ...lifecycleOf(bucket)
        .filter(expires)
        .map(({ index, rule }) =>
          seen(graph, bucket, [...path, index], rule, 'no expiry: the document has none', false),
        ),
    ];
  });
}

function transitionsIn(bucket: Resource) {
  return lifecycleOf(bucket).flatMap((rule) =>
    transitionsOf(rule).map((value, index) => ({
      value,
      whole: rule.prefix === '' && isWhole(rule),
      storageClass: literal(at(value, 'StorageClass')),
      afterDays: Number(literal(at(value, 'TransitionInDays'))),
      path: ['LifecycleConfiguration', 'Rules', rule.index, 'Transitions', index],
    })),
  );
}
