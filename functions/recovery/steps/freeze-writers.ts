// Stops the tasks of the region that serves, so that nothing is written there while the database changes hands. Only where both regions
// are well, which is looked at first: a failed region is asked for nothing (DR-6), Aurora turns its writes away by itself, and a region
// that serves is not stopped for one whose database or tasks could not take over.
import { step, until } from '../step.ts';

export const freezeWriters = step<'service' | 'followers' | 'targets' | 'size'>(
  'freeze-writers',
  async ({ from, to }, { service, followers, targets, size }) => {
    until(
      await followers.couldTakeOver(to),
      `the database of the ${to} region does not follow yet; nothing was stopped`,
    );
    const healthy = await targets(to).healthy();
    until(
      healthy >= size.minimum,
      `${healthy} of ${size.minimum} tasks of the ${to} region are up; nothing was stopped`,
    );
    const tasks = service(from);
    await tasks.scale({ minimum: 0, maximum: 0 });
    const running = await tasks.running();
    until(running === 0, `${running} tasks of the ${from} region still end their work`);
    return { region: from };
  },
);
