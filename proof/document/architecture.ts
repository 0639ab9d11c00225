// The architecture diagram in Mermaid, of the same model as the page's drawing: regions, the tiers of each network, what stands in them and
// the ways between.

import { type Assembly, at, type Resource, referencesIn } from '../../assembly/graph.ts';
import { instancesOf } from '../../assembly/questions/compute.ts';
import { listOf, ofType, pointsAt } from '../../assembly/relations.ts';
import { inLanguage } from '../../design/messages/words.ts';
import { type Tier, tiers } from '../../design/schema.ts';
import { type Card, type DiagramRegion, type Model, modelOf } from '../report/diagram/model.ts';
import type { DocumentMessages } from './words.ts';

/** Lines of a Mermaid flow chart of an environment; `home` is the region that comes first. */
export function architectureDiagram(graph: Assembly, home: string, say: DocumentMessages): readonly string[] {
  const model = modelOf(graph);
  const cards = connected(model);
  const names = namesOf(cards, home);
  const name = (id: string) => names.get(id) ?? '';
  const edge = cards.filter(({ place }) => place === 'edge');
  const regions = [...model.regions]
    .sort((one, other) => Number(other.name === home) - Number(one.name === home))
    .map((region) => ({ region, own: cards.filter((card) => card.region === region.name && card.place !== 'edge') }))
    .filter(({ own }) => own.length > 0);
  const watched = watchedIn(graph, cards);
  return [
    'graph TB',
    ...indented(edge.map((card) => shape(name(card.id), card, graph, say))),
    ...indented(dnsLines(graph, edge, name, say)),
    ...(watched.length === 0 ? [] : indented(['CloudWatch["CloudWatch"]'])),
    '',
    ...indented(
      regions.flatMap(({ region, own }) =>
        regionLines(region, region.name === home ? '' : suffixOf(region.name), own, say, (card) =>
          shape(name(card.id), card, graph, say),
        ),
      ),
    ),
    '',
    ...indented(
      model.ways.map(({ from, to, kind, port }) => {
        if (kind === 'guard') return `${name(from)} -.${say.guards}.-> ${name(to)}`;
        if (kind === 'copy') return `${name(from)} ==>|"${say.copies}"| ${name(to)}`;
        return `${name(from)} -->${port === undefined ? '' : `|"${port}"|`} ${name(to)}`;
      }),
    ),
    ...(watched.length === 0 ? [] : ['', ...indented(watchingLines(watched, regions, home, name, say))]),
  ];
}

/** Cards that something goes to or comes from: a gateway or an instance by itself tells nothing that its tier or cluster does not. */
const connected = ({ cards, ways }: Model): readonly Card[] =>
  cards.filter(({ id }) => ways.some(({ from, to }) => from === id || to === id));

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `    ${line}`));
const suffixOf = (region: string): string => `_${region.replaceAll('-', '_')}`;

function regionLines(
  region: DiagramRegion,
  suffix: string,
  cards: readonly Card[],
  say: DocumentMessages,
  lineOf: (card: Card) => string,
): readonly string[] {
  // A caption of the network with a range is a claim about the document's own, and another region has another. Ranges of subnets would be
  // claims as well, and whoever moves a subnet would have to mend the picture before anything is drawn anew.
  const isHome = suffix === '';
  const boxes = tiers.flatMap((tier) => {
    const within = cards.filter(({ place }) => place === tier);
    if (within.length === 0) return [];
    return box(`${boxOf(tier)}${suffix}`, say.tiers[tier], within.map(lineOf));
  });
  const network = boxes.length === 0 ? [] : box(`VPC${suffix}`, isHome ? `VPC: ${region.cidr ?? ''}` : 'VPC', boxes);
  const outside = cards.filter(({ place }) => !tiers.some((tier) => tier === place));
  const caption = isHome || region.cidr === undefined ? region.name : `${region.name}<br>${region.cidr}`;
  return box(`Region${suffix}`, caption, [...network, ...outside.map(lineOf)]);
}

const boxOf = (tier: Tier): string => `${tier.charAt(0).toUpperCase()}${tier.slice(1)}Subnet`;
const box = (id: string, caption: string, lines: readonly string[]): readonly string[] => [
  `subgraph ${id} ["${caption}"]`,
  ...indented(lines),
  'end',
];

/** Names that lead to a distribution, where the templates have their records. */
function dnsLines(
  graph: Assembly,
  edge: readonly Card[],
  name: (id: string) => string,
  say: DocumentMessages,
): readonly string[] {
  const records = ofType(graph, 'AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup');
  const named = edge.filter(({ id }) => {
    const resource = graph.resources.find(({ key }) => key === id);
    return resource !== undefined && records.some(({ properties }) => pointsAt({ ...properties }, resource));
  });
  return named.length === 0
    ? []
    : ['Route53["Route 53"]', ...named.map(({ id }) => `Route53 -.${say.leads}.-> ${name(id)}`)];
}

/** Cards that some alarm watches: those that a dimension of its metric is made from; an instance stands for its cluster. */
function watchedIn(graph: Assembly, cards: readonly Card[]): readonly Card[] {
  const keys = new Set(
    ofType(graph, 'AWS::CloudWatch::Alarm').flatMap(({ properties: { Dimensions, Metrics } }) =>
      [...listOf(Dimensions), ...listOf(Metrics).map((metric) => at(metric, 'MetricStat') ?? null)]
        .flatMap(referencesIn)
        .map(({ $ref }) => $ref),
    ),
  );
  const isWatched = (resource: Resource) =>
    [resource, ...instancesOf(graph, resource)].some(({ key }) => keys.has(key));
  const found = new Set(graph.resources.filter(isWatched).map(({ key }) => key));
  return cards.filter(({ id }) => found.has(id));
}

/** One by one at the edge and at home; elsewhere the region as a whole, which has the same things. */
function watchingLines(
  watched: readonly Card[],
  regions: readonly { readonly region: DiagramRegion }[],
  home: string,
  name: (id: string) => string,
  say: DocumentMessages,
): readonly string[] {
  const near = watched.filter(({ region, place }) => place === 'edge' || region === home);
  const far = regions.filter(
    ({ region }) => region.name !== home && watched.some((card) => card.region === region.name),
  );
  const ends = [...near.map(({ id }) => name(id)), ...far.map(({ region }) => `Region${suffixOf(region.name)}`)];
  return ends.map((end) => `CloudWatch -.${say.watching}.- ${end}`);
}

/** A name for each card that Mermaid takes: its title, with its region where that is not the first one, numbered where taken. */
export function namesOf(cards: readonly Card[], home: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const boxes = ['Region', 'VPC', ...tiers.map(boxOf)];
  const suffixes = new Set(cards.map(({ region }) => suffixOf(region)));
  const taken = new Set([
    'CloudWatch',
    'Route53',
    ...boxes,
    ...boxes.flatMap((box) => [...suffixes].map((one) => box + one)),
  ]);
  for (const { id, title, region, place } of cards) {
    const plain =
      inLanguage(title, 'en')
        .replaceAll(/[^A-Za-z0-9]+/g, '_')
        .replaceAll(/^_|_$/g, '') || 'Card';
    const first = `${plain}${region === home || place === 'edge' ? '' : suffixOf(region)}`;
    let name = first;
    for (let number = 2; taken.has(name); number++) name = `${first}_${number}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

const stores = /^AWS::(?:RDS::DBCluster|DynamoDB::|ElastiCache::)/;

/** The resource of a card; a copy in another region has the resource that it is a copy of. */
export const resourceOfCard = (graph: Assembly, { id }: Card): Resource | undefined =>
  graph.resources.find(({ key }) => key === id.split(' ', 1)[0]);

function shape(id: string, card: Card, graph: Assembly, say: DocumentMessages): string {
  const caption = [card.region === '' ? say.client : card.title, card.detail]
    .map((part) => inLanguage(part, 'en'))
    .filter((part) => part !== '')
    .join('<br>')
    .replaceAll('"', "'");
  return stores.test(resourceOfCard(graph, card)?.type ?? '') ? `${id}[("${caption}")]` : `${id}["${caption}"]`;
}
