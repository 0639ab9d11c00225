// RDS refuses what comes while it is busy with something else: that is no failure but a reason to ask again. So is an answer that did not
// come: only what RDS itself says no to is a refusal, on which a failover may be forced.
import { NotYet } from '../errors.ts';

/** `InvalidDBClusterStateFault`, `InvalidGlobalClusterStateFault` and their like; too many calls; no answer in time. */
const busy = /^Invalid(GlobalCluster|DBCluster|DBInstance)State(Fault)?$|^Throttling|^TimeoutError$/;

export async function orNotYet<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && (busy.test(error.name) || isUnanswered(error)))
      throw new NotYet(`${error.name}: ${error.message}`);
    throw error;
  }
}

/** A fault of the server's own, or of the way to it: Node's errors of the network have a `code`. */
const isUnanswered = (error: Error): boolean =>
  ('$fault' in error && error.$fault === 'server') || (!('$fault' in error) && 'code' in error);
