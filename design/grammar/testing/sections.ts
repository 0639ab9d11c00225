// Sections for the tests of grammars: from a few lines of a test's own, or from the form where it is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { LineLedger } from '../../lines.ts';
import { readSections, type Section } from '../../sections.ts';

const place = new URL('../../../../shared/seed/infra-design-template.md', import.meta.url);

/** The form as it stands; undefined in a checkout without it. */
export const form: string | undefined = existsSync(place) ? readFileSync(place, 'utf8') : undefined;

/** A section with one block, whose first line is line 4 of its document. */
export function sectionOf(block: string, language = 'yaml'): { section: Section; ledger: LineLedger } {
  return sectionTitled('Part', `## Part\n\n\`\`\`${language}\n${block}\n\`\`\`\n`);
}

/** The section of a document whose title begins so. */
export function sectionTitled(title: string, document: string): { section: Section; ledger: LineLedger } {
  const ledger = new LineLedger(document);
  const section = readSections(ledger, 1).find((candidate) => candidate.title.startsWith(title));
  if (section === undefined) throw new Error(`There is no section ${title}`);
  return { section, ledger };
}

/** What each line of a section's blocks came to: `kind path, path` of statements, else what the line is. */
export function account({ section, ledger }: { section: Section; ledger: LineLedger }): string[] {
  const inBlocks = new Set(section.blocks.flatMap(({ lines }) => lines.map(({ number }) => number)));
  return ledger
    .lines()
    .filter(({ number, text }) => inBlocks.has(number) && text.trim() !== '')
    .map(({ kind, number, statements: [first, ...rest] }) =>
      first === undefined
        ? ledger.isMarked(number)
          ? kind
          : 'unclaimed'
        : `${first.kind} ${[first, ...rest].map(({ path }) => path).join(', ')}`,
    );
}

/** The problems as `line code`. */
export const complaints = (ledger: LineLedger): string[] => ledger.problems.map(({ line, code }) => `${line} ${code}`);
