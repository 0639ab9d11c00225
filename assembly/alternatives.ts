// Conditions that hang on what only a deployment knows. A graph is made for each way in which the questions can be answered: in each of them
// a property is there or is not, and nobody who looks at it has to think of conditions.
import type { Alternative, Answer, Assembly } from './graph.ts';
import type { Question } from './scope.ts';

/** More ways than that are not looked at, and what hangs on conditions stays unresolved. */
const most = 64;

/** Each way in which the questions can be answered; empty when there is nothing to answer, or there are too many ways. */
export function answersTo(questions: readonly Question[]): readonly (readonly Answer[])[] {
  if (questions.length === 0) return [];
  let ways: readonly (readonly Answer[])[] = [[]];
  for (const question of questions) {
    const choices = choicesOf(question);
    if (ways.length * choices.length > most) return [];
    ways = ways.flatMap((way) =>
      choices.map((value) => [...way, { stack: question.stack, what: question.what, value }]),
    );
  }
  return ways;
}

function choicesOf({ texts, allowed }: Question): readonly Answer['value'][] {
  if (texts === undefined) return [true, false];
  const possible = [...texts].filter((text) => allowed?.includes(text) ?? true);
  const isWhole = allowed?.every((value) => texts.has(value)) ?? false;
  return isWhole ? possible : [...possible, undefined];
}

/** The graphs that are to be looked at in place of one whose conditions are not all known; the graph itself where there are none. */
export const alternativesOf = (graph: Assembly): readonly Alternative[] =>
  graph.alternatives?.() ?? [{ graph, answers: [] }];
