// Keeps the outbox empty: at once when this task has placed an order, and every second for what other tasks left behind. A schedule of its
// own and no waiting for something to be so: it never ends by itself, and an order wakes it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../clients/database.ts';
import type { Queue } from '../clients/queue.ts';
import { relayOutbox } from '../orders/relay-outbox.ts';

export interface OutboxRelay {
  /** Says that there is something to send. */
  wake(): void;
  /** Ends after what is being sent now. */
  stop(): Promise<void>;
}

/** Milliseconds. */
const lookEvery = 1_000;
const restAfterFailure = 2_000;

export function startOutboxRelay(database: Database, queue: Queue, log: FastifyBaseLogger): OutboxRelay {
  const stopping = new AbortController();
  let alarm = new AbortController();
  let called = false;

  async function rest(milliseconds: number, mayWake: boolean): Promise<void> {
    alarm = new AbortController();
    if (stopping.signal.aborted || (mayWake && called)) return;
    const signal = mayWake ? AbortSignal.any([alarm.signal, stopping.signal]) : stopping.signal;
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      called = false;
      try {
        const { found, sent } = await relayOutbox(database, queue);
        if (sent < found) {
          log.warn({ found, sent }, 'the queue did not take every order');
          await rest(restAfterFailure, false);
        } else if (found === 0) await rest(lookEvery, true);
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be sent');
        await rest(restAfterFailure, false);
      }
    }
  }

  const running = run();
  return {
    wake() {
      called = true;
      alarm.abort();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
