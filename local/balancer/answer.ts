// How an answer is begun and ended, also one to a client that has not sent all of its request: it is told that the connection ends, and
// gets some time to read that before it does (RFC 9112, 9.6).
import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a client which is still sending gets to stop by itself. */
export const lingering = 2_000;
/** Milliseconds that the rest of a body which is on its way already may take, so that a small one does not cost the connection. */
const grace = 50;

/** What the load balancer itself answers; everything of the body at once. */
export async function answerWhole(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: { status: number; headers: OutgoingHttpHeaders; body: Buffer },
): Promise<void> {
  // Who waits for leave to send its body sends nothing until then.
  if (request.headers.expect === undefined) await drained(request, grace);
  if (response.headersSent || response.destroyed) return;
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  begin(request, response, status, { ...headers, ...lengthOf(status, body) });
  response.write(body);
  await endAnswer(request, response);
}

const lengthOf = (status: number, body: Buffer): OutgoingHttpHeaders =>
  status === 204 || status === 304 ? {} : { 'content-length': body.length };

export function begin(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
): void {
  response.writeHead(status, request.complete ? headers : { ...headers, connection: 'close' });
  // The client must be told of it now: it may be waiting before it goes on.
  response.flushHeaders();
}

export async function endAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await drained(request, lingering);
  response.end();
}

/** Reads what is left of the body, for so many milliseconds at most. */
async function drained(request: IncomingMessage, timeout: number): Promise<void> {
  if (request.complete || request.destroyed) return;
  request.resume();
  const leaving = new AbortController();
  const { signal } = leaving;
  const over = [once(request, 'end', { signal }), once(request, 'close', { signal }), sleep(timeout, null, { signal })];
  await Promise.race(over.map((each) => each.catch(() => {})));
  leaving.abort();
}
