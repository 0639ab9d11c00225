// Cuts a document into its sections and code blocks, each with its lines.
import type { LineLedger, SourceLine } from './lines.ts';
import { type Heading, scan } from './scan.ts';
import { captionOf, chapterOf, normalised, sectionNamed } from './section-titles.ts';

export interface CodeBlock {
  /** `yaml`, `mermaid`, `bash`, …; empty when the fence names none. */
  readonly language: string;
  /** Lines of the opening and the closing fence. */
  readonly open: number;
  readonly close: number;
  /** The lines between the fences. */
  readonly lines: readonly SourceLine[];
}

export interface Section {
  /** The heading's words, in plain form. */
  readonly title: string;
  /** 1 for `#`, 2 for `##`, …; a caption in bold letters lies half a level below the heading above it. */
  readonly depth: number;
  /** The heading's line. */
  readonly line: number;
  /** Last line before the next heading of any depth. */
  readonly last: number;
  readonly blocks: readonly CodeBlock[];
  /** Lines of the section that are neither its heading, nor in or at a code block, nor in a comment, nor a rule. */
  readonly body: readonly SourceLine[];
}

/** The document's sections in order; the front matter must have been cut off: `from` is the first line after it. */
export function readSections(ledger: LineLedger, from: number): Section[] {
  const { headings, fences, silent } = scan(ledger.source, from);
  const blocks = fences.map(({ language, open, close, isClosed }) => {
    if (!isClosed) ledger.refuse(open, 'unclosed-fence', {});
    return { language, open, close, lines: ledger.source.slice(open, isClosed ? close - 1 : close) };
  });
  const within = new Set(blocks.flatMap(({ open, close }) => range(open, close)));
  const isBody = (number: number) => !within.has(number) && !silent.has(number);
  const all = [...headings, ...captionsAmong(headings, ledger, isBody)].toSorted((one, other) => one.line - other.line);
  let next = blocks.findIndex(({ open }) => open > (all[0]?.line ?? 0));
  return all.map(({ line, last: end, depth, words }, index) => {
    const last = (all[index + 1]?.line ?? ledger.source.length + 1) - 1;
    const first = next;
    while (next >= 0 && (blocks[next]?.open ?? Number.POSITIVE_INFINITY) <= last) next += 1;
    const body = range(end + 1, last)
      .filter(isBody)
      .map((number) => ledger.line(number));
    return { title: words, depth, line, last, blocks: first < 0 ? [] : blocks.slice(first, next), body };
  });
}

/**
 * Lines in bold letters that stand for headings: those that name a section of the form which no heading names, and, within the chapters
 * whose headings go by any name, every one.
 */
function captionsAmong(
  headings: readonly Heading[],
  ledger: LineLedger,
  isBody: (number: number) => boolean,
): Heading[] {
  const titled = new Set<string | undefined>(headings.flatMap(({ words }) => [sectionNamed(words), normalised(words)]));
  const captions: Heading[] = [];
  let above = 0;
  let depth = 0;
  /** The chapter with headings of its own names that the lines are in, by the depth of its heading. */
  let chapter: number | undefined;
  const enter = (words: string, level: number) => {
    if (chapterOf(words) === 'own-names') chapter = level;
    else if (chapterOf(words) === 'form' || level <= (chapter ?? 0)) chapter = undefined;
  };
  for (let number = headings[0]?.line ?? ledger.source.length + 1; number <= ledger.source.length; number++) {
    const heading = headings[above];
    if (heading?.line === number) {
      above += 1;
      ({ depth } = heading);
      enter(heading.words, depth);
      number = heading.last;
      continue;
    }
    const words = isBody(number) ? captionOf(ledger.line(number).plain) : undefined;
    if (words === undefined) continue;
    const name = sectionNamed(words);
    const isSection = chapterOf(words) !== undefined && !titled.has(name ?? normalised(words));
    if (!isSection && chapter === undefined) continue;
    if (isSection) enter(words, depth + 0.5);
    captions.push({ line: number, last: number, depth: depth + (isSection ? 0.5 : 0.75), words });
  }
  return captions;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
