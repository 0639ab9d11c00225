// What every table of mutants has in common: a mutant of a criterion finds what it spoils by relation, so that one table serves
// hand-written samples and what was really built.

import { isOfEnvironment } from '../../../../../assembly/environments.ts';
import type { StackSource } from '../../../../../assembly/scope.ts';
import { environmentKeys, productionOf } from '../../../../../design/environments.ts';
import type { Design, Environment } from '../../../../../design/schema.ts';
import { type CriterionVerdict, judgeCriteria } from '../../../judge-criteria.ts';
import { type Mutant, Platform } from '../mutant.ts';

export interface CriterionMutant {
  /** The criterion that it offends. */
  readonly id: string;
  /** What is spoilt, as a claim. */
  readonly name: string;
  /** `production` unless said. */
  readonly environment?: Environment;
  /** One that a judge looking at the nearest thing alone would let pass. */
  readonly subtle?: true;
  readonly spoil: Mutant['spoil'];
}

/** The mutants of one criterion. */
export const mutantsOf = (id: string, mutants: readonly Omit<CriterionMutant, 'id'>[]): readonly CriterionMutant[] =>
  mutants.map((mutant) => ({ id, ...mutant }));

/** The verdict on the spoilt templates; those of other environments may be among the sources and are left alone. */
export async function judgeCriterionMutant(
  { id, environment: named, spoil }: CriterionMutant,
  design: Design,
  sources: readonly StackSource[],
): Promise<CriterionVerdict | undefined> {
  const environment = named ?? productionOf(design);
  const platform = new Platform(
    design,
    environment,
    sources.filter(isOfEnvironment(environment, environmentKeys(design))),
  );
  spoil(platform);
  const alone = { ...design, criteria: design.criteria.filter((criterion) => criterion.id === id) };
  const verdicts = await judgeCriteria({
    graph: platform.spoilt(),
    design: alone,
    lines: [],
    environments: [environment],
  });
  return verdicts[0];
}

/**
 * Whether a mutant is caught: its criterion fails, and by something that did not fail before.
 * @param unspoilt verdict on the templates as they were
 */
export function isCaught(spoilt: CriterionVerdict | undefined, unspoilt: CriterionVerdict | undefined): boolean {
  const before = new Set(failuresOf(unspoilt));
  return spoilt?.verdict === 'fail' && failuresOf(spoilt).some((failure) => !before.has(failure));
}

const failuresOf = (verdict: CriterionVerdict | undefined): readonly string[] =>
  (verdict?.evidence ?? [])
    .filter((evidence) => evidence.verdict === 'fail')
    .map(({ resource, property, observed }) => JSON.stringify([resource, property, observed]));
