// Reads the two diagrams (ARC-1…5). A diagram is a claim and never an input: what it draws is free, as long as it is Mermaid; what a
// caption says in figures is held against the figure's owner.
import { cidrIn } from '../cidr.ts';
import type { LineLedger } from '../lines.ts';
import type { Section } from '../sections.ts';
import { flowchart, type MermaidKind, sequence } from './mermaid.ts';
import { unlessRefused } from './parts.ts';

/** The Mermaid source of the architecture diagram, as it stands; undefined when something was refused. */
export const readArchitecture = (section: Section, ledger: LineLedger): string | undefined =>
  readDiagram(section, ledger, flowchart, 'A[Client] --> B, subgraph VPC ["…"], end');

/** The Mermaid source of the data flow, as it stands; undefined when something was refused. */
export const readDataFlow = (section: Section, ledger: LineLedger): string | undefined =>
  readDiagram(section, ledger, sequence, 'participant A, A->>B: …, alt …, else …, end');

function readDiagram(section: Section, ledger: LineLedger, kind: MermaidKind, sample: string): string | undefined {
  return unlessRefused(ledger, () => {
    const blocks = section.blocks.filter(({ language }) => language.toLowerCase() === 'mermaid');
    if (blocks.length === 0) {
      ledger.refuse(section.line, 'diagram-missing', { section: section.title, first: kind.sample });
    }
    for (const { lines } of section.blocks.filter((block) => !blocks.includes(block))) {
      for (const { number, plain } of lines) if (plain !== '') ledger.unknown(number, '```mermaid');
    }
    for (const block of blocks) readBlock(block, ledger, kind, sample);
    return blocks.map(({ lines }) => lines.map(({ text }) => text).join('\n')).join('\n\n');
  });
}

function readBlock(
  { open, lines }: Section['blocks'][number],
  ledger: LineLedger,
  kind: MermaidKind,
  sample: string,
): void {
  const stated = lines.filter(({ number, plain }) => plain.trim() !== '' && !ledger.isMarked(number));
  const [first, ...rest] = stated.filter(({ plain }) => !plain.trimStart().startsWith('%%'));
  if (first === undefined) ledger.unknown(open, kind.sample);
  else if (!kind.first.test(first.plain.trim())) ledger.unknown(first.number, kind.sample);
  const opened: { number: number; words: string }[] = [];
  for (const { number, plain } of rest) {
    const words = plain.trim();
    const what = kind.read(words);
    if (what === undefined) ledger.unknown(number, sample);
    if (what === 'opens') opened.push({ number, words });
    if (what === 'closes' && opened.pop() === undefined) ledger.refuse(number, 'diagram-surplus-end', {});
    if (what !== undefined && /\bVPC\b/i.test(words) && cidrIn(words) !== undefined) {
      ledger.state(number, 'claim', 'network.cidr');
    }
  }
  for (const { number, words } of opened) ledger.refuse(number, 'diagram-unclosed', { opening: words });
  for (const { number } of stated) ledger.mark(number, 'diagram');
}
