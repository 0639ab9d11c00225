// The data flow in Mermaid, told in the order in which it happens: a question and its answer (ARC-4), an order and its answer, what is
// done after the answer (ARC-5), the other ways in, and what starts by the clock. The calls are the ways of the templates, and each of
// them is told. What a template cannot say is the workload's habit, which its own tests hold it to: that a cache is asked before the
// database, that work is handed on before the answer, and that a topic is told of it once it is done.

import type { Assembly } from '../../assembly/graph.ts';
import { inLanguage } from '../../design/messages/words.ts';
import type { Card, Connection } from '../report/diagram/model.ts';
import { type EntryPoint, Flow, queue, topic } from './flow.ts';
import type { DocumentMessages } from './words.ts';

/** Lines of a Mermaid sequence diagram of what happens in one region of an environment. */
export function dataFlowDiagram(graph: Assembly, region: string, say: DocumentMessages): readonly string[] {
  const flow = new Flow(graph, region);
  const writer = new SequenceWriter(flow, say);
  const entries = flow.entries();
  const service = entries.find(({ id }) => flow.is(id, 'AWS::ECS::Service'));
  const acts = [
    ...(service === undefined ? [] : [writer.question(service), writer.order(service), writer.afterwards(service.id)]),
    ...entries.filter((entry) => entry !== service).map((entry) => writer.entry(entry)),
    ...flow.starts().map((card) => writer.start(card)),
    writer.rest(),
  ];
  const told = acts.filter(({ lines }) => lines.length > 0);
  const participants = writer.participants();
  return [
    'sequenceDiagram',
    ...indented(participants.map((one) => `participant ${one}`)),
    ...told.flatMap((act) => ['', ...indented(block(`rect ${shade}`, [writer.note(act), ...act.lines]))]),
  ];
}

/** Seen on white and on black alike. */
const shade = 'rgba(127, 127, 127, 0.12)';

interface Act {
  readonly title: string;
  readonly lines: readonly string[];
}

class SequenceWriter {
  readonly #flow: Flow;
  readonly #say: DocumentMessages;
  readonly #told = new Set<Connection>();
  /** Who takes part, in the order of their appearance. */
  readonly #seen = new Set<string>();

  constructor(flow: Flow, say: DocumentMessages) {
    this.#flow = flow;
    this.#say = say;
  }

  question(service: EntryPoint): Act {
    const [cache, database] = this.#readFirst(service.id);
    const read = () => (database === undefined ? [] : this.#asked(database, this.#say.read));
    return this.#answered(service, this.#say.acts.question, () =>
      cache === undefined
        ? read()
        : [
            this.#arrow(cache, this.#say.look),
            `alt ${this.#say.isCached}`,
            ...indented([this.#back(cache)]),
            `else ${this.#say.notCached}`,
            ...indented([...read(), this.#arrow(cache, this.#say.store)]),
            'end',
          ],
    );
  }

  /** Written, and handed on to a queue before the answer; a topic is told of it then only if nobody comes back with the work done. */
  order(service: EntryPoint): Act {
    const [, database] = this.#readFirst(service.id);
    const further = this.#untold(service.id, 'request');
    const isLater = this.#flow.comesBack(service.id);
    const handedOn = this.#untold(service.id, 'message').filter(({ to }) => !isLater || !this.#flow.is(to, topic));
    if (further.length === 0 && handedOn.length === 0) return { title: '', lines: [] };
    return this.#answered(service, this.#say.acts.order, () => [
      ...(database === undefined ? [] : this.#asked(database, this.#say.write)),
      ...block(
        `opt ${this.#say.asNeeded}`,
        further.flatMap((way) => this.#call(way)),
      ),
      ...handedOn.flatMap((way) => this.#call(way)),
    ]);
  }

  /** What becomes of what a workload has handed on. */
  afterwards(id: string): Act {
    const sent = this.#flow.from(id, 'message').filter((way) => this.#told.has(way));
    return { title: this.#say.acts.afterwards, lines: sent.flatMap(({ to }) => this.#deliver(to)) };
  }

  /** Another way in, its answer, and what it leaves to be done. */
  entry({ id, path }: EntryPoint): Act {
    const { lines } = this.#answered({ id, path }, '', () => this.#work(id));
    const sent = this.#flow.from(id, 'message');
    return {
      title: this.#say.acts.entry(this.#caption(id)),
      lines: [...lines, ...sent.flatMap(({ to }) => this.#deliver(to))],
    };
  }

  start({ id, detail }: Card): Act {
    const ways = this.#untold(id, 'request', 'message');
    const lines = ways.flatMap((way) => this.#call(way));
    return {
      title: this.#say.acts.start(this.#caption(id), inLanguage(detail, 'en')),
      lines: [...lines, ...ways.flatMap(({ to }) => this.#deliver(to))],
    };
  }

  /** Ways that nothing so far led to. */
  rest(): Act {
    const lines = this.#flow.ways.flatMap((way) => (this.#told.has(way) ? [] : this.#call(way)));
    return { title: this.#say.acts.rest, lines };
  }

  participants(): readonly string[] {
    return [...this.#seen].map((id) => [...new Set([this.#flow.name(id), this.#caption(id)])].join(' as '));
  }

  /** A headline over all that take part in an act. */
  note({ title, lines }: Act): string {
    const within = [...this.#seen]
      .map((id) => this.#flow.name(id))
      .filter((name) => lines.some((line) => speaks(line, name)));
    const ends = [...new Set([within.at(0), within.at(-1)])].join(',');
    return `Note over ${ends}: ${title.replaceAll('#', '#35;').replaceAll(';', '#59;')}`;
  }

  #answered({ path }: EntryPoint, title: string, within: () => readonly string[]): Act {
    const inward = path.map((way) => this.#arrow(way, this.#say.request));
    const done = within();
    return { title, lines: [...inward, ...done, ...path.toReversed().map((way) => this.#back(way))] };
  }

  /** What a workload does that was not told yet: its stores first, then what it hands on. */
  #work(id: string): readonly string[] {
    return [...this.#untold(id, 'request'), ...this.#untold(id, 'message')].flatMap((way) => this.#call(way));
  }

  /** A queue or topic to those that take from it, told again in each act; what they do with it only once. */
  #deliver(carrier: string): readonly string[] {
    return this.#flow.from(carrier, 'message').flatMap((way) => {
      if (this.#flow.is(way.to, queue, topic)) return [...this.#call(way), ...this.#deliver(way.to)];
      const fresh = this.#untold(way.to, 'message');
      const lines = [...this.#call(way), ...this.#work(way.to)];
      return [...lines, ...fresh.flatMap(({ to }) => this.#deliver(to))];
    });
  }

  #call(way: Connection): readonly string[] {
    const { from, to, kind } = way;
    if (kind === 'message') {
      const words = this.#flow.is(to, queue)
        ? this.#say.send
        : this.#flow.is(to, topic)
          ? this.#say.publish
          : this.#say.deliver;
      return [this.#arrow(way, words)];
    }
    return this.#asked(
      way,
      this.#flow.isWorkload(from) && !this.#flow.isWorkload(to) ? this.#say.readWrite : this.#say.request,
    );
  }

  #asked(way: Connection, words: string): readonly string[] {
    return [this.#arrow(way, words), this.#back(way)];
  }

  /** A message is sent without waiting for an answer. */
  #arrow(way: Connection, words: string): string {
    this.#told.add(way);
    this.#seen.add(way.from).add(way.to);
    return `${this.#flow.name(way.from)}${way.kind === 'message' ? '-)' : '->>'}${this.#flow.name(way.to)}: ${words}`;
  }

  #back({ from, to }: Connection): string {
    return `${this.#flow.name(to)}-->>${this.#flow.name(from)}: ${this.#say.answer}`;
  }

  #readFirst(id: string): readonly [cache: Connection | undefined, database: Connection | undefined] {
    const to = (type: string) => this.#flow.from(id, 'request').find((way) => this.#flow.is(way.to, type));
    return [to('AWS::ElastiCache::ReplicationGroup'), to('AWS::RDS::DBCluster')];
  }

  #untold(id: string, ...kinds: readonly Connection['kind'][]): readonly Connection[] {
    return this.#flow.from(id, ...kinds).filter((way) => !this.#told.has(way));
  }

  #caption(id: string): string {
    return this.#flow.caption(id, this.#say.client);
  }
}

const speaks = (line: string, name: string): boolean =>
  line.split(/->>|-->>|-\)|:/).some((part) => part.trim() === name);

const block = (head: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [head, ...indented(lines), 'end'];

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);
