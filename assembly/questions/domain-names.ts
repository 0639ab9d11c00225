// Names of domains: which records a name has, and which names a certificate is for.
import { type Assembly, at, literal, type Resource, type Value } from '../graph.ts';
import { listOf, ofType, refersTo, textHolds } from '../relations.ts';
import { any, type Truth } from '../truth.ts';

/** `*.example.com` is for each name one step below `example.com`. */
export const isFor = (certified: Value, name: Value | undefined): Truth => {
  const written = literal(certified);
  if (written === undefined) return undefined;
  const pattern = String(written);
  return textHolds(
    name,
    (text) => pattern === text || (pattern.startsWith('*.') && text.replace(/^[^.]+/, '*') === pattern),
  );
};

/** Records that are, or may be, of a name, by themselves and in groups. */
export function recordsOf(
  graph: Assembly,
  name: Value | undefined,
): readonly { readonly record: Value; readonly isOfName: Truth }[] {
  const records = [
    ...ofType(graph, 'AWS::Route53::RecordSet').map(({ properties }): Value => properties),
    ...ofType(graph, 'AWS::Route53::RecordSetGroup').flatMap(({ properties }) => listOf(properties.RecordSets)),
  ];
  return records.flatMap((record) => {
    const isOfName = textHolds(at(record, 'Name'), (written) => written.replace(/\.$/, '') === literal(name));
    return isOfName === false ? [] : [{ record, isOfName }];
  });
}

/** Whether a record leads to a resource. */
export const leadsTo = (record: Value, target: Resource): Truth =>
  any([refersTo(at(record, 'AliasTarget', 'DNSName'), target), refersTo(at(record, 'ResourceRecords'), target)]);
