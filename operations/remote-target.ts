// A target in another process: the one that runs the platform answers, load and drills ask. What travels is one JSON object each way.

import * as z from 'zod';
import { Refusal } from '../design/refusal.ts';
import { drillNames } from './drills/drill-names.ts';
import { refusals } from './refusals.ts';
import type { RunLock, Taken } from './run-lock.ts';
import type { Backups, Faults, QueueName, Target } from './target.ts';

/** Answers one question; mounted where the asker has shown its token. @throws Error for a question that is none. */
export type Answering = (question: unknown) => Promise<unknown>;

const faultNames = [
  'killTask',
  'failDatabaseOver',
  'stopCache',
  'startCache',
  'sendMessage',
] as const satisfies readonly (keyof Faults)[];
const queue = z.enum(['fulfilment', 'work']);
const run = z.union([z.literal('load'), z.templateLiteral(['drill ', z.enum([...drillNames, 'restore'])])]);
const question = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('description') }),
  z.strictObject({ ask: z.literal('headers'), customer: z.string() }),
  z.strictObject({ ask: z.literal('tasks') }),
  z.strictObject({ ask: z.literal('deadLetters'), queue }),
  z.strictObject({ ask: z.literal('killTask') }),
  z.strictObject({ ask: z.literal('failDatabaseOver') }),
  z.strictObject({ ask: z.literal('stopCache') }),
  z.strictObject({ ask: z.literal('startCache') }),
  z.strictObject({ ask: z.literal('sendMessage'), queue, body: z.string() }),
  z.strictObject({ ask: z.literal('backUp') }),
  z.strictObject({ ask: z.literal('tryBackup'), orders: z.array(z.string()) }),
  z.strictObject({ ask: z.literal('takeTurn'), run, pid: z.int() }),
  z.strictObject({ ask: z.literal('keepTurn'), ticket: z.string() }),
  z.strictObject({ ask: z.literal('giveTurnBack'), ticket: z.string() }),
]);
type Question = z.infer<typeof question>;

export function serveTarget(target: Target): Answering {
  return async (asked) => {
    const parsed = question.safeParse(asked);
    if (!parsed.success) throw new Refusal(refusals.noQuestion({ why: z.prettifyError(parsed.error) }));
    return (await answer(target, parsed.data)) ?? null;
  };
}

function answer(target: Target, asked: Question): Promise<unknown> | unknown {
  const { faults, backups, turn } = target;
  const cannot = () => {
    throw new Refusal(refusals.cannot({ ask: asked.ask }));
  };
  switch (asked.ask) {
    case 'description':
      return descriptionOf(target);
    case 'headers':
      return target.headers(asked.customer);
    case 'tasks':
      return target.tasks();
    case 'deadLetters':
      return target.deadLetters(asked.queue);
    case 'sendMessage':
      return faults.sendMessage === undefined ? cannot() : faults.sendMessage(asked.queue, asked.body);
    case 'backUp':
      return backups === undefined ? cannot() : backups.backUp();
    case 'tryBackup':
      return backups === undefined ? cannot() : backups.tryBackup(asked.orders);
    case 'takeTurn':
      return turn === undefined ? cannot() : turn.take(asked.run, asked.pid);
    case 'keepTurn':
      return turn === undefined ? cannot() : turn.keep(asked.ticket);
    case 'giveTurnBack':
      return turn === undefined ? cannot() : turn.giveBack(asked.ticket);
    default: {
      const fault = faults[asked.ask];
      return fault === undefined ? cannot() : fault();
    }
  }
}

function descriptionOf(target: Target) {
  const { kind, environment, url, certificate, templateHash, scaling, queues } = target;
  const { environments, criteria, requestsPerSecond, tests, recovery } = target.design;
  const design = { environments, criteria, requestsPerSecond, tests, recovery };
  const faults = faultNames.filter((name) => target.faults[name] !== undefined);
  const able = { backsUp: target.backups !== undefined, keepsTurn: target.turn !== undefined };
  return { kind, environment, url, certificate, templateHash, scaling, queues, design, faults, ...able };
}
type Description = ReturnType<typeof descriptionOf>;

/**
 * The target that answers at `url`, a path of the process that runs it.
 * @throws Error when nobody answers there, or someone else.
 */
export async function connectTarget({ url, token }: { readonly url: string; readonly token: string }): Promise<Target> {
  // Both ends are the same command; what comes back is what `descriptionOf` made.
  async function ask<T>(asked: Question): Promise<T> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    if (!response.ok) throw new Error(`${asked.ask}: ${url} answered ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  const { faults, certificate, backsUp, keepsTurn, ...description } = await ask<Description>({ ask: 'description' });
  const offered: Required<Faults> = {
    killTask: () => ask({ ask: 'killTask' }),
    failDatabaseOver: () => ask({ ask: 'failDatabaseOver' }),
    stopCache: () => ask({ ask: 'stopCache' }),
    startCache: () => ask({ ask: 'startCache' }),
    sendMessage: (name, body) => ask({ ask: 'sendMessage', queue: name, body }),
  };
  const backups: Backups = {
    backUp: () => ask({ ask: 'backUp' }),
    tryBackup: (orders) => ask({ ask: 'tryBackup', orders: [...orders] }),
  };
  const turn: RunLock = {
    take: (name, pid) => ask<Taken>({ ask: 'takeTurn', run: name, pid }),
    keep: (ticket) => ask({ ask: 'keepTurn', ticket }),
    giveBack: (ticket) => ask({ ask: 'giveTurnBack', ticket }),
  };
  return {
    ...description,
    ...(keepsTurn ? { turn } : {}),
    ...(backsUp ? { backups } : {}),
    ...(certificate === undefined ? {} : { certificate }),
    headers: (customer) => ask({ ask: 'headers', customer }),
    tasks: () => ask({ ask: 'tasks' }),
    deadLetters: (name: QueueName) => ask({ ask: 'deadLetters', queue: name }),
    faults: Object.fromEntries(faults.map((name) => [name, offered[name]])),
  };
}
