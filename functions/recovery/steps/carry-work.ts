// Brings what still waits in the queues of the region that was left to the one that serves: imported lines, orders to fulfil, answers to
// forget. Last, when no request goes there any more, so that nothing comes after it.
import { step, until } from '../step.ts';

export const carryWork = step<'messages'>('carry-work', async ({ from, to }, { messages }) => {
  const moved = await messages.move(from, to);
  until(moved === 0, `${moved} messages came from the ${from} region or still wait there`);
  return { from, to };
});
