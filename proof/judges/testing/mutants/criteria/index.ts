// Every mutant of every criterion.
import { costMutants } from './cost.ts';
import type { CriterionMutant } from './mutant.ts';
import { operationMutants } from './operation.ts';
import { performanceMutants } from './performance.ts';
import { reliabilityMutants } from './reliability.ts';
import { securityMutants } from './security.ts';

export const criterionMutants: readonly CriterionMutant[] = [
  ...securityMutants,
  ...reliabilityMutants,
  ...performanceMutants,
  ...operationMutants,
  ...costMutants,
];
