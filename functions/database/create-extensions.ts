// Makes the extensions of a database, as a step of its stack's deployment: CloudFormation calls this function and waits for an answer at
// an address of S3 (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html).
import pg from 'pg';
import * as z from 'zod';
import { reasonOf } from '../../common/reason.ts';
import { until } from '../../common/until.ts';
import { isRefusal, readVariables, withConnection } from './connect.ts';

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
  const variables = readVariables(process.env);
  await untilAnswered(() =>
    withConnection(variables, async (client) => {
      for (const name of names) await client.query(`CREATE EXTENSION IF NOT EXISTS ${pg.escapeIdentifier(name)}`);
    }),
  );
}

/** Repeats work that no database has refused. */
async function untilAnswered(work: () => Promise<void>): Promise<void> {
  const attempt = () =>
    work().then(
      () => undefined,
      (error: unknown) => {
        logLine('warn', 'the database did not do it', { reason: shortReasonOf(error) });
        return { error };
      },
    );
  const { last } = await until(attempt, (failure) => failure === undefined || isRefusal(failure.error), {
    within: budget - pause,
    every: pause,
  });
  if (last !== undefined) throw last.error;
}

const failureIn = (work: Promise<void>): Promise<string | undefined> => work.then(() => undefined, shortReasonOf);

const shortReasonOf = (error: unknown): string => reasonOf(error).slice(0, longestReason);

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

/** An entry of the log. Lambda's JSON format takes an object as it is, and adds time, level and request. */
function logLine(level: 'info' | 'warn' | 'error', msg: string, fields: Record<string, unknown>): void {
  console[level]({ msg, ...fields });
}
