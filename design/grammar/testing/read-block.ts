// Lets a test give a grammar one section with one block, or a section of the form itself where that lies beside the repository.
import { existsSync, readFileSync } from 'node:fs';
import { LineLedger } from '../../lines.ts';
import { readSections, type Section } from '../../sections.ts';

type Grammar<T> = (section: Section, ledger: LineLedger) => T;

export interface BlockRead<T> {
  readonly value: T;
  /** `<line> <code>` of each problem, in the document's order. */
  readonly problems: readonly string[];
  /** `<line> <kind> <path>` of each statement. */
  readonly statements: readonly string[];
  /** Lines of the section that are neither stated nor marked, empty ones aside. */
  readonly unaccounted: readonly number[];
  readonly ledger: LineLedger;
}

/** Reads a block below a heading: its first line is line 3 of the document. */
export function readBlock<T>(grammar: Grammar<T>, block: string, heading = '## 章'): BlockRead<T> {
  return read(grammar, `${heading}\n\`\`\`yaml\n${block.replace(/^\n|\n$/g, '')}\n\`\`\`\n`, () => true);
}

/** A block with one text of it exchanged; a text that is not there is the test's own mistake. */
export function changed(block: string, from: string, to: string): string {
  if (!block.includes(from)) throw new Error(`the block has no "${from}"`);
  return block.replace(from, () => to);
}

const formPath = new URL('../../../../shared/seed/infra-design-template.md', import.meta.url);

/** The form, where it lies beside the repository. */
export const form = existsSync(formPath) ? readFileSync(formPath, 'utf8') : undefined;

/** Reads the form's section whose title begins with some words. */
export function readFormSection<T>(grammar: Grammar<T>, title: string): BlockRead<T> {
  return read(grammar, form ?? '', (section) => section.title.startsWith(title));
}

function read<T>(grammar: Grammar<T>, document: string, wanted: (section: Section) => boolean): BlockRead<T> {
  const ledger = new LineLedger(document);
  const section = readSections(ledger, 1).find(wanted);
  if (section === undefined) throw new Error('the document has no such section');
  const value = grammar(section, ledger);
  const problems = ledger.problems.toSorted((one, other) => one.line - other.line);
  const inside = section.blocks.flatMap(({ lines }) => lines).filter(({ plain }) => plain !== '');
  return {
    value,
    problems: problems.map(({ line, code }) => `${line} ${code}`),
    statements: ledger
      .lines()
      .flatMap(({ number, statements }) => statements.map(({ kind, path }) => `${number} ${kind} ${path}`)),
    unaccounted: inside.filter(({ number }) => !ledger.isMarked(number)).map(({ number }) => number),
    ledger,
  };
}
