// Runs the functions: a process for each instance, one event at a time, ended when it takes longer or more memory than the template
// gives it. An instance that has nothing to do is kept for the next event.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { FunctionPlan } from '../blueprint/functions.ts';
import { type Measure, openMeasure } from '../machine/measure.ts';
import type { Processes, Running } from '../machine/processes.ts';
import { localProblem } from '../problems.ts';

export interface FunctionRuntime {
  readonly plan: FunctionPlan;
  /** How many run at once, at most. */
  readonly concurrency: number;
  /** What the handler answers; FunctionError when it does not. */
  invoke(event: unknown): Promise<unknown>;
  counts(): FunctionCounts;
  stop(): Promise<void>;
}

/** Since the start. */
interface FunctionCounts {
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  /** Milliseconds. */
  readonly duration: Measure;
}

/** Why an invocation gave nothing. */
class FunctionError extends Error {
  readonly kind: 'error' | 'timeout' | 'crash' | 'throttled';

  constructor(kind: FunctionError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

interface RuntimeInput {
  readonly plan: FunctionPlan;
  /** The function's files. */
  readonly folder: string;
  /** Folder of this room's compiled entry points. */
  readonly code: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly processes: Processes;
}

const answerShape = z.object({ id: z.string(), result: z.unknown().optional(), error: z.string().optional() });
/** A cold start may take so long, milliseconds, as Lambda's does. */
const coldStart = 10_000;

export function openRuntime(input: RuntimeInput): FunctionRuntime {
  const { plan, folder, code, variables, processes } = input;
  const [file = ''] = plan.handler.split('.');
  const source = join(folder, `${file}.mjs`);
  if (!existsSync(source)) throw localProblem('codeMissing', { what: plan.name, file: source });
  // Lambda has a thousand processors for one function; this machine is asked for no more than it can run.
  const concurrency = Math.min(plan.concurrency ?? Number.POSITIVE_INFINITY, 2 * availableParallelism());
  const idle: Running[] = [];
  const all = new Set<Running>();
  const counts = { invocations: 0, errors: 0, throttles: 0, duration: openMeasure() };
  const short = plan.key.split('/').at(-1) ?? '';
  let made = 0;
  let busy = 0;

  async function start(): Promise<Running> {
    const words = [`--max-old-space-size=${plan.memory}`, join(code, 'function-host.js'), folder, plan.handler];
    const env = {
      ...variables,
      AWS_LAMBDA_FUNCTION_NAME: plan.name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memory),
      AWS_EXECUTION_ENV: `AWS_Lambda_${plan.runtime}`,
    };
    made += 1;
    const instance = processes.start(`function-${short}-${made}`, process.execPath, words, { env, messages: true });
    all.add(instance);
    void instance.ended.then(() => all.delete(instance));
    await firstMessage(instance, coldStart).catch(async (error: unknown) => {
      await instance.kill();
      throw error;
    });
    return instance;
  }

  async function run(event: unknown): Promise<unknown> {
    const warm = idle.pop();
    const instance = warm?.isRunning() === true ? warm : await start();
    const id = randomUUID();
    const timeout = plan.timeout * 1000;
    try {
      const answer = firstMessage(instance, timeout);
      instance.child.send({ id, event, deadline: Date.now() + timeout });
      const { error, result } = answerShape.parse(await answer);
      idle.push(instance);
      if (error !== undefined) throw new FunctionError('error', error);
      return result;
    } catch (error) {
      // Whatever it was doing goes on no longer; the next event gets a new instance.
      if (!idle.includes(instance)) await instance.kill();
      throw error;
    }
  }

  return {
    plan,
    concurrency,
    counts: () => counts,
    async invoke(event) {
      if (busy >= concurrency) {
        counts.throttles += 1;
        throw new FunctionError('throttled', `${concurrency} of ${plan.name} run already`);
      }
      busy += 1;
      counts.invocations += 1;
      const begin = performance.now();
      try {
        return await run(event);
      } catch (error) {
        counts.errors += 1;
        throw error;
      } finally {
        busy -= 1;
        counts.duration.add(performance.now() - begin);
      }
    },
    stop: async () => void (await Promise.all([...all].map((instance) => instance.kill()))),
  };
}

/** The next message of an instance; an error when it ends before, or takes longer than `timeout` milliseconds. */
function firstMessage(instance: Running, timeout: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(late);
      instance.child.removeListener('message', heard);
      instance.child.removeListener('exit', ended);
      settle();
    };
    const heard = (message: unknown) => finish(() => resolve(message));
    const ended = () => finish(() => reject(new FunctionError('crash', instance.lastLines())));
    const late = setTimeout(
      () => finish(() => reject(new FunctionError('timeout', `timed out after ${timeout / 1000} s`))),
      timeout,
    );
    instance.child.once('message', heard);
    instance.child.once('exit', ended);
    if (!instance.isRunning()) ended();
  });
}
