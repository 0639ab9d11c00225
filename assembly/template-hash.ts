// Says which templates something was built, run or measured from.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readBytes } from '../design/read-file.ts';
import type { Stack } from './graph.ts';
import { limits } from './template-file.ts';

/** SHA-256, in hexadecimal, over the template files of these stacks: their names and bytes, in the order of the names. */
export function templateHash(directory: string, stacks: readonly Pick<Stack, 'templateFile'>[]): string {
  const hash = createHash('sha256');
  for (const file of stacks.map(({ templateFile }) => templateFile).sort()) {
    const bytes = readBytes(join(directory, file), limits.bytes);
    hash.update(`${file}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
