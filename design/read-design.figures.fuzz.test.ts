// A figure that is changed in the document is changed in the design, or its line is refused: it is never read as what it was.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { form } from './grammar/testing/sections.ts';
import type { Line } from './lines.ts';
import { type ReadResult, readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';

/** As many again in read-design.fuzz.test.ts. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 1000);
const text = form ?? ownDocument;
const source = text.split('\n');
const original = readDesign(text, { lenient: true });

interface Figure {
  readonly line: Line;
  /** Where its digits are in the line. */
  readonly start: number;
  readonly digits: string;
}

/** The digits of input lines that are no part of a name such as `S3`, `gp3` or `r6g`. */
const figures: readonly Figure[] = original.lines
  .filter(({ statements }) => statements.some(({ kind }) => kind === 'input'))
  .flatMap((line) =>
    [...line.text.matchAll(/(?<![A-Za-z\d])\d+/g)].map((match) => ({ line, start: match.index, digits: match[0] })),
  );

/** Other digits in the place of some: one more or less, half, a figure of as many digits, one with a digit more. */
const otherDigits = (digits: string): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom(Number(digits) + 1, Math.max(0, Number(digits) - 1), Math.floor(Number(digits) / 2)),
      fc.integer({ min: 0, max: 10 ** digits.length - 1 }),
      fc.integer({ min: 0, max: 9 }).map((digit) => Number(`${digits}${digit}`)),
    )
    .map(String)
    .filter((other) => Number(other) !== Number(digits));

const changes = fc
  .constantFrom(...figures)
  .chain((figure) => otherDigits(figure.digits).map((digits) => ({ figure, digits })));

const valueAt = (value: unknown, path: string): string =>
  JSON.stringify(
    path
      .split('.')
      .reduce<unknown>(
        (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
        value,
      ),
  ) ?? '';

/** What a line is read as, in all the places of the design that it speaks of. */
const readingOf = ({ number, statements }: Line, { design }: ReadResult): string =>
  [
    ...statements.map(({ path }) => valueAt(design, path)),
    // A share of a size goes up to the next size that there is: 1/5 of 2 vCPU is the same task as 1/4. The note has it as written.
    ...(design !== undefined && statements.some(({ path }) => /^sizes\.\w+$/.test(path))
      ? [JSON.stringify(design.cost.environments)]
      : []),
    String(number),
  ].join('\n');

/** The problems that are at a line, name it, or lie beside it in its section: of two figures that disagree either may be wrong. */
const isNamed = ({ number, section }: Line, { lines, problems }: ReadResult): boolean =>
  problems.some(
    ({ line, message, forgivable }) =>
      !forgivable &&
      (line === number || lines[line - 1]?.section === section || new RegExp(`line ${number}\\b`).test(message.en)),
  );

test('a changed figure is read as changed, or refused', () => {
  expect(figures.length).toBeGreaterThan(150);
  let read = 0;
  fc.assert(
    fc.property(changes, ({ figure: { line, start, digits: old }, digits }) => {
      const changed = `${line.text.slice(0, start)}${digits}${line.text.slice(start + old.length)}`;
      const result = readDesign(source.with(line.number - 1, changed).join('\n'), { lenient: true });
      if (result.design === undefined) return isNamed(line, result);
      read += 1;
      return readingOf(line, result) !== readingOf(line, original);
    }),
    { numRuns, seed: 20_261_125 },
  );
  expect(read).toBeGreaterThan(numRuns / 5);
}, 600_000);
