// What is written to standard output and standard error may find nobody who reads it any more (`hashira up | head -1`), or no place (a
// full disk): no fault of ours, and no verdict.
import { codeOf } from '../../local/machine/private-files.ts';
import { printAside } from './output.ts';

/** The shell's number for who was ended by a closed pipe: 128 and the number of SIGPIPE. */
export const readerGone = 141;

const closed = new AbortController();
let keepers = 0;

/** Aborted once nobody reads the output. Whoever takes it tidies up and ends by itself; it gives it back by `dispose`. */
export function outputClosed(): { readonly signal: AbortSignal; dispose(): void } {
  keepers += 1;
  return { signal: closed.signal, dispose: () => void keepers-- };
}

/** Ends the command when its output goes nowhere. */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (closed.signal.aborted) return;
      if (codeOf(error) !== 'EPIPE') {
        if (stream === process.stdout) printAside(`hashira: ${error.message}`);
        process.exit(2);
      }
      closed.abort();
      process.exitCode = readerGone;
      if (keepers === 0) process.exit(readerGone);
    });
  }
}

/** The exit code of a command: that of its work, unless its output went nowhere. */
export const codeWith = (code: number): number => (closed.signal.aborted ? readerGone : code);
