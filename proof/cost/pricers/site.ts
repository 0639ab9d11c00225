// What a pricer is told: the graph, where a resource stands, how much is used and for how long. Pricers say what is charged and how
// much of it; what that costs is the business of lines.ts.
import { type Assembly, at, isUnresolved, literal, type Resource, type Value } from '../../../assembly/graph.ts';
import { ofType } from '../../../assembly/relations.ts';
import type { Words } from '../../../design/messages/words.ts';
import type { Purpose } from '../../../design/words/price-units.ts';
import type { UsageKey } from '../../../design/words/usage-keys.ts';
import { refuse } from '../problem.ts';
import type { Usage } from '../usage/usage.ts';

/** Something that AWS charges for a resource in a month. */
export interface Charge {
  /** Item of the price table. */
  readonly item: string;
  /** In single things: hours, GB, requests. */
  readonly quantity: number;
  /** Where the price is looked up; the resource's own region unless it is sold elsewhere. */
  readonly region?: string;
  /** What it is for, where one item serves several purposes: `data`, `logs`. */
  readonly purpose?: Purpose;
}

export interface Site {
  /** Everything of the environment, in all regions. */
  readonly graph: Assembly;
  /** The region that takes the traffic. */
  readonly home: string;
  readonly usage: Usage;
  readonly regionOf: (resource: Resource) => string;
  /** Hours a month that what can be stopped runs. */
  readonly runningHours: number;
}

export interface Pricer {
  readonly type: string;
  readonly price: (resource: Resource, site: Site) => readonly Charge[];
}

/**
 * A resource's part of a figure of the whole environment: what takes traffic is in the home region, and resources of one kind share it
 * equally, since the templates do not say which is busier. They lie in one line of the estimate, so that it makes no difference there.
 */
export function partOf(
  site: Site,
  resource: Resource,
  key: UsageKey,
  alike: (other: Resource) => boolean = () => true,
): number {
  if (site.regionOf(resource) !== site.home || !alike(resource)) return 0;
  const sharing = ofType(site.graph, resource.type).filter(
    (other) => site.regionOf(other) === site.home && alike(other),
  ).length;
  return site.usage.read(key) / sharing;
}

/** The same where only one resource of a kind carries a figure, wherever it stands, as the edge does. */
export function sharedEverywhere(site: Site, resource: Resource, key: UsageKey): number {
  return site.usage.read(key) / ofType(site.graph, resource.type).length;
}

/** A number that a template must settle. @throws CostError naming the property when it does not. */
export function settledNumber(resource: Resource, path: readonly (string | number)[], otherwise?: number): number {
  const value = at(resource.properties, ...path);
  if (value === undefined && otherwise !== undefined) return otherwise;
  const number = Number(literal(value) ?? Number.NaN);
  return Number.isNaN(number) ? unsettled(resource, path, value) : number;
}

/** A text that a template must settle. */
export function settledText(resource: Resource, path: readonly (string | number)[], otherwise?: string): string {
  const value = at(resource.properties, ...path);
  if (value === undefined && otherwise !== undefined) return otherwise;
  const text = literal(value);
  return text === undefined ? unsettled(resource, path, value) : String(text);
}

/** What is found where there is no such property. */
export const absent: Words = { en: 'absent', ja: '指定なし' };

function unsettled(resource: Resource, path: readonly (string | number)[], value: Value | undefined): never {
  const found = value === undefined ? absent : isUnresolved(value) ? value.$unresolved : JSON.stringify(value);
  return refuse('unresolved-quantity', { resource: resource.path, property: path.join('.'), found });
}
