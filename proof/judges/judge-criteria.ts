// Judges every acceptance criterion of a document, for each environment.

import { environmentOf, graphsOfEnvironment, partOf } from '../../assembly/environments.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { environmentKeys } from '../../design/environments.ts';
import type { Line } from '../../design/lines.ts';
import type { Said } from '../../design/messages/said.ts';
import type { Criterion, Design, Environment } from '../../design/schema.ts';
import { unreadIn } from '../../design/words/criterion-words.ts';
import { type CriterionJudge, withDemands, withUnknown } from './criterion.ts';
import { criterionJudges } from './criterion-judges.ts';
import { type CaseOf, type CriterionCase, type Finding, type Judgement, judged } from './judge.ts';
import type { RuntimeResult } from './runtime-results.ts';
import { subjectNames } from './words/subjects.ts';
import { said } from './words/verdicts.ts';

export interface CriterionVerdict extends Judgement {
  readonly id: string;
  /** Line of the document, from 1; 0 when there is no document. */
  readonly line: number;
  /** The document's heading above it. */
  readonly group: string;
  /** EARS pattern. */
  readonly pattern: Criterion['pattern'];
  readonly text: string;
  readonly environment: Environment;
}

export interface CriteriaInput {
  readonly graph: Assembly;
  readonly design: Design;
  readonly lines: readonly Line[];
  readonly environments: readonly Environment[];
  /** See `CriterionCase`; true unless said. */
  readonly documented?: boolean;
  /** The environment's stacks in every region and in the design's own; by the names of the stacks unless said. */
  readonly graphsOfEnvironment?: typeof graphsOfEnvironment;
  readonly runtimeOf?: (environment: Environment) => readonly RuntimeResult[];
  /** Judges of a team's own criteria. */
  readonly further?: readonly CriterionJudge[];
  /** Told how long each judge took, in milliseconds. */
  readonly onJudged?: (id: string, environment: Environment, milliseconds: number) => void;
}

/** One verdict for each criterion and environment, in the document's order. A criterion without a judge is `not-judged`. */
export async function judgeCriteria(input: CriteriaInput): Promise<CriterionVerdict[]> {
  const { graph, design, lines, environments, documented = true, further = [], runtimeOf } = input;
  const judges = new Map([...further, ...criterionJudges].map((judge) => [judge.id, judge]));
  const strays = straysIn(graph, environmentKeys(design));
  const verdicts: CriterionVerdict[] = [];
  for (const [index, criterion] of design.criteria.entries()) {
    const { id, group, pattern, text } = criterion;
    const line = lineOf(lines, `criteria.${index}`);
    for (const environment of environments) {
      const runtime = runtimeOf?.(environment) ?? [];
      const caseOf = (whole: Assembly): CriterionCase => {
        const places = (input.graphsOfEnvironment ?? graphsOfEnvironment)(
          whole,
          environment,
          design.region,
          environmentKeys(design),
        );
        return { ...places, whole, design, environment, criterion, documented, runtime };
      };
      const start = performance.now();
      const judge = judges.get(criterion.id);
      const own = await judgementBy(judge, graph, criterion, caseOf);
      const judgement =
        strays.length === 0
          ? own
          : withStrays(own, await judgementBy(judge, graph, criterion, besides(caseOf, strays)), strays);
      input.onJudged?.(criterion.id, environment, performance.now() - start);
      verdicts.push({ ...{ id, group, pattern, text }, line, environment, ...judgement });
    }
  }
  return verdicts;
}

/** Ids of the stacks that nobody has said an environment of, where others have one: they may be any environment's. */
function straysIn({ stacks }: Assembly, known: readonly Environment[]): readonly string[] {
  const strays = stacks.filter(
    (stack) => stack.tags.Environment === undefined && environmentOf(stack, known) === undefined,
  );
  return strays.length === stacks.length ? [] : strays.map(({ id }) => id);
}

/** The case of an environment to which the stacks belong too. */
const besides =
  (caseOf: CaseOf<CriterionCase>, strays: readonly string[]): CaseOf<CriterionCase> =>
  (whole) => {
    const own = caseOf(whole);
    const joined = ({ stacks }: Assembly) =>
      partOf(whole, ({ id }) => strays.includes(id) || stacks.some((stack) => stack.id === id));
    return { ...own, graph: joined(own.graph), everywhere: joined(own.everywhere) };
  };

/**
 * What is wrong with a stack that may be the environment's is wrong; what is right only together with it hangs on whose it is.
 * @param own the environment's stacks alone
 * @param both with those stacks too
 */
function withStrays(own: Judgement, both: Judgement, strays: readonly string[]): Judgement {
  if (own.verdict === both.verdict || both.verdict === 'fail' || own.judgeFailed) return both;
  const hangs = own.verdict === 'fail' || own.verdict === 'unresolved';
  return hangs ? { ...both, verdict: 'unresolved', reason: said.ofNoEnvironment({ stacks: strays }) } : both;
}

function judgementBy(
  judge: CriterionJudge | undefined,
  graph: Assembly,
  { id, text, subjects }: Criterion,
  caseOf: CaseOf<CriterionCase>,
): Judgement | Promise<Judgement> {
  if (judge === undefined) return notJudged(said.noJudge);
  const silent = judge.about.filter((subject) => !subjects.includes(subject));
  if (silent.length > 0)
    return notJudged(said.otherSubject({ subjects: silent.map((subject) => subjectNames[subject]) }));
  const unread = unreadIn(id, text) ?? [];
  return unread.length > 0
    ? notJudged(said.unreadWords({ words: unread }))
    : judged(withContents(judge), graph, caseOf);
}

/** The judge, which may not pass what stands in no template. */
const withContents = (judge: CriterionJudge): CriterionJudge => ({
  ...judge,
  judge: (criterionCase) => {
    const finding = judge.judge(criterionCase);
    const join = (found: Finding) =>
      withUnknown(withDemands(found, judge, criterionCase), criterionCase.everywhere, judge);
    return finding instanceof Promise ? finding.then(join) : join(finding);
  },
});

const notJudged = (reason: Said): Judgement => ({ verdict: 'not-judged', evidence: [], reason });

const lineOf = (lines: readonly Line[], path: string): number =>
  lines.find(({ statements }) => statements.some((statement) => statement.path === path))?.number ?? 0;
