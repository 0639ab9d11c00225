// Judges every acceptance criterion of a document, for each environment.

import { placesOf } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import type { Line } from '../../../design/lines.ts';
import type { Criterion, Design, Environment } from '../../../design/schema.ts';
import { type Evidence, type Judgement, judgementOf, type Verdict } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { criterionJudges } from './index.ts';
import type { RuntimeResult } from './runtime-results.ts';

export interface CriterionVerdict {
  readonly id: string;
  /** Line of the document, from 1; 0 when there is no document. */
  readonly line: number;
  /** The document's heading above it. */
  readonly group: string;
  /** EARS pattern. */
  readonly pattern: Criterion['pattern'];
  readonly text: string;
  readonly environment: Environment;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Why there is no verdict or it does not apply; of a failure, where there is one known reason. */
  readonly reason?: string;
  /** There is no verdict since a judge of the team's own failed, which is an error of the run. */
  readonly judgeFailed?: true;
  /** ADR that says how the sentence is read, or why the platform is not as it has it. */
  readonly deviation?: string;
}

export interface CriteriaInput {
  readonly graph: Assembly;
  readonly design: Design;
  readonly lines: readonly Line[];
  readonly environments: readonly Environment[];
  /** See `CriterionCase`; true unless said. */
  readonly documented?: boolean;
  /** The environment's stacks in every region and in the design's own; by the names of the stacks unless said. */
  readonly placesOf?: typeof placesOf;
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
  const verdicts: CriterionVerdict[] = [];
  for (const [index, criterion] of design.criteria.entries()) {
    const { id, group, pattern, text } = criterion;
    const line = lineOf(lines, `criteria.${index}`);
    for (const environment of environments) {
      const places = (input.placesOf ?? placesOf)(graph, environment, design.region);
      const runtime = runtimeOf?.(environment) ?? [];
      const criterionCase = { ...places, whole: graph, design, environment, criterion, documented, runtime };
      const judge = judges.get(criterion.id);
      const start = performance.now();
      const judgement = await judgementBy(judge, criterionCase);
      input.onJudged?.(criterion.id, environment, performance.now() - start);
      const deviation = judge?.deviation?.(criterionCase);
      verdicts.push({
        ...{ id, group, pattern, text },
        line,
        environment,
        ...judgement,
        ...(deviation === undefined ? {} : { deviation }),
      });
    }
  }
  return verdicts;
}

async function judgementBy(judge: CriterionJudge | undefined, criterionCase: CriterionCase): Promise<Judgement> {
  if (judge === undefined) return notJudged('there is no judge for this criterion');
  const silent = judge.about.filter((subject) => !criterionCase.criterion.subjects.includes(subject));
  if (silent.length > 0) {
    return notJudged(`the sentence does not speak of what the judge looks at: ${silent.join(', ')}`);
  }
  const judgement = judgementOf(await judge.judge(criterionCase));
  const reason = judgement.verdict === 'fail' ? judge.reason?.(criterionCase) : undefined;
  return { ...judgement, ...(reason === undefined ? {} : { reason }) };
}

const notJudged = (reason: string): Judgement => ({ verdict: 'not-judged', evidence: [], reason });

const lineOf = (lines: readonly Line[], path: string): number =>
  lines.find(({ statements }) => statements.some((statement) => statement.path === path))?.number ?? 0;
