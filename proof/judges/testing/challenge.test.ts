// Mutants made from evidence: where a verdict passes, the property that it shows is spoilt, and the verdict must notice. `npm run mutants`
// tries all of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNoticed, trials } from './challenge.ts';

const all = await trials();

test('most of what is shown can be spoilt', () => {
  expect(all.length).toBeGreaterThan(450);
});

test('a pass does not outlive the property that it shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...all), async (trial) => {
      const { name, property } = trial;
      expect([name, property, await isNoticed(trial)]).toEqual([name, property, true]);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 120) },
  );
});
