import { describe, expect, test } from 'vitest';
import { criterionSources } from '../../sample-criterion-templates.ts';
import { criterionIds, designWithCriteria } from '../../sentences.ts';
import { criterionMutants } from './index.ts';
import { judgeCriterionMutant } from './mutant.ts';

test('each criterion has at least five mutants and a subtle one', () => {
  const short = criterionIds.filter((id) => {
    const own = criterionMutants.filter((mutant) => mutant.id === id);
    return own.length < 6 || !own.some(({ subtle }) => subtle);
  });
  expect(short).toEqual([]);
});

test('no two mutants of a criterion are the same', () => {
  const names = criterionMutants.map(({ id, name }) => `${id} ${name}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe('a spoilt template fails its criterion', () => {
  test.each(criterionMutants.map((mutant) => ({ ...mutant, mutant })))('$id: $name', async ({ mutant }) => {
    const sources = criterionSources(designWithCriteria, mutant.environment ?? 'production');
    expect((await judgeCriterionMutant(mutant, designWithCriteria, sources))?.verdict).toBe('fail');
  });
});
