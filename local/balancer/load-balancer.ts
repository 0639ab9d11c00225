// The load balancer: listeners with TLS, rules, and requests handed on to tasks and functions, with the answers of its own that AWS's
// gives when nobody else can: 502 when a target breaks off, 503 when there is none, 504 when it says nothing.
import { randomBytes } from 'node:crypto';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createEncrypted } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { request as ask, type Dispatcher, errors } from 'undici';
import type { Directory } from '../blueprint/directory.ts';
import type { ActionPlan, FrontDoorPlan, ListenerPlan } from '../blueprint/front-door.ts';
import type { FunctionRuntime } from '../functions/runtime.ts';
import type { Identity } from '../machine/certificates.ts';
import { type Measure, openMeasure } from '../machine/measure.ts';
import type { Place } from '../machine/network.ts';
import { askFunction } from './function-target.ts';
import { openRules } from './match-rule.ts';
import { openTargetGroup, type Target, type TargetGroup } from './target-group.ts';

export interface LoadBalancer {
  /** The target groups, by key. */
  group(key: string): TargetGroup | undefined;
  /** Where a listener of the templates listens here, by its port there. */
  readonly listeners: ReadonlyMap<number, Place>;
  counts(): BalancerCounts;
  stop(): Promise<void>;
}

/** Since the start. */
interface BalancerCounts {
  readonly requests: number;
  /** Requests that went to tasks, which is what scaling looks at. */
  readonly toTasks: number;
  /** Answers of targets, by their first digit: `2xx`. */
  readonly targets: Readonly<Record<string, number>>;
  /** Answers of the load balancer's own. */
  readonly own: Readonly<Record<string, number>>;
  /** How long tasks took until their answers began; milliseconds. */
  readonly responseTime: Measure;
  /** Answers that the workload says came from the cache, and those that did not. */
  readonly cache: { readonly hits: number; readonly misses: number };
}

interface BalancerInput {
  readonly plan: FrontDoorPlan;
  readonly directory: Directory;
  readonly identity: Identity;
  /** Where to listen for each listener. */
  readonly places: ReadonlyMap<number, Place>;
  functionOf(key: string): FunctionRuntime | undefined;
  readonly speed: number;
}

/** Names that AWS drops when it is told to drop invalid ones do not fit this. */
const validHeader = /^[-A-Za-z0-9]+$/;
/** Headers between two neighbours on the way, not for who is behind them (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export async function startLoadBalancer(input: BalancerInput): Promise<LoadBalancer> {
  const { plan, directory, identity, places, speed } = input;
  const groups = new Map(
    plan.targetGroups.map((group) => [group.key, openTargetGroup(group, plan.idleTimeout, speed)] as const),
  );
  const counts = { requests: 0, toTasks: 0 };
  const responseTime = openMeasure();
  const cache = { hits: 0, misses: 0 };
  const targets: Record<string, number> = {};
  const own: Record<string, number> = {};
  const count = (of: Record<string, number>, status: number) => {
    const kind = `${Math.floor(status / 100)}xx`;
    of[kind] = (of[kind] ?? 0) + 1;
  };

  function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ''): void {
    count(own, status);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  }

  async function toTask(target: Target, request: IncomingMessage, response: ServerResponse, headers: Pairs) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const hasBody =
      request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    target.outstanding += 1;
    counts.toTasks += 1;
    const begin = performance.now();
    try {
      const reply = await ask(target.origin + (request.url ?? '/'), {
        method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: headers.flat(),
        body: hasBody ? request : null,
        dispatcher: target.connections,
        signal: gone.signal,
      });
      responseTime.add(performance.now() - begin);
      count(targets, reply.statusCode);
      const found = reply.headers['x-cache'];
      if (found === 'hit') cache.hits += 1;
      if (found === 'miss') cache.misses += 1;
      for (const [name, value] of Object.entries(reply.headers))
        if (value !== undefined && !hopByHop.has(name.toLowerCase())) response.setHeader(name, value);
      response.writeHead(reply.statusCode);
      await pipeline(reply.body, response);
    } catch (error) {
      if (!gone.signal.aborted) answer(response, isSilence(error) ? 504 : 502);
    } finally {
      target.outstanding -= 1;
    }
  }

  async function forward(action: Extract<ActionPlan, { type: 'forward' }>, exchange: Exchange): Promise<void> {
    const { request, response, headers, url } = exchange;
    const key = weighted(action.groups);
    const group = key === undefined ? undefined : groups.get(key);
    if (group === undefined) return answer(response, 503);
    if (group.plan.kind === 'lambda') {
      const runtime = group.plan.functionKey === undefined ? undefined : input.functionOf(group.plan.functionKey);
      if (runtime === undefined) return answer(response, 503);
      const { multiValueHeaders, key: targetGroup } = group.plan;
      const line = { headers, path: url.pathname, query: url.searchParams, targetGroup, multiValueHeaders };
      count(targets, await askFunction(runtime, request, response, line));
      return;
    }
    const target = group.pick();
    if (target === undefined) return answer(response, 503);
    await toTask(target, request, response, headers);
  }

  function serve(listener: ListenerPlan): (request: IncomingMessage, response: ServerResponse) => void {
    const ruleFor = openRules(listener, directory);
    return (request, response) => {
      counts.requests += 1;
      const source = request.socket.remoteAddress ?? '';
      const host = request.headers.host ?? '';
      const url = parse(request.url ?? '/');
      if (url === undefined) return answer(response, 400);
      const action = ruleFor({
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        host,
        headers: (name) => request.headersDistinct[name] ?? [],
        source,
      });
      if (action.type === 'fixed-response')
        return answer(response, action.status, { 'content-type': action.contentType }, action.body);
      if (action.type === 'redirect')
        return answer(response, action.status, { location: locationOf(action, listener, host, url, places) });
      const headers = headersFor(request, listener, source, plan.dropInvalidHeaders);
      forward(action, { request, response, headers, url }).catch(() => answer(response, 502));
    };
  }

  const servers = await Promise.all(
    plan.listeners.map(async (listener) => {
      const handle = serve(listener);
      const server = listener.encrypted
        ? createEncrypted(
            { ...identity, minVersion: listener.policy.includes('TLS-1-0') ? 'TLSv1' : 'TLSv1.2' },
            handle,
          )
        : createPlain(handle);
      server.keepAliveTimeout = plan.idleTimeout * 1000;
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
    counts: () => ({ ...counts, targets: { ...targets }, own: { ...own }, cache: { ...cache }, responseTime }),
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

type Pairs = readonly (readonly [name: string, value: string])[];

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: Pairs;
  readonly url: URL;
}

/** Whether a target kept silent, which is 504; all else that breaks is 502. */
const isSilence = (error: unknown): boolean =>
  error instanceof errors.HeadersTimeoutError ||
  error instanceof errors.BodyTimeoutError ||
  error instanceof errors.ConnectTimeoutError;

function parse(path: string): URL | undefined {
  return URL.canParse(path, 'http://balancer') ? new URL(path, 'http://balancer') : undefined;
}

/** One of the groups, by weight. */
function weighted(groups: readonly { readonly key: string; readonly weight: number }[]): string | undefined {
  let left = Math.random() * groups.reduce((sum, { weight }) => sum + weight, 0);
  return groups.find(({ weight }) => {
    left -= weight;
    return left < 0;
  })?.key;
}

/** The request's headers as a target gets them, names in small letters, with those that the load balancer adds. */
function headersFor(request: IncomingMessage, listener: ListenerPlan, source: string, dropInvalid: boolean): Pairs {
  const given: [string, string][] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]?.toLowerCase() ?? '';
    if (!hopByHop.has(name) && !(dropInvalid && !validHeader.test(name)))
      given.push([name, request.rawHeaders[index + 1] ?? '']);
  }
  const known = (name: string) => given.find(([each]) => each === name)?.[1];
  const before = known('x-forwarded-for');
  const added = {
    'x-forwarded-for': before === undefined ? source : `${before}, ${source}`,
    'x-forwarded-proto': listener.encrypted ? 'https' : 'http',
    'x-forwarded-port': String(listener.port),
    'x-amzn-trace-id': known('x-amzn-trace-id') ?? traceId(),
  };
  return [...given.filter(([name]) => !(name in added)), ...Object.entries(added)];
}

const traceId = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
};

/** Where a redirect leads. A port of the templates is the one that its listener has here. */
function locationOf(
  action: Extract<ActionPlan, { type: 'redirect' }>,
  listener: ListenerPlan,
  host: string,
  url: URL,
  places: ReadonlyMap<number, Place>,
): string {
  const fill = (text: string) =>
    text
      .replaceAll('#{protocol}', listener.encrypted ? 'HTTPS' : 'HTTP')
      .replaceAll('#{host}', host.replace(/:\d+$/, ''))
      .replaceAll('#{port}', String(listener.port))
      .replaceAll('#{path}', url.pathname.slice(1))
      .replaceAll('#{query}', url.search.slice(1));
  const port = Number(fill(action.port));
  const query = fill(action.query);
  const authority = `${fill(action.host)}:${places.get(port)?.port ?? port}`;
  return `${fill(action.protocol).toLowerCase()}://${authority}${fill(action.path)}${query === '' ? '' : `?${query}`}`;
}
