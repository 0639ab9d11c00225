// A figure that is changed in the document is changed in the design, or its line is refused: it is never read as what it was.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { form } from './grammar/testing/sections.ts';
import { readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';
import { figuresOf, isNamed, otherDigits, readingOf, withDigits } from './testing/figures.ts';

/** As many again in read-design.fuzz.test.ts. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 1000);
const text = form ?? ownDocument;
const source = text.split('\n');
const original = readDesign(text, { lenient: true });
const figures = figuresOf(original);

const changes = fc
  .constantFrom(...figures)
  .chain((figure) => otherDigits(figure).map((digits) => ({ figure, digits })));

test('a changed figure is read as changed, or refused', () => {
  expect(figures.length).toBeGreaterThan(150);
  let read = 0;
  fc.assert(
    fc.property(changes, ({ figure, digits }) => {
      const { line } = figure;
      const changed = source.with(line.number - 1, withDigits(figure, digits)).join('\n');
      const result = readDesign(changed, { lenient: true });
      if (result.design === undefined) return isNamed(line, result);
      read += 1;
      return readingOf(line, result) !== readingOf(line, original);
    }),
    { numRuns, seed: 20_261_125 },
  );
  expect(read).toBeGreaterThan(numRuns / 5);
}, 600_000);
