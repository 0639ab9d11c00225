// Every mutant.
import type { Mutant } from '../mutant.ts';
import { edgeMutants } from './edge.ts';
import { governanceMutants } from './governance.ts';
import { inputMutants } from './inputs.ts';
import { monitoringMutants } from './monitoring.ts';
import { networkMutants } from './network.ts';
import { roleMutants } from './roles.ts';
import { securityMutants } from './security.ts';
import { storageMutants } from './storage.ts';
import { workloadMutants } from './workload.ts';

export const mutants: readonly Mutant[] = [
  ...inputMutants,
  ...edgeMutants,
  ...networkMutants,
  ...securityMutants,
  ...roleMutants,
  ...storageMutants,
  ...workloadMutants,
  ...monitoringMutants,
  ...governanceMutants,
];
