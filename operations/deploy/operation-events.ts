// Which events of a stack belong to one operation on it. CloudFormation says so itself; to go by the time would be to trust that this
// machine's clock agrees with AWS's.
import type { StackEvent } from './cloudformation.ts';

/**
 * Whether it is the event with which an operation begins: the stack's own, before those of its resources. What CloudFormation does of
 * itself afterwards, a rollback or a clean-up, belongs to the operation.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export const beginsOperation = ({ ofStack, status }: Pick<StackEvent, 'ofStack' | 'status'>): boolean =>
  ofStack && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(status);

/**
 * The latest operation's, of events that are the newest first.
 * @param token of the operation that is meant: all its events carry it
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html). One that was just asked for may not show yet.
 */
export function latestOperation(events: readonly StackEvent[], token?: string): readonly StackEvent[] {
  const begun = events.findIndex(beginsOperation);
  const others = token !== undefined && events[begun]?.token !== undefined && events[begun].token !== token;
  if (others) return [];
  return begun < 0 ? events : events.slice(0, begun + 1);
}
