// AC-COST-3: every bucket has a lifecycle, and those that hold data, with their copies, move all of it to Glacier on the day of the
// sentence. Logs have a term of their own (LOG-2, LOG-4), and files that a site serves must not go where nobody can read them at once.
import { type Assembly, at, isSettled, literal, type Resource } from '../../../../assembly/graph.ts';
import { numberOf } from '../../../../assembly/properties.ts';
import {
  dataBuckets,
  isWhole,
  lifecycleOf,
  lifecyclePath,
  logBuckets,
  replicaBucketsOf,
  transitionsOf,
} from '../../../../assembly/questions/buckets.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { unknownIf } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/cost-criteria.ts';
import { said as shared } from '../../words/criteria.ts';

export const glacier: CriterionJudge = {
  id: 'AC-COST-3',
  of: ['bucket'],
  about: ['bucket', 'glacier'],
  deviation: () => 'ADR-010',
  judge: judgeLifecycles,
};

function judgeLifecycles({ everywhere: graph, criterion }: CriterionCase): Finding {
  const { days } = criterion.figures;
  if (days === undefined) return unread('figureDays');
  const buckets = ofType(graph, 'AWS::S3::Bucket');
  if (buckets.length === 0) return noneOf(graph, shared.noBucket);
  const data = dataWithCopies(graph);
  const logs = logBuckets(graph);
  const moved = data.length > 0 ? data : buckets.filter((bucket) => !logs.includes(bucket));
  return [...buckets.map(lifecycleEvidence), ...moved.map((bucket) => transitionEvidence(bucket, days))];
}

function dataWithCopies(graph: Assembly): readonly Resource[] {
  const data = dataBuckets(graph);
  return [...new Set([...data, ...data.flatMap((bucket) => replicaBucketsOf(graph, bucket))])];
}

/** Whether not all that the rules of a bucket say is known. */
const hasUnknownRules = ({ properties }: Resource): boolean => !isSettled(at(properties, ...lifecyclePath));

function lifecycleEvidence(bucket: Resource): Observation {
  const count = lifecycleOf(bucket).length;
  const isOpen = count === 0 && hasUnknownRules(bucket);
  return on(bucket)
    .property(...lifecyclePath)
    .holds(count > 0 || unknownIf(isOpen), {
      expected: said.someLifecycle,
      observed: isOpen ? said.rulesPerhaps : said.rulesInForce({ count }),
    });
}

/** A rule in force for the whole bucket moves objects to Glacier on the day; small ones may stay (ADR-010). */
function transitionEvidence(bucket: Resource, days: number): Observation {
  const found = lifecycleOf(bucket)
    .filter((rule) => isWhole(rule) && rule.prefix === '' && at(rule.rule, 'Filter') === undefined)
    .flatMap((rule) =>
      transitionsOf(rule).flatMap(({ value, path }) => {
        const storage = literal(at(value, 'StorageClass'));
        const day = at(value, 'TransitionInDays');
        return storage === 'GLACIER' || storage === 'GLACIER_IR' ? [{ path, storage, day }] : [];
      }),
    );
  const right = found.find(({ day }) => numberOf(day) === days);
  const shown = right ?? found[0];
  const observed = shown && said.storageAfter({ storage: shown.storage, days: numberOf(shown.day) });
  return on(bucket)
    .property(...(shown?.path ?? lifecyclePath))
    .holds(right !== undefined || unknownIf(hasUnknownRules(bucket)), {
      expected: said.glacierAfter({ days }),
      observed: observed ?? (hasUnknownRules(bucket) ? said.rulesPerhaps : said.noGlacier),
    });
}
