// The data flow in Mermaid: how a request goes in, what is looked up for it, and what is done with what it leaves behind. The calls are
// the ways of the templates; that a cache is asked before the database is the workload's habit (ARC-4), which its own tests hold it to.
import type { Assembly } from '../../assembly/graph.ts';
import { type Card, modelOf, type Way } from '../report/diagram/model.ts';
import { namesOf, resourceOfCard } from './architecture.ts';
import type { Words } from './words.ts';

/** Lines of a Mermaid sequence diagram of what happens in one region of an environment. */
export function dataFlowDiagram(graph: Assembly, region: string, say: Words): readonly string[] {
  const model = modelOf(graph);
  const cards = model.cards.filter((card) => card.region === region || card.place === 'edge');
  const typeOf = new Map(cards.map((card) => [card.id, resourceOfCard(graph, card)?.type ?? '']));
  const ways = model.ways.filter(
    ({ from, to, kind }) => typeOf.has(from) && typeOf.has(to) && (kind === 'request' || kind === 'message'),
  );
  const names = namesOf(cards, region);
  const name = (id: string) => names.get(id) ?? '';
  const arrow = ({ from, to }: Way, words: string) => `${name(from)}->>${name(to)}: ${words}`;
  const back = ({ from, to }: Way) => `${name(to)}-->>${name(from)}: ${say.answer}`;
  const is = (id: string, type: string) => typeOf.get(id) === type;

  const service = cards.find(({ id }) => is(id, 'AWS::ECS::Service'));
  const inward = service === undefined ? [] : wayTo(service.id, ways);
  const asked = (type: string) => ways.find(({ from, to }) => from === service?.id && is(to, type));
  const [cache, database] = [asked('AWS::ElastiCache::ReplicationGroup'), asked('AWS::RDS::DBCluster')];
  const read = database === undefined ? [] : [arrow(database, say.read), back(database)];
  const lookUp =
    cache === undefined
      ? read
      : [
          arrow(cache, say.look),
          `alt ${say.isCached}`,
          `    ${back(cache)}`,
          `else ${say.notCached}`,
          ...[...read, arrow(cache, say.store)].map((line) => `    ${line}`),
          'end',
        ];
  const [first] = inward;
  const answer =
    first === undefined || service === undefined ? [] : [`${name(service.id)}-->>${name(first.from)}: ${say.answer}`];
  const rest = inOrderOfCause(service?.id, cards, ways).filter((way) => ![...inward, cache, database].includes(way));
  const isAsked = (id: string) => /Function|Service|LoadBalancer/.test(typeOf.get(id) ?? '');
  const card = (id: string) => cards.find((one) => one.id === id);
  const verb = ({ from, to, kind }: Way) => {
    if (kind === 'request') return isAsked(to) || card(from)?.place === 'edge' ? say.request : say.readWrite;
    return is(to, 'AWS::SQS::Queue') ? say.send : is(to, 'AWS::SNS::Topic') ? say.publish : say.deliver;
  };
  const shown = [...inward, ...(cache ? [cache] : []), ...(database ? [database] : []), ...rest];
  const used = [...new Set(shown.flatMap(({ from, to }) => [from, to]))].flatMap((id) => card(id) ?? []);
  return [
    'sequenceDiagram',
    ...indented(used.map((one) => `participant ${[...new Set([name(one.id), captionOf(one, say)])].join(' as ')}`)),
    '',
    ...indented([
      ...inward.map((way) => arrow(way, say.request)),
      ...lookUp,
      ...answer,
      ...rest.map((way) => arrow(way, verb(way))),
    ]),
  ];
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);

/** Its service where the title is its author's own name; sizes are the other diagram's business. */
function captionOf({ region, title, detail }: Card, say: Words): string {
  if (region === '') return say.client;
  const service = /^(?:Lambda|SQS|SNS|S3|DynamoDB|Step Functions)\b/.exec(detail)?.[0];
  return service === undefined ? title : `${service} ${title}`;
}

/** The requests that lead to something, outermost first. */
function wayTo(id: string, ways: readonly Way[]): readonly Way[] {
  const way: Way[] = [];
  let next: string | undefined = id;
  while (next !== undefined && way.length < ways.length) {
    const before: Way | undefined = ways.find(({ to, kind }) => to === next && kind === 'request');
    if (before !== undefined) way.unshift(before);
    next = before?.from;
  }
  return way;
}

/** The ways out of the service, then those out of what it hands work to, and so on; last what begins of its own accord. */
function inOrderOfCause(start: string | undefined, cards: readonly Card[], ways: readonly Way[]): readonly Way[] {
  const order = new Set(start === undefined ? [] : [start]);
  // A set that grows is walked to its end.
  for (const id of order) for (const { from, to } of ways) if (from === id) order.add(to);
  for (const { id } of cards) order.add(id);
  return [...order].flatMap((id) => ways.filter(({ from }) => from === id));
}
