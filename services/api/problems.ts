// What goes wrong is told as RFC 9457 says: a kind, a title, a status, and what the caller can do. Never what was sent, and never what
// we keep inside.
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod';
import { DatabaseUnavailable } from '../clients/database.ts';

/** The schema of every answer that is not a success. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

/** Told to whoever sends too slowly. */
export const late = 'The request took too long to arrive.';

export const problemMediaType = 'application/problem+json';

/** A problem that a route or hook throws. */
export class ProblemError extends Error {
  readonly status: number;
  readonly slug: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, slug: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.slug = slug;
    this.headers = headers;
  }
}

/** Answers every error and every unknown path with a problem. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((_, reply) => sendProblem(reply, 404, 'no-such-path', 'There is nothing at this path.'));
  app.setErrorHandler<FastifyError | ProblemError | DatabaseUnavailable>((error, request, reply) => {
    if (error instanceof ProblemError) {
      reply.headers(error.headers);
      return sendProblem(reply, error.status, error.slug, error.message);
    }
    if (error instanceof DatabaseUnavailable) {
      request.log.error({ err: error }, 'the database did not answer');
      reply.header('retry-after', '2');
      return sendProblem(
        reply,
        503,
        'database-unavailable',
        'The orders cannot be reached now; try again with the same key.',
      );
    }
    const { code, validation, validationContext, statusCode = 500 } = error as FastifyError;
    if (validation !== undefined) {
      const errors = validation.map(({ instancePath, message, params }) => ({
        pointer: `/${validationContext ?? 'request'}${instancePath}`,
        detail: describe(message, params),
      }));
      return sendProblem(reply, 400, 'invalid-request', 'The request does not have the expected form.', errors);
    }
    if (statusCode < 500) {
      const [slug, detail] = refusals[code] ?? refusals[statusCode] ?? ['invalid-request'];
      return sendProblem(reply, statusCode, slug, detail);
    }
    if (code === 'FST_ERR_HANDLER_TIMEOUT' && !request.raw.complete) {
      // The sender's slowness is no fault of ours, and must not count as one.
      return sendProblem(reply.header('connection', 'close'), 408, 'request-timeout', late);
    }
    request.log.error({ err: error }, 'a request failed');
    return statusCode === 503
      ? sendProblem(
          reply.header('retry-after', '2'),
          503,
          'overloaded',
          'The answer took too long; try again with the same key.',
        )
      : sendProblem(reply, 500, 'internal-error', 'Something went wrong here; the trace id in the answer names it.');
  });
}

/** A problem as bytes, for connections that never became a request. */
export function rawProblem(status: number, slug: string, detail: string): string {
  const body = JSON.stringify(problem(status, slug, detail));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Fastify's own refusals, by its code or else by status: slug and detail. */
const refusals: Readonly<Record<string, readonly [slug: string, detail: string]>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: ['unreadable-request', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['unreadable-request', 'The body is not as long as Content-Length says.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['unreadable-request', 'The body is not JSON.'],
  400: ['unreadable-request', 'The request cannot be read.'],
  413: ['body-too-large', 'The body is longer than is allowed here.'],
  415: ['unsupported-media-type', 'The body must be application/json.'],
};

interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Answers with a problem. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  slug: string,
  detail?: string,
  errors?: readonly FieldError[],
): FastifyReply {
  return reply
    .code(status)
    .type(problemMediaType)
    .send(problem(status, slug, detail, errors));
}

function problem(status: number, slug: string, detail?: string, errors?: readonly FieldError[]) {
  return {
    type: `urn:problem:orders:${slug}`,
    title: STATUS_CODES[status] ?? 'Unknown',
    status,
    detail,
    errors,
  };
}

/** The validator's words, with the name of a field that should not be there. */
function describe(message = 'is not valid', params: Record<string, unknown>): string {
  const { additionalProperty } = params;
  return typeof additionalProperty === 'string' ? `${message}: ${additionalProperty.slice(0, 64)}` : message;
}
