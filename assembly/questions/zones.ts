// In how many availability zones a list of subnets lies.
import { type Assembly, isSettled, textOf, type Value } from '../graph.ts';
import { listOf, targetOf } from '../relations.ts';

export interface Zones {
  /** Each once; subnets that are not in the templates are in none. */
  readonly names: readonly string[];
  /** Whether a subnet is not in the templates, or does not say where it is. */
  readonly open: boolean;
}

export function zonesOf(graph: Assembly, subnets: Value | undefined): Zones {
  const found = listOf(subnets).map((item) => targetOf(graph, item)?.properties.AvailabilityZone);
  const known = found.filter((zone) => zone !== undefined && isSettled(zone));
  return { names: [...new Set(known.map(textOf))], open: known.length < found.length };
}

/** Whether there are so many zones; `undefined` when there may be. */
export function atLeast({ names, open }: Zones, count: number): boolean | undefined {
  return names.length >= count ? true : open ? undefined : false;
}
