// The ledger of the second region: whether a failover is under way, and which region serves.
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Environment } from '../../design/schema.ts';
import type { AwsClients } from '../aws/clients.ts';
import { describeStack } from '../aws/deployed.ts';
import { asking } from './aws-clients.ts';
import type { Recovery } from './ports.ts';

export interface LedgerPlace {
  readonly environment: Environment;
  /** The stack that keeps the ledger, in the region that takes over; `undefined` where the document has none. */
  readonly stack: { readonly name: string; readonly region: string } | undefined;
}

export function awsRecovery(clients: AwsClients, { environment, stack }: LedgerPlace): Recovery {
  return {
    state: () =>
      asking(async () => {
        if (stack === undefined) return undefined;
        const found = await describeStack(clients, stack.name, stack.region);
        const table = found?.Outputs?.find(({ OutputKey }) => OutputKey === 'LedgerTable')?.OutputValue;
        if (table === undefined) return undefined;
        const key = { environment: { S: environment } };
        const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
        const { Item } = await clients.tables(stack.region).send(command);
        // A ledger that nobody has written into yet: the first region serves, and nothing was ever moved.
        return { serving: Item?.serving?.S ?? 'primary', phase: Item?.phase?.S ?? 'none' };
      }),
  };
}
