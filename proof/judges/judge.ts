// The judge engine: what a judge is asked, what it may answer, and the one verdict that follows from it. Statements of the document and
// acceptance criteria are judged by the same thing.
import { alternativesOf } from '../../assembly/alternatives.ts';
import type { graphsOfEnvironment } from '../../assembly/environments.ts';
import type { Assembly, ConditionValue, Stack } from '../../assembly/graph.ts';
import type { Statement } from '../../design/lines.ts';
import type { Said } from '../../design/messages/said.ts';
import type { Criterion, Design, Environment } from '../../design/schema.ts';
import type { RuntimeResult } from './runtime-results.ts';
import type { Evidence, Observation, Verdict } from './verdict.ts';
import { said } from './words/evidence.ts';

export type { Evidence, Observation, Verdict } from './verdict.ts';

/** Why there is no verdict; English alone where it comes from elsewhere. */
export type Reason = Said | string;

/** What every judge is asked about. */
export interface JudgeCase {
  /** Stacks and resources of the environment in the design's own region, with those of no known region. */
  readonly graph: Assembly;
  /** Stacks and resources of the environment in every region. */
  readonly everywhere: Assembly;
  /** Every environment that was built: one trail may serve them all. */
  readonly whole: Assembly;
  readonly design: Design;
  readonly environment: Environment;
  /** Whether the design is the platform's own. Without a document the form's figures are expected, but nobody's names. */
  readonly documented: boolean;
  /** What was observed of a platform built from these very templates. */
  readonly runtime: readonly RuntimeResult[];
  /** The tree that the platform was built from, for claims about its files. */
  readonly repository?: string;
}

/** A line of the document. */
export interface StatementCase extends JudgeCase {
  readonly statement: Statement;
  /** The numbers in the statement's path, in order: `network.subnets.0.uses.1` gives `[0, 1]`. */
  readonly indices: readonly number[];
}

export interface CriterionCase extends JudgeCase {
  readonly criterion: Criterion;
}

/** The statement does not bind this design or environment. */
interface NotApplicable {
  readonly notApplicable: Reason;
  /** The templates have none of what the criterion is about. */
  readonly isNone?: true;
  /** The document states something that follows from its other figures, and it does not: nothing is built from it. */
  readonly differs?: true;
}

/** There is nothing honest to observe yet; what was seen on the way may still show that the statement fails. */
interface NotJudged {
  readonly notJudged: Reason;
  readonly evidence?: readonly Observation[];
  /** The judge itself failed, which is an error of the run. */
  readonly judgeFailed?: true;
}

/** The templates are right as far as was seen; whether the platform behaves so only a running one can show. */
interface NeedsRuntime {
  readonly needsRuntime: Reason;
  readonly evidence: readonly Observation[];
}

export type Finding = readonly Observation[] | NotApplicable | NotJudged | NeedsRuntime;

export interface Judge<Case extends JudgeCase> {
  /** Id of the ADR that says how the sentence is read, or why the platform is not as the document has it. */
  readonly deviation?: string | ((judgeCase: Case) => string | undefined);
  /** Said beside the evidence of a failure that has one known reason. */
  readonly reason?: (judgeCase: Case) => Reason | undefined;
  judge(judgeCase: Case): Finding | Promise<Finding>;
}

export interface StatementJudge extends Judge<StatementCase> {
  /** Requirement id, e.g. `NET-2`; a function where one pattern serves several requirements. */
  readonly id: string | ((judgeCase: StatementCase) => string);
  /** Pattern over design paths: `*` stands for one index or key, e.g. `network.subnets.*.cidr`. */
  readonly path: string;
  /** Whether it looks at files of the source tree and not at templates. */
  readonly ofFiles?: true;
  judge(judgeCase: StatementCase): Finding;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Why there is no verdict, or why the statement does not apply. */
  readonly reason?: Reason;
  /** There is no verdict since the judge itself failed. */
  readonly judgeFailed?: true;
  /** It does not apply since nothing is built from it, and what the document states there is not what follows from its other figures. */
  readonly differs?: true;
  readonly deviation?: string;
}

/** The case of a graph: whoever judges asks it for each way in which the conditions of the templates can come out. */
export type CaseOf<Case> = (graph: Assembly) => Case;

/** A part of a graph that is judged as an environment's: everywhere, and at home. */
export type EnvironmentGraphs = ReturnType<typeof graphsOfEnvironment>;

/** The one verdict of a judge over every way in which the conditions of the templates can come out: a pass passes in all of them. */
export function judged<Case extends JudgeCase>(
  judge: Judge<Case>,
  graph: Assembly,
  caseOf: CaseOf<Case>,
): Judgement | Promise<Judgement> {
  const ways = waysOf(graph, caseOf);
  const findings = ways.map(({ judgeCase }) => judge.judge(judgeCase));
  const settled = findings.filter((finding): finding is Finding => !(finding instanceof Promise));
  return settled.length === findings.length
    ? folded(judge, ways, settled)
    : Promise.all(findings).then((answers) => folded(judge, ways, answers));
}

/** As `judged`, for judges that answer at once. */
export const judgedNow = (judge: StatementJudge, graph: Assembly, caseOf: CaseOf<StatementCase>): Judgement => {
  const ways = waysOf(graph, caseOf);
  return folded(
    judge,
    ways,
    ways.map(({ judgeCase }) => judge.judge(judgeCase)),
  );
};

const waysOf = <Case extends JudgeCase>(graph: Assembly, caseOf: CaseOf<Case>) =>
  alternativesOf(graph).map(({ graph: way, answers }) => ({ judgeCase: caseOf(way), answers }));

const folded = <Case extends JudgeCase>(
  judge: Judge<Case>,
  ways: readonly { readonly judgeCase: Case; readonly answers: readonly ConditionValue[] }[],
  findings: readonly Finding[],
): Judgement =>
  fold(
    ways.map(({ judgeCase, answers }, index) => ({
      answers,
      judgement: withReason(judge, judgeCase, judgementOf(findings[index] ?? [], judgeCase.whole.stacks)),
    })),
  );

function withReason<Case extends JudgeCase>(judge: Judge<Case>, judgeCase: Case, judgement: Judgement): Judgement {
  const reason = judgement.verdict === 'fail' ? judge.reason?.(judgeCase) : undefined;
  const deviation = typeof judge.deviation === 'function' ? judge.deviation(judgeCase) : judge.deviation;
  return {
    ...judgement,
    ...(reason === undefined ? {} : { reason }),
    ...(deviation === undefined ? {} : { deviation }),
  };
}

/** Any failure fails; else anything unresolved leaves the whole unresolved; a pass needs evidence. */
export function judgementOf(finding: Finding, stacks: readonly Stack[] = []): Judgement {
  if ('notApplicable' in finding) {
    const { notApplicable: reason, differs } = finding;
    return { verdict: 'not-applicable', evidence: [], reason, ...(differs && { differs }) };
  }
  const evidence = evidenceIn(finding).map(
    ({ resource, logicalId, stack, template = templateOf(stacks, stack), ...seen }) =>
      ({ resource, logicalId, stack, template, ...seen }) satisfies Evidence,
  );
  if (evidence.some(({ verdict }) => verdict === 'fail')) return { verdict: 'fail', evidence };
  if ('notJudged' in finding) {
    const { notJudged: reason, judgeFailed } = finding;
    return { verdict: 'not-judged', evidence, reason, ...(judgeFailed && { judgeFailed }) };
  }
  if (evidence.some(({ verdict }) => verdict === 'unresolved')) return { verdict: 'unresolved', evidence };
  // A judge that looked and found nothing must say so; one that says nothing has not looked.
  if (evidence.length === 0) return { verdict: 'not-judged', evidence, reason: said.noEvidence };
  if ('needsRuntime' in finding) return { verdict: 'needs-runtime', evidence, reason: finding.needsRuntime };
  return { verdict: 'pass', evidence };
}

/** What a finding has seen, whatever comes of it. */
export function evidenceIn(finding: Finding): readonly Observation[] {
  if ('notApplicable' in finding) return [];
  return 'notJudged' in finding || 'needsRuntime' in finding ? (finding.evidence ?? []) : finding;
}

const templateOf = (stacks: readonly Stack[], stack: string) =>
  stacks.find(({ id }) => id === stack)?.templateFile ?? '';

interface AlternativeJudgement {
  readonly answers: readonly ConditionValue[];
  readonly judgement: Judgement;
}

/** The same verdict in every way is the verdict; else it hangs on the conditions, and the reason says how. */
function fold(ways: readonly AlternativeJudgement[]): Judgement {
  const [first] = ways;
  if (first === undefined) return { verdict: 'unresolved', evidence: [], reason: said.tooManyConditions };
  const failed = ways.find(({ judgement }) => judgement.judgeFailed);
  if (failed !== undefined) return failed.judgement;
  if (ways.length === 1) return first.judgement;
  const seen = ways.flatMap(({ judgement }) => judgement.evidence);
  const evidence = [...new Map(seen.map((one) => [JSON.stringify(one), one])).values()];
  const { verdict, deviation } = first.judgement;
  if (ways.every(({ judgement }) => judgement.verdict === verdict)) return { ...first.judgement, evidence };
  const told = ways.slice(0, shownWays).map(({ answers, judgement }) => ({ answers, verdict: judgement.verdict }));
  return {
    verdict: 'unresolved',
    evidence,
    reason: said.hangsOnConditions({ ways: told }),
    deviation,
  };
}

/** As many ways are told as a person reads; the evidence is of all. */
const shownWays = 4;
