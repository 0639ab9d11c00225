// What the workload makes of the templates: which queue is which, and how long a message of one may be in somebody's hand.
import { resourceOf } from '../../assembly/graph.ts';
import type { Blueprint } from './blueprint.ts';
import type { QueuePlan } from './stores.ts';

/** The workload names its queues by the variables that lead to them. */
export function workloadQueues({ service, queues }: Blueprint): Readonly<Record<'fulfilment' | 'work', string>> {
  const keyOf = (variable: string) => {
    const value = service.container.environment.find(({ name }) => name === variable)?.value;
    return queues.find(({ key }) => key === resourceOf(value))?.key ?? '';
  };
  return { fulfilment: keyOf('FULFILMENT_QUEUE'), work: keyOf('WORK_QUEUE') };
}

/**
 * Seconds for which a queue hides a message. Where a function reads it, they pass faster with the speed, yet no message may come back
 * while the function could still have it in hand. The tasks ask for their own time.
 */
export function visibilityTimeout(
  { functions }: Blueprint,
  { key, visibilityTimeout: given }: QueuePlan,
  speed: number,
): number {
  const reader = functions.find(({ queues }) => queues.some(({ queue }) => queue === key));
  return reader === undefined ? given : Math.min(given, Math.max(Math.ceil(given / speed), reader.timeout));
}
