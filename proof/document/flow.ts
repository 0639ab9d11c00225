// What the data flow is told from: who there is in one region and at the edge of an environment, and the ways between them, as the
// templates have them.

import type { Assembly } from '../../assembly/graph.ts';
import { inLanguage } from '../../design/messages/words.ts';
import { type Card, type Connection, modelOf } from '../report/diagram/model.ts';
import { namesOf, resourceOfCard } from './architecture.ts';

export const queue = 'AWS::SQS::Queue';
export const topic = 'AWS::SNS::Topic';

/** Something that customers reach, and the requests that lead to it, outermost first. */
export interface EntryPoint {
  readonly id: string;
  readonly path: readonly Connection[];
}

export class Flow {
  /** Requests and messages, in the order of the templates. */
  readonly ways: readonly Connection[];
  readonly #cards: readonly Card[];
  readonly #types: ReadonlyMap<string, string>;
  readonly #names: ReadonlyMap<string, string>;

  constructor(graph: Assembly, region: string) {
    const model = modelOf(graph);
    this.#cards = model.cards.filter((card) => card.region === region || card.place === 'edge');
    this.#types = new Map(this.#cards.map((card) => [card.id, resourceOfCard(graph, card)?.type ?? '']));
    this.#names = namesOf(this.#cards, region);
    this.ways = model.ways.filter(
      ({ from, to, kind }) =>
        this.#types.has(from) && this.#types.has(to) && (kind === 'request' || kind === 'message'),
    );
  }

  is(id: string, ...types: readonly string[]): boolean {
    return types.includes(this.#types.get(id) ?? '');
  }

  isWorkload(id: string): boolean {
    return this.is(id, 'AWS::ECS::Service', 'AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine');
  }

  from(id: string, ...kinds: readonly Connection['kind'][]): readonly Connection[] {
    return this.ways.filter(({ from, kind }) => from === id && kinds.includes(kind));
  }

  /** What requests from outside lead to: workloads, and stores that are asked without one. */
  entries(): readonly EntryPoint[] {
    const found: EntryPoint[] = [];
    const follow = (id: string, path: readonly Connection[]): void => {
      const onward = this.from(id, 'request').filter((way) => !path.includes(way));
      if (path.length > 0 && (onward.length === 0 || this.isWorkload(id))) found.push({ id, path });
      else for (const way of onward) follow(way.to, [...path, way]);
    };
    for (const { id, region } of this.#cards) if (region === '') follow(id, []);
    return found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
  }

  /** What nobody calls, and what calls others: schedules. */
  starts(): readonly Card[] {
    return this.#cards.filter(
      ({ id, region }) =>
        region !== '' && this.ways.every(({ to }) => to !== id) && this.ways.some(({ from }) => from === id),
    );
  }

  /** Whether what a workload puts into queues leads back to it. */
  comesBack(id: string): boolean {
    const reached = new Set(this.from(id, 'message').flatMap(({ to }) => (this.is(to, queue) ? [to] : [])));
    // A set that grows is walked to its end.
    for (const one of reached) for (const { to } of this.from(one, 'message')) reached.add(to);
    return reached.has(id);
  }

  /** A name that Mermaid takes. */
  name(id: string): string {
    return this.#names.get(id) ?? '';
  }

  /** Its service where the title is its author's own name; sizes are the other diagram's business. */
  caption(id: string, client: string): string {
    const card = this.#cards.find((one) => one.id === id);
    if (card === undefined || card.region === '') return client;
    const service = this.is(id, 'AWS::Events::Rule')
      ? 'EventBridge'
      : /^(?:Lambda|SQS|SNS|S3|DynamoDB|Step Functions)\b/.exec(inLanguage(card.detail, 'en'))?.[0];
    const title = inLanguage(card.title, 'en');
    return service === undefined ? title : `${service} ${title}`;
  }
}
