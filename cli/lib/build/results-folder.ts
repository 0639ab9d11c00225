// `DIR/runtime/`, where load and drills leave their results: what is read from there can be wrong and nothing worse, and what is not a
// result of theirs is neither replaced nor read.
import { lstatSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { environmentKey } from '../../../design/schema.ts';
import { makeFolders } from '../../../local/machine/private-files.ts';
import { readResultFile } from '../../../proof/judges/runtime-results.ts';
import type { Messages } from '../messages.ts';
import { UsageError } from '../usage-error.ts';

/** What every result says of itself. */
const resultShape = z.object({
  environment: environmentKey,
  kind: z.string().regex(/^(load|drill-[a-z]+)$/),
  templateHash: z.string(),
});

const resultsOf = (out: string): string => join(out, 'runtime');

/**
 * Looks, before anything is run, whether its result can be kept.
 * @throws UsageError when the folder is a link or cannot be made, or has something else in the place of a result
 */
export function refuseOtherResults(out: string, say: Messages): void {
  const folder = resultsOf(out);
  try {
    makeFolders(resolve(out));
  } catch (error) {
    throw new UsageError(say.unwritable(out, error));
  }
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isDirectory()) throw new UsageError(say.notKept(folder));
  const [other] = namesIn(folder).filter((name) => isPlaceOfResult(name) && resultIn(join(folder, name)) === undefined);
  if (other !== undefined) throw new UsageError(say.notKept(join(folder, other)));
}

/** The results that are there, in the order of their names; `leftOut` is told of what is none. */
export function readResults(out: string, leftOut: (file: string) => void): readonly unknown[] {
  const folder = resultsOf(out);
  return namesIn(folder).flatMap((name) => {
    const file = join(folder, name);
    const result = resultIn(file);
    if (result === undefined) leftOut(file);
    return result === undefined ? [] : [result];
  });
}

const isPlaceOfResult = (name: string): boolean => /^[a-z][a-z0-9]{0,19}-(?:load|drill-[a-z]+)\.json$/.test(name);

function resultIn(file: string): unknown {
  const value = readResultFile(file);
  return resultShape.safeParse(value).success ? value : undefined;
}

function namesIn(folder: string): readonly string[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}
