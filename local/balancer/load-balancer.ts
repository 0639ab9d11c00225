// The load balancer: listeners with TLS, rules, and requests handed on to tasks and functions, with the answers of its own that AWS's
// gives when nobody else can: 502 when a target breaks off, 503 when there is none, 504 when it says nothing.
import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { createServer as createEncrypted } from 'node:https';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Dispatcher, errors } from 'undici';
import type { Directory } from '../blueprint/directory.ts';
import type { ActionPlan, ListenerPlan, LoadBalancerPlan } from '../blueprint/load-balancer.ts';
import type { FunctionRuntime } from '../functions/runtime.ts';
import type { Identity } from '../machine/certificates.ts';
import { type Measure, openMeasure } from '../machine/measure.ts';
import type { Address } from '../machine/network.ts';
import { mostHeaderBytes, type RequestTarget, refusalOf, statusOfParserError, targetOf } from './admission.ts';
import { answerWhole, begin, endAnswer, lingering } from './answer.ts';
import { askFunction } from './function-target.ts';
import { headersFor, headersOfAnswer, type Pairs } from './headers.ts';
import { openRules } from './match-rule.ts';
import { openTargetGroup, type RegisteredTarget, type TargetGroup } from './target-group.ts';

export interface LoadBalancer {
  /** The target groups, by key. */
  group(key: string): TargetGroup | undefined;
  /** Where a listener of the templates listens here, by its port there. */
  readonly listeners: ReadonlyMap<number, Address>;
  counts(): BalancerCounts;
  stop(): Promise<void>;
}

/** Since the start. */
interface BalancerCounts {
  readonly requests: number;
  /** By key of the target group. */
  readonly groups: ReadonlyMap<string, Readonly<GroupCounts>>;
  /** Answers of the load balancer's own. */
  readonly own: Readonly<Record<string, number>>;
  /** Answers that the workload says came from the cache, and those that did not. */
  readonly cache: { readonly hits: number; readonly misses: number };
}

interface GroupCounts {
  requests: number;
  /** Answers, by their first digit: `2xx`. */
  readonly answers: Record<string, number>;
  /** How long tasks took until their answers began; milliseconds. */
  readonly responseTime: Measure;
}

interface BalancerInput {
  readonly plan: LoadBalancerPlan;
  readonly directory: Directory;
  readonly identity: Identity;
  /** Where to listen for each listener. */
  readonly places: ReadonlyMap<number, Address>;
  functionOf(key: string): FunctionRuntime | undefined;
  readonly speed: number;
}

export async function startLoadBalancer(input: BalancerInput): Promise<LoadBalancer> {
  const { plan, directory, identity, places, speed } = input;
  const groups = new Map(
    plan.targetGroups.map((group) => [group.key, openTargetGroup(group, plan.idleTimeout, speed)] as const),
  );
  const counted = new Map<string, GroupCounts>(
    plan.targetGroups.map(({ key }) => [key, { requests: 0, answers: {}, responseTime: openMeasure() }]),
  );
  let requests = 0;
  const cache = { hits: 0, misses: 0 };
  const own: Record<string, number> = {};
  const count = (of: Record<string, number>, status: number) => {
    const kind = `${Math.floor(status / 100)}xx`;
    of[kind] = (of[kind] ?? 0) + 1;
  };

  async function answer({ request, response }: Talk, status: number, headers = {}, body = ''): Promise<void> {
    count(own, status);
    if (response.headersSent) response.destroy();
    else await answerWhole(request, response, { status, headers, body: Buffer.from(body) });
  }

  async function toTask(
    target: RegisteredTarget,
    of: GroupCounts,
    { request, response, headers, line }: Exchange,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const hasBody =
      request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    target.outstanding += 1;
    const since = performance.now();
    try {
      if (request.headers.expect !== undefined) response.writeContinue();
      // As it was sent: a path that was put in order on the way would be another one than the rules have seen.
      const reply = await target.connections.request({
        origin: target.origin,
        path: line.path + line.search,
        method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: headers.flat(),
        // Of its own, since who asks ends it when the answer comes before all of it was sent, and with it would end the client.
        body: hasBody ? request.pipe(new PassThrough()) : null,
        signal: gone.signal,
      });
      of.responseTime.add(performance.now() - since);
      count(of.answers, reply.statusCode);
      const found = reply.headers['x-cache'];
      if (found === 'hit') cache.hits += 1;
      if (found === 'miss') cache.misses += 1;
      begin(request, response, reply.statusCode, headersOfAnswer(reply.headers, reply.statusCode));
      // There is nothing to read then, and undici would hold what is not there against the length that a 304 may state.
      if ([204, 304].includes(reply.statusCode)) reply.body.on('error', () => {}).resume();
      else await pipeline(reply.body, response, { end: false });
      await endAnswer(request, response);
    } catch (error) {
      // Nobody is there to be answered: AWS counts that as 460.
      if (gone.signal.aborted) count(own, 460);
      else await answer({ request, response }, isSilence(error) ? 504 : 502);
    } finally {
      target.outstanding -= 1;
    }
  }

  async function forward(action: Extract<ActionPlan, { type: 'forward' }>, exchange: Exchange): Promise<void> {
    const { request, response, headers, line } = exchange;
    const key = weighted(action.groups);
    const group = key === undefined ? undefined : groups.get(key);
    const of = key === undefined ? undefined : counted.get(key);
    if (group === undefined || of === undefined) return answer(exchange, 503);
    of.requests += 1;
    if (group.plan.kind === 'lambda') {
      const runtime = group.plan.functionKey === undefined ? undefined : input.functionOf(group.plan.functionKey);
      if (runtime === undefined) return answer(exchange, 503);
      const { multiValueHeaders, key: targetGroup } = group.plan;
      const asked = { headers, path: line.path, query: queryOf(line), targetGroup, multiValueHeaders };
      const given = await askFunction(runtime, request, response, asked);
      if ('own' in given) return answer(exchange, given.own);
      count(of.answers, given.status);
      return answerWhole(request, response, given);
    }
    const target = group.pick();
    if (target === undefined) return answer(exchange, 503);
    await toTask(target, of, exchange);
  }

  function serve(listener: ListenerPlan): (request: IncomingMessage, response: ServerResponse) => void {
    const ruleFor = openRules(listener, directory);
    async function handle(talk: Talk): Promise<void> {
      const { request } = talk;
      const refusal = refusalOf(request, plan.strictest);
      const line = targetOf(request.url ?? '');
      if (refusal !== undefined || line === undefined) {
        refused.add(request.socket);
        return answer(talk, refusal ?? 400, { connection: 'close' });
      }
      requests += 1;
      const host = line.authority ?? request.headers.host ?? '';
      const action = ruleFor({
        method: request.method ?? '',
        path: line.path,
        query: queryOf(line),
        host,
        headers: (name) => request.headersDistinct[name] ?? [],
        source: request.socket.remoteAddress ?? '',
      });
      if (action.type === 'fixed-response')
        return answer(talk, action.status, { 'content-type': action.contentType }, action.body);
      if (action.type === 'redirect')
        return answer(talk, action.status, { location: locationOf(action, listener, host, line, places) });
      const headers = headersFor(request, {
        listener,
        authority: line.authority,
        dropInvalid: plan.dropInvalidHeaders,
      });
      await forward(action, { ...talk, headers, line });
    }
    return (request, response) => {
      // Nobody knows where the request after a refused one begins.
      if (refused.has(request.socket)) return;
      const talk = { request, response };
      talks.set(request.socket, talk);
      // A client that has stopped sending is told so; one that waits for its answer waits as long as its target may take.
      response.on('timeout', () => {
        if (response.headersSent) request.socket.destroy();
        else if (!request.complete) void answer(talk, 408).catch(() => response.destroy());
      });
      handle(talk).catch(() => void answer(talk, 502).catch(() => response.destroy()));
    };
  }

  /** What a connection is about just now, and those of which nothing more is read. */
  const talks = new WeakMap<Socket, Talk>();
  const refused = new WeakSet<Socket>();

  /** Bytes that are no request. */
  function refuse(code: string | undefined, socket: Socket): void {
    if (refused.has(socket)) return;
    refused.add(socket);
    const { request, response } = talks.get(socket) ?? {};
    const isUnderWay = response !== undefined && !response.writableFinished;
    // They follow a request that is answered yet.
    if (isUnderWay && request?.complete === true) response.once('finish', () => turnAway(code, socket));
    else if (isUnderWay && response.headersSent) socket.destroy();
    else turnAway(code, socket);
  }

  function turnAway(code: string | undefined, socket: Socket): void {
    if (!socket.writable) return void socket.destroy();
    const status = statusOfParserError(code);
    count(own, status);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    socket.setTimeout(lingering, () => socket.destroy());
  }

  function bound(server: Server): void {
    const idle = plan.idleTimeout * 1000;
    server.keepAliveTimeout = idle;
    server.headersTimeout = idle;
    server.timeout = idle;
    // Who goes on sending may take as long as that takes.
    server.requestTimeout = 0;
    // The parser would leave out those beyond a number without a word.
    server.maxHeadersCount = 0;
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuse(error.code, socket));
    server.on('connect', (_, socket: Socket) => refuse(undefined, socket));
  }

  const servers = await Promise.all(
    plan.listeners.map(async (listener) => {
      const handle = serve(listener);
      const server = listener.encrypted
        ? createEncrypted(
            {
              ...identity,
              minVersion: listener.policy.includes('TLS-1-0') ? 'TLSv1' : 'TLSv1.2',
              maxHeaderSize: mostHeaderBytes,
            },
            handle,
          )
        : createPlain({ maxHeaderSize: mostHeaderBytes }, handle);
      server.on('checkContinue', handle);
      bound(server);
      const place = places.get(listener.port);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(place?.port ?? 0, place?.host ?? '127.0.0.1', resolve);
      });
      return server;
    }),
  );

  return {
    group: (key) => groups.get(key),
    listeners: places,
    counts: () => ({ requests, groups: counted, own: { ...own }, cache: { ...cache } }),
    async stop() {
      await Promise.all(
        servers.map((server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()));
          server.closeAllConnections();
          return closed;
        }),
      );
      await Promise.all([...groups.values()].map((group) => group.close()));
    },
  };
}

interface Talk {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Exchange extends Talk {
  /** As a target gets them. */
  readonly headers: Pairs;
  readonly line: RequestTarget;
}

/** Whether a target kept silent, which is 504; all else that breaks is 502. */
const isSilence = (error: unknown): boolean =>
  error instanceof errors.HeadersTimeoutError ||
  error instanceof errors.BodyTimeoutError ||
  error instanceof errors.ConnectTimeoutError;

const queryOf = ({ search }: RequestTarget): URLSearchParams => new URLSearchParams(search);

/** One of the groups, by weight. */
function weighted(groups: readonly { readonly key: string; readonly weight: number }[]): string | undefined {
  let left = Math.random() * groups.reduce((sum, { weight }) => sum + weight, 0);
  return groups.find(({ weight }) => {
    left -= weight;
    return left < 0;
  })?.key;
}

/** Where a redirect leads. A port of the templates is the one that its listener has here. */
function locationOf(
  action: Extract<ActionPlan, { type: 'redirect' }>,
  listener: ListenerPlan,
  host: string,
  line: RequestTarget,
  places: ReadonlyMap<number, Address>,
): string {
  const fill = (text: string) =>
    text
      .replaceAll('#{protocol}', listener.encrypted ? 'HTTPS' : 'HTTP')
      .replaceAll('#{host}', host.replace(/:\d+$/, ''))
      .replaceAll('#{port}', String(listener.port))
      .replaceAll('#{path}', line.path.slice(1))
      .replaceAll('#{query}', line.search.slice(1));
  const port = Number(fill(action.port));
  const query = fill(action.query);
  const authority = `${fill(action.host)}:${places.get(port)?.port ?? port}`;
  return `${fill(action.protocol).toLowerCase()}://${authority}${fill(action.path)}${query === '' ? '' : `?${query}`}`;
}
