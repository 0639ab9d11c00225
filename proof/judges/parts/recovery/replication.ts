// BKP-5: objects of the data bucket lie in the document's other region too, or, where it names none, in no other.
import { type Assembly, at, type Resource, type Value } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { liesIn, listOf, ofType } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { isThere, missing, on, onStack } from '../../on.ts';
import { said } from '../../words/backups.ts';
import { parts } from '../../words/parts.ts';
import { onDataBuckets } from '../bucket/data-buckets.ts';

export const replication: StatementJudge = { id: 'BKP-5', path: 'backup.s3.replicateTo.*', judge: judgeReplication };

const rules = ['ReplicationConfiguration', 'Rules'];

function judgeReplication({ everywhere, graph, design, environment }: StatementCase): Finding {
  const region = perEnvironment(design.backup.s3.replicateTo, environment);
  return region === null ? none(everywhere) : onDataBuckets(graph, (bucket) => replicas(everywhere, bucket, region));
}

function none(graph: Assembly): readonly Observation[] {
  const buckets = ofType(graph, 'AWS::S3::Bucket');
  const [first] = buckets;
  if (first === undefined) return [missing(parts.dataBucket)];
  const replicated = buckets.filter(({ properties }) => properties.ReplicationConfiguration !== undefined);
  const expected = said.noReplica;
  if (replicated.length > 0)
    return replicated.map((one) => on(one).property('ReplicationConfiguration').isAbsent(expected));
  return [
    onStack(first.stack, '/Resources', true, { expected, observed: said.noneReplicated({ count: buckets.length }) }),
  ];
}

/** At least one rule that is switched on, of the whole bucket, to a bucket of the region. */
export function replicas(graph: Assembly, bucket: Resource, region: string): readonly Observation[] {
  const held = listOf(at(bucket.properties, ...rules)).map((rule) => {
    const isEnabled = isLiteral(at(rule, 'Status'), 'Enabled');
    return {
      isEnabled,
      isRight: all([isEnabled, isWhole(rule), liesIn(graph, at(rule, 'Destination', 'Bucket'), region)]),
    };
  });
  const isOff = held.every(({ isEnabled }) => isEnabled === false);
  return [
    on(bucket)
      .property(...rules)
      .holds(any(held.map(({ isRight }) => isRight)), {
        expected: said.wholeBucketTo({ region }),
        ...(isOff && { observed: said.noEnabledReplication }),
      }),
  ];
}

const isWhole = (rule: Value): Truth =>
  all([
    isLiteral(at(rule, 'Filter', 'Prefix') ?? at(rule, 'Prefix') ?? '', ''),
    not(isThere(at(rule, 'Filter', 'TagFilter'))),
    not(isThere(at(rule, 'Filter', 'And'))),
  ]);
