// RDS refuses what comes while it is busy with something else: that is no failure but a reason to ask again.
import { NotYet } from '../errors.ts';

/** `InvalidDBClusterStateFault`, `InvalidGlobalClusterStateFault` and their like. */
const busy = /^Invalid(GlobalCluster|DBCluster|DBInstance)State(Fault)?$/;

export async function orNotYet<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && busy.test(error.name)) throw new NotYet(`${error.name}: ${error.message}`);
    throw error;
  }
}
