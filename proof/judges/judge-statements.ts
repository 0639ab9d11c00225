// Judges every statement of a document, for each environment that it speaks of.

import { graphsOfEnvironment } from '../../assembly/environments.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { environmentKeys } from '../../design/environments.ts';
import type { Line, Statement, StatementKind } from '../../design/lines.ts';
import type { Design, Environment } from '../../design/schema.ts';
import {
  type CaseOf,
  type EnvironmentGraphs,
  type Judgement,
  judgedNow,
  type Reason,
  type StatementCase,
  type StatementJudge,
} from './judge.ts';
import { statementJudges } from './statement-judges.ts';
import { said } from './words/verdicts.ts';

export interface StatementVerdict extends Judgement {
  /** Line of the document, from 1. */
  readonly line: number;
  readonly section: string;
  readonly kind: StatementKind;
  /** The line as it stands. */
  readonly text: string;
  /** Path of the design that the statement sets or is held against. */
  readonly path: string;
  readonly environment: Environment;
  /** Requirement id of the judge; absent when there is none. */
  readonly id?: string;
}

export interface JudgeInput {
  readonly graph: Assembly;
  readonly design: Design;
  readonly lines: readonly Line[];
  readonly environments: readonly Environment[];
  /** Root of the source tree; without it claims about files are not judged. */
  readonly repository?: string;
}

/** Why a statement has no judge. */
function unreadBecause({ kind, path }: Statement): Reason {
  if (path.startsWith('checklist.')) return said.checklistPoint;
  return kind === 'procedure' ? said.carriedOut : said.noJudgeOfLine;
}

/** One verdict for each statement and environment, in the document's order. A statement that no judge reads is `not-judged`. */
export function judgeStatements(input: JudgeInput): StatementVerdict[] {
  return input.lines.flatMap(({ number, section, text, statements }) =>
    statements.flatMap((statement) =>
      statement.environments
        .filter((environment) => input.environments.includes(environment))
        .map((environment): StatementVerdict => {
          const { kind, path } = statement;
          const base = { line: number, section, kind, text, path, environment };
          const judge = judgeFor(path);
          if (judge === undefined) {
            return { ...base, verdict: 'not-judged', evidence: [], reason: unreadBecause(statement) };
          }
          const caseOf = caseOfStatement(input, statement, environment);
          const id = typeof judge.id === 'function' ? judge.id(caseOf(input.graph)) : judge.id;
          return { ...base, id, ...judgedNow(judge, input.graph, caseOf) };
        }),
    ),
  );
}

function caseOfStatement(input: JudgeInput, statement: Statement, environment: Environment): CaseOf<StatementCase> {
  const { design, repository } = input;
  return (whole) => ({
    ...placesIn(whole, environment, design),
    whole,
    design,
    environment,
    statement,
    indices: indicesOf(statement),
    documented: true,
    runtime: [],
    ...(repository === undefined ? {} : { repository }),
  });
}

/** An environment's places are asked for once a line, and are the same for all of them. */
const known = new WeakMap<Assembly, Map<string, EnvironmentGraphs>>();

function placesIn(whole: Assembly, environment: Environment, design: Design): EnvironmentGraphs {
  const places = known.get(whole) ?? new Map<string, EnvironmentGraphs>();
  known.set(whole, places);
  const key = `${environment} ${design.region}`;
  const found = places.get(key) ?? graphsOfEnvironment(whole, environment, design.region, environmentKeys(design));
  places.set(key, found);
  return found;
}

const patterns = statementJudges.map((judge) => ({ judge, segments: judge.path.split('.') }));

/** The judge of a path; the more literal pattern goes first. */
export function judgeFor(path: string): StatementJudge | undefined {
  const segments = path.split('.');
  return patterns
    .filter(
      (pattern) =>
        pattern.segments.length === segments.length &&
        pattern.segments.every((segment, index) => segment === '*' || segment === segments[index]),
    )
    .sort((left, right) => stars(left.segments) - stars(right.segments))[0]?.judge;
}

/** Whether what a statement claims is claimed of files: templates are no worse where it does not hold. */
export const isOfFiles = ({ path }: Pick<StatementVerdict, 'path'>): boolean => judgeFor(path)?.ofFiles === true;

const stars = (segments: readonly string[]) => segments.filter((segment) => segment === '*').length;

const indicesOf = ({ path }: Statement): number[] =>
  path
    .split('.')
    .filter((segment) => /^\d+$/.test(segment))
    .map(Number);
