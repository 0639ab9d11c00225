// Reads a design document: the words of the form go in; a `Design`, an account of every line and a list of what is wrong come out.
import type { Assumption } from './assumptions.ts';
import { refuseInvisible } from './characters.ts';
import { checkNetwork } from './checks/network.ts';
import { checkOperation } from './checks/operation.ts';
import { checkOptionalParts } from './checks/optional-parts.ts';
import { checkPermissions } from './checks/permissions.ts';
import { checkSite } from './checks/site.ts';
import { checkFile } from './file-check.ts';
import { findSections, refuseUnread } from './find-sections.ts';
import { looksLikeCriterion } from './grammar/criteria.ts';
import { readFrontMatter } from './grammar/front-matter.ts';
import { type Line, LineLedger, type SourceLine } from './lines.ts';
import { makeDesign } from './make-design.ts';
import { fillPlaceholders, findPlaceholders } from './placeholders.ts';
import type { Problem } from './problem.ts';
import { readParts } from './read-parts.ts';
import type { Design } from './schema.ts';
import { readSections, type Section } from './sections.ts';

interface ReadOptions {
  /** What the document's file is called in the account of its lines. */
  readonly file?: string;
  /** Forgives placeholders and missing inputs (INP-1): stand-ins take their place. Nothing else is forgiven. */
  readonly lenient?: boolean;
}

export interface ReadResult {
  /** Absent when the document is refused. */
  readonly design: Design | undefined;
  /** Every line of the document, in order; none of a text that is no document (empty, no text, beyond what is read). */
  readonly lines: readonly Line[];
  /** In the order of their lines; those that were forgiven too. */
  readonly problems: readonly Problem[];
  /** What the design has that no line states, and that needs no decision; none of a document that is refused. */
  readonly assumptions: readonly Assumption[];
}

/** Reads a document. Whatever the text is, it is read or refused with reasons; nothing is thrown. */
export function readDesign(markdown: string, { file, lenient = false }: ReadOptions = {}): ReadResult {
  const unfit = checkFile(markdown);
  if (unfit.length > 0) return { design: undefined, lines: [], problems: unfit, assumptions: [] };
  const ledger = new LineLedger(markdown, file);
  const design = readDocument(ledger);
  const problems = ledger.problems.toSorted((one, other) => one.line - other.line);
  const refused = problems.some(({ forgivable }) => !(lenient && forgivable));
  const read = refused ? undefined : design;
  return { design: read, lines: ledger.lines(), problems, assumptions: read === undefined ? [] : ledger.assumptions };
}

function readDocument(ledger: LineLedger): Design | undefined {
  const frontMatter = readFrontMatter(ledger);
  const sections = readSections(ledger, frontMatter.from);
  accountForPlaces(sections, ledger);
  accountForPlaceholders(sections, frontMatter.from, ledger);
  const filled = sections.map(withStandIns);
  const found = findSections(filled, ledger);
  const parts = readParts(found, frontMatter, ledger);
  refuseUnread(filled, found, ledger, looksLikeCriterion);
  const design = makeDesign(frontMatter, parts, ledger);
  if (design !== undefined) {
    checkNetwork(design, ledger);
    checkOperation(design, ledger);
    checkOptionalParts(design, ledger);
    checkPermissions(design, ledger);
    checkSite(design, ledger);
  }
  return design;
}

/** Headings and their sections, for the account of the lines. */
function accountForPlaces(sections: readonly Section[], ledger: LineLedger): void {
  for (const { title, line, last } of sections) {
    ledger.section(line, last, title);
    refuseInvisible(ledger.line(line), ledger);
  }
}

/** Marks the lines outside code that hold placeholders, and those of the headings. */
function accountForPlaceholders(sections: readonly Section[], from: number, ledger: LineLedger): void {
  const first = sections[0]?.line ?? ledger.source.length + 1;
  const before = ledger.source.slice(from - 1, first - 1);
  for (const { number, plain } of [...before, ...sections.flatMap(({ line, body }) => [ledger.line(line), ...body])]) {
    const found = findPlaceholders(plain);
    if (found.length === 0) continue;
    ledger.mark(number, 'placeholder');
    ledger.refuse(number, 'placeholder', { found });
  }
  for (const { line } of sections) ledger.mark(line, 'heading');
}

/** The section as it would read with stand-ins for the form's placeholders. */
const withStandIns = (section: Section): Section => ({
  ...section,
  title: fillPlaceholders(section.title),
  body: section.body.map((line: SourceLine) => ({ ...line, plain: fillPlaceholders(line.plain) })),
});
