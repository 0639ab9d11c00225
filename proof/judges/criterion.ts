// What an acceptance criterion is judged by. Criteria and statements share one engine (../judge.ts); a criterion differs in that it
// speaks of every region at once, states its own figures in words, and may need to be watched at run time.

import type { Assembly } from '../../assembly/graph.ts';
import { unknownContents } from '../../assembly/questions/unknown-contents.ts';
import { perEnvironment } from '../../design/environments.ts';
import type { Said } from '../../design/messages/said.ts';
import { type DemandedPart, demands } from '../../design/parts.ts';
import type { Subject } from '../../design/words/sentence.ts';
import type { CriterionCase, Finding, Judge, Observation } from './judge.ts';
import { missing, on } from './on.ts';
import { figures, said } from './words/criteria.ts';

export type { CriterionCase } from './judge.ts';

export interface CriterionJudge extends Judge<CriterionCase> {
  /** Id in the document, e.g. `AC-SEC-1`. */
  readonly id: string;
  /**
   * What its sentence must speak of. An id alone says little: a document may put another sentence under it, and then nothing here
   * may claim to have judged it.
   */
  readonly about: readonly Subject[];
  /** What it is about: a document that has any of it wants templates that have it too. */
  readonly of: readonly DemandedPart[];
  /** Whether it looks at functions, their roles or what calls them, which a template may also have the Serverless Application Model make. */
  readonly ofFunctions?: true;
}

type OfFunctions = Pick<CriterionJudge, 'ofFunctions'>;

/** What may be in modules and nested templates that nobody has read, each as evidence that something is not known. */
const unknownEvidence = (graph: Assembly, { ofFunctions }: OfFunctions): readonly Observation[] =>
  unknownContents(graph)
    .filter(({ kind }) => kind === 'anything' || ofFunctions)
    .map(({ resource }) =>
      on(resource).holds(undefined, {
        expected: said.knownContents,
        observed: said.unknownContents({ type: resource.type }),
      }),
    );

/** There is nothing of the kind that the criterion speaks of, as far as the templates hold what is built; else `withUnknown` says what they do not. */
export const noneOf = (graph: Assembly, reason: Said, scope: OfFunctions = {}): Finding =>
  unknownEvidence(graph, scope).length === 0 ? { notApplicable: reason, isNone: true } : [];

/** Where the document has what the templates have none of, they are not what it says. */
export function withDemands(finding: Finding, { of }: CriterionJudge, criterionCase: CriterionCase): Finding {
  const { design, environment, documented } = criterionCase;
  if (!documented || !('isNone' in finding) || !of.some((part) => demands(design, environment, part))) return finding;
  const observed = typeof finding.notApplicable === 'string' ? said.unsaid : finding.notApplicable;
  return [{ ...missing(said.partOfDocument), observed }];
}

/** A finding with what the templates do not hold: that may be wrong, or be just what was missed. */
export function withUnknown(finding: Finding, graph: Assembly, scope: OfFunctions): Finding {
  const unknown = unknownEvidence(graph, scope);
  if (unknown.length === 0 || 'notApplicable' in finding || 'notJudged' in finding) return finding;
  const mayHoldMissing = unknownContents(graph).some(({ kind }) => kind === 'anything');
  const join = (evidence: readonly Observation[]) => [
    ...evidence.map((one) =>
      mayHoldMissing && one.resource === '' && one.verdict === 'fail'
        ? { ...one, verdict: 'unresolved' as const }
        : one,
    ),
    ...unknown,
  ];
  return 'needsRuntime' in finding ? { ...finding, evidence: join(finding.evidence) } : join(finding);
}

/** A sentence that does not state its figure as we can read it. */
export const unread = (figure: keyof typeof figures) => ({
  notJudged: said.unreadFigure({ figure: figures[figure] }),
});

/** Whether an environment is in the document in one zone only, so that what asks for several does not bind it. */
export function oneZoneIsEnough({ design, environment }: CriterionCase): boolean {
  return !perEnvironment(design.multiAz, environment) && perEnvironment(design.sizes, environment).task.minimum < 2;
}
