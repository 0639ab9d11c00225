// What an image runs, read from its recipe, since there is nothing here that runs images: the words of CMD after Node.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { localProblem, words } from '../problems.ts';

/** The file that a container of the image starts. */
export function commandOf(folder: string): string {
  const recipe = join(folder, 'Dockerfile');
  if (!existsSync(recipe)) throw localProblem('codeMissing', { what: words.image, file: recipe });
  const commands = [...readFileSync(recipe, 'utf8').matchAll(/^CMD\s+(\[.*\])\s*$/gm)];
  const command = z.array(z.string()).parse(JSON.parse(commands.at(-1)?.[1] ?? '[]'));
  const file = command.findLast((word) => /\.m?js$/.test(word));
  if (file === undefined || !existsSync(join(folder, file)))
    throw localProblem('codeMissing', { what: words.image, file: join(folder, file ?? '') });
  return file;
}
