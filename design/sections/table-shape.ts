// What the shapes of tables share: the rows by their columns, and how cells become lines of a block.
import { isBlank, linesOf, membersOf, type TableRow } from '../tables.ts';

/** A line of a block, by how deep it lies, with the row of the table that says it; without a row the headings do. */
export interface TableLine {
  readonly depth: number;
  readonly text: string;
  readonly row?: TableRow;
}

/** The cells of a row by the columns of the shape. */
export interface Row {
  readonly row: TableRow;
  /** The words in a column; empty where the table has no such column. */
  readonly of: (column: string) => string;
  /** Cells of columns that name an environment, with that name. */
  readonly environments: readonly (readonly [environment: string, cell: string])[];
}

export interface Shape {
  /** The headings that name each column: the first is the form's own word. A table has to have those in `needed`. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly needed: readonly string[];
  readonly lines: (rows: readonly Row[]) => readonly TableLine[];
}

/** `label: words`, or, where the cell has several lines or says so, the label with its members below. */
export const labelled = (
  depth: number,
  label: string,
  cell: string,
  row: TableRow,
  members = linesOf(cell),
): TableLine[] =>
  members.length > 1
    ? [{ depth, text: `${label}:`, row }, ...members.map((text) => ({ depth: depth + 1, text: `- ${text}`, row }))]
    : isBlank(cell)
      ? []
      : [{ depth, text: `${label}: ${cell}`, row }];

/** A label with a list below; `なし` stays on its line. */
export const listed = (depth: number, label: string, cell: string, row: TableRow): TableLine[] =>
  isBlank(cell)
    ? []
    : /^(?:なし|無し|none)$/i.test(cell)
      ? [{ depth, text: `${label}: ${cell}`, row }]
      : [
          { depth, text: `${label}:`, row },
          ...membersOf(cell).map((text) => ({ depth: depth + 1, text: `- ${text}`, row })),
        ];

/** The rows by the words of a column, in the order in which those come first; an empty cell means the one above. */
export function groups(rows: readonly Row[], column: string): [words: string, rows: Row[]][] {
  const found = new Map<string, Row[]>();
  let words = '';
  for (const row of rows) {
    if (row.of(column) !== '') words = row.of(column);
    const group = found.get(words) ?? [];
    group.push(row);
    found.set(words, group);
  }
  return [...found];
}

export const lineOf = (depth: number, text: string, [first]: readonly Row[]): TableLine => ({
  depth,
  text,
  ...(first && { row: first.row }),
});
