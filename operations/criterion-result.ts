// What a run says of a criterion.
import type { CriterionId } from './figures.ts';

export interface CriterionResult {
  readonly id: CriterionId;
  readonly verdict: 'pass' | 'fail' | 'not-judged';
  /** As measured, in words: `p95 41 ms, 0 errors`. */
  readonly observed: string;
  /** As the document has it, in words; why there is no verdict, where there is none. */
  readonly expected: string;
}

/** A verdict where the document gives the figure; `not-judged` where its sentence holds none. */
export function judge(
  id: CriterionId,
  figure: number | undefined,
  observed: string,
  expected: (figure: number) => string,
  holds: (figure: number) => boolean,
): CriterionResult {
  if (figure === undefined)
    return { id, verdict: 'not-judged', observed, expected: `the document says nothing measurable under ${id}` };
  return { id, verdict: holds(figure) ? 'pass' : 'fail', observed, expected: expected(figure) };
}
