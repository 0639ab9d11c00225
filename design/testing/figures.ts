// Figures of a document that are changed one at a time, and what the reader then has to say of their lines.
import fc from 'fast-check';
import { type Line, plainText } from '../lines.ts';
import type { ReadResult } from '../read-design.ts';
import { withoutNumber } from '../section-titles.ts';

export interface Figure {
  readonly line: Line;
  /** Where its digits are in the line. */
  readonly start: number;
  readonly digits: string;
  /** Whether they stand behind a decimal point, where a zero more is the same figure. */
  readonly isFraction: boolean;
}

/** The digits of input lines that are no part of a name such as `S3`, `gp3` or `r6g`, and do not number a heading. */
export const figuresOf = ({ lines }: ReadResult): readonly Figure[] =>
  lines
    .filter(({ statements }) => statements.some(({ kind }) => kind === 'input'))
    .flatMap((line) =>
      [...line.text.matchAll(/(?<![A-Za-z\d０-９])[\d０-９]+/g)]
        .filter(({ index }) => index >= numberedTo(line.text))
        .map((match) => ({
          line,
          start: match.index,
          digits: match[0],
          isFraction: /[\d０-９][.．]$/.test(line.text.slice(0, match.index)),
        })),
    );

/** How far the number before a heading's or caption's words goes. */
function numberedTo(text: string): number {
  const marks = /^\s*(?:#+\s*|\*\*)/.exec(text)?.[0].length ?? 0;
  const title = plainText(text.slice(marks));
  return marks === 0 ? 0 : marks + title.length - withoutNumber(title).length;
}

/** Other digits in the place of some: one more or less, half, a figure of as many digits, one with a digit more. */
export function otherDigits({ digits: written, isFraction }: Figure): fc.Arbitrary<string> {
  const digits = written.normalize('NFKC');
  const amountOf = (other: string) => Number(`${isFraction ? '0.' : ''}${other}`);
  return fc
    .oneof(
      fc.constantFrom(Number(digits) + 1, Math.max(0, Number(digits) - 1), Math.floor(Number(digits) / 2)),
      fc.integer({ min: 0, max: 10 ** digits.length - 1 }),
      fc.integer({ min: 0, max: 9 }).map((digit) => Number(`${digits}${digit}`)),
    )
    .map(String)
    .filter((other) => amountOf(other) !== amountOf(digits));
}

/** The line with other digits in the place of the figure. */
export const withDigits = ({ line: { text }, start, digits }: Figure, other: string): string =>
  `${text.slice(0, start)}${other}${text.slice(start + digits.length)}`;

export const valueAt = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
      value,
    );

/** What a line is read as, in all the places of the design that it speaks of. */
export const readingOf = ({ number, statements }: Line, { design }: ReadResult): string =>
  [
    ...statements.map(({ path }) => JSON.stringify(valueAt(design, path)) ?? ''),
    // A share of a size goes up to the next size that there is: 1/5 of 2 vCPU is the same task as 1/4. The note has it as written.
    ...(design !== undefined && statements.some(({ path }) => /^sizes\.\w+$/.test(path))
      ? [JSON.stringify(design.cost.environments)]
      : []),
    String(number),
  ].join('\n');

/** Whether a problem is at a line, names it, or lies beside it in its section: of two figures that disagree either may be wrong. */
export const isNamed = ({ number, section }: Line, { lines, problems }: ReadResult): boolean =>
  problems.some(
    ({ line, message, forgivable }) =>
      !forgivable &&
      (line === number || lines[line - 1]?.section === section || new RegExp(`line ${number}\\b`).test(message.en)),
  );
