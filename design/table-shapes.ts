// How the sections of the form are written as tables: the columns by which each is known, and the lines of its block that a row stands for.
import { readEnvironment } from './grammar/values.ts';
import type { SectionName } from './section-titles.ts';
import { architectureTables } from './sections/architecture-tables.ts';
import { operationTables } from './sections/operation-tables.ts';
import type { Row, Shape, TableLine } from './sections/table-shape.ts';
import { isBlank, type Table } from './tables.ts';
import { isLabelled } from './vocabulary.ts';

const shapes: Readonly<Partial<Record<SectionName, Shape>>> = { ...architectureTables, ...operationTables };

/** Columns that hold words for people alone. */
const remarks: ReadonlySet<string> = new Set(['備考', '補足', '注記', 'no', 'no.', '#', 'notes']);

/** The lines that a table stands for in a section; undefined for one that has not the columns. */
export function tableLines(name: SectionName, { headings, rows }: Table): readonly TableLine[] | undefined {
  const shape = shapes[name];
  if (shape === undefined) return undefined;
  const columns = headings.map((heading) => columnOf(shape, heading));
  if (!shape.needed.every((column) => columns.includes(column))) return undefined;
  const read = rows.map(
    (row): Row => ({
      row,
      of: (column) => row.cells[columns.indexOf(column)] ?? '',
      environments: headings.flatMap((heading, index) =>
        columns[index] === undefined && readEnvironment(heading) !== undefined
          ? [[heading, row.cells[index] ?? ''] as const]
          : [],
      ),
    }),
  );
  // What a table says beyond its shape, and what it says twice, is handed on too: no grammar knows it, and so it is refused.
  const beyond = rows.flatMap((row) => [
    ...headings.flatMap((heading, index): TableLine[] => {
      const column = columns[index];
      const isRead = column === undefined ? readEnvironment(heading) !== undefined : columns.indexOf(column) === index;
      const cell = row.cells[index] ?? '';
      return isRead || isBlank(cell) || remarks.has(heading.toLowerCase())
        ? []
        : [{ depth: 0, text: `${heading}: ${cell}`, row }];
    }),
    ...(row.isLong ? [{ depth: 0, text: '|', row }] : []),
  ]);
  return [...shape.lines(read), ...beyond];
}

const columnOf = ({ columns }: Shape, heading: string): string | undefined =>
  Object.entries(columns).find(([column, also]) => [column, ...also].some((name) => isLabelled(heading, name)))?.[0];

/** Sections whose statements stand in a block. */
export const blockSections: ReadonlySet<SectionName> = new Set(
  Object.keys(shapes).filter((name): name is SectionName => Object.hasOwn(shapes, name)),
);
