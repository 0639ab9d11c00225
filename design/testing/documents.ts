// Whole documents for tests: the project's own, which has no placeholder, the form where it is at hand, and edits of either.
import { readFileSync } from 'node:fs';
import { readDesign } from '../read-design.ts';

const place = new URL('../../specs/stories/WEB-001-web-platform/design.md', import.meta.url);

/** The project's own design document. */
export const ownDocument: string = readFileSync(place, 'utf8');

/** The text with `found`, which must be there, replaced once. */
export function edit(text: string, found: string | RegExp, instead: string): string {
  const edited = text.replace(found, () => instead);
  if (edited === text) throw new Error(`Nothing to edit: ${found}`);
  return edited;
}

/** The number of the first line that holds some words, from 1. */
export function lineWith(text: string, words: string): number {
  const number = text.split('\n').findIndex((line) => line.includes(words)) + 1;
  if (number === 0) throw new Error(`No line with ${words}`);
  return number;
}

/** The problems of a document as `line code`. */
export const problemsOf = (text: string, lenient = false): string[] =>
  readDesign(text, { lenient }).problems.map(({ line, code }) => `${line} ${code}`);
