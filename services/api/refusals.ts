// What the server would refuse by itself, before a route has been found: told as problems too, and nothing of what was sent is repeated.
import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { late, ProblemError, rawProblem, sendProblem } from './problems.ts';

/** For bytes that are no request, and for requests that take too long to arrive. */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, slug, detail] = connectionProblems[error.code ?? ''] ?? notHttp;
  socket.end(rawProblem(status, slug, detail));
}

type ConnectionError = Error & { readonly code?: string };
type Refusal = readonly [status: number, slug: string, detail: string];

const connectionProblems: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The request’s headers are longer than 8 kB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-timeout', late],
};
const notHttp: Refusal = [400, 'unreadable-request', 'This is not HTTP.'];

/** For paths that the router cannot read. */
export function answerUnroutable(error: FastifyError, _: FastifyRequest, reply: FastifyReply): void {
  if (error.code === 'FST_ERR_MAX_PARAM_LENGTH') sendProblem(reply, 414, 'path-too-long', 'The path is too long.');
  else sendProblem(reply, 400, 'unreadable-request', 'The path is not a valid one.');
}

/** Takes over the answers that Node gives by itself: to a request without `Host` and to one that expects what nobody here promises. */
export function refuseOddHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.httpVersion !== '1.0' && raw.headers.host === undefined)
      throw new ProblemError(400, 'unreadable-request', 'A header Host is needed.');
  });
  app.server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
    response.socket?.end(rawProblem(417, 'unmet-expectation', 'The header Expect may say 100-continue only.'));
  });
}

/**
 * Answers 405 with `Allow` where a path is known and the method is not. To be called before the first route; what it returns, after the
 * last.
 */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>();
  for (const method of METHODS) {
    // Who asks for a tunnel is hung up on by Node.
    if (method !== 'CONNECT' && !app.supportedMethods.includes(method)) app.addHttpMethod(method);
  }
  app.addHook('onRoute', ({ url, method }) => {
    known.set(url, new Set([...(known.get(url) ?? []), ...[method].flat()]));
  });
  return () => {
    for (const [url, methods] of [...known]) {
      const allow = [...methods].toSorted().join(', ');
      app.route({
        method: app.supportedMethods.filter((method) => !methods.has(method)),
        url,
        schema: { hide: true },
        // Before the body is read.
        onRequest: async () => {
          throw new ProblemError(405, 'method-not-allowed', 'This path knows other methods.', { allow });
        },
        handler: async () => undefined,
      });
    }
  };
}
