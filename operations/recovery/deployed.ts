// The state machine of a deployed platform: whose account it is, and where it is, asked before anything is moved.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  type DescribeExecutionCommand,
  type GetExecutionHistoryCommand,
  SFNClient,
  type StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { StateMachines } from './execution.ts';

export interface DeployedRecovery {
  readonly account: string;
  /** Outputs of a stack by name; `undefined` when there is no such stack. */
  outputs(stack: string): Promise<Readonly<Record<string, string>> | undefined>;
  readonly machines: StateMachines;
  close(): void;
}

/** @param region the one that takes over: nothing else is asked. `AWS_ENDPOINT_URL` is honoured. */
export async function connectDeployed(region: string): Promise<DeployedRecovery> {
  const client = { region, maxAttempts: 3 };
  const [identity, stacks, states] = [new STSClient(client), new CloudFormationClient(client), new SFNClient(client)];
  const close = () => {
    for (const each of [identity, stacks, states]) each.destroy();
  };
  try {
    const { Account: account = '' } = await identity.send(new GetCallerIdentityCommand());
    return {
      account,
      async outputs(stack) {
        const found = await stacks.send(new DescribeStacksCommand({ StackName: stack })).catch((error: unknown) => {
          if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
          throw error;
        });
        const outputs = found?.Stacks?.[0]?.Outputs;
        return outputs === undefined
          ? undefined
          : Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
      },
      machines: {
        start: (command: StartExecutionCommand) => states.send(command),
        describe: (command: DescribeExecutionCommand) => states.send(command),
        history: (command: GetExecutionHistoryCommand) => states.send(command),
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
