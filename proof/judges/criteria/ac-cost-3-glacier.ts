// AC-COST-3: every bucket has a lifecycle, and those that hold data, with their copies, move all of it to Glacier on the day of the
// sentence. Logs have a term of their own (LOG-2, LOG-4), and files that a site serves must not go where nobody can read them at once.
import { type Assembly, at, literal, type Resource } from '../../../assembly/graph.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { dataBuckets, isWhole, lifecycleOf, logBuckets, transitionsOf } from '../storage.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';

export const glacier: CriterionJudge = {
  id: 'AC-COST-3',
  about: ['bucket', 'glacier'],
  deviation: () => 'ADR-010',
  judge: judgeLifecycles,
};

function judgeLifecycles({ everywhere: graph, criterion }: CriterionCase): Finding {
  const days = criterion.figures.days;
  if (days === undefined) return unread('a number of days');
  const buckets = ofType(graph, 'AWS::S3::Bucket');
  if (buckets.length === 0) return { notApplicable: 'there is no bucket' };
  const data = dataWithCopies(graph);
  const logs = logBuckets(graph);
  const moved = data.length > 0 ? data : buckets.filter((bucket) => !logs.includes(bucket));
  return [
    ...buckets.map((bucket) => {
      const rules = lifecycleOf(bucket).length;
      const path = ['LifecycleConfiguration', 'Rules'];
      return seen(graph, bucket, path, `${rules} rules in force`, 'a lifecycle', rules > 0);
    }),
    ...moved.map((bucket) => transitionEvidence(graph, bucket, days)),
  ];
}

function dataWithCopies(graph: Assembly): readonly Resource[] {
  const data = dataBuckets(graph);
  const copies = data.flatMap((bucket) =>
    listOf(at(bucket.properties, 'ReplicationConfiguration', 'Rules')).flatMap(
      (rule) => targetOf(graph, at(rule, 'Destination', 'Bucket')) ?? [],
    ),
  );
  return [...new Set([...data, ...copies])];
}

/** A rule in force for the whole bucket moves objects to Glacier on the day; small ones may stay (ADR-010). */
function transitionEvidence(graph: Assembly, bucket: Resource, days: number): Evidence {
  const found = lifecycleOf(bucket)
    .filter((rule) => isWhole(rule) && rule.prefix === '' && at(rule.rule, 'Filter') === undefined)
    .flatMap((rule) =>
      transitionsOf(rule).flatMap((transition) => {
        const storage = literal(at(transition, 'StorageClass'));
        const day = literal(at(transition, 'TransitionInDays'));
        return storage === 'GLACIER' || storage === 'GLACIER_IR' ? [{ index: rule.index, storage, day }] : [];
      }),
    );
  const [first] = found;
  const right = found.find(({ day }) => Number(day) === days);
  const shown = right ?? first;
  const path = ['LifecycleConfiguration', 'Rules', ...(shown === undefined ? [] : [shown.index, 'Transitions'])];
  const observed =
    shown === undefined ? 'nothing moves all of it to Glacier' : `${shown.storage} after ${shown.day} days`;
  return seen(graph, bucket, path, observed, `Glacier after ${days} days`, right !== undefined);
}
