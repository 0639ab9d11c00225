// Reads the Markdown lists of sections that have no block: criteria, tests, steps, checklists, references.
import type { LineLedger, SourceLine } from '../lines.ts';
import { bullet } from '../marks.ts';
import type { Words } from '../messages/words.ts';

export interface ListItem {
  readonly line: number;
  /** Without bullet, number and check box. */
  readonly words: string;
  /** `7` of `7. `; undefined for a bullet. */
  readonly number: number | undefined;
  readonly children: readonly ListItem[];
}

interface List {
  readonly items: readonly ListItem[];
  /** Lines that are no items and follow none: paragraphs. */
  readonly paragraphs: readonly SourceLine[];
  /** Lines that follow an item without an empty line between: the rest of its words, or an item whose bullet is lost. */
  readonly tails: readonly SourceLine[];
}

interface Growing extends ListItem {
  readonly indent: number;
  readonly children: Growing[];
}

const itemPattern = new RegExp(
  String.raw`^(?<indent>\s*)(?:${bullet}|\(?(?<number>\d{1,9})[.)]\s+)(?:\[[ xX]?\]\s+)?(?<words>\S.*)$`,
  'u',
);

/** The list items of a section's lines, nested by indentation. */
export function readMarkdownList(lines: readonly SourceLine[]): List {
  const items: Growing[] = [];
  const paragraphs: SourceLine[] = [];
  const tails: SourceLine[] = [];
  const open: Growing[] = [];
  let previous = -1;
  for (const line of lines) {
    const match = itemPattern.exec(line.plain)?.groups;
    if (match !== undefined) {
      const indent = match.indent?.length ?? 0;
      while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
      const number = match.number === undefined ? undefined : Number(match.number);
      const item: Growing = { line: line.number, words: match.words ?? '', number, children: [], indent };
      (open.at(-1)?.children ?? items).push(item);
      open.push(item);
      previous = line.number;
    } else if (line.plain.trim() !== '') {
      if (previous === line.number - 1) {
        tails.push(line);
        previous = line.number;
      } else {
        paragraphs.push(line);
        // What comes after a paragraph of the list's own column belongs to no item above it.
        const column = line.plain.search(/\S/);
        while ((open.at(-1)?.indent ?? -1) >= column) open.pop();
      }
    }
  }
  return { items, paragraphs, tails };
}

/** Every item, top-down. */
export function* walkList(items: readonly ListItem[]): Generator<ListItem> {
  for (const item of items) {
    yield item;
    yield* walkList(item.children);
  }
}

/** Words without the asterisks of `**bold**`. */
export const unbold = (words: string): string => words.replaceAll('**', '').trim();

/** Records that a line states `path`, unless a placeholder stands there and there is nothing to hold it against. */
export function stateUnlessMarked(ledger: LineLedger, line: number, kind: 'claim' | 'procedure', path: string): void {
  if (!ledger.isMarked(line)) ledger.state(line, kind, path);
}

/**
 * Refuses the lines of a list section that may be an item gone wrong: what runs on from an item, and paragraphs that begin with
 * what only items have.
 */
export function refuseStrays({ paragraphs, tails }: List, ledger: LineLedger, expected: Words | string): void {
  for (const { number } of tails) ledger.unknown(number, expected);
  for (const { number, plain } of paragraphs) {
    if (/^\s*(?:[-*+\d[]|\*\*)|\[[ xX]?\]/.test(plain)) ledger.unknown(number, expected);
  }
}
