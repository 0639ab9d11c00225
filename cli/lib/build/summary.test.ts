import { expect, test } from 'vitest';
import type { Verdict } from '../../../proof/judges/verdict.ts';
import { lastLine } from './summary.ts';

/** The last line of a build in which the lines have these verdicts in its environments. */
const told = (...lines: readonly (readonly Verdict[])[]) =>
  lastLine(
    {
      statements: lines.flatMap((verdicts, line) => verdicts.map((verdict) => ({ line, verdict }))),
      criteria: [],
      assumptions: [],
    },
    'en',
  );

test.each<[string, readonly Verdict[], string]>([
  ['holds where it binds', ['pass', 'not-applicable'], '1 hold, 0 do not, 0 not told, 0 not applicable'],
  [
    'does not hold where it fails once',
    ['pass', 'unresolved', 'fail'],
    '0 hold, 1 do not, 0 not told, 0 not applicable',
  ],
  [
    'is not told where one environment is not',
    ['pass', 'not-judged'],
    '0 hold, 0 do not, 1 not told, 0 not applicable',
  ],
  ['is not told before it has run', ['needs-runtime'], '0 hold, 0 do not, 1 not told, 0 not applicable'],
  ['does not apply where it binds nowhere', ['not-applicable'], '0 hold, 0 do not, 0 not told, 1 not applicable'],
])('a line %s', (_, verdicts, counts) => {
  expect(told(verdicts)).toBe(`1 lines with statements: ${counts}; nothing assumed`);
});
