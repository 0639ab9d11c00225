// Waits until the load balancer finds as many tasks well as production has at least.
import { step, until } from '../step.ts';

export const awaitTargets = step<'targets' | 'size'>('await-targets', async ({ to }, { targets, size }) => {
  const healthy = await targets(to).healthy();
  until(healthy >= size.minimum, `${healthy} of ${size.minimum} tasks are healthy`);
  return { healthy };
});
