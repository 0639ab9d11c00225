// What an acceptance criterion is judged by. Criteria and statements share one engine (../judge.ts); a criterion differs in that it
// speaks of every region at once, states its own figures in words, and may need to be watched at run time.
import { perEnvironment } from '../../../design/environments.ts';
import type { Subject } from '../../../design/words/sentence.ts';
import type { CriterionCase, Judge } from '../judge.ts';

export type { CriterionCase } from '../judge.ts';

export interface CriterionJudge extends Judge<CriterionCase> {
  /** Id in the document, e.g. `AC-SEC-1`. */
  readonly id: string;
  /**
   * What its sentence must speak of. An id alone says little: a document may put another sentence under it, and then nothing here
   * may claim to have judged it.
   */
  readonly about: readonly Subject[];
}

/** A sentence that does not state its figure as we can read it. */
export const unread = (figure: string) => ({
  notJudged: `the sentence does not state ${figure} in a way that is understood`,
});

/** Whether an environment is in the document in one zone only, so that what asks for several does not bind it. */
export function oneZoneIsEnough({ design, environment }: CriterionCase): boolean {
  return !perEnvironment(design.multiAz, environment) && perEnvironment(design.sizes, environment).task.minimum < 2;
}
