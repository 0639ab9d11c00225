// Puts the standby region back to rest, once the primary serves again.
import { step, until } from '../step.ts';

export const restStandby = step<'service' | 'capacity'>('rest-standby', async (_run, { service, capacity }) => {
  await service('standby').scale({ minimum: 0, maximum: 0 });
  if (!(await capacity.isAt('resting'))) await capacity.set('resting');
  until(await capacity.isAt('resting'), 'the database still has the capacity of production');
  return { capacity: 'resting' };
});
