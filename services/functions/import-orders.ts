// `POST /imports`, behind the load balancer: a CSV file → S3, its lines → queue `work`, where the tasks make orders of them. The file
// that came first under a key is the one that counts: a repeated import reads it from the bucket and sends its lines again, which
// finishes what was broken off and changes nothing else. A customer has one file on its way at a time (`orders/import-turns.ts`).
import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type Authenticate, authenticator } from '../clients/authentication.ts';
import { s3Options, sqsOptions } from '../clients/aws.ts';
import { type Bucket, openBucket } from '../clients/bucket.ts';
import { deadlineIn } from '../clients/deadline.ts';
import {
  authenticationVariables,
  bucketVariables,
  checkAuthentication,
  collectorOf,
  collectorVariables,
  readEnvironment,
} from '../clients/environment.ts';
import { type BalancerEvent, type BalancerResponse, balancerEvent, logLine } from '../clients/lambda.ts';
import { openQueue, type Queue, sendAll } from '../clients/queue.ts';
import { startTracing, type Telemetry } from '../clients/start-tracing.ts';
import { continued, traceOfLog } from '../clients/tracing.ts';
import { delayOf, takeTurns } from '../orders/import-turns.ts';
import type { ImportRow, ImportRows } from '../orders/messages.ts';
import { type LineProblem, readCsv } from '../orders/read-csv.ts';

interface Dependencies {
  readonly authenticate: Authenticate;
  readonly bucket: Bucket;
  readonly work: Queue;
}

/** The load balancer takes no more for a function, base64 included; bytes. */
const longestFile = 1_000_000;
/** Lines of one message: ten such messages stay below what SQS takes in one call. */
const rowsPerMessage = 100;
/** Milliseconds. */
const budget = 20_000;

export async function importOrders(parts: Dependencies, input: BalancerEvent): Promise<BalancerResponse> {
  const event = balancerEvent.parse(input);
  return continued(event.headers.traceparent, 'import-orders', async () => {
    try {
      return await answer(parts, event);
    } catch (error) {
      logLine('error', 'an import failed', { error: String(error), ...traceOfLog() });
      return problem(503, 'imports-unavailable', 'The file could not be taken in; try again with the same key.');
    }
  });
}

async function answer(parts: Dependencies, event: z.output<typeof balancerEvent>): Promise<BalancerResponse> {
  const { headers } = event;
  if (event.path !== '/imports') return problem(404, 'no-such-path', 'There is nothing at this path.');
  if (event.httpMethod !== 'POST')
    return problem(405, 'method-not-allowed', 'Files are sent with POST.', { allow: 'POST' });
  const caller = await parts.authenticate(headers.authorization, headers['x-customer']);
  if ('refused' in caller)
    return caller.refused === 'keys-unavailable'
      ? problem(503, 'issuer-unavailable', caller.reason)
      : problem(401, 'unauthorized', caller.reason, { 'www-authenticate': 'Bearer' });

  const key = headers['idempotency-key'] ?? '';
  if (key === '' || key.length > 255)
    return problem(400, 'invalid-request', 'A header Idempotency-Key of 1 to 255 characters is needed.');
  const body = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > longestFile) return problem(413, 'body-too-large', 'The file is longer than 1 MB.');
  if (!/^text\/csv\b/i.test(headers['content-type'] ?? ''))
    return problem(415, 'unsupported-media-type', 'The body must be text/csv.');

  const { customer } = caller;
  const importId = importIdOf(customer, key);
  const text = body.toString('utf8');
  const name = `imports/${importId}.csv`;
  const deadline = deadlineIn(budget);
  const stored = await parts.bucket.read(deadline, name);
  if (stored !== undefined && stored !== text) return usedOtherwise();
  const read = readCsv(text);
  if ('problems' in read) return badFile(read.problems);
  const turn = await takeTurns(parts.bucket, deadline, { customer, importId, rows: read.rows.length }, Date.now());
  if (turn !== 'taken')
    return problem(429, 'import-in-progress', 'A file of this customer is still being taken in; one at a time.', {
      'retry-after': String(turn.wait),
    });
  const file = await keepFirst(parts.bucket, name, text);
  if (file.other) return usedOtherwise();
  await sendAll(parts.work, deadlineIn(budget), toMessages(importId, customer, file.rows));
  logLine('info', 'import taken in', { importId, rows: file.rows.length, ...traceOfLog() });
  return json(202, 'application/json', { importId, rows: file.rows.length });
}

/** Stores the file unless there is one under its name; the stored one is what counts. */
async function keepFirst(
  bucket: Bucket,
  name: string,
  text: string,
): Promise<{ readonly rows: readonly ImportRow[]; readonly other: boolean }> {
  const deadline = deadlineIn(budget);
  if (await bucket.write(deadline, name, text, 'text/csv; charset=utf-8', 'new'))
    return { ...rowsOfStored(text), other: false };
  const first = (await bucket.read(deadline, name)) ?? '';
  return { other: first !== text, ...rowsOfStored(first) };
}

function rowsOfStored(text: string): { readonly rows: readonly ImportRow[] } {
  const read = readCsv(text);
  if ('problems' in read) throw new Error('a stored import cannot be read');
  return read;
}

function toMessages(
  importId: string,
  customer: string,
  rows: readonly ImportRow[],
): { readonly body: ImportRows; readonly delay: number }[] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerMessage) }, (_, index) => ({
    delay: delayOf(index * rowsPerMessage),
    body: {
      type: 'import-rows',
      importId,
      customer,
      rows: rows.slice(index * rowsPerMessage, (index + 1) * rowsPerMessage),
    },
  }));
}

/** One name for a customer's key; JSON keeps `a` + `bc` and `ab` + `c` apart. */
function importIdOf(customer: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([customer, key]))
    .digest('hex')
    .slice(0, 32);
}

const usedOtherwise = () => problem(422, 'key-used-otherwise', 'This idempotency key was used for another file.');

function badFile(problems: readonly LineProblem[]): BalancerResponse {
  const errors = problems.map(({ line, detail }) => ({ pointer: `/body/line ${line}`, detail }));
  return problem(400, 'invalid-file', 'The file does not have the expected form.', {}, { errors });
}

function problem(
  status: number,
  slug: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
  more: object = {},
): BalancerResponse {
  const body = { type: `urn:problem:orders:${slug}`, title: STATUS_CODES[status], status, detail, ...more };
  return json(status, 'application/problem+json', body, headers);
}

function json(
  statusCode: number,
  type: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): BalancerResponse {
  return {
    statusCode,
    headers: { 'content-type': type, ...headers },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}

let started: (Dependencies & { readonly tracing: Telemetry }) | undefined;

export async function handler(event: BalancerEvent): Promise<BalancerResponse> {
  started ??= start();
  const { tracing, ...parts } = started;
  try {
    return await importOrders(parts, event);
  } finally {
    await tracing.flush();
  }
}

function start() {
  const schema = z.object({
    ...authenticationVariables,
    ...bucketVariables,
    ...collectorVariables,
    WORK_QUEUE: z.url(),
  });
  const variables = readEnvironment(schema, process.env, checkAuthentication);
  const client = new S3Client(s3Options());
  return {
    tracing: startTracing(collectorOf(variables, 'import-orders')),
    authenticate: authenticator(variables),
    bucket: openBucket(client, variables.DATA_BUCKET, variables.DATA_PREFIX),
    work: openQueue(new SQSClient(sqsOptions()), variables.WORK_QUEUE),
  };
}
