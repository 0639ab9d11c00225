// What Hashira adds to a front matter: budgets that would otherwise change with the document's months, and decisions that it does not
// list yet.
import { frontMatterBounds } from '../../design/front-matter-bounds.ts';
import { LineLedger } from '../../design/lines.ts';
import type { Environment } from '../../design/schema.ts';

/** A line of the document, from 1, with what it is to read and what is to follow it. */
interface Placed {
  readonly line: number;
  readonly lines: readonly [string, ...string[]];
}

type Budgets = Readonly<Partial<Record<Environment, number>>>;

/**
 * Where the input `budget` takes amounts that it does not have. `undefined` when there are none to put, or the front matter is written
 * so that nothing can be put into it line by line.
 */
export function withBudgets(document: readonly string[], budgets: Budgets): Placed | undefined {
  const rows = Object.entries(budgets).map(([name, amount]) => `${name}: ${amount}`);
  const [open, close] = bounds(document);
  if (rows.length === 0 || close === undefined || open === undefined) return undefined;
  const find = (words: RegExp) =>
    document.findIndex((line, index) => index > open && index < close && words.test(line));
  const given = find(/^\s+budget:/);
  const inputs = find(/^hashira:/);
  const flow = /^(\s+budget:\s*\{.*?)(\s*\}\s*)$/.exec(document[given] ?? '');
  if (flow !== null) return at(given, `${flow[1]}, ${rows.join(', ')}${flow[2]}`);
  if (given >= 0) {
    const indent = /^\s*/.exec(document[given + 1] ?? '')?.[0] ?? '';
    return /budget:\s*$/.test(document[given] ?? '')
      ? at(given, document[given] ?? '', ...rows.map((row) => `${indent}${row}`))
      : undefined;
  }
  const added = ['  budget:', ...rows.map((row) => `    ${row}`)];
  if (inputs < 0) return at(close - 1, document[close - 1] ?? '', 'hashira:', ...added);
  return /^hashira:\s*$/.test(document[inputs] ?? '') ? at(inputs, document[inputs] ?? '', ...added) : undefined;
}

/** Where `related_adr` takes further files; `undefined` when it is no list of lines. */
export function withRelated(document: readonly string[], files: readonly string[]): Placed | undefined {
  const [open, close] = bounds(document);
  if (open === undefined || close === undefined || files.length === 0) return undefined;
  const start = document.findIndex((line, index) => index > open && index < close && /^related_adr:\s*$/.test(line));
  let last = start;
  while (start >= 0 && /^\s*-\s/.test(document[last + 1] ?? '')) last++;
  const indent = /^\s*/.exec(document[last] ?? '')?.[0] ?? '';
  return last > start ? at(last, document[last] ?? '', ...files.map((file) => `${indent}- ${file}`)) : undefined;
}

const at = (index: number, ...lines: readonly [string, ...string[]]): Placed => ({ line: index + 1, lines });

/** Indices of the lines around it; none where a document has none that is whole. */
function bounds(document: readonly string[]): readonly [open?: number, close?: number] {
  const { open, close, problem } = frontMatterBounds(new LineLedger(document.join('\n')));
  return problem === undefined ? [open - 1, close - 1] : [];
}
