// Asks the emulator whether it still refuses what is left out: a list that is longer than it need be hides what could be tested.

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { reasonOf } from '../../common/reason.ts';
import type { LeftOut } from './left-out.ts';

/** How often, and with how many milliseconds between, it is asked whether the stack has come to its end: 10 s in all. */
const looks = { most: 100, pause: 100 };

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
  for (let look = 0; look < looks.most; look++) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = Stacks[0]?.StackStatus ?? '';
    if (!status.endsWith('_IN_PROGRESS')) break;
    await sleep(looks.pause);
  }
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
}
