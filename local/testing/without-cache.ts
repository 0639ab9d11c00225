// A PATH on which there is no cache server, whatever this machine has: `npm test` is the same everywhere.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a folder with nothing but `id`, which is how the user of PostgreSQL is found, and answers with it. */
export function pathWithoutCache(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(execFileSync('sh', ['-c', 'command -v id'], { encoding: 'utf8' }).trim(), join(bin, 'id'));
  return bin;
}
