// Says which region may serve from now on: the ledger first, which is published every minute, then the metric at once. Held while the
// standby region serves, so that a primary region that comes back never answers with a database that is no longer the writer (DR-8).
import { update } from '../ledger.ts';
import { heldBy, step } from '../step.ts';

export const switchTraffic = step<'latch'>('switch-traffic', async ({ to, execution }, { ledger, latch }) => {
  await update(ledger, (entry) => {
    heldBy(entry, execution);
    return entry.serving === to ? undefined : { ...entry, serving: to };
  });
  await latch.publish(to);
  return { serving: to };
});
