// What an acceptance criterion is judged on. Criteria and statements share one engine (../judge.ts); a criterion differs in that it
// speaks of every region at once, states its own figures in words, and may need to be watched at run time.
import type { Assembly } from '../../../assembly/graph.ts';
import type { Criterion, Design, Environment } from '../../../design/schema.ts';
import type { Subject } from '../../../design/words/sentence.ts';
import type { CriterionFinding } from '../judge.ts';
import type { RuntimeResult } from './runtime-results.ts';

export interface CriterionCase {
  /** Stacks and resources of the environment in every region. */
  readonly everywhere: Assembly;
  /** Those in the design's own region, with those of no known region. */
  readonly graph: Assembly;
  /** Every environment that was built: one trail may serve them all. */
  readonly whole: Assembly;
  readonly design: Design;
  readonly environment: Environment;
  readonly criterion: Criterion;
  /** Whether the design is the platform's own. Without a document the form's figures are expected, but nobody's names. */
  readonly documented: boolean;
  /** What was observed of a platform built from these very templates. */
  readonly runtime: readonly RuntimeResult[];
}

export interface CriterionJudge {
  /** Id in the document, e.g. `AC-SEC-1`. */
  readonly id: string;
  /**
   * What its sentence must speak of. An id alone says little: a document may put another sentence under it, and then nothing here
   * may claim to have judged it.
   */
  readonly about: readonly Subject[];
  /** Id of the ADR that says how the sentence is read, where it is not read to the letter. */
  readonly deviation?: (criterionCase: CriterionCase) => string | undefined;
  /** Said beside the evidence of a failure that has one known reason. */
  readonly reason?: (criterionCase: CriterionCase) => string | undefined;
  judge(criterionCase: CriterionCase): CriterionFinding | Promise<CriterionFinding>;
}

/** A sentence that does not state its figure as we can read it. */
export const unread = (figure: string) => ({
  notJudged: `the sentence does not state ${figure} in a way that is understood`,
});

/** Whether an environment is in the document in one zone only, so that what asks for several does not bind it. */
export function oneZoneIsEnough({ design, environment }: CriterionCase): boolean {
  return !design.multiAz[environment] && design.sizes[environment].task.minimum < 2;
}
