// Judges of criteria that a team brings itself: `judges/ac-sec-8.ts` below the working directory for a criterion AC-SEC-8 of its document.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { at, literal, textOf } from '../../assembly/graph.ts';
import type { Language } from '../../design/problem.ts';
import type { Design } from '../../design/schema.ts';
import type { CriterionCase, CriterionJudge } from '../../proof/judges/criteria/criterion.ts';
import { criterionJudges } from '../../proof/judges/criteria/index.ts';
import { equals, nothing, seen } from '../../proof/judges/evidence.ts';
import type { CriterionFinding } from '../../proof/judges/judge.ts';
import { listOf, ofType, pointsAt, tagOf, targetOf } from '../../proof/judges/relations.ts';
import { UsageError } from '../usage-error.ts';
import { criteriaCatalogues } from './messages.ts';

/** What a judge of a team's own is handed beside the case, so that it needs no import: the words that ours are written in. */
const tools = { at, literal, textOf, listOf, ofType, pointsAt, tagOf, targetOf, seen, equals, nothing };

const verdict = z.enum(['pass', 'fail', 'unresolved']);
const evidence = z.array(
  z.looseObject({
    resource: z.string(),
    logicalId: z.string(),
    stack: z.string(),
    template: z.string(),
    property: z.string(),
    observed: z.unknown(),
    expected: z.unknown(),
    verdict,
  }),
);
/** What a judge may answer; anything else is a fault of it, and no pass. */
const finding = z.union([
  evidence,
  z.object({ notApplicable: z.string() }),
  z.object({ needsRuntime: z.string(), evidence }),
  z.object({ notJudged: z.string(), evidence: evidence.optional() }),
]);

/** The judges of those criteria of a document that have none of ours. */
export async function ownJudges(design: Design, directory: string, lang: Language): Promise<readonly CriterionJudge[]> {
  const known = new Set(criterionJudges.map(({ id }) => id));
  const judges = design.criteria
    .filter(({ id }) => !known.has(id))
    .map(async ({ id }) => {
      const file = ['ts', 'js', 'mjs']
        .map((end) => join(directory, 'judges', `${id.toLowerCase()}.${end}`))
        .find(existsSync);
      return file === undefined ? [] : [await judgeIn(file, id, relative(directory, file), lang)];
    });
  return (await Promise.all(judges)).flat();
}

async function judgeIn(file: string, id: string, name: string, lang: Language): Promise<CriterionJudge> {
  const judge = await functionIn(file, name, lang);
  return { id, about: [], judge: (criterionCase) => judged(judge, criterionCase, name) };
}

type Judge = (criterionCase: CriterionCase, helpers: typeof tools) => unknown;

/** The default export: a function, or an object with a function `judge`. */
async function functionIn(file: string, name: string, lang: Language): Promise<Judge> {
  const say = criteriaCatalogues[lang];
  const loaded: { default?: unknown } = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new UsageError(say.unloadableJudge(name, error instanceof Error ? error.message : String(error)));
  });
  const exported = loaded.default;
  const judge: unknown = typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'judge') : exported;
  if (typeof judge !== 'function') throw new UsageError(say.noJudgeIn(name));
  return (criterionCase, helpers) => Reflect.apply(judge, exported, [criterionCase, helpers]);
}

async function judged(judge: Judge, criterionCase: CriterionCase, name: string): Promise<CriterionFinding> {
  try {
    const answer = finding.safeParse(await judge(criterionCase, tools));
    if (!answer.success) return { notJudged: `${name} answers with something that is no finding` };
    const { data } = answer;
    if ('notJudged' in data) return { notJudged: data.notJudged, evidence: data.evidence ?? [] };
    return data;
  } catch (error) {
    return { notJudged: `${name} fails: ${error instanceof Error ? error.message : String(error)}` };
  }
}
