// What every kind of hop has in common: it is asked for the least version of TLS that it lets through.
import { type Assembly, literal, type Resource, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/transport.ts';

/** Finds the hops of a kind and says of each whether nothing under `wanted` (1.2, say) passes. */
export type Hops = (graph: Assembly, wanted: number) => readonly Observation[];

/** Evidence on a setting that stands for a version; `least` is `undefined` when it is not known which. */
export const versionEvidence = (
  resource: Resource,
  path: PropertyPath,
  observed: Value | Said | undefined,
  { wanted, least }: { readonly wanted: number; readonly least: number | undefined },
): Observation =>
  on(resource)
    .property(...path)
    .holds(least === undefined ? undefined : least >= wanted, { expected: said.tlsOrNewer({ wanted }), observed });

/** A setting as text; `undefined` when it is not there, `unresolved` when the templates do not settle it. */
export function textSetting(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : String(literal(value) ?? 'unresolved');
}
