// A message that nobody can read: it must end in the dead-letter queue, and the messages beside it must not notice.
import type { QueueOfTarget } from '../target.ts';
import { type Drill, easyRate, faultOf, mendedAt } from './drill.ts';

/** Seconds on top of what the queue itself takes. */
const slack = 120;

export const poisonDrill: Drill = {
  name: 'poison',
  needs: ['sendMessage'],
  calmRate: easyRate,
  lasts: ({ queues }) => ({ seconds: secondsToBury(queues), queues }),
  async run({ target, tell, momentWhen }) {
    const before = await Promise.all(target.queues.map(({ name }) => target.deadLetters(name)));
    tell('fault');
    const since = performance.now();
    for (const { name } of target.queues) await faultOf(target, 'sendMessage')(name, 'this is no message of ours');
    tell('waiting');
    const buried = async () => {
      const now = await Promise.all(target.queues.map(({ name }) => target.deadLetters(name)));
      return now.every((depth, index) => depth > (before[index] ?? 0));
    };
    return { since, ...mendedAt(await momentWhen(secondsToBury(target.queues) + slack, buried)) };
  },
  judge: () => [],
};

/** Every delivery but the last is followed by the visibility timeout. */
function secondsToBury(queues: readonly QueueOfTarget[]): number {
  return Math.max(0, ...queues.map(({ visibilityTimeout, maxReceiveCount }) => visibilityTimeout * maxReceiveCount));
}
