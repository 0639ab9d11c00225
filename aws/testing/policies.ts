// A scaling policy that tests try traffic on.
import type { TargetTracking } from '../target-tracking.ts';

/** Two to ten tasks, each for 50 req/s. */
export const twoToTen: TargetTracking = {
  minimum: 2,
  maximum: 10,
  requestsPerTask: 3000,
  scaleOutCooldown: 60,
  scaleInCooldown: 300,
  scalesIn: true,
};
