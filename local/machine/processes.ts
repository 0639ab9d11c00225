// The processes of a platform: each in a group of its own, so that Ctrl-C reaches the platform alone; each in the ledger for as long as
// it lives; each with a log of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineLedger } from './ledger.ts';
import type { OwnFolder } from './own-folder.ts';
import { markVariable } from './process-identity.ts';

export interface Running {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves when it has ended, whatever the reason. */
  readonly ended: Promise<Ending>;
  isRunning(): boolean;
  /** Asks it to end, and ends it after so many milliseconds. */
  end(signal: NodeJS.Signals, timeout: number): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** The last lines that it wrote. */
  lastLines(): string;
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Whether it can send and receive messages (Node only). */
  readonly messages?: boolean;
  /** What ends it at once; PostgreSQL has a way of its own. */
  readonly killSignal?: 'SIGKILL' | 'SIGQUIT';
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export interface Processes {
  start(name: string, command: string, words: readonly string[], options: ProcessOptions): Running;
}

/** Processes that run in `folder` and write to its `logs/<name>.log`. */
export function processesIn(
  { path: folder, mark }: Pick<OwnFolder, 'path' | 'mark'>,
  ledger: MachineLedger,
): Processes {
  const logs = join(folder, 'logs');
  mkdirSync(logs, { mode: 0o700 });

  function start(name: string, command: string, words: readonly string[], options: ProcessOptions): Running {
    const { env, messages = false, killSignal = 'SIGKILL', uid, gid } = options;
    const file = join(logs, `${name}.log`);
    const log = openSync(file, 'a');
    const child = spawn(command, words, {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', ...env, [markVariable]: mark },
      detached: true,
      stdio: ['ignore', log, log, ...(messages ? (['ipc'] as const) : [])],
      uid,
      gid,
    });
    closeSync(log);
    const { pid } = child;
    const ended = new Promise<Ending>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      // What could not be started has no process to end.
      child.once('error', () => child.pid ?? resolve({ code: 127, signal: null }));
    });
    if (pid !== undefined) {
      ledger.add(pid, killSignal);
      void ended.then(() => ledger.remove(pid));
    }
    const isRunning = () => pid !== undefined && child.exitCode === null && child.signalCode === null;
    const send = (signal: NodeJS.Signals) => {
      if (isRunning()) child.kill(signal);
    };
    return {
      pid: pid ?? 0,
      child,
      ended,
      isRunning,
      async end(signal, timeout) {
        send(signal);
        const late = setTimeout(() => send('SIGKILL'), timeout);
        await ended;
        clearTimeout(late);
      },
      async kill() {
        send(killSignal);
        await ended;
      },
      lastLines: () => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n'),
    };
  }

  return { start };
}
