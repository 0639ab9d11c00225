// What each line of a Markdown text is, in one pass over the lines: a heading, part of a fenced block, of a comment, a rule, or text.
// Only what a design document needs of CommonMark (https://spec.commonmark.org/0.31.2/); what stands within a line is not looked at.
import type { SourceLine } from './lines.ts';

export interface Heading {
  /** The line of its words, and its last one: words underlined with `===` or `---` have a line more. */
  readonly line: number;
  readonly last: number;
  /** 1 for `#`, 2 for `##`, … */
  readonly depth: number;
  readonly words: string;
}

interface Fenced {
  readonly language: string;
  /** Lines of the opening and the closing fence; of one that is never closed the last line that belongs to it. */
  readonly open: number;
  readonly close: number;
  readonly isClosed: boolean;
}

export interface Scan {
  readonly headings: readonly Heading[];
  readonly fences: readonly Fenced[];
  /** Lines that say nothing: comments, rules and what underlines a heading. */
  readonly silent: ReadonlySet<number>;
}

const heading = /^ {0,3}(?<marks>#{1,6})(?:\s+(?<words>.*)|$)/;
/** Forgotten spaces; one `#` before a word is a tag. */
const closeHeading = /^ {0,3}(?<marks>#{2,6})(?<words>[^#\s].*)$/;
const opening = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?<mark>`{3,}(?=[^`]*$)|~{3,})\s*(?<language>[^\s`]*)/;
const rule = /^ {0,3}(?:-(?:\s*-){2,}|\*(?:\s*\*){2,}|_(?:\s*_){2,})$/;
const underline = /^ {0,3}(?<mark>=+|-+)$/;
const item = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;

interface Open {
  readonly language: string;
  readonly number: number;
  readonly mark: string;
  readonly isQuoted: boolean;
}

/** Looks at the lines once, from the line `from` on; each is tried against a fixed number of patterns. */
export function scan(source: readonly SourceLine[], from: number): Scan {
  const headings: Heading[] = [];
  const fences: Fenced[] = [];
  const silent = new Set<number>();
  let open: Open | undefined;
  /** The last line within the open fence before the first heading in it; a fence that is never closed ends there. */
  let beforeHeading: number | undefined;
  let isComment = false;
  /** The first line of the paragraph that the line above belongs to. */
  let paragraph: number | undefined;
  let isList = false;

  const close = ({ language, number }: Open, last: number, isClosed: boolean) => {
    fences.push({ language, open: number, close: Math.max(number, last), isClosed });
    open = undefined;
    beforeHeading = undefined;
  };

  for (let index = Math.max(0, from - 1); index < source.length; index++) {
    const { number, plain } = source[index] ?? { number: index + 1, plain: '' };
    if (open !== undefined) {
      const found = closing(plain, open);
      const isLost = found === 'lost';
      if (found === 'closes') close(open, number, true);
      else if (found === 'ends' || isLost) {
        // Headings below a fence that was left open are read as what they are.
        const last = isLost ? (beforeHeading ?? number - 1) : number - 1;
        close(open, last, false);
        index = last - 1;
      } else if (beforeHeading === undefined && /^#{2,6}\s/.test(plain)) beforeHeading = number - 1;
      if (open !== undefined && index === source.length - 1) {
        const last: number = beforeHeading ?? number;
        close(open, last, false);
        index = last - 1;
      }
      paragraph = undefined;
      continue;
    }
    if (isComment || /^\s*<!--/.test(plain)) {
      silent.add(number);
      isComment = !plain.includes('-->');
      paragraph = undefined;
      continue;
    }
    const fence = opening.exec(plain)?.groups;
    if (fence !== undefined) {
      open = { language: fence.language ?? '', number, mark: fence.mark ?? '', isQuoted: /^\s*>/.test(plain) };
      if (index === source.length - 1) close(open, number, false);
      paragraph = undefined;
      continue;
    }
    const title = (heading.exec(plain) ?? closeHeading.exec(plain))?.groups;
    const under = paragraph === undefined ? undefined : underline.exec(plain)?.groups?.mark;
    if (title !== undefined) {
      headings.push({ line: number, last: number, depth: title.marks?.length ?? 1, words: wordsOf(title.words ?? '') });
    } else if (paragraph !== undefined && under !== undefined) {
      const words = source[paragraph - 1]?.plain.trim() ?? '';
      headings.push({ line: paragraph, last: number, depth: under.startsWith('=') ? 1 : 2, words });
      silent.add(number);
    } else if (rule.test(plain)) silent.add(number);
    const isText = title === undefined && under === undefined && !silent.has(number) && plain.trim() !== '';
    if (!isText) {
      paragraph = undefined;
      isList = false;
    } else if (item.test(plain)) {
      paragraph = undefined;
      isList = true;
    } else if (paragraph === undefined && !isList && !/^[\s>|]/.test(plain)) paragraph = number;
  }
  return { headings, fences, silent };
}

/** Without the marks that may close a heading. */
const wordsOf = (words: string): string =>
  words
    .trim()
    .replace(/(?:^|\s)#+$/, '')
    .trim();

/** What a line does to the fence that it stands in: `lost` is one that opens another, so that the first was never closed. */
function closing(plain: string, { mark, language, isQuoted }: Open): 'closes' | 'ends' | 'lost' | 'within' {
  if (isQuoted && !/^\s*>/.test(plain)) return 'ends';
  const fence = opening.exec(plain)?.groups;
  const isSame = fence?.mark?.startsWith(mark);
  if (!isSame || !/^[\s>]*[`~]/.test(plain)) return 'within';
  if (/^[\s>]*[`~]+\s*$/.test(plain)) return 'closes';
  return /^(?:markdown|md|text|txt)$/i.test(language) ? 'within' : 'lost';
}
