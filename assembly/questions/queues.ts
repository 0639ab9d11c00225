// What becomes of messages that nobody could take.
import { type Assembly, at, isSettled, isUnresolved, type Resource } from '../graph.ts';
import { targetOf } from '../relations.ts';
import type { Truth } from '../truth.ts';

/** The queue that a queue's failed messages go to. */
export function deadLetterOf(graph: Assembly, { properties }: Resource): Resource | undefined {
  const target = targetOf(graph, at(properties.RedrivePolicy, 'deadLetterTargetArn'));
  return target?.type === 'AWS::SQS::Queue' ? target : undefined;
}

/** Whether a queue's failed messages go to a queue of the templates. */
export function hasDeadLetters(graph: Assembly, queue: Resource): Truth {
  const named = at(queue.properties.RedrivePolicy, 'deadLetterTargetArn');
  if (isUnresolved(named) && named.isChoice) return undefined;
  return deadLetterOf(graph, queue) !== undefined ? true : isSettled(named) ? false : undefined;
}
