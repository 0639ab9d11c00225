// Which process is meant: a number alone is given to another process once its holder has ended, so it is told with the time of the
// start; and one that a platform started is told by what only that platform's processes have.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import * as z from 'zod';

export const identityShape = z.object({
  pid: z.int().min(1),
  /** When it started, as the system says; empty when it had ended by the time it was asked. */
  started: z.string(),
});
export type ProcessIdentity = z.infer<typeof identityShape>;

export const identityOf = (pid: number): ProcessIdentity => ({ pid, started: startOf(pid) ?? '' });
export const isAlive = ({ pid, started }: ProcessIdentity): boolean => started !== '' && startOf(pid) === started;

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

/** A platform as its processes know it. */
export interface PlatformIdentity {
  /** Of this platform alone. */
  readonly mark: string;
  /** Its folder, in which everything of it is started. */
  readonly folder: string;
}

/** What every process of a platform is told, so that it can be told from others. */
export const markVariable = 'HASHIRA_PLATFORM';

/**
 * Whether a process is one of a platform's: it was started with the platform's mark, or works in the platform's folder (PostgreSQL and
 * Redis write over the place where the system keeps the former). Only Linux tells; elsewhere number and start have to do.
 */
export function belongsTo({ mark, folder }: PlatformIdentity, pid: number): boolean {
  if (process.platform !== 'linux') return true;
  const read = (look: () => string) => {
    try {
      return look();
    } catch {
      return '';
    }
  };
  const variables = read(() => readFileSync(`/proc/${pid}/environ`, 'utf8')).split('\0');
  if (variables.includes(`${markVariable}=${mark}`)) return true;
  const place = read(() => readlinkSync(`/proc/${pid}/cwd`)).replace(/ \(deleted\)$/, '');
  return place === folder || place.startsWith(`${folder}/`);
}

/** These processes and all that they have started, directly or not. */
export function withDescendants(pids: readonly number[]): readonly number[] {
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
