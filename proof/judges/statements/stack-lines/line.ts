// What the judges of a stack's resource lines share.
import { ofType, pointing } from '../../../../assembly/relations.ts';
import type { ResourceLine } from '../../../../design/words/resource-line.ts';
import { nothing, onStack, seen } from '../../evidence.ts';
import { evidenceIn, type Finding, type StatementCase } from '../../judge.ts';

/** A line of a stack's resources: the case, the stack's id, and what the line says. */
export interface LineCase {
  readonly judgeCase: StatementCase;
  readonly stack: string;
  readonly said: ResourceLine;
}

export type LineJudge = (line: LineCase) => Finding;

/** Resources of the types in the line's own stack. */
export const inStack = ({ judgeCase, stack }: LineCase, ...types: readonly string[]) =>
  ofType(judgeCase.graph, ...types).filter((resource) => resource.stack === stack);

/** At least one of any of the types; as many as the line says when it says so. */
export function all(...types: readonly string[]): LineJudge {
  return (line) => {
    const found = inStack(line, ...types);
    const wanted = line.said.count;
    if (found.length === 0) return [nothing(types.join(' or '), line.stack)];
    const { graph } = line.judgeCase;
    const count =
      wanted === undefined
        ? []
        : [onStack(graph, line.stack, '/Resources', found.length, wanted, found.length === wanted)];
    return [...count, ...found.map((resource) => seen(graph, resource, [], resource.type, resource.type, true))];
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
  return (line) => {
    const { graph } = line.judgeCase;
    const found = inStack(line, ...types);
    const idle = found.filter(
      (resource) => !users.some(([type, property]) => pointing(graph, type, property, resource).length > 0),
    );
    const expected = `named by ${users.map((user) => user.join('.')).join(' or ')}`;
    return [
      ...evidenceIn(all(...types)(line)),
      ...idle.map((resource) => seen(graph, resource, [], 'nothing uses it', expected, false)),
    ];
  };
}
