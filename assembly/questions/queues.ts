// What becomes of messages that nobody could take.
import { type Assembly, at, type Resource } from '../graph.ts';
import { targetOf } from '../relations.ts';

/** The queue that a queue's failed messages go to. */
export function deadLetterOf(graph: Assembly, { properties }: Resource): Resource | undefined {
  const target = targetOf(graph, at(properties.RedrivePolicy, 'deadLetterTargetArn'));
  return target?.type === 'AWS::SQS::Queue' ? target : undefined;
}
