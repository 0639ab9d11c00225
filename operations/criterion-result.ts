// What a run says of a criterion.
import type { Said } from '../design/messages/said.ts';
import type { CriterionId } from './figures.ts';
import { said } from './words.ts';

export interface CriterionResult {
  readonly id: CriterionId;
  readonly verdict: 'pass' | 'fail' | 'not-judged';
  /** As measured: `p95 41 ms`. */
  readonly observed: Said;
  /** As the document has it; why there is no verdict, where there is none. */
  readonly expected: Said;
}

/** A verdict where the document gives the figure; `not-judged` where its sentence holds none. */
export function judge(
  id: CriterionId,
  figure: number | undefined,
  observed: Said,
  expected: (figure: number) => Said,
  holds: (figure: number) => boolean,
): CriterionResult {
  if (figure === undefined)
    return { id, verdict: 'not-judged', observed, expected: said.nothingMeasurable({ criterion: id }) };
  return { id, verdict: holds(figure) ? 'pass' : 'fail', observed, expected: expected(figure) };
}
