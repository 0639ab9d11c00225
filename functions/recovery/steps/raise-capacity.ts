// Gives the standby's database the capacity of production, since it rested at next to nothing.
import { step, until } from '../step.ts';

export const raiseCapacity = step<'capacity'>('raise-capacity', async (_run, { capacity }) => {
  if (!(await capacity.isAt('working'))) await capacity.set('working');
  until(await capacity.isAt('working'), 'the database is still being given its capacity');
  return { capacity: 'working' };
});
