// The data flow in Mermaid, told in the order in which it happens: a question and its answer (ARC-4), an order and its answer, what is
// done after the answer (ARC-5), and the other ways in. The calls are the ways of the templates; what a template cannot say, that a
// cache is asked before the database and that work is handed on before the answer, are the workload's habits, which its own tests hold
// it to.
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
  const is = (id: string, type: string) => typeOf.get(id) === type;
  const isEdge = (id: string) => cards.some((card) => card.id === id && card.place === 'edge');
  const told = new Set<Way>();
  const arrow = (way: Way, words: string) => {
    told.add(way);
    return `${name(way.from)}->>${name(way.to)}: ${words}`;
  };
  const back = ({ from, to }: Way) => `${name(to)}-->>${name(from)}: ${say.answer}`;
  const call = (way: Way): string => {
    const { from, to, kind } = way;
    if (kind === 'request') {
      const isAsked = /Function|Service|LoadBalancer/.test(typeOf.get(to) ?? '') || isEdge(from);
      return arrow(way, isAsked ? say.request : say.readWrite);
    }
    return arrow(way, is(to, 'AWS::SQS::Queue') ? say.send : is(to, 'AWS::SNS::Topic') ? say.publish : say.deliver);
  };
  /** The ways out of something and out of what they lead to, each before its sister. */
  const onward = (id: string): readonly string[] =>
    ways.filter((way) => way.from === id && !told.has(way)).flatMap((way) => [call(way), ...onward(way.to)]);

  const service = cards.find(({ id }) => is(id, 'AWS::ECS::Service'));
  const inward = service === undefined ? [] : wayTo(service.id, ways);
  const own = ways.filter(({ from }) => from === service?.id);
  const asked = (type: string) => own.find(({ to }) => is(to, type));
  const [cache, database] = [asked('AWS::ElastiCache::ReplicationGroup'), asked('AWS::RDS::DBCluster')];
  const handedOn = own.filter(({ kind }) => kind === 'message');
  const within = own.filter((way) => way.kind === 'request' && way !== cache && way !== database);

  const comeIn = () => inward.map((way) => arrow(way, say.request));
  const goOut = inward.toReversed().map(back);
  const act = (title: string, lines: readonly string[]): readonly (readonly string[])[] => {
    const [first, last] = [inward[0]?.from, service?.id].map((id) => (id === undefined ? '' : name(id)));
    if (lines.length === 0) return [];
    return [first && last ? [`Note over ${first},${last}: ${title}`, ...lines] : lines];
  };
  const question = [...comeIn(), ...lookUp(cache, database, { arrow, back, say }), ...goOut];
  const order = [
    ...comeIn(),
    ...(database === undefined ? [] : [arrow(database, say.write)]),
    ...block(`opt ${say.asNeeded}`, within.map(call)),
    ...handedOn.map(call),
    ...goOut,
  ];
  const afterwards = handedOn.flatMap(({ to }) => onward(to));
  // What is left begins at the edge, or of its own accord.
  const rest = [...inward.map(({ from }) => from), ...cards.map(({ id }) => id)].flatMap(onward);
  const acts = [
    ...act(say.acts.question, service === undefined ? [] : question),
    ...act(say.acts.order, service === undefined || (handedOn.length === 0 && within.length === 0) ? [] : order),
    ...act(say.acts.afterwards, afterwards),
    ...act(say.acts.others, rest),
  ];
  const used = [...new Set([...told].flatMap(({ from, to }) => [from, to]))].flatMap(
    (id) => cards.find((one) => one.id === id) ?? [],
  );
  return [
    'sequenceDiagram',
    ...indented(used.map((one) => `participant ${[...new Set([name(one.id), captionOf(one, say)])].join(' as ')}`)),
    ...acts.flatMap((lines) => ['', ...indented(lines)]),
  ];
}

interface Telling {
  readonly arrow: (way: Way, words: string) => string;
  readonly back: (way: Way) => string;
  readonly say: Words;
}

/** Where there is a cache it is asked first, and filled when it does not know. */
function lookUp(cache: Way | undefined, database: Way | undefined, { arrow, back, say }: Telling): readonly string[] {
  const read = () => (database === undefined ? [] : [arrow(database, say.read), back(database)]);
  if (cache === undefined) return read();
  return [
    arrow(cache, say.look),
    `alt ${say.isCached}`,
    ...indented([back(cache)]),
    `else ${say.notCached}`,
    ...indented([...read(), arrow(cache, say.store)]),
    'end',
  ];
}

const block = (head: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [head, ...indented(lines), 'end'];

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
