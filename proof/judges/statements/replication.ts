// BKP-5: objects of the data bucket lie in the document's other region too, or, where it names none, in no other.
import { at, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { listOf, ofType, regionOf, targetOf } from '../../../assembly/relations.ts';
import { nothing, onStack, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { dataBuckets } from '../storage.ts';

export const replication: StatementJudge = { id: 'BKP-5', path: 'backup.s3.replicateTo.*', judge: judgeReplication };

const rules = ['ReplicationConfiguration', 'Rules'];

function judgeReplication({ everywhere, graph, design, environment }: StatementCase): Finding {
  const wanted = design.backup.s3.replicateTo[environment];
  const buckets = ofType(everywhere, 'AWS::S3::Bucket');
  const replicated = buckets.filter(({ properties }) => properties.ReplicationConfiguration !== undefined);
  if (wanted === null) return none(everywhere, buckets, replicated);
  if (buckets.length === 0) return [nothing('a bucket for application data')];
  return dataBuckets(graph).flatMap((bucket) => replicas(everywhere, bucket, wanted));
}

function none(
  graph: StatementCase['everywhere'],
  buckets: readonly Resource[],
  replicated: readonly Resource[],
): readonly Evidence[] {
  const [first] = buckets;
  if (first === undefined) return [nothing('a bucket for application data')];
  if (replicated.length === 0) {
    return [onStack(graph, first.stack, '/Resources', `${buckets.length} buckets, none replicated`, 'none', true)];
  }
  return replicated.map((bucket) => seen(graph, bucket, ['ReplicationConfiguration'], 'a replica', 'none', false));
}

/** At least one rule that is switched on, of the whole bucket, to a bucket of the region. */
export function replicas(graph: StatementCase['everywhere'], bucket: Resource, region: string): readonly Evidence[] {
  const found = listOf(at(bucket.properties, ...rules)).filter((rule) => at(rule, 'Status') === 'Enabled');
  const expected = `the whole bucket, to a bucket in ${region}`;
  if (found.length === 0) return [seen(graph, bucket, rules, 'no rule that is enabled', expected, false)];
  const held = found.map((rule) => isWhole(rule) && liesIn(graph, rule, region));
  return [seen(graph, bucket, rules, found, expected, held.includes(true))];
}

function isWhole(rule: Value): boolean {
  const prefix = at(rule, 'Filter', 'Prefix') ?? at(rule, 'Prefix') ?? '';
  return prefix === '' && at(rule, 'Filter', 'TagFilter') === undefined && at(rule, 'Filter', 'And') === undefined;
}

/** A bucket of another stack is where its stack is; a bucket that is only named is where its name says. */
function liesIn(graph: StatementCase['everywhere'], rule: Value, region: string): boolean {
  const destination = at(rule, 'Destination', 'Bucket');
  const target = targetOf(graph, destination);
  if (target !== undefined) return regionOf(graph, target) === region;
  return new RegExp(`(?<![a-z0-9])${region}(?![a-z0-9])`).test(textOf(destination));
}
