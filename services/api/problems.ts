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
  app.setNotFoundHandler((_, reply) => send(reply, 404, 'no-such-path', 'There is nothing at this path.'));
  app.setErrorHandler<FastifyError | ProblemError | DatabaseUnavailable>((error, request, reply) => {
    if (error instanceof ProblemError) {
      reply.headers(error.headers);
      return send(reply, error.status, error.slug, error.message);
    }
    if (error instanceof DatabaseUnavailable) {
      request.log.error({ err: error }, 'the database did not answer');
      reply.header('retry-after', '2');
      return send(reply, 503, 'database-unavailable', 'The orders cannot be reached now; try again with the same key.');
    }
    const { validation, validationContext, statusCode = 500 } = error as FastifyError;
    if (validation !== undefined) {
      const errors = validation.map(({ instancePath, message, params }) => ({
        pointer: `/${validationContext ?? 'request'}${instancePath}`,
        detail: describe(message, params),
      }));
      return send(reply, 400, 'invalid-request', 'The request does not have the expected form.', errors);
    }
    if (statusCode < 500) return send(reply, statusCode, slugs[statusCode] ?? 'invalid-request', details[statusCode]);
    request.log.error({ err: error }, 'a request failed');
    return statusCode === 503
      ? send(
          reply.header('retry-after', '2'),
          503,
          'overloaded',
          'The answer took too long; try again with the same key.',
        )
      : send(reply, 500, 'internal-error', 'Something went wrong here; the trace id in the answer names it.');
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

const slugs: Readonly<Record<number, string>> = {
  400: 'unreadable-request',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};
const details: Readonly<Record<number, string>> = {
  400: 'The body is not JSON.',
  413: 'The body is longer than is allowed here.',
  415: 'The body must be application/json.',
  429: 'This customer sends more requests than are allowed in a minute.',
};

interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

function send(
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
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** The validator's words, with the name of a field that should not be there. */
function describe(message = 'is not valid', params: Record<string, unknown>): string {
  const { additionalProperty } = params;
  return typeof additionalProperty === 'string' ? `${message}: ${additionalProperty.slice(0, 64)}` : message;
}
