// What the judges of a stack's resource lines share.
import type { Resource } from '../../../../../assembly/graph.ts';
import { isNamedBy, ofType } from '../../../../../assembly/relations.ts';
import { any, type Truth } from '../../../../../assembly/truth.ts';
import type { Said } from '../../../../../design/messages/said.ts';
import type { ResourceLine } from '../../../../../design/words/resource-line.ts';
import { evidenceIn, type Finding, type Observation, type StatementCase } from '../../../judge.ts';
import { missing, on, onStack } from '../../../on.ts';
import { said as evidenceWords } from '../../../words/evidence.ts';
import { said } from '../../../words/stacks.ts';

/** A line of a stack's resources: the case, the stack's id, and what the line says. */
export interface LineCase {
  readonly judgeCase: StatementCase;
  readonly stack: string;
  readonly wanted: ResourceLine;
}

export type LineJudge = (line: LineCase) => Finding;

/** Resources of the types in the line's own stack. */
export const inStack = ({ judgeCase, stack }: LineCase, ...types: readonly string[]) =>
  ofType(judgeCase.graph, ...types).filter((resource) => resource.stack === stack);

/** Evidence that there is what the line speaks of. */
export const present = (resource: Resource): Observation =>
  on(resource).holds(true, { expected: resource.type, observed: resource.type });

/** As many as the line says, where it says so. */
export const counted = ({ stack }: LineCase, count: number, wanted: number): Observation =>
  onStack(stack, '/Resources', count === wanted, { expected: wanted, observed: count });

/** What was seen of something that is so or is not. */
export const whether = (truth: Truth, yes: Said, no: Said): Said =>
  truth === undefined ? said.notSettled : truth ? yes : no;

/** Each candidate that is what the line means; where none surely is, those that may be. */
export function those(
  { stack }: LineCase,
  candidates: readonly Resource[],
  isMeant: (candidate: Resource) => Truth,
  expected: Said,
): Finding {
  const judged = candidates.map((candidate) => ({ candidate, truth: isMeant(candidate) }));
  const sure = judged.filter(({ truth }) => truth === true);
  const shown = sure.length > 0 ? sure : judged.filter(({ truth }) => truth === undefined);
  if (shown.length === 0) return [missing(expected, stack)];
  return shown.map(({ candidate, truth }) => on(candidate).holds(truth, { expected, observed: candidate.type }));
}

/** At least one of any of the types; as many as the line says when it says so. */
export function all(...types: readonly string[]): LineJudge {
  return (line) => {
    const found = inStack(line, ...types);
    const { count } = line.wanted;
    if (found.length === 0) return [missing(evidenceWords.oneOf({ values: types }), line.stack)];
    return [...(count === undefined ? [] : [counted(line, found.length, count)]), ...found.map(present)];
  };
}

/** At least one of each of the types. */
export function each(...types: readonly string[]): LineJudge {
  const judges = types.map((type) => all(type));
  return (line) => judges.flatMap((judge) => evidenceIn(judge(line)));
}

/** At least one of the types, and each named by something of the platform that uses it: by one of the users, in that property. */
export function used(
  types: readonly string[],
  users: readonly (readonly [type: string, property: string])[],
): LineJudge {
  const expected = said.namedByUsers({ users: users.map((user) => user.join('.')) });
  return (line) => {
    const { graph } = line.judgeCase;
    const idle = inStack(line, ...types).flatMap((resource) => {
      const isUsed = any(users.map(([type, property]) => isNamedBy(graph, type, property, resource)));
      return isUsed ? [] : [on(resource).holds(isUsed, { expected, observed: whether(isUsed, expected, said.unused) })];
    });
    return [...evidenceIn(all(...types)(line)), ...idle];
  };
}
