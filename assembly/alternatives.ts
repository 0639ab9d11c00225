// Conditions that hang on what only a deployment knows. A graph is made for each way in which the questions can be answered: in each of them
// a property is there or is not, and nobody who looks at it has to think of conditions.
import type { Alternative, Answer, Assembly } from './graph.ts';
import type { Question } from './scope.ts';

/** More ways than that are not looked at. */
const most = 64;

type Way = readonly Answer[];

/**
 * The ways in which the questions can be answered. Where all of them together are too many, each question is answered alone and the others are
 * left open; where that is too much too there is none, and nothing that is judged on such a graph is settled.
 */
export function waysOf(questions: readonly Question[]): readonly Way[] {
  const choices = questions.map(({ stack, what, ...question }) =>
    choicesOf(question).map((value): Answer => ({ stack, what, value })),
  );
  const together = choices.reduce((count, { length }) => count * length, 1);
  if (together <= most) {
    return choices.reduce<readonly Way[]>(
      (ways, some) => ways.flatMap((way) => some.map((one) => [...way, one])),
      [[]],
    );
  }
  const alone: readonly Way[] = [[], ...choices.flat().map((one) => [one])];
  return alone.length <= most ? alone : [];
}

function choicesOf({ texts, allowed }: Pick<Question, 'texts' | 'allowed'>): readonly Answer['value'][] {
  if (texts === undefined) return [true, false];
  const possible = [...texts].filter((text) => allowed?.includes(text) ?? true);
  const isWhole = allowed?.every((value) => texts.has(value)) ?? false;
  return isWhole ? possible : [...possible, undefined];
}

/** The graphs that are to be looked at in place of one whose conditions are not all known; the graph itself where all are. */
export const alternativesOf = (graph: Assembly): readonly Alternative[] =>
  graph.alternatives?.() ?? [{ graph, answers: [] }];
