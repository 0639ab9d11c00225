// How verdicts of a run look on a terminal.
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { CriterionResult } from '../../../operations/criterion-result.ts';
import { print } from '../output.ts';
import type { OperationsMessages } from './messages.ts';

/** One line for each: `AC-PERF-1  pass  p95 41 ms  (expected p95 ≤ 1000 ms)`. */
export function printCriteria(criteria: readonly CriterionResult[], say: OperationsMessages, lang: Language): void {
  for (const { id, verdict, observed, expected } of criteria)
    print(
      `${id}  ${say.verdicts[verdict]}  ${inLanguage(observed, lang)}  (${say.expected} ${inLanguage(expected, lang)})`,
    );
}
