// What a platform holds of this machine: a folder, a ledger, processes; and the one way in which all of it is given back, whatever has
// been started by then.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonsOf } from '../../design/refusal.ts';
import { localProblem } from '../problems.ts';
import { type MachineLedger, takeLedger } from './ledger.ts';
import { makeOwnFolder, type OwnFolder } from './own-folder.ts';
import { type Processes, processesIn } from './processes.ts';

export interface Machine {
  /** Everything written is below; gone when the machine is released. */
  readonly folder: string;
  readonly processes: Processes;
  readonly ledger: MachineLedger;
  /** Calls this when the machine is released, the last one first. */
  onRelease(what: () => unknown): void;
  /** Gives everything back; later calls wait for the first. */
  release(): Promise<void>;
}

/** What does not stop by itself within so long is ended; milliseconds. */
const timeout = 10_000;

/**
 * @param ledgerFile There is one platform at a time for each such file.
 * @param code Folder of this room's compiled entry points.
 * @throws LocalProblem when another platform holds the ledger, or there is no place for the folder.
 */
export async function takeMachine(ledgerFile: string, code: string): Promise<Machine> {
  const own = makeFolder();
  const folder = own.path;
  const ledger = await takeLedger(ledgerFile, own).catch((error: unknown) => {
    own.remove();
    throw error;
  });
  const keeper = startKeeper(ledgerFile, code);
  const leave = () => ledger.killAll();
  process.once('exit', leave);
  const closers: (() => unknown)[] = [];
  let released: Promise<void> | undefined;

  async function giveBack(): Promise<void> {
    for (const close of closers.reverse()) {
      // One part that does not stop must not keep the others.
      const enough = new AbortController();
      const { signal } = enough;
      await Promise.race([Promise.resolve().then(close), sleep(timeout, undefined, { signal })]).catch(() => {});
      enough.abort();
    }
    await ledger.endAll();
    process.removeListener('exit', leave);
    own.remove();
    ledger.close();
    await dismiss(keeper);
  }

  const processes = processesIn(own, ledger);
  return {
    folder,
    ledger,
    processes: {
      start(...words) {
        // What was under way when somebody called a halt must not begin anything more.
        if (released !== undefined) throw localProblem('interrupted', {});
        return processes.start(...words);
      },
    },
    onRelease(what) {
      if (released === undefined) closers.push(what);
      else
        void Promise.resolve()
          .then(what)
          .catch(() => {});
    },
    release: () => (released ??= giveBack()),
  };
}

function makeFolder(): OwnFolder {
  try {
    const own = makeOwnFolder(tmpdir(), 'hashira-local-');
    // PostgreSQL does not run as root, and must get at its files: it may pass through, and nobody may look around.
    if (process.getuid?.() === 0) chmodSync(own.path, 0o711);
    return own;
  } catch (error) {
    throw localProblem('noTemporaryFolder', { folder: tmpdir(), reason: reasonsOf(error) });
  }
}

function startKeeper(ledgerFile: string, code: string): ChildProcess {
  const keeper = spawn(process.execPath, [join(code, 'keeper.js'), ledgerFile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keeper.on('error', () => {});
  keeper.stdin?.on('error', () => {});
  keeper.unref();
  return keeper;
}

async function dismiss(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const gone = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
  keeper.stdin?.end();
  await gone;
}
