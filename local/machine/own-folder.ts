// Folders that are made for the time of one process: each with a mark inside that says whose it is, so that it can be shown to be ours
// before it is removed; gone with the process, or, where that was killed, removed by the next one.
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readPrivate, writeNew } from './private-files.ts';
import { identityOf, identityShape, isAlive } from './process-identity.ts';

export interface OwnFolder {
  readonly path: string;
  /** Of this folder alone; stands in the file `.hashira` in it. */
  readonly mark: string;
  remove(): void;
}

/** The name of the file that says that a folder is ours. */
const markName = '.hashira';
const markShape = z.object({
  mark: z.string().regex(/^[0-9a-f]{32}$/),
  process: identityShape,
  /** Numbers of processes mean nothing elsewhere. */
  host: z.string(),
});

/** Paths of those of this process, also of removed ones. */
const own = new Set<string>();

/** Makes `<parent>/<prefix>…`, open to this user alone, after removing those whose process has ended. */
export function makeOwnFolder(parent: string, prefix: string): OwnFolder {
  const place = realpathSync(parent);
  removeAbandoned(place, prefix);
  const path = mkdtempSync(join(place, prefix));
  const mark = randomBytes(16).toString('hex');
  writeNew(join(path, markName), JSON.stringify({ mark, process: identityOf(process.pid), host: hostname() }));
  if (own.size === 0) process.once('exit', removeAll);
  own.add(path);
  return { path, mark, remove: () => removeMarked(path, mark) };
}

/** Does `work` with a folder that is gone afterwards. */
export async function withOwnFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeOwnFolder(tmpdir(), prefix);
  try {
    return await work(folder.path);
  } finally {
    folder.remove();
  }
}

/** Whether a folder is there, is no link, is not reached through one, and has this mark inside. */
export function hasMark(path: string, mark: string): boolean {
  return markIn(path)?.mark === mark;
}

/** Removes a folder that has this mark; one that has not is left alone. */
export function removeMarked(path: string, mark: string): void {
  if (!hasMark(path, mark)) return;
  // What is just ending may still write.
  const how = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };
  // The mark goes last: whoever is killed in between leaves a folder that is still known to be ours.
  for (const name of readdirSync(path).filter((each) => each !== markName)) rmSync(join(path, name), how);
  rmSync(path, how);
}

/** What was under way when a folder was removed may have made it anew; at the end of the process nothing is under way. */
function removeAll(): void {
  for (const path of own) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

function removeAbandoned(parent: string, prefix: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(prefix))) {
    const path = join(parent, name);
    try {
      const stats = lstatSync(path);
      if (!stats.isDirectory() || (process.getuid !== undefined && stats.uid !== process.getuid())) continue;
      const found = markIn(path);
      if (found?.host === hostname() && !isAlive(found.process)) removeMarked(path, found.mark);
    } catch {
      // Somebody else is at it, or it is not ours to remove.
    }
  }
}

function markIn(path: string): z.infer<typeof markShape> | undefined {
  try {
    if (!lstatSync(path).isDirectory() || realpathSync(path) !== path) return undefined;
    return markShape.parse(JSON.parse(readPrivate(join(path, markName)) ?? ''));
  } catch {
    return undefined;
  }
}
