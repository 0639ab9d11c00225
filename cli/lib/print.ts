// How results look on a terminal: tables, the account of lines, problems.
import { eastAsianWidth } from 'get-east-asian-width';
import type { Line, LineKind } from '../../design/lines.ts';
import type { Language, Problem } from '../../design/problem.ts';
import { show } from '../../design/show.ts';
import { catalogues, type Messages } from './messages.ts';
import { printAside } from './output.ts';

/** Text of a table; a list for a cell of several lines. */
export type Cell = string | readonly string[];

/** The lines of a table without rules; full-width characters are measured as they are drawn. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  right: readonly number[] = [],
): readonly string[] {
  const drawn = [head, ...rows].map((row) => row.map((cell) => [cell].flat().map(show)));
  const last = head.length - 1;
  // Nothing stands to the right of the last column, so that its texts, the longest of all, need not be measured.
  const widths = head.map((_, column) =>
    column === last && !right.includes(column)
      ? 0
      : drawn.reduce((most, row) => Math.max(most, widest(row[column])), 0),
  );
  return drawn.flatMap((row) =>
    Array.from({ length: Math.max(1, ...row.map((cell) => cell.length)) }, (_, line) =>
      widths
        .map((width, column) => padded(row[column]?.[line] ?? '', width, right.includes(column)))
        .join('  ')
        .trimEnd(),
    ),
  );
}

const widest = (lines: readonly string[] = []): number => Math.max(0, ...lines.map((line) => drawnWidth(line)));

/** How many places a text takes that `show` has been through, so that each character but a mark on another one is seen. */
function drawnWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...text].reduce((sum, one) => sum + (/\p{M}/u.test(one) ? 0 : eastAsianWidth(one.codePointAt(0) ?? 0)), 0);
}

/** A text with spaces up to a width as it is drawn. */
export function padded(text: string, width: number, toTheRight = false): string {
  const space = ' '.repeat(width === 0 ? 0 : Math.max(0, width - drawnWidth(text)));
  return toTheRight ? space + text : text + space;
}

export const lineKinds = [
  'statement',
  'heading',
  'prose',
  'placeholder',
  'diagram',
  'unknown',
] as const satisfies readonly LineKind[];

/** How many lines there are of each kind. */
export function lineCounts(lines: readonly Line[]): Readonly<Record<'total' | LineKind, number>> {
  const of = (kind: LineKind) => lines.filter((line) => line.kind === kind).length;
  return {
    total: lines.length,
    statement: of('statement'),
    heading: of('heading'),
    prose: of('prose'),
    placeholder: of('placeholder'),
    diagram: of('diagram'),
    unknown: of('unknown'),
  };
}

export function countLines(lines: readonly Line[], say: Messages): string {
  const counts = lineCounts(lines);
  const parts = lineKinds.filter((kind) => counts[kind] > 0).map((kind) => `${say.kinds[kind]} ${counts[kind]}`);
  return say.linesSummary(counts.total, parts.join(' · '));
}

/** As many problems as a person reads before mending the first. */
const shownProblems = 10;

/**
 * Problems, each as `line N: message` with the line itself below: first those that nothing forgives, in the order of the document. Further
 * ones are counted, and so are those that lenient mode forgives.
 */
export function printProblems(problems: readonly Problem[], lang: Language, lenient = false): void {
  const say = catalogues[lang];
  const [real, forgivable] = [problems.filter((one) => !one.forgivable), problems.filter((one) => one.forgivable)];
  const told = [...real, ...(lenient ? [] : forgivable)];
  for (const { line, text, message } of told.slice(0, shownProblems)) {
    printAside(`${say.line(line)}: ${message[lang]}`);
    if (text.trim() !== '') printAside(`    ${text.trim().slice(0, 160)}`);
  }
  if (told.length > shownProblems) printAside(say.more(told.length - shownProblems));
  if (lenient && forgivable.length > 0) printAside(say.forgiven(forgivable.length));
}
