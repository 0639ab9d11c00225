// Thousands of spoilt documents: whatever is done to one, it is read or refused with reasons, and never brings the reader down.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { form } from './grammar/testing/sections.ts';
import { readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';
import { mutations } from './testing/mutations.ts';

/** With the figures of read-design.figures.fuzz.test.ts these are 10,000; two files, so that they run beside one another. */
const numRuns = 5000;
const source = (form ?? ownDocument).split('\n');

test('a spoilt document is read or refused, with every line accounted for', () => {
  let read = 0;
  fc.assert(
    fc.property(mutations, (list) => {
      const text = list.reduce<readonly string[]>((lines, mutate) => mutate(lines), source).join('\n');
      const { design, lines, problems } = readDesign(text, { lenient: true });
      if (lines.map((line) => line.text).join('\n') !== text.replace(/^\uFEFF/, '')) return false;
      if (problems.some(({ line, text: found }) => lines[line - 1]?.text !== found)) return false;
      if (design !== undefined) read += 1;
      // Refused if and only if something is said that is not forgiven; and a line that is not understood is never let pass.
      const refused = problems.some(({ forgivable }) => !forgivable);
      if (lines.some(({ kind }) => kind === 'unknown') && !refused) return false;
      return (design === undefined) === refused;
    }),
    { numRuns, seed: 20_261_125 },
  );
  // Neither all nor none: mutations that only ever break a document would test half of the reader.
  expect(read).toBeGreaterThan(numRuns / 20);
  expect(read).toBeLessThan(numRuns);
}, 600_000);

test('any text at all is read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(readDesign(text).design).toBeUndefined();
      expect(readDesign(`---\n${text}\n---\n# ${text}\n`).problems).not.toEqual([]);
    }),
    { numRuns: 500, seed: 20_261_125 },
  );
});
