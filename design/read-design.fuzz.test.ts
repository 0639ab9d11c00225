// Thousands of spoilt documents: whatever is done to one, it is read or refused with reasons, and never brings the reader down.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { form } from './grammar/testing/sections.ts';
import { readDesign } from './read-design.ts';
import { ownDocument } from './testing/documents.ts';
import { mutations } from './testing/mutations.ts';

/** As many again in read-design.figures.fuzz.test.ts, beside this one; `FUZZ_RUNS=5000 npx vitest run design` tries 10,000. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 1000);
const source = (form ?? ownDocument).split('\n');

const unfit: readonly string[] = ['file-too-large', 'nested-too-deep', 'empty-file', 'binary-file'];

test('a spoilt document is read or refused, with every line accounted for', () => {
  let read = 0;
  fc.assert(
    fc.property(mutations, (list) => {
      const text = list.reduce<readonly string[]>((lines, mutate) => mutate(lines), source).join('\n');
      const { design, lines, problems } = readDesign(text, { lenient: true });
      const [first] = problems;
      // What is no document at all has no lines that could be told apart.
      if (first !== undefined && unfit.includes(first.code)) {
        const place = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)[first.line - 1];
        return design === undefined && lines.length === 0 && place?.startsWith(first.text) === true;
      }
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
