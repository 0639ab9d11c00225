// Runs a judge of a team's own in a process of its own: it may only read files, has none of the command's variables, and a time limit.
// That keeps mistakes away from the command; it is no prison for code that means harm.
// https://nodejs.org/api/permissions.html
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { Words } from '../../../design/messages/words.ts';
import { reasonsOf } from '../../../design/refusal.ts';
import type { CriterionCase } from '../../../proof/judges/criterion.ts';
import { root } from '../root.ts';
import { said } from './words.ts';

/** Milliseconds that a judge has for one environment. */
const timeout = 30_000;
/** Characters of what it prints that are handed on. */
const longestOutput = 10_000;

const answered = z.union([
  z.strictObject({ answer: z.unknown() }),
  /** `null`: the file exports no judge. */
  z.strictObject({ error: z.string().nullable(), place: z.string().optional() }),
]);

export interface JudgeRun {
  /** What it answered; absent when it failed. */
  readonly answer?: unknown;
  /** Why there is no answer. */
  readonly fault?: Words;
  /** Line and column of its file, where they are known. */
  readonly place?: string;
  readonly printed: string;
}

/** Asks a judge once. */
export function runJudge(file: string, criterionCase: CriterionCase, limitMs = timeout): Promise<JudgeRun> {
  const { promise, resolve } = Promise.withResolvers<JudgeRun>();
  const child = fork(join(root, 'dist', 'local', 'judge-host.js'), [file], {
    env: {},
    execArgv: ['--permission', '--allow-fs-read=*', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(0, longestOutput);
    });
  }
  let result: Omit<JudgeRun, 'printed'> | undefined;
  const settle = (run: Omit<JudgeRun, 'printed'>) => {
    result ??= run;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => settle({ fault: said.noAnswer({ seconds: limitMs / 1_000 }) }), limitMs);
  child.once('message', (message) => {
    const read = answered.safeParse(message);
    if (!read.success) settle({ fault: said.ownMessage });
    else if ('error' in read.data) {
      const { error, place } = read.data;
      settle({ fault: error === null ? said.noExport : { en: error, ja: error }, ...(place && { place }) });
    } else settle({ answer: read.data.answer });
  });
  child.once('error', (error) => settle({ fault: said.notStarted({ reason: reasonsOf(error) }) }));
  // `close` comes when its output is whole, and after `error` too.
  child.once('close', (code, signal) => {
    clearTimeout(timer);
    resolve({ ...(result ?? { fault: said.ended({ how: signal ?? code ?? '–' }) }), printed });
  });
  child.send(criterionCase, (error) => {
    if (error !== null) settle({ fault: said.notAsked({ reason: reasonsOf(error) }) });
  });
  return promise;
}
