// Reads an imported file: UTF-8 CSV (RFC 4180) with the columns `sku`, `quantity` and `unit_price`, a line for each order.
import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { type ImportRow, importRow } from './messages.ts';

/** What can be wrong with a file, by line, the heading being line 1. */
export interface LineProblem {
  readonly line: number;
  readonly detail: string;
}

export type ReadCsv = { readonly rows: readonly ImportRow[] } | { readonly problems: readonly LineProblem[] };

/** Lines of one file: as many as are let in before SQS could not hold the last of them back any longer. */
export const mostRows = 20_000;
/** So many problems are told at once. */
const mostProblems = 20;

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'is not a whole number')
  .transform(Number);
const record = z
  .object({ sku: z.string(), quantity: whole, unit_price: whole })
  .transform(({ sku, quantity, unit_price }) => ({ sku, quantity, unitPrice: unit_price }));

export function readCsv(text: string): ReadCsv {
  let lines: { record: Record<string, string>; info: { lines: number } }[];
  try {
    lines = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser's own message quotes the line.
    return { problems: [{ line: Number(error.lines ?? 1), detail: `is not CSV (${error.code})` }] };
  }
  if (lines.length === 0) return { problems: [{ line: 1, detail: 'has no lines below the heading' }] };
  if (lines.length > mostRows)
    return { problems: [{ line: mostRows + 2, detail: `is past the ${mostRows} lines of one file` }] };

  const rows: ImportRow[] = [];
  const problems: LineProblem[] = [];
  for (const [index, { record: fields, info }] of lines.entries()) {
    const read = record
      .transform((values) => ({ row: index + 1, ...values }))
      .pipe(importRow)
      .safeParse(fields);
    if (read.success) rows.push(read.data);
    else
      for (const { path, message } of read.error.issues)
        problems.push({ line: info.lines, detail: `${path.join('.')}: ${message}` });
    if (problems.length >= mostProblems) break;
  }
  return problems.length > 0 ? { problems: problems.slice(0, mostProblems) } : { rows };
}
