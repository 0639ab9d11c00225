// Two questions of the load balancer and of Route 53. "Live" is about this process alone: a task must not be killed because Aurora
// fails over. "Ready" is about the region: without a database that takes writes it must not be sent traffic, or people would be sent to
// a region that only stands by (DR-8).
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Database } from '../../clients/database.ts';
import { deadlineIn } from '../../clients/deadline.ts';
import { singleFlight } from '../../clients/single-flight.ts';
import { ProblemError } from '../problems.ts';
import { jsonSchema } from '../schemas.ts';
import { problems } from './answers.ts';

/** Milliseconds; shorter than a request's, since a health check must answer within its interval. */
const timeout = 1_000;
/**
 * Needs a database that takes writes, locks no row and finds none. On one that does not it fails with the same error as a write would,
 * after which the pool looks for the writer anew.
 */
const canWrite = 'SELECT FROM outbox WHERE false FOR UPDATE';
const health = jsonSchema(z.object({ status: z.literal('ok') }));

export function healthRoutes(app: FastifyInstance, { database }: { readonly database: Database }): void {
  let closing = false;
  // Anybody may ask, as often as they like: the database is asked once at a time.
  const once = singleFlight<unknown>();
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });

  app.get(
    '/health/live',
    { schema: { summary: 'Is the process alive?', security: [], response: { 200: health } } },
    () => ({
      status: 'ok',
    }),
  );

  const schema = {
    summary: 'Can orders be placed and read?',
    security: [],
    response: { 200: health, ...problems(503) },
  };
  app.get('/health/ready', { schema }, async (request) => {
    if (closing) throw new ProblemError(503, 'closing', 'This task is about to end.');
    try {
      await once('ready', () => database.query(deadlineIn(timeout), canWrite));
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      throw new ProblemError(503, 'database-unavailable', 'The database does not answer, or takes no writes.');
    }
    return { status: 'ok' };
  });
}
