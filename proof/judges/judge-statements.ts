// Judges every statement of a document, for each environment that it speaks of.
import { placesOf } from '../../assembly/environments.ts';
import type { Assembly } from '../../assembly/graph.ts';
import type { Line, Statement, StatementKind } from '../../design/lines.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { type Evidence, type JudgeCase, judgementOf, type StatementJudge, type Verdict } from './judge.ts';
import { statementJudges } from './statements/index.ts';

export interface StatementVerdict {
  /** Line of the document, from 1. */
  readonly line: number;
  readonly section: string;
  readonly kind: StatementKind;
  /** The line as it stands. */
  readonly text: string;
  /** Path of the design that the statement sets or is held against. */
  readonly path: string;
  readonly environment: Environment;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Requirement id of the judge; absent when there is none. */
  readonly id?: string;
  readonly deviation?: string;
  /** Why it was not judged or does not apply. */
  readonly reason?: string;
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
function unreadBecause({ kind, path }: Statement): string {
  if (path.startsWith('checklist.')) return 'no template shows it; hashira document answers the checklist';
  if (kind === 'procedure') return 'a person or a test carries it out, and no template shows that it was done';
  return 'no judge reads this statement';
}

/** One verdict for each statement and environment, in the document's order. A statement that no judge reads is `not-judged`. */
export function judgeStatements({ graph, design, lines, environments, repository }: JudgeInput): StatementVerdict[] {
  const places = new Map(environments.map((environment) => [environment, placesOf(graph, environment, design.region)]));
  return lines.flatMap(({ number, section, text, statements }) =>
    statements.flatMap((statement) =>
      statement.environments.flatMap((environment): StatementVerdict[] => {
        const place = places.get(environment);
        if (place === undefined) return [];
        const base = { line: number, section, kind: statement.kind, text, path: statement.path, environment };
        const judge = judgeFor(statement.path);
        if (judge === undefined) {
          return [{ ...base, verdict: 'not-judged', evidence: [], reason: unreadBecause(statement) }];
        }
        const judgeCase: JudgeCase = {
          ...place,
          design,
          environment,
          indices: indicesOf(statement),
          statement,
          ...(repository === undefined ? {} : { repository }),
        };
        const id = typeof judge.id === 'function' ? judge.id(judgeCase) : judge.id;
        const deviation = typeof judge.deviation === 'function' ? judge.deviation(judgeCase) : judge.deviation;
        const judgement = judgementOf(judge.judge(judgeCase));
        return [{ ...base, id, ...judgement, ...(deviation === undefined ? {} : { deviation }) }];
      }),
    ),
  );
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

const stars = (segments: readonly string[]) => segments.filter((segment) => segment === '*').length;

const indicesOf = ({ path }: Statement): number[] =>
  path
    .split('.')
    .filter((segment) => /^\d+$/.test(segment))
    .map(Number);
