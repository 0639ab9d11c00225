// Conditions that hang on what only a deployment knows. A graph is made for each assignment of answers to the questions: in each of them
// a property is there or is not, and nobody who looks at it has to think of conditions.
import type { Alternative, Assembly, ConditionValue } from './graph.ts';
import type { ConditionQuestion } from './scope.ts';

/** More assignments than that are not looked at. */
const most = 64;

type Assignment = readonly ConditionValue[];

/**
 * The assignments in which the questions can be answered. Where all of them together are too many, each question is answered alone and the others are
 * left open; where that is too much too there is none, and nothing that is judged on such a graph is settled.
 */
export function assignmentsOf(questions: readonly ConditionQuestion[]): readonly Assignment[] {
  const choices = questions.map(({ stack, what, ...question }) =>
    choicesOf(question).map(
      (value): ConditionValue => ({ stack, what, value, ...(value === undefined && otherOf(question)) }),
    ),
  );
  const together = choices.reduce((count, { length }) => count * length, 1);
  if (together <= most) {
    return choices.reduce<readonly Assignment[]>(
      (assignments, some) => assignments.flatMap((assignment) => some.map((one) => [...assignment, one])),
      [[]],
    );
  }
  const alone: readonly Assignment[] = [[], ...choices.flat().map((one) => [one])];
  return alone.length <= most ? alone : [];
}

/** One of the values that it may have where it is none of those that conditions compare it with. */
function otherOf({ texts, allowed = [], byDefault }: Omit<ConditionQuestion, 'stack' | 'what'>) {
  const otherwise = [...(byDefault === undefined ? [] : [byDefault]), ...allowed].find((text) => !texts?.has(text));
  return otherwise === undefined ? {} : { otherwise };
}

function choicesOf({
  texts,
  allowed,
}: Pick<ConditionQuestion, 'texts' | 'allowed'>): readonly ConditionValue['value'][] {
  if (texts === undefined) return [true, false];
  const possible = [...texts].filter((text) => allowed?.includes(text) ?? true);
  const isWhole = allowed?.every((value) => texts.has(value)) ?? false;
  return isWhole ? possible : [...possible, undefined];
}

/** The graphs that are to be looked at in place of one whose conditions are not all known; the graph itself where all are. */
export const alternativesOf = (graph: Assembly): readonly Alternative[] =>
  graph.alternatives?.() ?? [{ graph, answers: [] }];
