// Finds and reads the design document that a command is about.
import { globSync } from 'node:fs';
import { basename, isAbsolute, relative } from 'node:path';
import { documentBytes } from '../../design/file-check.ts';
import type { Language } from '../../design/problem.ts';
import { readText } from '../../design/read-file.ts';
import { Refusal } from '../../design/refusal.ts';
import { catalogues, type Messages } from './messages.ts';
import { UsageError } from './usage-error.ts';

export interface DocumentFile {
  /** As it is named in what is printed and written. */
  readonly name: string;
  readonly content: string;
}

/**
 * Reads the named document, or the only `design.md` of `specs/stories` below the working directory.
 * @throws UsageError when there is none, more than one, or it cannot be read.
 */
export function readDocumentFile(name: string | undefined, lang: Language): DocumentFile {
  const file = name ?? onlyDocument(catalogues[lang]);
  return { name: displayName(file), content: readNamedFile(file, documentBytes, lang) };
}

/**
 * The text of a file that is named on the command line.
 * @param limit bytes
 * @throws UsageError when it cannot be read, is no text or larger
 */
export function readNamedFile(file: string, limit: number, lang: Language): string {
  try {
    return readText(file, limit);
  } catch (error) {
    throw new UsageError(error instanceof Refusal ? error.said[lang] : catalogues[lang].unreadable(file, error));
  }
}

function onlyDocument(say: Messages): string {
  const found = globSync('specs/stories/*/design.md').sort();
  const [first, ...others] = found;
  if (first === undefined) throw new UsageError(say.noDocument(process.cwd()));
  if (others.length > 0) throw new UsageError(say.manyDocuments(found.join(', ')));
  return first;
}

/** No machine path: outside the working directory an absolute name is cut to its last part. */
function displayName(file: string): string {
  const inside = relative(process.cwd(), file);
  const name = inside.startsWith('..') ? (isAbsolute(file) ? basename(file) : file) : inside;
  return name.replaceAll('\\', '/');
}

/** The language that a document is written in: Japanese when it has kana. */
export const languageOf = (content: string): Language => (/[\u3041-\u30fa]/.test(content) ? 'ja' : 'en');

/** The language to speak in: the one that is asked for, else the document's; English where no document is to be found. */
export function languageFor(asked: Language | undefined, document: string | undefined): Language {
  if (asked !== undefined) return asked;
  try {
    return languageOf(readDocumentFile(document, 'en').content);
  } catch (error) {
    if (error instanceof UsageError) return 'en';
    throw error;
  }
}
