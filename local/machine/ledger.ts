// The ledger of a running platform: a file that names the process that holds it and everything that was started, so that no second
// platform starts over the first one, and what a killed one left behind is found and ended.
import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { localProblem } from '../problems.ts';

const entryShape = z.object({
  pid: z.number().int(),
  /** When it started, as the system says: a number that was given to another process since is told apart by it. */
  started: z.string(),
  /** What ends it at once. */
  signal: z.enum(['SIGKILL', 'SIGQUIT']),
});
const ledgerShape = z.object({
  owner: entryShape,
  /** Everything that the platform writes is below. */
  folder: z.string(),
  children: z.array(entryShape),
  /** Told to who asks for the running platform. */
  notice: z.record(z.string(), z.string()),
});
type Entry = z.infer<typeof entryShape>;
type Content = z.infer<typeof ledgerShape>;

export interface Ledger {
  add(pid: number, signal: Entry['signal']): void;
  remove(pid: number): void;
  /** What others may know of the platform: where it is, and whom to ask. */
  tell(notice: Readonly<Record<string, string>>): void;
  /** Ends at once, without waiting, all that is entered. */
  killAll(): void;
  close(): void;
}

/**
 * Takes the ledger for this process, after ending what an earlier holder left.
 * @throws LocalProblem when its holder is alive.
 */
export async function takeLedger(file: string, folder: string): Promise<Ledger> {
  mkdirSync(dirname(file), { recursive: true });
  let content: Content = { owner: entryOf(process.pid), folder, children: [], notice: {} };
  for (let tries = 0; ; tries++) {
    await cleanUp(file);
    if (create(file, content) || tries > 2) break;
  }
  let closed = false;
  const write = (next: Content) => {
    content = next;
    if (!closed) writeWhole(file, content);
  };
  return {
    add: (pid, signal) => write({ ...content, children: [...content.children, { ...entryOf(pid), signal }] }),
    remove: (pid) => write({ ...content, children: content.children.filter((child) => child.pid !== pid) }),
    tell: (notice) => write({ ...content, notice }),
    killAll: () => content.children.forEach(kill),
    close() {
      closed = true;
      rmSync(file, { force: true });
    },
  };
}

/** The notice of the platform whose ledger it is; `undefined` when none runs. */
export function runningNotice(file: string): Readonly<Record<string, string>> | undefined {
  const content = read(file);
  return content !== undefined && isAlive(content.owner) ? content.notice : undefined;
}

/**
 * Ends everything that a dead holder left, and removes its folder and the ledger.
 * @throws LocalProblem when the holder is alive.
 */
export async function cleanUp(file: string): Promise<void> {
  const content = read(file);
  if (content === undefined) {
    rmSync(file, { force: true });
    return;
  }
  if (isAlive(content.owner)) {
    const url = content.notice.url;
    throw localProblem('alreadyRunning', {
      pid: content.owner.pid,
      address: url === undefined ? '' : `, ${url}`,
    });
  }
  const left = () => content.children.filter(isAlive);
  left().forEach(kill);
  for (const end = performance.now() + 5_000; left().length > 0 && performance.now() < end; ) await sleep(20);
  for (const entry of left()) kill({ ...entry, signal: 'SIGKILL' });
  rmSync(content.folder, { recursive: true, force: true, maxRetries: 5 });
  rmSync(file, { force: true });
}

/**
 * Ends the holder of a ledger and all that it started at once and without a word, as a region that is lost ends: nobody gets to send
 * what it had in hand, and nobody is started anew.
 */
export function killHolder(file: string): void {
  const content = read(file);
  if (content === undefined) return;
  const { owner, children } = content;
  // A server's helpers would notice its end by themselves, but could send a last thing before that; its keeper goes on, and tidies up.
  const started = withDescendants(children.filter(isAlive).map(({ pid }) => pid));
  for (const pid of [...(isAlive(owner) ? [owner.pid] : []), ...started]) killNow(pid);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

function withDescendants(pids: readonly number[]): readonly number[] {
  const all = new Set(pids);
  const pairs = parents();
  for (let before = 0; before !== all.size; ) {
    before = all.size;
    for (const [pid, parent] of pairs) if (all.has(parent)) all.add(pid);
  }
  return [...all];
}

/** Every process of this machine, with the one that started it. */
function parents(): readonly (readonly [pid: number, parent: number])[] {
  if (process.platform !== 'linux') {
    const listing = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return listing
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0]) => [pid, parent] as const);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        return [[Number(name), Number(fields[1])] as const];
      } catch {
        return [];
      }
    });
}

/** Of two that create it at once, one gets false. */
function create(file: string, content: Content): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(content));
  try {
    linkSync(draft, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeWhole(file: string, content: Content): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, file);
}

function read(file: string): Content | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return ledgerShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Half a file is from nobody who could still be running: ledgers are written whole.
    return undefined;
  }
}

const entryOf = (pid: number): Entry => ({ pid, started: startOf(pid) ?? '', signal: 'SIGKILL' });
const isAlive = ({ pid, started }: Entry): boolean => started !== '' && startOf(pid) === started;

function kill({ pid, started, signal }: Entry): void {
  if (startOf(pid) !== started) return;
  try {
    // Each was started as the head of a group of its own; PostgreSQL looks after its own helpers.
    process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** When a process started; `undefined` when there is none, or only what its parent has not yet taken leave of. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const [state, ...fields] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
      return state === 'Z' || state === 'X' ? undefined : fields[18];
    }
    const words = ['-o', 'lstart=', '-p', String(pid)];
    return execFileSync('ps', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined;
  } catch {
    return undefined;
  }
}
