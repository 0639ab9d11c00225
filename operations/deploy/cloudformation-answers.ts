// CloudFormation's answers as the deployer's port gives them.
import type {
  Change,
  DescribeChangeSetOutput,
  StackEvent as SdkStackEvent,
  Stack,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSet, ResourceChange, StackEvent, StackState } from './cloudformation.ts';

export function stateOf(stack: Stack): StackState {
  const updated = stack.LastUpdatedTime ?? stack.CreationTime;
  return {
    id: stack.StackId ?? stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    reason: stack.StackStatusReason,
    outputs: byKey(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
    parameters: byKey(stack.Parameters?.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue])),
    tags: byKey(stack.Tags?.map(({ Key, Value }) => [Key, Value])),
    updated: updated?.getTime() ?? 0,
    terminationProtection: stack.EnableTerminationProtection ?? false,
  };
}

const byKey = (pairs: readonly (string | undefined)[][] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value]));

/** What CloudFormation says of a change set that would change nothing; it fails, and has no code for it. */
const nothingToDo = /didn't contain changes|No updates are to be performed/i;

export function changeSetOf(
  { Status, StatusReason, ExecutionStatus }: DescribeChangeSetOutput,
  changes: readonly Change[],
): ChangeSet {
  const reason = StatusReason ?? (ExecutionStatus === undefined ? undefined : `execution status ${ExecutionStatus}`);
  return {
    state: changeSetState(Status, StatusReason, ExecutionStatus),
    reason,
    changes: changes.flatMap(({ ResourceChange: change }) => (change === undefined ? [] : [resourceChangeOf(change)])),
  };
}

function changeSetState(status: string | undefined, reason = '', execution = 'AVAILABLE'): ChangeSet['state'] {
  if (status === 'CREATE_PENDING' || status === 'CREATE_IN_PROGRESS') return 'pending';
  if (status === 'FAILED' && nothingToDo.test(reason)) return 'empty';
  return status === 'CREATE_COMPLETE' && execution === 'AVAILABLE' ? 'ready' : 'failed';
}

function resourceChangeOf(change: NonNullable<Change['ResourceChange']>): ResourceChange {
  const { Action = '', LogicalResourceId = '', ResourceType = '', Replacement, Details = [] } = change;
  return {
    action: Action,
    logicalId: LogicalResourceId,
    type: ResourceType,
    replacement: replacementOf(Action, Replacement),
    details: Details.map(({ Target: target }) => ({
      attribute: target?.Attribute ?? '',
      ...(target?.Name === undefined ? {} : { name: target.Name }),
      recreation: recreationOf(target?.RequiresRecreation),
    })),
  };
}

/** `Dynamic`: not even CloudFormation knows yet what it will do to the resource. */
function replacementOf(action: string, said: string | undefined): ResourceChange['replacement'] {
  if (action === 'Dynamic') return 'Conditional';
  return said === 'True' || said === 'Conditional' ? said : 'False';
}

const recreationOf = (said: string | undefined): ResourceChange['details'][number]['recreation'] =>
  said === 'Always' || said === 'Conditionally' ? said : 'Never';

export function eventOf(event: SdkStackEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    at: event.Timestamp?.getTime() ?? 0,
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    ofStack: event.StackId !== undefined && event.PhysicalResourceId === event.StackId,
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
    token: event.ClientRequestToken,
  };
}
