// The steps of a start: each is timed and told when it has ended, and none goes on once somebody has called a halt.
import { localProblem } from './problems.ts';

type StepName =
  | 'document'
  | 'templates'
  | 'queues'
  | 'database'
  | 'cache'
  | 'functions'
  | 'balancer'
  | 'migrations'
  | 'tasks'
  | 'standby'
  | 'status'
  | 'order'
  | 'fulfilled'
  | 'receipt';

export interface StepResult {
  readonly name: StepName;
  readonly ok: boolean;
  readonly ms: number;
}

/** Does a step and tells its result. @throws what the work throws; LocalProblem `interrupted` when the signal comes first. */
export type StepRunner = <T>(name: StepName, work: () => T | Promise<T>) => Promise<T>;

export function stepper(signal: AbortSignal, tell: (result: StepResult) => void): StepRunner {
  return async (name, work) => {
    const begin = performance.now();
    const done = (ok: boolean) => tell({ name, ok, ms: Math.round(performance.now() - begin) });
    try {
      const result = await Promise.race([halted(signal), Promise.resolve().then(work)]);
      done(true);
      return result;
    } catch (error) {
      done(false);
      throw error;
    }
  };
}

/** Never resolves. */
function halted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const halt = () => reject(localProblem('interrupted', {}));
    if (signal.aborted) halt();
    else signal.addEventListener('abort', halt, { once: true });
  });
}
