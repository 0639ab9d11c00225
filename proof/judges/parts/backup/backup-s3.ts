// BKP-4: the data bucket keeps versions and moves objects to colder classes on the document's days, and to no others; nor does it delete any.
import { at, isUnresolved, type Resource } from '../../../../assembly/graph.ts';
import {
  expires,
  isWhole,
  lifecycleOf,
  lifecyclePath,
  openRules,
  transitionsOf,
} from '../../../../assembly/questions/buckets.ts';
import { textHolds } from '../../../../assembly/relations.ts';
import { all } from '../../../../assembly/truth.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Design } from '../../../../design/schema.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/backups.ts';
import { said as words } from '../../words/evidence.ts';
import { parts } from '../../words/parts.ts';
import { onDataBuckets } from '../bucket/data-buckets.ts';

type Transition = Design['backup']['s3']['transitions'][number];

export const backupS3: readonly StatementJudge[] = [
  { id: 'BKP-4', path: 'backup.s3.versioning', judge: judgeVersioning },
  {
    id: 'BKP-4',
    path: 'backup.s3.transitions.*',
    judge: ({ graph, design, indices: [index = 0] }) => {
      const wanted = design.backup.s3.transitions[index];
      if (wanted === undefined) return [missing(parts.inTheDesign)];
      return onDataBuckets(graph, (bucket) => transitionEvidence(bucket, wanted));
    },
  },
  { id: 'BKP-4', path: 'backup.s3.transitions', judge: judgeTransitions },
];

function judgeVersioning({ graph, design }: StatementCase): Finding {
  return onDataBuckets(graph, (bucket) => {
    const status = on(bucket).property('VersioningConfiguration', 'Status');
    return [design.backup.s3.versioning ? status.is('Enabled') : status.isNot('Enabled')];
  });
}

function transitionEvidence(bucket: Resource, { storageClass, afterDays }: Transition): readonly Observation[] {
  const expected = said.movedAfter({ storageClass, days: afterDays });
  const judged = transitionsIn(bucket).flatMap(({ path, whole, value }) => {
    const isMeant = textHolds(at(value, 'StorageClass'), (name) => name === storageClass);
    const isInTime = textHolds(at(value, 'TransitionInDays'), (days) => Number(days) === afterDays);
    if (isMeant === false) return [];
    return [
      on(bucket)
        .property(...path)
        .holds(isMeant && all([whole, isInTime]), { expected }),
    ];
  });
  const evidence = [...judged, ...open(bucket, expected)];
  if (evidence.length > 0) return evidence;
  return [
    on(bucket)
      .property(...lifecyclePath)
      .holds(false, { expected, observed: words.nothingFound }),
  ];
}

/** Rules of which the templates do not say enough. */
const open = (bucket: Resource, expected: Said): readonly Observation[] =>
  openRules(bucket).map((path) =>
    on(bucket)
      .property(...path)
      .holds(undefined, { expected }),
  );

/** The block's own line: the bucket has a lifecycle, and no transition beyond the document's. */
function judgeTransitions({ graph, design }: StatementCase): Finding {
  const wanted = design.backup.s3.transitions;
  const classes = new Set<string>(wanted.map(({ storageClass }) => storageClass));
  return onDataBuckets(graph, (bucket) => {
    const found = transitionsIn(bucket);
    const unknown = open(bucket, said.noFurtherTransition);
    const mayBeMore = unknown.length > 0 || found.some(({ value }) => isUnresolved(value));
    return [
      on(bucket)
        .property(...lifecyclePath)
        .holds(mayBeMore ? undefined : found.length >= wanted.length, {
          expected: said.transitionsCounted({ count: wanted.length }),
          observed: found.length,
        }),
      ...found.flatMap(({ path, value }) => {
        const isKnown = textHolds(at(value, 'StorageClass'), (name) => classes.has(name));
        const stated = on(bucket).property(...path);
        return isKnown ? [] : [stated.holds(isKnown, { expected: said.noFurtherTransition })];
      }),
      ...lifecycleOf(bucket)
        .filter(expires)
        .map(({ path }) =>
          on(bucket)
            .property(...path)
            .holds(false, { expected: said.noExpiryInDocument }),
        ),
      ...unknown,
    ];
  });
}

function transitionsIn(bucket: Resource) {
  return lifecycleOf(bucket).flatMap((rule) =>
    transitionsOf(rule).map((placed) => ({ ...placed, whole: rule.prefix === '' && isWhole(rule) })),
  );
}
