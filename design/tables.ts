// Reads Markdown tables (https://github.github.com/gfm/#tables-extension-): each row with its cells by the columns' headings.
import type { SourceLine } from './lines.ts';

export interface Table {
  /** The line of the headings, and of the rule below them. */
  readonly line: number;
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: number;
  /** As many as the table has headings; an empty one where the row ends before. */
  readonly cells: readonly string[];
  /** Whether the row has more cells than the table has headings: what they say is nobody's. */
  readonly isLong: boolean;
}

export const isTableLine = (plain: string): boolean => /^\s*\|/.test(plain);

const rule = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/;

/** The table that some lines are; undefined for lines without a rule below the first. */
export function readTable(lines: readonly SourceLine[]): Table | undefined {
  const [head, below, ...rest] = lines;
  if (head === undefined || below === undefined || !rule.test(below.plain)) return undefined;
  const headings = cellsOf(head.plain);
  const rows = rest.map(({ number, plain }): TableRow => {
    const cells = cellsOf(plain);
    const isLong = cells.slice(headings.length).some((cell) => cell !== '');
    return { line: number, cells: headings.map((_, index) => cells[index] ?? ''), isLong };
  });
  return { line: head.number, headings, rows };
}

/** The cells of a line, without what sets them; `\|` is a bar of the words. */
function cellsOf(plain: string): string[] {
  const inner = plain
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => unset(cell.replaceAll('\\|', '|').trim()));
}

/** Words without the marks of bold letters and code. */
const unset = (words: string): string =>
  words
    .replaceAll('**', '')
    .replace(/^`([^`]*)`$/, '$1')
    .trim();

/** The lines of a cell. */
export const linesOf = (cell: string): string[] =>
  cell
    .split(/<br\s*\/?>/i)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What commas outside brackets part. */
export function partedByCommas(text: string): string[] {
  const parts = [''];
  let open = 0;
  for (const letter of text) {
    if (letter === '(') open += 1;
    if (letter === ')') open -= 1;
    if (open <= 0 && /[,、]/.test(letter)) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${letter}`);
  }
  return parts.map((part) => part.trim());
}

/** The members of a list in a cell: its lines, or, in one line, what commas outside brackets part. */
export function membersOf(cell: string): string[] {
  const lines = linesOf(cell);
  return lines.length === 1 ? partedByCommas(lines[0] ?? '').filter((member) => member !== '') : lines;
}

/** A cell that says that there is nothing to say. */
export const isBlank = (cell: string): boolean => /^[-–—ー―]?$/.test(cell);
