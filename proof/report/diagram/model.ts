// A platform as a drawing sees it: cards that stand in a region, and in a tier and zones of its network where they have one.

import { environmentsIn } from '../../../assembly/environments.ts';
import { type Assembly, literal, type Resource, type Value } from '../../../assembly/graph.ts';
import { connectionsIn, type FoundConnection } from '../../../assembly/questions/connections.ts';
import { subnetsOf } from '../../../assembly/questions/placements.ts';
import { tierByRoutes } from '../../../assembly/questions/subnets.ts';
import { ofType } from '../../../assembly/relations.ts';
import { around, inLanguage, type Words } from '../../../design/messages/words.ts';
import type { Environment, Tier } from '../../../design/schema.ts';
import { cards, copiesOf, ownerOf, together, wordsOf } from './catalogue.ts';
import { words } from './words.ts';

export interface DiagramSubnet {
  readonly key: string;
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
}

export interface Card {
  readonly id: string;
  readonly title: Words | string;
  readonly detail: Words | string;
  readonly icon: string;
  readonly region: string;
  /**
   * Where in the drawing: before every region, in a tier of the network, beside the network, or below it, for what starts and does
   * work that has nothing to do with the network.
   */
  readonly place: 'edge' | Tier | 'regional' | 'trigger' | 'worker';
  /** The zones of its subnets; empty outside of a network. */
  readonly zones: readonly string[];
}

export interface DiagramRegion {
  readonly name: string;
  /** Absent without a network. */
  readonly cidr?: string;
  readonly subnets: readonly DiagramSubnet[];
  readonly zones: readonly string[];
  /** Told together at the foot: `3 dashboards`. */
  readonly footer: readonly { readonly icon: string; readonly words: Words | string }[];
}

/** A way from card to card. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly kind: FoundConnection['kind'];
  /** What shows it. */
  readonly what: Words | string;
  readonly port?: string;
}

export interface Model {
  readonly regions: readonly DiagramRegion[];
  readonly cards: readonly Card[];
  readonly ways: readonly Connection[];
}

/** @param graph an environment's stacks and resources in every region */
export function modelOf(graph: Assembly): Model {
  const regionOf = new Map(graph.stacks.map(({ id, region }) => [id, region]));
  const owner = (resource: Resource) => ownerOf(resource, graph) ?? resource;
  const ways = connectionsIn(graph).map((way) => ({ ...way, from: owner(way.from), to: owner(way.to) }));
  const subnets = new Map(ofType(graph, 'AWS::EC2::Subnet').map((subnet) => [subnet.key, subnetOf(graph, subnet)]));
  const inNetwork = (resource: Resource) => subnetsOf(graph, resource).flatMap(({ key }) => subnets.get(key) ?? []);
  const isDrawn = (resource: Resource) =>
    cards[resource.type] !== undefined &&
    ownerOf(resource, graph) === undefined &&
    (cards[resource.type]?.isEdge === true ||
      inNetwork(resource).length > 0 ||
      resource.type === 'AWS::RDS::DBInstance' ||
      ways.some(({ from, to }) => from !== to && (from === resource || to === resource)));
  const drawn = graph.resources.filter(isDrawn);
  const keys = new Set(drawn.map(({ key }) => key));
  const names = [...new Set(graph.stacks.map(({ region }) => region))];
  const edgeRegions = new Set(drawn.filter(({ type }) => cards[type]?.isEdge).map(({ stack }) => regionOf.get(stack)));
  const entries = entriesOf(drawn);
  const home = (resource: Resource) => regionOf.get(resource.stack) ?? '';
  /** The card of a resource, or of its copy where somebody reaches it from a region that has one. */
  const idFrom = (resource: Resource, other: Resource) =>
    home(resource) !== home(other) && copiesOf(resource).includes(home(other))
      ? copyId(resource, home(other))
      : resource.key;
  const found = ways
    .filter(({ from, to }) => from !== to && keys.has(from.key) && keys.has(to.key))
    .map(({ from, to, ...way }): Connection => ({ from: idFrom(from, to), to: idFrom(to, from), ...way }));
  const inward = reached(
    drawn.filter((resource) => inNetwork(resource).length > 0),
    ways,
  );
  const replicas = drawn.flatMap((resource) => elsewhere(resource, home).map((region) => ({ resource, region })));
  return {
    ways: [
      ...entries.map(({ key }): Connection => ({ from: customers.id, to: key, kind: 'request', what: 'HTTPS' })),
      ...found.filter(({ from, to }, index) => found.findIndex((one) => one.from === from && one.to === to) === index),
      ...replicas.map(({ resource, region }): Connection => {
        return { from: resource.key, to: copyId(resource, region), kind: 'copy', what: words.replica };
      }),
    ],
    cards: toldApart(
      [
        ...(entries.length === 0 ? [] : [customers]),
        ...drawn.toSorted(byEdge).map((resource): Card => {
          const own = inNetwork(resource);
          const zone = zoneOf(resource.properties.AvailabilityZone);
          const region = regionOf.get(resource.stack) ?? '';
          const [first] = own;
          const tier = first?.tier ?? (zone === undefined ? undefined : 'data');
          // A bucket in the region of the edge, where no network is, stands with the edge.
          const isAtEdge = cards[resource.type]?.isEdge === true || (tier === undefined && edgeRegions.has(region));
          return {
            id: resource.key,
            ...wordsOf(resource, graph),
            icon: cards[resource.type]?.icon ?? '',
            region,
            place: isAtEdge ? 'edge' : (tier ?? (inward.has(resource) ? 'regional' : placeBelow(resource))),
            zones: zone === undefined ? [...new Set(own.map((subnet) => subnet.zone))].sort() : [zone],
          };
        }),
        ...replicas.map(
          ({ resource, region }): Card => ({
            id: copyId(resource, region),
            ...wordsOf(resource, graph),
            icon: cards[resource.type]?.icon ?? '',
            region,
            place: 'regional',
            zones: [],
          }),
        ),
      ],
      environmentsIn(graph),
    ),
    regions: names.map((name) => regionNamed(name, graph, regionOf, [...subnets.values()], keys)),
  };
}

const nameOf = ({ title }: Card) => inLanguage(title, 'en');

/** Two with one name in one region, not told apart by their zone, are called by their stacks too: `Standby Logs`, `Recovery Logs`. */
function toldApart(found: readonly Card[], environments: readonly Environment[]): readonly Card[] {
  const sameAs = (card: Card) => (other: Card) =>
    other.region === card.region && nameOf(other) === nameOf(card) && other.zones.join() === card.zones.join();
  const stackOf = ({ id }: Card) => new RegExp(`^(?:${environments.join('|')})(\\w+)Stack/`, 'i').exec(id)?.[1];
  const firstWord = (stack: string) => /^[A-Z]?[a-z0-9]+/.exec(stack)?.[0] ?? stack;
  return found.map((card) => {
    const stack = stackOf(card);
    const same = found.filter(sameAs(card));
    if (stack === undefined || same.length === 1) return card;
    const words = same.map((one) => firstWord(stackOf(one) ?? ''));
    const isEnough = new Set(words).size === same.length;
    return { ...card, title: around(card.title, (title) => `${isEnough ? firstWord(stack) : stack} ${title}`) };
  });
}

/** Everything that some resources have to do with, over any number of ways, copies aside. */
function reached(from: readonly Resource[], ways: readonly FoundConnection[]): ReadonlySet<Resource> {
  const found = new Set(from);
  // A set that grows is walked to its end.
  for (const resource of found) {
    for (const way of ways) {
      if (way.kind === 'copy') continue;
      if (way.from === resource) found.add(way.to);
      if (way.to === resource) found.add(way.from);
    }
  }
  return found;
}

const placesBelow: Readonly<Record<string, Card['place']>> = {
  'AWS::Events::Rule': 'trigger',
  'AWS::Scheduler::Schedule': 'trigger',
  'AWS::Lambda::Function': 'worker',
  'AWS::StepFunctions::StateMachine': 'worker',
};
const placeBelow = ({ type }: Resource): Card['place'] => placesBelow[type] ?? 'regional';

const copyId = ({ key }: Resource, region: string) => `${key} ${region}`;
const elsewhere = (resource: Resource, home: (resource: Resource) => string) =>
  copiesOf(resource).filter((region) => region !== home(resource));

/** Who comes from the internet; part of no template. */
const customers: Card = {
  id: 'customers',
  title: words.customers,
  detail: '',
  icon: 'resource/Users',
  region: '',
  place: 'edge',
  zones: [],
};

/** Where customers come in: at the distribution, or at balancers that face the internet where there is none. */
function entriesOf(drawn: readonly Resource[]): readonly Resource[] {
  const distributions = drawn.filter(({ type }) => type === 'AWS::CloudFront::Distribution');
  if (distributions.length > 0) return distributions;
  return drawn.filter(
    ({ type, properties }) => type.endsWith('::LoadBalancer') && literal(properties.Scheme) !== 'internal',
  );
}

/** A distribution first, what guards it next. */
const edgeOrder = ['AWS::CloudFront::Distribution', 'AWS::WAFv2::WebACL'];
const byEdge = (one: Resource, other: Resource) => rankOf(one) - rankOf(other);
const rankOf = ({ type }: Resource) => (edgeOrder.includes(type) ? edgeOrder.indexOf(type) : edgeOrder.length);

/** Characters at the foot of a region; of names that take more, the number is told. */
const longestWords = 26;

function regionNamed(
  name: string,
  graph: Assembly,
  regionOf: ReadonlyMap<string, string>,
  subnets: readonly DiagramSubnet[],
  drawn: ReadonlySet<string>,
): DiagramRegion {
  const isHere = ({ stack }: { readonly stack: string }) => regionOf.get(stack) === name;
  const [network] = ofType(graph, 'AWS::EC2::VPC').filter(isHere);
  const cidr = literal(network?.properties.CidrBlock);
  const own = subnets.filter(({ key }) => regionOf.get(key.split('/')[0] ?? '') === name);
  const counted = Map.groupBy(
    graph.resources.filter((resource) => isHere(resource) && !drawn.has(resource.key)),
    ({ type }) => type,
  );
  const footer = [...counted].flatMap(([type, found]) => {
    const told = together[type];
    if (told !== undefined) return [{ icon: told.icon, words: around(told.name, (name) => `${name} ${found.length}`) }];
    const card = cards[type];
    const alone = found.filter((resource) => ownerOf(resource, graph) === undefined);
    if (card === undefined || alone.length === 0) return [];
    const wordsIn = (language: keyof Words) => {
      const service = inLanguage(card.service, language);
      const byName = `${service} ${alone.map((one) => inLanguage(wordsOf(one, graph).title, language)).join(', ')}`;
      return byName.length > longestWords ? `${service} ${alone.length}` : byName;
    };
    return [{ icon: card.icon, words: { en: wordsIn('en'), ja: wordsIn('ja') } }];
  });
  return {
    name,
    ...(cidr === undefined ? {} : { cidr: String(cidr) }),
    subnets: own,
    zones: [...new Set(own.map(({ zone }) => zone))].sort(),
    footer,
  };
}

function subnetOf(graph: Assembly, subnet: Resource): DiagramSubnet {
  const { AvailabilityZone, CidrBlock } = subnet.properties;
  const [zone, cidr] = [zoneOf(AvailabilityZone) ?? '', String(literal(CidrBlock) ?? '')];
  return { key: subnet.key, tier: tierByRoutes(graph, subnet), zone, cidr };
}

const zoneOf = (value: Value | undefined): string | undefined => {
  const zone = literal(value);
  return zone === undefined ? undefined : String(zone);
};
