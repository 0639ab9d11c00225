// Makes the extensions of a database, as a step of its stack's deployment: CloudFormation calls this function and waits for an answer at
// an address of S3 (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html).
import { setTimeout as sleep } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import pg from 'pg';
import * as z from 'zod';
import { patience } from '../clients/aws.ts';
import { databaseOptions } from '../clients/connect-database.ts';
import { failureOf } from '../clients/database-failure.ts';
import { type Deadline, deadlineIn } from '../clients/deadline.ts';
import { checkLogin, databaseVariables, readEnvironment } from '../clients/environment.ts';
import { logLine } from '../clients/lambda.ts';
import { withOneConnection } from '../clients/one-connection.ts';

const requestShape = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceProperties: z.object({ Extensions: z.array(z.string().min(1)).min(1) }),
});

type Request = z.infer<typeof requestShape>;

/** Milliseconds for which a database that does not answer yet is asked again; the function's own time ends after it. */
const budget = 120_000;
const pause = 2_000;
/** An answer may have 4,096 bytes, most of which are names. */
const longestReason = 500;

/** Extensions stay with the data: when the step is taken out of a stack, there is nothing to do. */
export async function handler(event: unknown): Promise<void> {
  const request = requestShape.parse(event);
  const { Extensions } = request.ResourceProperties;
  const failure = request.RequestType === 'Delete' ? undefined : await failureIn(createExtensions(Extensions));
  logLine(failure === undefined ? 'info' : 'error', failure ?? 'extensions are there', { Extensions });
  await answer(request, failure);
}

/** Makes those that are not there yet. @throws what the database refuses, and what kept it from answering at the end */
async function createExtensions(names: readonly string[]): Promise<void> {
  const variables = readEnvironment(z.object(databaseVariables), process.env, checkLogin);
  await patiently(deadlineIn(budget), async () => {
    const options = await databaseOptions(variables, new SecretsManagerClient(patience), 1);
    await withOneConnection(options, 'create-extensions', async (client) => {
      for (const name of names) await client.query(`CREATE EXTENSION IF NOT EXISTS ${pg.escapeIdentifier(name)}`);
    });
  });
}

/** Repeats work that no database has refused. */
async function patiently(deadline: Deadline, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const refused = error instanceof pg.DatabaseError && failureOf(error) === 'other';
      if (refused || deadline.remaining() < pause) throw error;
      logLine('warn', 'the database is asked again', { reason: reasonOf(error) });
      await sleep(pause);
    }
  }
}

const failureIn = (work: Promise<void>): Promise<string | undefined> => work.then(() => undefined, reasonOf);

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, longestReason);

async function answer(request: Request, failure: string | undefined): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = LogicalResourceId } = request;
  const body = {
    ...{ StackId, RequestId, LogicalResourceId, PhysicalResourceId },
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    Reason: failure ?? 'the extensions are there',
  };
  const { ok, status } = await fetch(request.ResponseURL, {
    method: 'PUT',
    // Bytes and no text, since the address is signed for a request without a type of content.
    body: new TextEncoder().encode(JSON.stringify(body)),
  });
  if (!ok) throw new Error(`CloudFormation's address for answers gave ${status}`);
}
