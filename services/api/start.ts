// A task as a whole: the API, the relay that empties the outbox, and the consumer of the queue `work`, started together and stopped in
// the order in which each needs the next.
import type { FastifyInstance } from 'fastify';
import { collectorOf, type TaskEnvironment } from '../clients/environment.ts';
import { startTracing } from '../clients/start-tracing.ts';
import { buildApp } from './app.ts';
import { selfSigned } from './certificate.ts';
import { type OutboxRelay, startOutboxRelay } from './outbox-relay.ts';
import { openParts } from './parts.ts';
import { type ConsumerTiming, startWorkConsumer } from './work-consumer.ts';

export interface Task {
  readonly app: FastifyInstance;
  /** The port that was taken, which is another one when the environment said 0. */
  readonly port: number;
  /** Answers what was asked, finishes what was begun, and lets go of everything. */
  stop(): Promise<void>;
}

interface TaskOptions {
  /** Where it listens, over what the environment says. */
  readonly host?: string;
  readonly timing?: ConsumerTiming;
}

export async function startTask(
  environment: TaskEnvironment,
  { host = environment.HOST, timing = {} }: TaskOptions = {},
): Promise<Task> {
  const collector = collectorOf(environment, 'orders-api');
  const tracing = startTracing(collector);
  let relay: OutboxRelay | undefined;
  const wakeRelay = () => relay?.wake();
  const parts = await openParts(environment, (what, error) => app.log.warn({ err: error }, what));
  const app: FastifyInstance = await buildApp({
    ...parts,
    wakeRelay,
    ratePerMinute: environment.RATE_PER_MINUTE,
    certificate: selfSigned('orders-api'),
    logLevel: environment.LOG_LEVEL,
  });
  if (environment.AUTHENTICATION === 'off') app.log.warn('authentication is off: anybody may act for any customer');

  await app.listen({ port: environment.PORT, host });
  relay = startOutboxRelay(parts.database, parts.fulfilment, app.log);
  const work = { ...parts, timeZone: environment.TIME_ZONE, wakeRelay };
  const consumer = startWorkConsumer(parts.poller, environment.WORK_QUEUE, work, app.log, timing);

  const address = app.server.address();
  return {
    app,
    port: typeof address === 'object' && address !== null ? address.port : environment.PORT,
    async stop() {
      await app.close();
      await Promise.all([consumer.stop(), relay?.stop()]);
      await parts.database.close();
      parts.cache?.close();
      await tracing.stop();
    },
  };
}
