// Brings up the tasks of the region that is to serve. They are started first, since they take longest, and take no traffic before their
// database takes writes: until then they say that they are not ready.
import { step } from '../step.ts';

export const startTasks = step<'service' | 'size'>('start-tasks', async ({ to }, { service, size }) => {
  await service(to).scale(size);
  return { region: to, ...size };
});
