// One trace through everything, and nothing else: what a collector beside the task and the functions would receive (OTLP over HTTP).
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { openBucket } from '../clients/bucket.ts';
import { deadlineIn } from '../clients/deadline.ts';
import type { Order } from '../orders/order.ts';
import { prefix, someOrder } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { eventually } from '../testing/eventually.ts';
import { local, runFunctions, taskEnvironment } from '../testing/platform.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { startTask } from './start.ts';

const spanShape = z.object({ traceId: z.string(), name: z.string() });
const tracesShape = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanShape) })) })),
});
let postgres: Postgres;
let aws: Aws;
let collector: Server;
const received: Record<string, string[]> = {};

beforeAll(async () => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  [postgres, aws] = await Promise.all([startPostgres(), startAws()]);
  collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const path = request.url ?? '';
    received[path] = [...(received[path] ?? []), body];
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  collector?.close();
  await Promise.all([postgres?.stop(), aws?.stop()]);
});

describe('telemetry', () => {
  test('one trace id goes from the request through Aurora, SQS, function, SNS and S3', async () => {
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const task = await startTask(
      { ...taskEnvironment({ postgres, aws }), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: 1 },
      local,
    );
    const functions = runFunctions({ postgres, aws });
    const response = await task.app.inject({
      method: 'POST',
      url: '/orders',
      headers: { 'idempotency-key': randomUUID() },
      payload: someOrder,
    });
    await task.app.inject('/orders/not-a-uuid');
    await task.app.inject('/health/live');
    const traceId = String(response.headers['trace-id']);
    const bucket = openBucket(aws.clients.s3, aws.bucket, prefix);
    await eventually('a receipt', () => bucket.read(deadlineIn(5_000), `receipts/${response.json<Order>().id}.json`));
    await functions.stop();
    await task.stop();

    const spans = (received['/v1/traces'] ?? [])
      .flatMap((body) => tracesShape.parse(JSON.parse(body)).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans);
    const names = spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /orders',
        'postgresql query',
        'fulfil-order',
        'sqs SendMessageBatch',
        'work',
        'sns Publish',
        'write-receipt',
        's3 PutObject',
      ]),
    );
    expect(spans.map(({ name }) => name)).not.toContain('GET /health/live');
    // Whatever is sent has a receiver: the collector of the templates takes traces.
    expect(Object.keys(received)).toEqual(['/v1/traces']);
  });
});
