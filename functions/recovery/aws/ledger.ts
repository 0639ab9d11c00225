// The ledger as one item of a DynamoDB table: written under the condition that its revision is still the one that was read.
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { actions, firstEntry, type LedgerEntry, type RecoveryLedger } from '../ledger.ts';

const role = z.enum(['primary', 'standby']);
const time = z.iso.datetime();
const times = z.object({ startedAt: time, endedAt: time.optional() });

const run = z.object({
  phase: z.enum(['running', 'stopped', 'done']),
  execution: z.string(),
  action: z.enum(actions),
  reason: z.string(),
  from: role,
  to: role,
  startedAt: time,
  claimedAt: time.optional(),
  endedAt: time.optional(),
  steps: z.record(z.string(), times),
  promotion: z
    .object({
      how: z.enum(['switchover', 'failover']),
      askedAt: time,
      lastReplicatedWrite: time.optional(),
      because: z.string().optional(),
    })
    .optional(),
  resumeTask: z.string().optional(),
  resumeFailures: z.int().optional(),
  filesCursor: z.string().optional(),
  failure: z.object({ error: z.string(), cause: z.string() }).optional(),
});

const entry = z.object({ revision: z.int(), serving: role, awaySince: time.optional(), run: run.optional() });

export function dynamoLedger(client: DynamoDBClient, table: string, environment: string): RecoveryLedger {
  const key = { environment: { S: environment } };
  return {
    async read() {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item === undefined ? firstEntry : parsed(Item.entry?.S ?? '');
    },
    async replace(next) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              ...key,
              revision: { N: String(next.revision) },
              // For people and for deployments, which must not meet a failover.
              serving: { S: next.serving },
              ...(next.run === undefined ? {} : { phase: { S: next.run.phase } }),
              entry: { S: JSON.stringify(next) },
            },
            ConditionExpression: next.revision === 1 ? 'attribute_not_exists(revision)' : 'revision = :read',
            ...(next.revision === 1
              ? {}
              : { ExpressionAttributeValues: { ':read': { N: String(next.revision - 1) } } }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

function parsed(text: string): LedgerEntry {
  const read = entry.parse(JSON.parse(text));
  // What is optional is absent and never `undefined`.
  return JSON.parse(JSON.stringify(read));
}
