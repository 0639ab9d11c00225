// `hashira queue failed|retry|purge <queue> <environment>`: what to do about messages that failed too often.
import type { DeployedEnvironment } from '../../../operations/day-two/environment.ts';
import {
  type Failed,
  type FailedQueue,
  findQueue,
  lookAtFailed,
  purgeFailed,
  retryFailed,
} from '../../../operations/day-two/queues.ts';
import { languageFor } from '../document-file.ts';
import { ask, print, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { type DayTwoOptions, inEnvironment, wholeNumber } from './environment.ts';
import { type DayTwoMessages, dayTwoCatalogues } from './messages.ts';

export interface QueueOptions extends DayTwoOptions {
  readonly limit: string;
  readonly rate?: string;
  readonly yes?: boolean;
}

const queueActions = ['failed', 'retry', 'purge'] as const;
/** Of a body, on a terminal; `--json` has all of it. */
const shownCharacters = 120;

export async function queue(asked: string, name: string, environment: string, options: QueueOptions): Promise<number> {
  const lang = languageFor(options.lang, undefined);
  const say = dayTwoCatalogues[lang];
  const action = queueActions.find((each) => each === asked);
  if (action === undefined) throw new UsageError(say.unknownAction(asked, queueActions));
  const limit = wholeNumber('--limit', options.limit, 1, 1000, say);
  const rate = options.rate === undefined ? undefined : wholeNumber('--rate', options.rate, 1, 500, say);
  return inEnvironment(environment, options, lang, async (place) => {
    const found = findQueue(place, name);
    if (action === 'failed') return show(await lookAtFailed(place, found, limit), options, say);
    if (action === 'purge') return purge(place, found, options, say);
    const { queue: from, moved, status } = await retryFailed(place, found, rate);
    if (options.json) writeJson({ queue: from, moved, status });
    else print(status === 'RUNNING' ? say.moving(from, moved) : say.moved(from, moved));
    return 0;
  });
}

function show(failed: Failed, { json }: QueueOptions, say: DayTwoMessages): number {
  if (json) {
    writeJson(failed);
    return 0;
  }
  print(say.waiting(failed.queue, failed.waiting));
  if (failed.messages.length === 0) return 0;
  const rows = failed.messages.map(({ id, sent = '', received, body }) => [
    id,
    sent,
    String(received),
    body.slice(0, shownCharacters),
  ]);
  print(...table([say.id, say.sent, say.received, say.body], rows, [2]));
  if (failed.messages.length < failed.waiting) print(say.more(failed.messages.length));
  return 0;
}

async function purge(
  place: DeployedEnvironment,
  found: FailedQueue,
  { yes, json }: QueueOptions,
  say: DayTwoMessages,
): Promise<number> {
  if (!yes) {
    if (!process.stdin.isTTY) throw new UsageError(say.noTerminal(found.name));
    const { waiting } = await lookAtFailed(place, found, 1);
    const typed = await ask(say.purgeQuestion(found.name, waiting));
    if (typed.trim() !== found.name) throw new UsageError(say.notPurged);
  }
  await purgeFailed(place, found);
  if (json) writeJson({ queue: found.name, purged: true });
  else print(say.purged(found.name));
  return 0;
}
