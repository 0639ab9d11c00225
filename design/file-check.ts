// Whether a text can be read at all. Everything after this may take time that grows with the text, and much of it goes down one call
// for each level of nesting, so what a text may measure is settled here, in one pass over its characters.
import { plainText } from './lines.ts';
import type { Words } from './messages/words.ts';
import type { MessageCode, MessageParameters } from './messages.ts';
import { type Problem, problem } from './problem.ts';

/** Far beyond any design document. */
export const limits = {
  characters: 750_000,
  lines: 12_000,
  /** As the line stands, and again as it is read: NFKC makes eighteen characters of one U+FDFA. */
  lineCharacters: 4_000,
  /** Lists and quotes within one another, at one place and added up over all lines. */
  levels: 16,
  levelsInAll: 100_000,
  /** Marks upon one letter: https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format. More take time that grows with their square. */
  marks: 30,
} as const;

/** The file may hold at most four bytes for each character. */
export const documentBytes = 4 * limits.characters;

/** What makes a text no document: it is empty, no text, or beyond all measure. Linear in what it looks at, which is at most the limit. */
export function checkFile(markdown: string): readonly Problem[] {
  if (markdown.length > limits.characters) {
    return [tooLarge(firstLine(markdown), amounts.characters, markdown.length, limits.characters)];
  }
  if (markdown.replace(/^\uFEFF/, '').trim() === '') return [refusal(firstLine(markdown), 'empty-file', {})];
  const count = (markdown.match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
  if (count > limits.lines) {
    return [tooLarge(firstLine(markdown), amounts.lines, count, limits.lines)];
  }
  const lines = markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const first = [checkBinary(markdown, lines), checkWidth(lines), checkNesting(lines)].find((one) => one !== undefined);
  return first === undefined ? [] : [first];
}

interface SourceLine {
  readonly number: number;
  readonly text: string;
}

/** The problem shows the beginning of its line: the whole may be the very thing that is too much. */
const refusal = <C extends MessageCode>(
  { number, text }: SourceLine,
  code: C,
  parameters: MessageParameters<C>,
): Problem => problem(number, text.slice(0, 200), code, parameters);

/** What there is too much of. */
const amounts = {
  characters: (count: number): Words => ({ en: `${count} characters`, ja: `${count} 文字` }),
  charactersAsRead: (count: number): Words => ({ en: `${count} characters after NFKC`, ja: `NFKC 後に ${count} 文字` }),
  lines: (count: number): Words => ({ en: `${count} lines`, ja: `${count} 行` }),
  lineCharacters: (count: number): Words => ({ en: `${count} characters in a line`, ja: `1 行に ${count} 文字` }),
  marks: (count: number): Words => ({ en: `${count} marks upon one letter`, ja: `1 文字に重ねた記号 ${count} 個` }),
  levels: (count: number): Words => ({
    en: `${count} levels of lists and quotes in all`,
    ja: `リストと引用の入れ子が合計 ${count} 段`,
  }),
};

const tooLarge = (place: SourceLine, amount: (count: number) => Words, found: number, limit: number): Problem =>
  refusal(place, 'file-too-large', { found: amount(found), limit: amount(limit) });

const firstLine = (markdown: string): SourceLine => ({
  number: 1,
  text: markdown.slice(0, 200).split(/[\r\n]/)[0] ?? '',
});

/** What no text has: control characters other than white space, and what a decoder makes of bytes that are no UTF-8. */
const strange = /(?![\t\n\v\f\r\u0085])[\p{Cc}\uFFFD]/gu;

function checkBinary(markdown: string, lines: readonly string[]): Problem | undefined {
  const found: readonly string[] = markdown.match(strange) ?? [];
  // A character lost here and there is the author's to see; a NUL, or many, mean another encoding or no text at all.
  const worst = found.includes('\0') ? '\0' : found[0];
  if (worst === undefined || (worst !== '\0' && found.length <= Math.max(4, markdown.length / 100))) return undefined;
  const code = (worst.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const index = lines.findIndex((text) => text.includes(worst));
  return refusal({ number: index + 1, text: lines[index] ?? '' }, 'binary-file', { found: `U+${code}` });
}

const manyMarks = new RegExp(String.raw`\p{M}{${limits.marks + 1},}`, 'u');

function checkWidth(lines: readonly string[]): Problem | undefined {
  let characters = 0;
  for (const [index, text] of lines.entries()) {
    const place = { number: index + 1, text };
    const marks = text.length > limits.lineCharacters ? undefined : manyMarks.exec(text)?.[0];
    if (marks !== undefined) {
      return tooLarge(place, amounts.marks, [...marks].length, limits.marks);
    }
    const width = Math.max(text.length, text.length > limits.lineCharacters ? 0 : plainText(text).length);
    if (width > limits.lineCharacters) {
      return tooLarge(place, amounts.lineCharacters, width, limits.lineCharacters);
    }
    characters += width;
    if (characters > limits.characters) {
      return tooLarge(place, amounts.charactersAsRead, characters, limits.characters);
    }
  }
  return undefined;
}

/** The marks that a line opens quotes and lists with. */
const opening = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))+/;
const marker = />|[-*+]|\d+[.)]/g;

/** Lists go on over lines: those that a line is within have their marks further left, in lines above it. */
function checkNesting(lines: readonly string[]): Problem | undefined {
  const open: number[] = [];
  let all = 0;
  for (const [index, text] of lines.entries()) {
    const marks = opening.exec(text.replaceAll('\t', '  '))?.[0].matchAll(marker) ?? [];
    let quotes = 0;
    for (const { 0: mark, index: column } of marks) {
      if (mark === '>') quotes += 1;
      else {
        while ((open.at(-1) ?? -1) >= column) open.pop();
        open.push(column);
      }
      const levels = open.length + quotes;
      if (levels > limits.levels) {
        return refusal({ number: index + 1, text }, 'nested-too-deep', { found: levels, limit: limits.levels });
      }
      all += levels;
    }
    if (all > limits.levelsInAll) {
      return tooLarge({ number: index + 1, text }, amounts.levels, all, limits.levelsInAll);
    }
  }
  return undefined;
}
