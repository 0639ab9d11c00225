// The figures that a criterion's sentence holds: the document says how fast is fast enough, so nothing here does.
import type { Design } from '../design/schema.ts';
import type { Figures } from '../design/words/figures.ts';

export type CriterionId = 'AC-PERF-1' | 'AC-PERF-2' | 'AC-PERF-3' | 'AC-REL-3' | 'AC-REL-4';

/** Undefined in a document without the criterion. */
export const figuresOf = (design: Pick<Design, 'criteria'>, id: CriterionId): Figures | undefined =>
  design.criteria.find((criterion) => criterion.id === id)?.figures;
