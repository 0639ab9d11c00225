// How results look on a terminal: tables, the account of lines, problems.
import Table from 'cli-table3';
import type { Line, LineKind } from '../design/lines.ts';
import type { Language, Problem } from '../design/problem.ts';
import { show } from '../design/show.ts';
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
  const lines = new Table({
    head: [...head],
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: head.map((_, index) => (right.includes(index) ? 'right' : 'left')),
  });
  for (const row of rows) lines.push(row.map((cell) => [cell].flat().map(show).join('\n')));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
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

/** Problems in the order of the document, each as `line N: message` with the line itself below. */
export function printProblems(problems: readonly Problem[], lang: Language): void {
  const say = catalogues[lang];
  for (const { line, text, message } of [...problems].sort((a, b) => a.line - b.line)) {
    printAside(`${say.line(line)}: ${message[lang]}`);
    if (text.trim() !== '') printAside(`    ${text.trim().slice(0, 160)}`);
  }
}
