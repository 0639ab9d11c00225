// What every kind of hop has in common: it is asked for the least version of TLS that it lets through.
import { type Assembly, literal, type Resource, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { seen } from '../../evidence.ts';
import type { Evidence } from '../../judge.ts';

/** Finds the hops of a kind and says of each whether nothing under `wanted` (1.2, say) passes. */
export type Hops = (graph: Assembly, wanted: number) => readonly Evidence[];

/** Evidence on a setting that stands for a version; `least` is `undefined` when it is not known which. */
export function versionEvidence(
  graph: Assembly,
  resource: Resource,
  path: PropertyPath,
  observed: unknown,
  { wanted, least }: { readonly wanted: number; readonly least: number | undefined },
): Evidence {
  return seen(
    graph,
    resource,
    path,
    observed,
    `TLS ${wanted} or newer`,
    least === undefined ? undefined : least >= wanted,
  );
}

/** A setting as text; `undefined` when it is not there, `unresolved` when the templates do not settle it. */
export function textSetting(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : String(literal(value) ?? 'unresolved');
}
