// Puts a file in the place of an older one, whole or not at all.
import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes beside the old file first; it takes that one's place only when it is whole.
 * @throws what the system says when it cannot be written; the old file is as it was then
 */
export function replaceFile(target: string, content: string): void {
  // A name that nobody could have put a link in the place of.
  const fresh = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(fresh, content, { flag: 'wx' });
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Whether nothing is lost when this is replaced: it is not there, it is empty, or its first kilobyte shows it to be ours. */
export function mayReplace(target: string, isOurs: (beginning: string) => boolean): boolean {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return true;
  return stats.isFile() && (stats.size === 0 || isOurs(beginningOf(target)));
}

function beginningOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(1_000);
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, 0)).toString('utf8');
  } finally {
    closeSync(handle);
  }
}
