// Every mutant.
import type { Mutant } from '../mutants.ts';
import { monitoringMutants } from './monitoring.ts';
import { networkMutants } from './network.ts';
import { securityMutants } from './security.ts';
import { storageMutants } from './storage.ts';
import { workloadMutants } from './workload.ts';

export const mutants: readonly Mutant[] = [
  ...networkMutants,
  ...securityMutants,
  ...storageMutants,
  ...workloadMutants,
  ...monitoringMutants,
];
