// Whether a file is a text that can be read at all.
import type { Ledger } from './lines.ts';

/** Far beyond any design document, and still read within a second or two. */
const limits = { characters: 1_000_000, lines: 10_000, lineCharacters: 10_000 } as const;

/** Refuses an empty file, one that is no text, and one beyond all measure; answers whether there is anything to read. */
export function checkFile(markdown: string, ledger: Ledger): boolean {
  if (markdown.replace(/^\uFEFF/, '').trim() === '') ledger.refuse(1, 'empty-file', {});
  else refuseBinary(markdown, ledger);
  refuseLarge(markdown, ledger);
  return ledger.problems.length === 0;
}

/** What no text has: control characters other than white space, and what a decoder makes of bytes that are no UTF-8. */
const strange = /(?![\t\n\v\f\r\u0085])[\p{Cc}\uFFFD]/gu;

function refuseBinary(markdown: string, ledger: Ledger): void {
  const found = [...markdown.matchAll(strange)];
  // A character lost here and there is the author's to see; a NUL, or many, mean another encoding or no text at all.
  const first = found.find(([character]) => character === '\0') ?? found[0];
  if (first === undefined || (first[0] !== '\0' && found.length <= Math.max(4, markdown.length / 100))) return;
  const code = (first[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  ledger.refuse(markdown.slice(0, first.index).split(/\r\n|\r|\n/).length, 'binary-file', { found: `U+${code}` });
}

function refuseLarge(markdown: string, ledger: Ledger): void {
  const long = ledger.source.find(({ text }) => text.length > limits.lineCharacters);
  const measures = [
    { line: 1, unit: 'characters', found: markdown.length, limit: limits.characters },
    { line: 1, unit: 'lines', found: ledger.source.length, limit: limits.lines },
    { line: long?.number ?? 1, unit: 'characters/line', found: long?.text.length ?? 0, limit: limits.lineCharacters },
  ];
  for (const { line, unit, found, limit } of measures) {
    if (found > limit) ledger.refuse(line, 'file-too-large', { found: `${found} ${unit}`, limit: `${limit} ${unit}` });
  }
}
