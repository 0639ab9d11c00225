// What a load balancer makes of bytes as they come over a connection: forms of targets, framing, limits, early answers, clients that leave.
// Each case is spoken by hand, since a client library would not say it, or would tidy the answer.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDirectory } from '../blueprint/directory.ts';
import type { ActionPlan, LoadBalancerPlan, TargetGroupPlan } from '../blueprint/load-balancer.ts';
import type { FunctionRuntime } from '../functions/runtime.ts';
import { type Identity, openAuthority } from '../machine/certificates.ts';
import { firstFree } from '../machine/network.ts';
import { eventually } from '../testing/wait.ts';
import { type LoadBalancer, startLoadBalancer } from './load-balancer.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-balancer-raw-'));
let identity: Identity;
beforeAll(async () => {
  identity = await (await openAuthority(folder)).issue(['127.0.0.1']);
});
afterAll(() => rmSync(folder, { recursive: true }));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const to = (key: string): ActionPlan => ({ type: 'forward', groups: [{ key, weight: 1 }] });
const group: TargetGroupPlan = {
  ...{ key: 'tasks', kind: 'ip', functionKey: undefined, encrypted: false, deregistrationDelay: 5 },
  ...{ algorithm: 'round_robin', multiValueHeaders: false },
  health: {
    ...{ path: '/health', encrypted: false, interval: 1, timeout: 1, healthyThreshold: 2, unhealthyThreshold: 2 },
    matcher: '200',
  },
};

const plan = (change: Partial<LoadBalancerPlan>): LoadBalancerPlan => ({
  ...{ key: 'balancer', idleTimeout: 1, dropInvalidHeaders: true, strictest: true },
  targetGroups: [group, { ...group, key: 'function', kind: 'lambda', functionKey: 'imports' }],
  listeners: [
    {
      ...{ key: 'http', port: 80, encrypted: false, policy: '' },
      rules: [
        { conditions: [{ field: 'path-pattern', values: ['/function'] }], action: to('function') },
        { conditions: [{ field: 'path-pattern', values: ['/closed'] }], action: { ...closed } },
        { conditions: [{ field: 'path-pattern', values: ['/none'] }], action: { ...closed, status: 204, body: '' } },
        { conditions: [{ field: 'host-header', values: ['moved.example'] }], action: moved },
        { conditions: [{ field: 'path-pattern', values: ['/*'] }], action: to('tasks') },
        { conditions: [], action: { ...closed, status: 404 } },
      ],
    },
  ],
  ...change,
});
const closed = { type: 'fixed-response', status: 403, contentType: 'text/plain', body: 'closed' } as const;
const moved: ActionPlan = {
  ...{ type: 'redirect', status: 301, protocol: 'HTTPS', host: '#{host}', port: '443', path: '/#{path}' },
  query: '#{query}',
};

interface RawServer {
  readonly balancer: LoadBalancer;
  /** Requests as they came to the task, but for its health checks. */
  readonly seen: IncomingMessage[];
  open(): Promise<Socket>;
}

/** A load balancer before one task; the task says what it was asked unless told otherwise. */
async function server(
  handle: RequestListener = (request, response) => {
    request.resume().on('end', () => response.end(`${request.method} ${request.url}`));
  },
  change: Partial<LoadBalancerPlan> = {},
  invoke: FunctionRuntime['invoke'] = async () => ({ statusCode: 200, body: 'function' }),
): Promise<RawServer> {
  const seen: IncomingMessage[] = [];
  const server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
    if (request.url === '/health') return void response.end();
    seen.push(request);
    handle(request, response);
  });
  server.maxHeadersCount = 0;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const port = await firstFree([]);
  const balancer = await startLoadBalancer({
    plan: plan(change),
    directory: openDirectory(),
    identity,
    places: new Map([[80, { host: '127.0.0.1', port }]]),
    functionOf: () => ({ invoke }) as FunctionRuntime,
    speed: 1,
  });
  closing.push(balancer.stop);
  const tasks = balancer.group('tasks');
  tasks?.register('one', { host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  await eventually('the task to be healthy', () => tasks?.targets()[0]?.state === 'healthy');
  return {
    balancer,
    seen,
    async open() {
      const socket = connect(port, '127.0.0.1');
      closing.push(() => socket.destroy());
      await once(socket, 'connect');
      return socket;
    },
  };
}

const lines = (...all: readonly string[]) => `${all.join('\r\n')}\r\n\r\n`;

/** All that came until the connection ended, or until so many milliseconds had passed. */
async function all(socket: Socket, timeout = 8_000): Promise<{ text: string; ended: boolean }> {
  let text = '';
  socket.setEncoding('latin1').on('data', (data) => {
    text += data;
  });
  socket.on('error', () => {});
  const ended = await Promise.race([once(socket, 'close').then(() => true), sleep(timeout, false)]);
  return { text, ended };
}

/** Sends it and hears all that comes; ends the connection by itself where `close` asks the server to. */
async function say(at: RawServer, sent: string, timeout?: number) {
  const socket = await at.open();
  socket.write(sent, 'latin1');
  return all(socket, timeout);
}
const last = 'connection: close';
const statusOf = ({ text }: { text: string }) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

describe('the target of a request', () => {
  test.each([
    ['origin form', 'GET /orders?limit=2 HTTP/1.1', 'GET /orders?limit=2'],
    ['absolute form', 'GET http://shop.example/orders?limit=2 HTTP/1.1', 'GET /orders?limit=2'],
    ['absolute form without a path', 'GET http://shop.example HTTP/1.1', 'GET /'],
    ['absolute form with a query alone', 'GET http://shop.example?a=1 HTTP/1.1', 'GET /?a=1'],
    ['dots, which stay as they are', 'GET /a/../b/./c HTTP/1.1', 'GET /a/../b/./c'],
    ['two slashes, which name no host', 'GET //moved.example/closed HTTP/1.1', 'GET //moved.example/closed'],
    ['a query with a question mark', 'GET /a?b?c=/closed HTTP/1.1', 'GET /a?b?c=/closed'],
  ])('in %s comes to the task', async (_, line, body) => {
    const at = await server();
    const { text } = await say(at, lines(line, 'Host: x', last));
    expect(text).toMatch(/^HTTP\/1\.1 200/);
    expect(text.split('\r\n\r\n').at(-1)).toContain(body);
  });

  test('in absolute form names the host that rules and tasks see, whatever the header says', async () => {
    const at = await server();
    expect(statusOf(await say(at, lines('GET http://moved.example/a HTTP/1.1', 'Host: x', last)))).toBe(301);
    await say(at, lines('GET http://shop.example:81/a HTTP/1.1', 'Host: other', last));
    expect(at.seen[0]?.rawHeaders.filter((_, index, raw) => raw[index - 1]?.toLowerCase() === 'host')).toEqual([
      'shop.example:81',
    ]);
  });

  test.each([
    ['an asterisk', 'OPTIONS * HTTP/1.1', 400],
    ['an asterisk of another method', 'GET * HTTP/1.1', 400],
    ['an authority', 'CONNECT shop.example:443 HTTP/1.1', 400],
    ['no path', 'GET orders HTTP/1.1', 400],
    ['a fragment', 'GET /a#b HTTP/1.1', 400],
    ['another scheme', 'GET ftp://shop.example/a HTTP/1.1', 400],
    ['bytes beyond ASCII', 'GET /\xe3\x81\x82 HTTP/1.1', 400],
    ['the method TRACE', 'TRACE / HTTP/1.1', 405],
    ['17 kB', `GET /${'a'.repeat(17_000)} HTTP/1.1`, 400],
    ['a version that there is not', 'GET / HTTP/3.0', 505],
  ])('that is %s is refused, and no task hears of it', async (_, line, status) => {
    const at = await server();
    const answer = await say(at, lines(line, 'Host: x', last));
    expect([statusOf(answer), answer.ended, at.seen.length]).toEqual([status, true, 0]);
    expect(at.balancer.counts().own).toEqual({ [`${Math.floor(status / 100)}xx`]: 1 });
  });
});

describe('framing that two servers could understand differently', () => {
  const chunks = '5\r\nhello\r\n0\r\n\r\n';
  test.each([
    ['a length and chunks', ['POST / HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked'], chunks, 400],
    ['two lengths', ['POST / HTTP/1.1', 'Content-Length: 5', 'Content-Length: 6'], 'hello', 400],
    ['one length twice', ['POST / HTTP/1.1', 'Content-Length: 5, 5'], 'hello', 400],
    ['a length below nought', ['POST / HTTP/1.1', 'Content-Length: -5'], 'hello', 400],
    ['chunks that are packed', ['POST / HTTP/1.1', 'Transfer-Encoding: gzip, chunked'], chunks, 501],
    ['a coding of none', ['POST / HTTP/1.1', 'Transfer-Encoding: identity'], 'hello', 400],
    ['chunks twice', ['POST / HTTP/1.1', 'Transfer-Encoding: chunked, chunked'], chunks, 400],
    ['chunks that are not last', ['POST / HTTP/1.1', 'Transfer-Encoding: chunked, gzip'], chunks, 400],
    ['chunks in HTTP/1.0', ['POST / HTTP/1.0', 'Transfer-Encoding: chunked'], chunks, 400],
    ['a disguised name', ['POST / HTTP/1.1', 'Transfer_Encoding: chunked', 'Content-Length: 5'], 'hello', 400],
    ['a body where it has no meaning', ['GET / HTTP/1.1', 'Content-Length: 5'], 'hello', 400],
    ['a space before the colon', ['POST / HTTP/1.1', 'Content-Length : 5'], 'hello', 400],
    ['a folded line', ['GET / HTTP/1.1', 'A: b', ' c'], '', 400],
    ['a broken chunk', ['POST / HTTP/1.1', 'Transfer-Encoding: chunked'], 'zz\r\nhello\r\n', 400],
  ])('is refused: %s', async (_, head, body, status) => {
    const at = await server();
    const smuggled = lines('GET /smuggled HTTP/1.1', 'Host: x', last);
    const { text, ended } = await say(at, lines(...head, 'Host: x') + body + smuggled);
    expect([statuses(text)[0], ended]).toEqual([status, true]);
    expect(at.seen.map(({ url }) => url)).not.toContain('/smuggled');
  });

  test('is let through where the load balancer is not told to be strictest', async () => {
    const at = await server(undefined, { strictest: false });
    const answer = await say(at, `${lines('GET / HTTP/1.1', 'Host: x', 'Content-Length: 5', last)}hello`);
    expect(statusOf(answer)).toBe(200);
  });
});

describe('headers', () => {
  test.each([
    ['none that says the host', ['GET / HTTP/1.1'], 400],
    ['two that say the host', ['GET / HTTP/1.1', 'Host: a', 'Host: b'], 400],
    ['a host that is a path', ['GET / HTTP/1.1', 'Host: a/b'], 400],
    ['one of 17 kB', ['GET / HTTP/1.1', 'Host: x', `A: ${'a'.repeat(17_000)}`], 400],
    [
      '70 kB together',
      ['GET / HTTP/1.1', 'Host: x', ...Array.from({ length: 7 }, () => `A: ${'a'.repeat(10_000)}`)],
      400,
    ],
    [
      '31 addresses on the way',
      ['GET / HTTP/1.1', 'Host: x', `X-Forwarded-For: ${'1.1.1.1, '.repeat(30)}1.1.1.1`],
      463,
    ],
    ['bytes beyond ASCII', ['GET / HTTP/1.1', 'Host: x', 'A: \xe3\x81\x82'], 400],
  ])('are refused: %s', async (_, head, status) => {
    const at = await server();
    const answer = await say(at, lines(...head, last));
    expect([statusOf(answer), at.seen.length]).toEqual([status, 0]);
  });

  test('of 60 kB in lines of 15 kB arrive, every one', async () => {
    const at = await server();
    const long = Array.from({ length: 4 }, (_, index) => `A${index}: ${'a'.repeat(15_000)}`);
    expect(statusOf(await say(at, lines('GET / HTTP/1.1', 'Host: x', ...long, last)))).toBe(200);
    expect(at.seen[0]?.headers.a3).toHaveLength(15_000);
  });

  test('beyond two thousand arrive too', async () => {
    const at = await server();
    const many = Array.from({ length: 2_500 }, (_, index) => `a${index}: 1`);
    await say(at, lines('GET / HTTP/1.1', 'Host: x', ...many, 'Last: here', last));
    expect(at.seen[0]?.headers).toMatchObject({ a2499: '1', last: 'here' });
  });

  test('between neighbours stay there, those that the request itself names too', async () => {
    const at = await server((_, response) => {
      response.writeHead(200, { connection: 'X-Inner', 'x-inner': '1', 'x-outer': '2' }).end();
    });
    const sent = ['Connection: close, X-Hop', 'X-Hop: 1', 'Keep-Alive: 5', 'TE: trailers', 'Upgrade: websocket'];
    const { text } = await say(at, lines('GET / HTTP/1.1', 'Host: x', ...sent));
    const { 'x-hop': hop, 'keep-alive': keep, te, upgrade } = at.seen[0]?.headers ?? {};
    expect([hop, keep, te, upgrade]).toEqual([undefined, undefined, undefined, undefined]);
    expect(text).toContain('x-outer: 2');
    expect(text).not.toContain('x-inner');
  });
});

describe('Expect', () => {
  const head = ['POST / HTTP/1.1', 'Host: x', 'Content-Length: 5', 'Expect: 100-continue'];

  test('gets leave from the load balancer, and the task the body', async () => {
    const at = await server();
    const socket = await at.open();
    socket.write(lines(...head, last));
    await once(socket, 'readable');
    expect(String(socket.read())).toMatch(/^HTTP\/1\.1 100/);
    socket.write('hello');
    expect(statusOf(await all(socket))).toBe(200);
    expect(at.seen[0]?.headers.expect).toBeUndefined();
  });

  test.each([
    ['a rule refuses', lines('POST /closed HTTP/1.1', ...head.slice(1)), 403],
    [
      'the function may not get so much',
      lines('POST /function HTTP/1.1', 'Host: x', 'Content-Length: 2000000', 'Expect: 100-continue'),
      413,
    ],
  ])('gets no leave for what %s, and the connection ends', async (_, sent, status) => {
    const at = await server();
    const { text, ended } = await say(at, sent, 5_000);
    expect([statuses(text), ended]).toEqual([[status], true]);
  });

  test('of something else is refused', async () => {
    expect(statusOf(await say(await server(), lines('POST / HTTP/1.1', 'Host: x', 'Expect: tea', last)))).toBe(417);
  });
});

describe('an answer before the body has come', () => {
  const endless = (path: string) => lines(`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Length: 2000000');
  const early: RequestListener = (_, response) => {
    response.writeHead(413, { 'content-length': 4, connection: 'close' });
    response.end('long');
  };

  test.each([
    ['a function that may not get so much', '/function', 413],
    ['a rule that refuses', '/closed', 403],
    ['a task that has heard enough', '/task', 413],
  ])('of %s comes at once, and ends the connection soon', async (_, path, status) => {
    const at = await server(early, { idleTimeout: 60 });
    const since = performance.now();
    const { text, ended } = await say(at, `${endless(path)}${'a'.repeat(1_000)}`);
    expect([statusOf({ text }), ended]).toEqual([status, true]);
    expect(text.toLowerCase()).toContain('connection: close');
    expect(performance.now() - since).toBeLessThan(6_000);
  });

  test('is read by a client that goes on sending, instead of a broken connection', async () => {
    const at = await server();
    const socket = await at.open();
    const heard = all(socket);
    socket.write(endless('/closed'));
    for (let sent = 0; sent < 20; sent++) {
      socket.write('a'.repeat(100_000));
      await sleep(5);
    }
    const { text } = await heard;
    expect(statusOf({ text })).toBe(403);
    expect(text).toContain('closed');
  });

  test('costs a small body no connection: the next request on it is answered', async () => {
    const at = await server();
    const one = `${lines('POST /closed HTTP/1.1', 'Host: x', 'Content-Length: 5')}hello`;
    const { text } = await say(at, one + lines('GET /next HTTP/1.1', 'Host: x', last));
    expect(statuses(text)).toEqual([403, 200]);
  });

  test('that the task sends while it reads comes through as it is sent', async () => {
    const at = await server((request, response) => {
      response.writeHead(200).flushHeaders();
      request.pipe(response);
    });
    const socket = await at.open();
    const heard = all(socket);
    socket.write(`${lines('POST / HTTP/1.1', 'Host: x', 'Content-Length: 10')}hello`);
    await sleep(200);
    socket.write('world');
    const { text } = await heard;
    expect(text.replaceAll(/\r\n[0-9a-f]+\r\n/g, '')).toMatch(/hello[\s\S]*world/);
  });
});

describe('a client', () => {
  test('that stops sending its body gets 408 after the idle time', async () => {
    const at = await server();
    const { text, ended } = await say(at, `${lines('POST / HTTP/1.1', 'Host: x', 'Content-Length: 10')}hel`);
    expect([statusOf({ text }), ended]).toEqual([408, true]);
  });

  test('that says nothing is left after the idle time', async () => {
    expect(await say(await server(), '', 5_000)).toEqual({ text: '', ended: true });
  });

  test('that waits for a slow answer is left alone for as long as the task may take', async () => {
    const at = await server(() => {});
    expect(statusOf(await say(at, lines('GET / HTTP/1.1', 'Host: x', last)))).toBe(504);
  });

  test('that leaves takes its request along: the task hears of it, and no 5xx is counted', async () => {
    let left = false;
    const at = await server((_, response) => void response.on('close', () => (left = true)));
    const socket = await at.open();
    socket.write(lines('GET / HTTP/1.1', 'Host: x'));
    await eventually('the request', () => at.seen.length === 1);
    socket.destroy();
    await eventually('the task to hear of it', () => left);
    await eventually('the request to be over', () => at.balancer.group('tasks')?.targets()[0]?.outstanding === 0);
    expect(at.balancer.counts().own).toEqual({ '4xx': 1 });
  });

  test('that leaves within its body leaves no half request', async () => {
    const at = await server((request) => void request.resume());
    const socket = await at.open();
    socket.write(`${lines('POST / HTTP/1.1', 'Host: x', 'Content-Length: 10')}hel`);
    await eventually('the request', () => at.seen.length === 1);
    socket.destroy();
    await eventually('the request to be over', () => at.balancer.group('tasks')?.targets()[0]?.outstanding === 0);
    expect(at.seen[0]?.complete).toBe(false);
  });

  test('of HTTP/1.0 gets an answer that ends with the connection, and no chunks', async () => {
    const at = await server((_, response) => {
      response.write('a');
      response.end('b');
    });
    const { text, ended } = await say(at, lines('GET / HTTP/1.0'));
    expect(ended).toBe(true);
    expect(text.toLowerCase()).not.toContain('transfer-encoding');
    expect(text.endsWith('\r\n\r\nab')).toBe(true);
  });

  test('that asks for another protocol is served in this one', async () => {
    const asked = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const at = await server();
    expect(statusOf(await say(at, lines('GET / HTTP/1.1', 'Host: x', ...asked), 3_000))).toBe(200);
  });

  test('that sends nonsense after a request has the answer to that request first', async () => {
    const at = await server((_, response) => void setTimeout(() => response.end('first'), 200));
    const { text, ended } = await say(at, `${lines('GET /a HTTP/1.1', 'Host: x')}good morning\r\n\r\n`);
    expect([statuses(text), ended]).toEqual([[200, 400], true]);
    expect(text).toContain('first');
  });

  test('may send the next request before it has the answer', async () => {
    const at = await server();
    const one = (path: string, ...more: string[]) => lines(`GET ${path} HTTP/1.1`, 'Host: x', ...more);
    const { text } = await say(at, one('/a') + one('/b') + one('/c', last));
    expect([...text.matchAll(/GET \/\w/g)].map(([each]) => each)).toEqual(['GET /a', 'GET /b', 'GET /c']);
  });
});

describe('an answer without a body', () => {
  test.each([
    ['to HEAD has the length that GET would have', 'HEAD', 200, 'content-length: 7'],
    ['of 304 keeps what it says of the length', 'GET', 304, 'content-length: 7'],
  ])('%s, and the next request is answered', async (_, method, status, length) => {
    const at = await server((_request, response) => response.writeHead(status, { 'content-length': 7 }).end());
    const one = (verb: string, ...more: string[]) => lines(`${verb} / HTTP/1.1`, 'Host: x', ...more);
    const { text } = await say(at, one(method) + one('HEAD', last));
    expect(statuses(text)).toEqual([status, status]);
    expect(text).toContain(length);
  });

  test.each(['/none', '/task', '/function'])('of 204 at %s has no length at all', async (path) => {
    const at = await server(
      (_, response) => response.writeHead(204).end(),
      {},
      async () => ({ statusCode: 204 }),
    );
    const { text } = await say(at, lines(`GET ${path} HTTP/1.1`, 'Host: x', last));
    expect(statuses(text)).toEqual([204]);
    expect(text.toLowerCase()).not.toMatch(/content-length|transfer-encoding/);
  });

  test('of a rule to HEAD has none', async () => {
    const { text } = await say(await server(), lines('HEAD /closed HTTP/1.1', 'Host: x', last));
    expect(text).toContain('content-length: 6');
    expect(text.endsWith('\r\n\r\n')).toBe(true);
  });
});

describe('a function', () => {
  test.each([
    ['that says how its answer is framed', { 'transfer-encoding': 'chunked', 'content-length': '99' }, 200],
    ['whose header would be two', { 'x-a': 'b\r\nx-c: d' }, 502],
    ['whose header has no name', { '': 'b' }, 502],
  ])('%s', async (_, headers, status) => {
    const invoke = async () => ({ statusCode: 200, headers, body: 'said' });
    const { text } = await say(await server(undefined, {}, invoke), lines('GET /function HTTP/1.1', 'Host: x', last));
    expect(statuses(text)).toEqual([status]);
    expect(text).toContain(`content-length: ${status === 200 ? 4 : 0}`);
    expect(text).not.toMatch(/transfer-encoding|x-c/i);
  });
});
