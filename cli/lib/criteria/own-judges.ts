// Judges of criteria that a team brings itself: `judges/ac-sec-8.ts` below the working directory for a criterion AC-SEC-8 of its document.
// They are code that came with a repository: they run when somebody says so, and else are named.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Design } from '../../../design/schema.ts';
import type { CriterionCase, CriterionJudge } from '../../../proof/judges/criterion.ts';
import { criterionJudges } from '../../../proof/judges/criterion-judges.ts';
import type { Finding } from '../../../proof/judges/judge.ts';
import { printAside } from '../output.ts';
import { runJudge } from './run-judge.ts';
import { said } from './words.ts';

const verdict = z.enum(['pass', 'fail', 'unresolved']);
const evidence = z.array(
  z.looseObject({
    resource: z.string(),
    logicalId: z.string(),
    stack: z.string(),
    template: z.string().optional(),
    property: z.string(),
    observed: z.unknown(),
    expected: z.unknown(),
    verdict,
  }),
);
/** What a judge may answer; anything else is a fault of it, and no pass. */
const finding = z.union([
  evidence,
  z.strictObject({ notApplicable: z.string() }),
  z.strictObject({ needsRuntime: z.string(), evidence }),
  z.strictObject({ notJudged: z.string(), evidence: evidence.optional() }),
]);

export interface OwnJudges {
  readonly judges: readonly CriterionJudge[];
  /** Files of judges that were found and are not run, from the directory. */
  readonly notRun: readonly string[];
}

/**
 * The judges of those criteria of a document that have none of ours.
 * @param directory where their folder `judges` may be
 * @param allowCode whether they may run
 */
export function ownJudges(design: Design, directory: string, allowCode: boolean): OwnJudges {
  const known = new Set(criterionJudges.map(({ id }) => id));
  const found = design.criteria
    .filter(({ id }) => !known.has(id))
    .flatMap(({ id }) => {
      const file = ['ts', 'js', 'mjs']
        .map((end) => join(directory, 'judges', `${id.toLowerCase()}.${end}`))
        .find(existsSync);
      return file === undefined ? [] : [{ id, file, name: relative(directory, file) }];
    });
  return {
    judges: found.map(({ id, file, name }) => ({
      id,
      of: [],
      about: [],
      judge: (criterionCase) => (allowCode ? judged(file, name, criterionCase) : { notJudged: said.notRun({ name }) }),
    })),
    notRun: allowCode ? [] : found.map(({ name }) => name),
  };
}

async function judged(file: string, name: string, criterionCase: CriterionCase): Promise<Finding> {
  const { answer, fault, place, printed } = await runJudge(file, criterionCase);
  if (printed !== '')
    printAside(
      ...printed
        .trimEnd()
        .split('\n')
        .map((line) => `${name}: ${line}`),
    );
  if (fault !== undefined) {
    const where = place === undefined ? name : `${name}:${place}`;
    return { notJudged: said.failed({ name: where, fault }), judgeFailed: true };
  }
  const read = finding.safeParse(answer);
  if (!read.success) return { notJudged: said.failed({ name, fault: said.noFinding }), judgeFailed: true };
  const { data } = read;
  if ('notJudged' in data) return { notJudged: data.notJudged, evidence: data.evidence ?? [] };
  return data;
}
