// Whether an execution of the state machine still goes on.
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Executions } from '../ports.ts';
import { clientOptions } from './clients.ts';

export function stepFunctions(region: string): Executions {
  const client = new SFNClient(clientOptions(region));
  return {
    async isRunning(execution) {
      // A list and no look at the one: that could be allowed for a family of names alone. There is hardly ever more than one.
      const { executions = [] } = await client.send(
        new ListExecutionsCommand({ stateMachineArn: machineOf(execution), statusFilter: 'RUNNING' }),
      );
      return executions.some(({ executionArn }) => executionArn === execution);
    },
  };
}

/** `arn:aws:states:us-west-2:123456789012:execution:<machine>:<execution>` → `…:stateMachine:<machine>`. */
function machineOf(execution: string): string {
  const [arn, partition, service, region, account, , machine] = execution.split(':');
  return [arn, partition, service, region, account, 'stateMachine', machine].join(':');
}
