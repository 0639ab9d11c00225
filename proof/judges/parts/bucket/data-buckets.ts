// Evidence on the buckets that hold application data.
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { dataBuckets, holdsData } from '../../../../assembly/questions/buckets.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, unsure } from '../../on.ts';
import { parts } from '../../words/parts.ts';

/** Evidence on each bucket of application data. What is wrong with a bucket of which it is not known whether it is one is no failure. */
export function onDataBuckets(graph: Assembly, look: (bucket: Resource) => readonly Observation[]): Finding {
  const buckets = dataBuckets(graph);
  if (buckets.length === 0) return [missing(parts.dataBucket)];
  return buckets.flatMap((bucket) => {
    const evidence = look(bucket);
    return holdsData(graph, bucket) ? evidence : evidence.map(unsure);
  });
}
