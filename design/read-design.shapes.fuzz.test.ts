// The project's document in other shapes gives the same design, every line accounted for; a fault in any of them is refused or read.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Line } from './lines.ts';
import { type ReadResult, readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';
import { figuresOf, isNamed, otherDigits, readingOf, withDigits } from './testing/figures.ts';
import { inShape, type Shape, shapes } from './testing/shapes.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000) / 10;
const seed = Number(process.env.FUZZ_SEED ?? 20_261_201);
const own = readDesign(ownDocument);

/** What the lines state between them, whichever line states it. */
const statedBy = (lines: readonly Line[]): string[] =>
  lines.flatMap(({ statements }) => statements.map((statement) => JSON.stringify(statement))).toSorted();
const stated = statedBy(own.lines);

const readings = new Map<string, { readonly text: string; readonly original: ReadResult }>();
/** The document in a shape and what is read of it, which the tests below share as they try the same shapes. */
function readIn(shape: Shape): { readonly text: string; readonly original: ReadResult } {
  const key = JSON.stringify(shape);
  const known = readings.get(key);
  if (known !== undefined) return known;
  const text = inShape(ownDocument, shape);
  const reading = { text, original: readDesign(text) };
  // What is read of a document takes a megabyte.
  if (readings.size < 200) readings.set(key, reading);
  return reading;
}

const withLine = (text: string, number: number, instead: string): string =>
  text
    .split('\n')
    .with(number - 1, instead)
    .join('\n');

/** A shape, and two numbers that choose a place in the document and what is put there. */
const faults = fc.tuple(shapes, fc.nat(), fc.nat());

test('another shape says the same', () => {
  fc.assert(
    fc.property(faults, ([shape]) => {
      const { text, original } = readIn(shape);
      const { design, lines, problems } = original;
      expect(problems.map(({ line, code, text: found, message }) => `${line} ${code} ${found} ${message.en}`)).toEqual(
        [],
      );
      expect(design).toEqual(own.design);
      expect(lines.map((line) => line.text).join('\n')).toBe(text);
      expect(lines.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      expect(statedBy(lines)).toEqual(stated);
    }),
    { numRuns, seed },
  );
}, 600_000);

test('a changed figure is read as changed, or refused, in any shape', () => {
  let read = 0;
  fc.assert(
    fc.property(faults, ([shape, which, seedOfDigits]) => {
      const { text, original } = readIn(shape);
      const figures = figuresOf(original);
      const figure = figures[which % figures.length];
      if (figure === undefined) return false;
      const { line } = figure;
      const [digits = ''] = fc.sample(otherDigits(figure), { numRuns: 1, seed: seedOfDigits });
      const result = readDesign(withLine(text, line.number, withDigits(figure, digits)));
      if (result.design === undefined) return isNamed(line, result);
      read += 1;
      return readingOf(line, result) !== readingOf(line, original);
    }),
    { numRuns, seed },
  );
  expect(read).toBeGreaterThan(numRuns / 10);
}, 600_000);

test('a letter that is exchanged is read, or its line refused, in any shape', () => {
  fc.assert(
    fc.property(faults, ([shape, which, where]) => {
      const { text, original } = readIn(shape);
      const lines = original.lines.filter(
        // What an endpoint is for is said to people alone.
        ({ section, statements }) => statements.length > 0 && !/endpoints/i.test(section) && section !== '',
      );
      const line = lines[which % lines.length];
      if (line === undefined) return false;
      const letters = [...line.text.matchAll(/[^\s|]/g)].map(({ index }) => index);
      const at = letters[where % letters.length] ?? 0;
      const spoilt = `${line.text.slice(0, at)}ж${line.text.slice(at + 1)}`;
      const result = readDesign(withLine(text, line.number, spoilt));
      // A letter in the box of a criterion, `[ж]`, is what a placeholder looks like: such a line is named as one.
      if (result.design === undefined)
        return isNamed(line, result) || result.problems.some((one) => one.line === line.number || !one.forgivable);
      return JSON.stringify(result.design) !== JSON.stringify(original.design);
    }),
    { numRuns, seed },
  );
}, 600_000);
