// The process that a judge of a team's own runs in: takes one case, answers once. Whatever the judge does to it, the command goes on.
import { pathToFileURL } from 'node:url';
import { at, literal, textOf } from '../../../assembly/graph.ts';
import { listOf, ofType, pointsAt, tagOf, targetOf } from '../../../assembly/relations.ts';
import { reasonOf } from '../../../common/reason.ts';
import { missing, on, onStack } from '../../../proof/judges/on.ts';

/** What a judge is handed beside the case, so that it needs no import: the words that ours are written in. */
const tools = { at, literal, textOf, listOf, ofType, pointsAt, tagOf, targetOf, on, onStack, missing };

const [file = ''] = process.argv.slice(2);
const url = pathToFileURL(file).href;

process.on('disconnect', () => process.exit());
process.once('message', async (criterionCase) => {
  try {
    const loaded: { default?: unknown } = await import(url);
    const exported = loaded.default;
    // The default export: a function, or an object with a function `judge`.
    const judge: unknown =
      typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'judge') : exported;
    process.send?.(
      typeof judge === 'function'
        ? { answer: await Reflect.apply(judge, exported, [criterionCase, tools]) }
        : { error: null },
    );
  } catch (error) {
    process.send?.({ error: reasonOf(error), place: placeIn(error) });
  }
});

/** Line and column of the judge's file, where the error knows them. */
function placeIn(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split(url)[1]
    ?.match(/^:\d+(?::\d+)?/)?.[0]
    .slice(1);
}
