// BKP-5: objects of the data bucket lie in the document's other region too, or, where it names none, in no other.
import { type Assembly, at, type Resource, type Value } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { replicationsOf } from '../../../../assembly/questions/buckets.ts';
import { liesIn, ofType } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { isThere, missing, on, onStack } from '../../on.ts';
import { said } from '../../words/backups.ts';
import { parts } from '../../words/parts.ts';
import { onDataBuckets } from '../bucket/data-buckets.ts';

export const replication: StatementJudge = { id: 'BKP-5', path: 'backup.s3.replicateTo.*', judge: judgeReplication };

function judgeReplication({ everywhere, graph, design, environment }: StatementCase): Finding {
  const region = perEnvironment(design.backup.s3.replicateTo, environment);
  return region === null ? none(everywhere) : onDataBuckets(graph, (bucket) => replicas(everywhere, bucket, region));
}

function none(graph: Assembly): readonly Observation[] {
  const buckets = ofType(graph, 'AWS::S3::Bucket');
  const [first] = buckets;
  if (first === undefined) return [missing(parts.dataBucket)];
  const replicated = buckets.filter((bucket) => replicationsOf(bucket).length > 0);
  const expected = said.noReplica;
  if (replicated.length > 0)
    return replicated.map((one) => on(one).property('ReplicationConfiguration').isAbsent(expected));
  return [
    onStack(first.stack, '/Resources', true, { expected, observed: said.noneReplicated({ count: buckets.length }) }),
  ];
}

/** At least one rule that is switched on, of the whole bucket, to a bucket of the region. */
export function replicas(graph: Assembly, bucket: Resource, region: string): readonly Observation[] {
  const found = replicationsOf(bucket);
  const truths = found.map(({ rule, isOn, to }) => all([isOn, isWhole(rule), liesIn(graph, to, region)]));
  return [
    on(bucket)
      .property('ReplicationConfiguration', 'Rules')
      .holds(any(truths), {
        expected: said.wholeBucketTo({ region }),
        ...(found.length === 0 && { observed: said.noEnabledReplication }),
      }),
  ];
}

const isWhole = (rule: Value): Truth =>
  all([
    isLiteral(at(rule, 'Filter', 'Prefix') ?? at(rule, 'Prefix') ?? '', ''),
    not(isThere(at(rule, 'Filter', 'TagFilter'))),
    not(isThere(at(rule, 'Filter', 'And'))),
  ]);
