// Asks the emulator whether it still refuses what is left out: a list that is longer than it need be hides what could be tested.

import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { reasonOf } from '../../common/reason.ts';
import { until } from '../../common/until.ts';
import type { LeftOut } from './left-out.ts';

/** Milliseconds within which a stack comes to its end, and between two questions. */
const end = { within: 10_000, every: 100 };

/** Why it does not make such a resource; `undefined` when it does. */
export async function refusalOf(client: CloudFormationClient, { type, having }: LeftOut): Promise<string | undefined> {
  const StackName = `Probe-${type.replaceAll('::', '-')}`;
  // A type is refused before anything is made, a property when it is its resource's turn.
  const Properties = having === undefined ? {} : { [having]: [{ Id: 'one', Expression: '1' }] };
  const TemplateBody = JSON.stringify({ Resources: { Probe: { Type: type, Properties } } });
  try {
    await client.send(new CreateStackCommand({ StackName, TemplateBody, DisableRollback: true }));
  } catch (error) {
    return reasonOf(error);
  }
  const statusOf = async () => {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0]?.StackStatus ?? '';
  };
  await until(statusOf, (status) => !status.endsWith('_IN_PROGRESS'), end);
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
}
