import { describe, expect, test } from 'vitest';
import type { ReportLine, ReportVerdict } from './report-data.ts';
import { lineState } from './state.ts';

const verdict = (word: ReportVerdict['verdict'], more: Partial<ReportVerdict> = {}): ReportVerdict => ({
  environment: 'production',
  verdict: word,
  evidence: [],
  ...more,
});
const line = (...verdicts: readonly ReportVerdict[]): ReportLine => ({
  number: 1,
  text: '',
  kind: 'statement',
  statements: verdicts.map((one) => ({ kind: 'input', path: 'region', verdicts: [one] })),
});

describe('the gravest of a line’s verdicts says what becomes of it', () => {
  test.each([
    { verdicts: [verdict('pass'), verdict('pass')], state: 'carried' },
    { verdicts: [verdict('pass'), verdict('not-judged')], state: 'open' },
    { verdicts: [verdict('pass'), verdict('needs-runtime')], state: 'open' },
    { verdicts: [verdict('pass'), verdict('unresolved')], state: 'open' },
    { verdicts: [verdict('pass'), verdict('not-applicable')], state: 'carried' },
    { verdicts: [verdict('not-applicable')], state: 'unbound' },
    { verdicts: [verdict('pass', { deviation: 'ADR-009' }), verdict('not-judged')], state: 'deviation' },
    { verdicts: [verdict('fail', { deviation: 'ADR-009' }), verdict('pass')], state: 'failed' },
    { verdicts: [verdict('fail', { environment: 'staging' }), verdict('pass')], state: 'carried' },
    { verdicts: [verdict('fail', { environment: 'staging' })], state: 'unbound' },
  ] as const)('$state', ({ verdicts, state }) => {
    expect(lineState(line(...verdicts), ['production'])).toBe(state);
  });

  test('what says nothing is prose', () => {
    expect(lineState({ number: 1, text: '## 概要', kind: 'heading' }, ['production'])).toBe('prose');
  });
});
