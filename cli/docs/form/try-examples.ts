// What the reader makes of a document in which something was changed: the lines that are new, or gone, and what is said of them.
import { type Line, plainText } from '../../../design/lines.ts';
import type { Problem } from '../../../design/problem.ts';
import { type ReadResult, readDesign } from '../../../design/read-design.ts';
import type { Design } from '../../../design/schema.ts';
import { type SectionName, sectionNamed } from '../../../design/section-titles.ts';
import { type Edit, examples, type RefusedExample } from './examples.ts';
import type { Part } from './purposes.ts';

export interface Attempt extends ReadResult {
  /** Lines that the document did not have before. */
  readonly changed: readonly Line[];
  /** Those that it has no longer, without empty ones. */
  readonly gone: readonly string[];
}

export interface Tried {
  readonly also: readonly { readonly read: Attempt; readonly design: Design }[];
  readonly refused: readonly (RefusedExample & { readonly read: Attempt; readonly problem: Problem })[];
}

/**
 * Tries the examples of a part on a document.
 * @throws Error for one that is not read without a complaint, or not refused, as it should be
 */
export function tryExamples(document: string, part: Part): Tried {
  const { also = [], refused = [] } = examples[part] ?? {};
  const section = part === 'file' || part === 'frontMatter' ? undefined : part;
  return {
    also: also.map((changes) => {
      const read = attempt(document, section, changes);
      if (read.design === undefined || read.problems.length > 0) throw new Error(`${part}: ${changes} is not read`);
      return { read, design: read.design };
    }),
    refused: refused.map((refusal) => {
      const read = attempt(document, section, refusal.changes);
      const problem = read.problems.find(({ code }) => code === refusal.code);
      if (problem === undefined) throw new Error(`${part}: ${refusal.changes} is not refused as ${refusal.code}`);
      return { ...refusal, read, problem };
    }),
  };
}

/** Reads the document with changes made below the heading of a section, or anywhere. */
function attempt(document: string, section: SectionName | undefined, changes: readonly Edit[]): Attempt {
  const start = section === undefined ? 0 : startOf(document, section);
  const text = changes.reduce((current, [from, to]) => {
    const next = current.slice(0, start) + current.slice(start).replace(from, () => to);
    if (next === current) throw new Error(`${section ?? 'The document'} has nothing like ${from}`);
    return next;
  }, document);
  const read = readDesign(text);
  const before = document.split('\n');
  const after = read.lines.map((line) => line.text);
  // What is alike above and below is left out, so that a line counts as new even where another place has the same words.
  const above = after.findIndex((line, index) => line !== before[index]);
  const below = after.toReversed().findIndex((line, index) => line !== before.at(-1 - index));
  const between = (lines: readonly string[]) => new Set(lines.slice(above, lines.length - below));
  const [old, fresh] = [between(before), between(after)];
  return {
    ...read,
    changed: read.lines.slice(above, after.length - below).filter((line) => line.text !== '' && !old.has(line.text)),
    gone: [...old].filter((line) => line.trim() !== '' && !fresh.has(line)),
  };
}

/** The place of the section's heading in the text. */
function startOf(document: string, section: SectionName): number {
  const headings = [...document.matchAll(/^#{1,6} +(.+)$/gm)];
  const heading = headings.find(([, title = '']) => sectionNamed(plainText(title)) === section);
  if (heading === undefined) throw new Error(`The document has no section ${section}`);
  return heading.index;
}
