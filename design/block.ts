// What a section says, as the block that its grammar reads: the fenced blocks, or, where there are none, its tables, lists and lines of
// `key: value`, with those of the headings below it.
import { asSeen } from './characters.ts';
import type { LineLedger, SourceLine } from './lines.ts';
import { bullet } from './marks.ts';
import { readTree } from './outline.ts';
import type { SectionName } from './section-titles.ts';
import type { CodeBlock, Section } from './sections.ts';
import { tableLines } from './table-shapes.ts';
import { isTableLine, readTable } from './tables.ts';

/** The section with its statements in blocks; `below` are the sections of no name of the form under its heading. */
export function withBlocks(
  section: Section,
  below: readonly Section[],
  name: SectionName,
  ledger: LineLedger,
): Section {
  if (section.blocks.length > 0) {
    return { ...section, blocks: section.blocks.map((block) => ({ ...block, lines: asSeen(block.lines, ledger) })) };
  }
  const lines = [
    ...statedLines(section, name, ledger),
    ...below.flatMap((part) => {
      const stated = statedLines(part, name, ledger);
      if (stated.length === 0) return [];
      return [virtual(part.line, `${part.title}:`, ledger), ...stated.map((line) => deeper(line, 2, ledger))];
    }),
  ];
  const [first] = lines;
  if (first === undefined) return section;
  const block: CodeBlock = { language: '', open: section.line, close: section.last, lines: asSeen(lines, ledger) };
  return { ...section, blocks: [block] };
}

/** A line that the grammars read in the place of one of the document, or of a part of it. */
function virtual(number: number, plain: string, ledger: LineLedger): SourceLine {
  return { number: ledger.part(number, plain), text: plain, plain };
}

const deeper = (line: SourceLine, by: number, ledger: LineLedger): SourceLine =>
  line.plain.trim() === '' ? line : virtual(line.number, `${' '.repeat(by)}${line.plain}`, ledger);

function statedLines(section: Section, name: SectionName, ledger: LineLedger): SourceLine[] {
  if (section.blocks.length > 0) {
    return section.blocks.filter(({ language }) => /^(?:ya?ml|text)?$/i.test(language)).flatMap(({ lines }) => lines);
  }
  const stated: SourceLine[] = [];
  for (const paragraph of paragraphsOf(section.body)) {
    const table = isTableLine(paragraph[0]?.plain ?? '') ? readTable(paragraph) : undefined;
    if (table === undefined) {
      stated.push(...rowsOf(paragraph, stated.length > 0, ledger));
      continue;
    }
    const lines = tableLines(name, table);
    if (lines === undefined) {
      // Its rows cannot be told apart from a table for people, but nobody has read it: its headings are refused.
      stated.push(virtual(table.line, ledger.line(table.line).plain, ledger));
      continue;
    }
    ledger.mark(table.line, 'heading');
    const base = depthBelow(stated.at(-1));
    for (const { depth, text, row } of lines) {
      if (row !== undefined && ledger.isMarked(row.line)) continue;
      stated.push(virtual(row?.line ?? table.line, `${' '.repeat(base + 2 * depth)}${text}`, ledger));
    }
  }
  return stated;
}

/** How deep a table lies: below a line that ends in a colon, or at the section's own depth. */
function depthBelow(line: SourceLine | undefined): number {
  return line !== undefined && /:$/.test(line.plain) ? (/^\s*/.exec(line.plain)?.[0].length ?? 0) + 2 : 0;
}

/** Lines without an empty one between; those of a table stand apart from others. */
function paragraphsOf(lines: readonly SourceLine[]): SourceLine[][] {
  const paragraphs: SourceLine[][] = [];
  let above: SourceLine | undefined;
  for (const line of lines) {
    if (line.plain.trim() !== '') {
      const isNext = above !== undefined && above.number === line.number - 1 && above.plain.trim() !== '';
      const last =
        isNext && isTableLine(above?.plain ?? '') === isTableLine(line.plain) ? paragraphs.at(-1) : undefined;
      if (last === undefined) paragraphs.push([line]);
      else last.push(line);
    }
    above = line;
  }
  return paragraphs;
}

/** The lines of a paragraph that may state something: all but sentences, if any of them has the shape of a statement. */
function rowsOf(paragraph: readonly SourceLine[], isWithin: boolean, ledger: LineLedger): SourceLine[] {
  const isRow = ({ plain }: SourceLine) => {
    const { glyph, value, text } = readTree(bare(plain));
    return glyph !== '' || value !== undefined || (isWithin && /^\s/.test(plain) && !text.endsWith('。'));
  };
  if (!paragraph.some(isRow)) return [];
  return paragraph
    .filter((line) => isRow(line) || !line.plain.endsWith('。'))
    .map((line) => (bare(line.plain) === line.plain ? line : virtual(line.number, bare(line.plain), ledger)));
}

/** A line without bold letters and the check box of a list. */
const box = new RegExp(String.raw`^(\s*${bullet})\[[ xX]?\]\s+`, 'u');
const bare = (plain: string): string => plain.replaceAll('**', '').replace(box, '$1');
