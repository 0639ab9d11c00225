// What stands in the boxes of the diagram, for the parts that this platform has.
import { figure } from '../../../ui/format.ts';
import type { View } from '../view.ts';
import { percent, type Say } from './say.ts';

export interface DiagramNode {
  readonly title: string;
  readonly lines: readonly string[];
  readonly alert?: string;
  readonly failed?: boolean;
  /** The platform runs without it. */
  readonly absent?: boolean;
}

export function nodesOf({ rate, hitRate, counts }: View, say: Say): Readonly<Record<string, DiagramNode>> {
  const { requests, tasks, cache, database, queues, functions, orders } = counts;
  const alert = (name: 'dead' | 'errors', count: number) =>
    count > 0 ? { alert: say(name, { count }), failed: true } : {};
  const isAbsent = cache.engine === 'absent';
  return {
    customers: { title: say('node-customers'), lines: [say('perSecond', { count: figure(rate, 1) })] },
    balancer: {
      title: say('node-balancer'),
      lines: [say('requests', { count: requests.total }), say('failed', { count: requests.failed })],
    },
    tasks: {
      title: say('node-tasks'),
      lines: [
        `${'■'.repeat(Math.min(tasks.healthy, 10))}${'□'.repeat(Math.max(0, Math.min(tasks.desired, 10) - tasks.healthy))}`,
        `${figure(tasks.healthy, 0)} / ${figure(tasks.desired, 0)}`,
      ],
      failed: tasks.healthy === 0,
    },
    cache: {
      title: say('node-cache'),
      lines: isAbsent ? [say('noCache')] : [say('hits', { share: percent(hitRate) }), cache.engine],
      absent: isAbsent,
    },
    database: {
      title: say('node-database'),
      lines: [
        say('connections', { count: database.connections }),
        say(database.standby ? 'withStandby' : 'withoutStandby'),
      ],
    },
    ...(functions.length === 0 ? {} : { topic: { title: say('node-topic'), lines: ['order-events'] } }),
    bucket: { title: say('node-bucket'), lines: [say('receipts', { count: orders.receipts })] },
    ...Object.fromEntries(
      queues.map(({ name, waiting, deadLetters }) => [
        name,
        { title: say('node-queue', { name }), lines: [say('depth', { waiting })], ...alert('dead', deadLetters) },
      ]),
    ),
    ...Object.fromEntries(
      functions.map(({ name, invocations, errors }) => [
        name,
        {
          title: say('node-function', { name }),
          lines: [say('runs', { count: invocations })],
          ...alert('errors', errors),
        },
      ]),
    ),
  };
}
