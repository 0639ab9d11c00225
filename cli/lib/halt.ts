// Ctrl-C, and the other ways in which somebody ends a command that stays: the first time it may tidy up, the second time it must go.
import { outputClosed } from './closed-output.ts';

export interface Halt {
  readonly signal: AbortSignal;
  /** Goes back to what signals do without us. */
  dispose(): void;
}

/** A terminal sends Ctrl-C to the launcher as well, which hands it on: what comes so soon after is the same; milliseconds. */
const same = 500;

export function haltOnSignals(): Halt {
  const controller = new AbortController();
  let first = 0;
  const halt = () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > same) process.exit(130);
  };
  const output = outputClosed();
  output.signal.addEventListener('abort', halt);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, halt);
  // The launcher was killed: nobody is left to hand signals on.
  process.on('disconnect', halt);
  // Waiting for that must not keep the process.
  process.channel?.unref();
  return {
    signal: controller.signal,
    dispose() {
      for (const signal of signals) process.removeListener(signal, halt);
      process.removeListener('disconnect', halt);
      output.signal.removeEventListener('abort', halt);
      output.dispose();
    },
  };
}
