// First answers by idempotency key, kept for a day in DynamoDB, so that a repeated request need not reach Aurora. Aurora alone decides
// what is a repetition: this table only spares it the question, so whatever fails here is passed over.
import { createHash } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Deadline, signalOf } from './deadline.ts';
import { traced } from './tracing.ts';

interface Answer {
  readonly fingerprint: string;
  /** The answer's JSON. */
  readonly body: string;
}

export interface Answers {
  find(deadline: Deadline, customer: string, key: string): Promise<Answer | undefined>;
  /** Keeps a first answer; one that is there already stays. */
  keep(customer: string, key: string, answer: Answer): Promise<void>;
  /** Keeps an answer for another day, since somebody still asks for it. */
  renew(customer: string, key: string): Promise<void>;
}

/** A look into the table may take so long (milliseconds); Aurora answers as well. */
const budget = 150;
/** Nobody waits for what is written after an answer; milliseconds. */
const writeBudget = 2_000;
const secondsKept = 86_400;
const attributes = { 'db.system.name': 'aws.dynamodb' } as const;

/** Errors go to `report` and no further. */
export function openAnswers(client: DynamoDBClient, table: string, report: (error: unknown) => void): Answers {
  return {
    find: (deadline, customer, key) =>
      traced('dynamodb Query', attributes, async () => {
        const command = new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'idempotencyKey = :key',
          ExpressionAttributeValues: { ':key': { S: itemKey(customer, key) } },
        });
        const { Items: [item] = [] } = await client.send(command, { abortSignal: signalOf(deadline, budget) });
        const { fingerprint, body, expiresAt } = item ?? {};
        // DynamoDB removes what has expired some hours late.
        const alive = Number(expiresAt?.N) > Date.now() / 1000;
        return alive && fingerprint?.S !== undefined && body?.S !== undefined
          ? { fingerprint: fingerprint.S, body: body.S }
          : undefined;
      }).catch((error: unknown) => {
        report(error);
        return undefined;
      }),
    keep: (customer, key, { fingerprint, body }) =>
      traced('dynamodb PutItem', attributes, async () => {
        const command = new PutItemCommand({
          TableName: table,
          Item: {
            idempotencyKey: { S: itemKey(customer, key) },
            fingerprint: { S: fingerprint },
            body: { S: body },
            expiresAt: { N: expiry() },
          },
          ConditionExpression: 'attribute_not_exists(idempotencyKey)',
        });
        await client.send(command, { abortSignal: AbortSignal.timeout(writeBudget) });
      }).catch((error: unknown) => {
        if (!isConditionFailure(error)) report(error);
      }),
    renew: (customer, key) =>
      traced('dynamodb UpdateItem', attributes, async () => {
        const command = new UpdateItemCommand({
          TableName: table,
          Key: { idempotencyKey: { S: itemKey(customer, key) } },
          UpdateExpression: 'SET expiresAt = :expiry',
          ExpressionAttributeValues: { ':expiry': { N: expiry() } },
          // An answer that has gone meanwhile must not come back as an empty one.
          ConditionExpression: 'attribute_exists(idempotencyKey)',
        });
        await client.send(command, { abortSignal: AbortSignal.timeout(writeBudget) });
      }).catch((error: unknown) => {
        if (!isConditionFailure(error)) report(error);
      }),
  };
}

/** Customer and key as one word without either in it; JSON keeps `a` + `bc` and `ab` + `c` apart. */
function itemKey(customer: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([customer, key]))
    .digest('base64url');
}

function expiry(): string {
  return String(Math.floor(Date.now() / 1000) + secondsKept);
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
