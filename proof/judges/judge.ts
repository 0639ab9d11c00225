// The judge engine: what a judge is asked, what it may answer, and the one verdict that follows from its evidence. Statements of the
// document and acceptance criteria are judged by the same thing.
import type { Assembly } from '../../assembly/graph.ts';
import type { Statement } from '../../design/lines.ts';
import type { Design, Environment } from '../../design/schema.ts';

export type Verdict = 'pass' | 'fail' | 'not-applicable' | 'needs-runtime' | 'unresolved' | 'not-judged';

/** One property looked at. */
export interface Evidence {
  /** Construct path; empty when the finding is that there is no such resource. */
  readonly resource: string;
  readonly logicalId: string;
  /** Stack id. */
  readonly stack: string;
  /** Template file, relative to the assembly; for a claim about the source tree, that file. */
  readonly template: string;
  /** JSON pointer within the template; empty for the file as a whole. */
  readonly property: string;
  readonly observed: unknown;
  readonly expected: unknown;
  readonly verdict: 'pass' | 'fail' | 'unresolved';
}

/** What a statement is judged on. */
export interface JudgeCase {
  /** Stacks and resources of the environment in the design's own region. */
  readonly graph: Assembly;
  /** Stacks and resources of the environment in every region. */
  readonly everywhere: Assembly;
  readonly design: Design;
  readonly environment: Environment;
  /** The numbers in the statement's path, in order: `network.subnets.0.uses.1` gives `[0, 1]`. */
  readonly indices: readonly number[];
  readonly statement: Statement;
  /** The tree that the platform was built from, for claims about its files. */
  readonly repository?: string;
}

/** The statement does not bind this design or environment. */
interface NotApplicable {
  readonly notApplicable: string;
}

/** There is nothing honest to observe yet; what was seen on the way may still show that the statement fails. */
interface NotJudged {
  readonly notJudged: string;
  readonly evidence?: readonly Evidence[];
  /** The judge itself failed, which is an error of the run. */
  readonly judgeFailed?: true;
}

export type Finding = readonly Evidence[] | NotApplicable | NotJudged;

/** The templates are right as far as was seen; whether the platform behaves so only a running one can show. */
interface NeedsRuntime {
  readonly needsRuntime: string;
  readonly evidence: readonly Evidence[];
}

/** What a judge of a criterion finds: some criteria are about behaviour. */
export type CriterionFinding = Finding | NeedsRuntime;

export interface StatementJudge {
  /** Requirement id, e.g. `NET-2`; a function where one pattern serves several requirements. */
  readonly id: string | ((judgeCase: JudgeCase) => string);
  /** Pattern over design paths: `*` stands for one index or key, e.g. `network.subnets.*.cidr`. */
  readonly path: string;
  /** Id of the ADR that says why the platform is not as the document has it, where it is not. */
  readonly deviation?: string | ((judgeCase: JudgeCase) => string | undefined);
  judge(judgeCase: JudgeCase): Finding;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Why there is no verdict, or why the statement does not apply. */
  readonly reason?: string;
  /** There is no verdict since the judge itself failed. */
  readonly judgeFailed?: true;
}

/** Any failure fails; else anything unresolved leaves the whole unresolved; a pass needs evidence. */
export function judgementOf(finding: CriterionFinding): Judgement {
  if ('notApplicable' in finding) return { verdict: 'not-applicable', evidence: [], reason: finding.notApplicable };
  const evidence = 'evidence' in finding ? (finding.evidence ?? []) : 'notJudged' in finding ? [] : finding;
  if (evidence.some(({ verdict }) => verdict === 'fail')) return { verdict: 'fail', evidence };
  if ('notJudged' in finding) {
    const { notJudged: reason, judgeFailed } = finding;
    return { verdict: 'not-judged', evidence, reason, ...(judgeFailed && { judgeFailed }) };
  }
  if (evidence.some(({ verdict }) => verdict === 'unresolved')) return { verdict: 'unresolved', evidence };
  // A judge that looked and found nothing must say so; one that says nothing has not looked.
  if (evidence.length === 0) return { verdict: 'not-judged', evidence, reason: 'the judge found no evidence' };
  if ('needsRuntime' in finding) return { verdict: 'needs-runtime', evidence, reason: finding.needsRuntime };
  return { verdict: 'pass', evidence };
}
