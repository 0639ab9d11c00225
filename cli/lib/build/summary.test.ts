import { expect, test } from 'vitest';
import type { Verdict } from '../../../proof/judges/verdict.ts';
import { lastLine } from './summary.ts';

/** The last line of a build in which one line has these verdicts in its environments. */
const told = (verdicts: readonly Verdict[], problems: readonly { readonly forgiven: boolean }[] = []) =>
  lastLine(
    { statements: verdicts.map((verdict) => ({ line: 1, verdict })), criteria: [], assumptions: [], problems },
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
  expect(told(verdicts)).toBe(`1 line with statements: ${counts}; nothing assumed`);
});

test('what an example stands in for is not passed over', () => {
  expect(told(['pass'], [{ forgiven: true }, { forgiven: true }, { forgiven: false }])).toMatch(
    /; 2 with an example in place of what is not filled in$/,
  );
});
