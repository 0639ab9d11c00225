// What runs of `hashira prove` have seen, as files of the repository: written by a run while it goes on, and read by whoever makes the page
// of the unproven. A file was written by somebody else until it has been read by its shape.

import { lstatSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { around } from '../../../design/messages/words.ts';
import { readText } from '../../../design/read-file.ts';
import { namedReasonsOf, Refusal } from '../../../design/refusal.ts';
import type { Environment } from '../../../design/schema.ts';
import { show } from '../../../design/show.ts';
import { makeFolders, writeNew, writePrivate } from '../../../local/machine/private-files.ts';
import { type Evidence, evidenceShape } from '../../../operations/prove/evidence.ts';
import { toJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import type { ProveMessages } from './messages.ts';
import { refusals } from './refusals.ts';

/** A run's evidence is some 3 KB. */
const evidenceBytes = 100_000;

export const evidenceFile = (folder: string, run: string): string => join(folder, `${run}.json`);

/**
 * Makes the file of a run, before anything is begun.
 * @returns what writes it anew
 * @throws UsageError when the folder is a link, or the file cannot be made
 */
export function openEvidence(folder: string, first: Evidence, say: ProveMessages): (evidence: Evidence) => void {
  const file = evidenceFile(folder, first.run);
  try {
    makeFolders(resolve(folder));
    // A repository could have put a link there that leads to somebody else's.
    if (!lstatSync(folder).isDirectory()) throw new UsageError(say.noFolder(folder, say.isLink));
    writeNew(file, toJson(first));
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(say.noFolder(folder, say.told(namedReasonsOf(error))));
  }
  return (evidence) => writePrivate(file, toJson(evidence));
}

/**
 * All evidence of a folder, the oldest first; none where there is no folder.
 * @param disposable the document's environments that a run can have been of
 * @throws Refusal naming a file that is none, and what is wrong with it
 */
export function readEvidence(folder: string, disposable: readonly Environment[]): readonly Evidence[] {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      try {
        const evidence = evidenceShape.parse(JSON.parse(readText(file, evidenceBytes)));
        if (`${evidence.run}.json` !== name) throw new Refusal(refusals.otherRun({ run: evidence.run }));
        if (!disposable.includes(evidence.environment))
          throw new Refusal(refusals.notDisposable({ environment: evidence.environment }));
        return evidence;
      } catch (error) {
        throw new Refusal(refusals.noEvidence({ file: show(file), reason: around(namedReasonsOf(error), show) }));
      }
    });
}
