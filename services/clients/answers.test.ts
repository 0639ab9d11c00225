import { randomUUID } from 'node:crypto';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { place, someOrder, startApi } from '../testing/api.ts';
import { type Aws, type Dynamo, startAws, startDynamo } from '../testing/aws.ts';
import { eventually } from '../testing/eventually.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { type Answers, openAnswers } from './answers.ts';
import { deadlineIn } from './deadline.ts';

let postgres: Postgres;
let aws: Aws;
let dynamo: Dynamo;
let answers: Answers;
let app: FastifyInstance;
const reported: unknown[] = [];

beforeAll(async () => {
  [postgres, aws, dynamo] = await Promise.all([startPostgres(), startAws(), startDynamo()]);
  answers = openAnswers(dynamo.client, dynamo.table, (error) => reported.push(error));
  app = await startApi(postgres, aws, { answers });
});
beforeEach(() => {
  reported.length = 0;
});
afterAll(async () => {
  await app?.close();
  await Promise.all([postgres?.stop(), aws?.stop(), dynamo?.stop()]);
});

const soon = () => deadlineIn(5_000);
const kept = (key: string, customer = 'anne') => answers.find(soon(), customer, key);
const items = async () => (await dynamo.client.send(new ScanCommand({ TableName: dynamo.table }))).Items ?? [];

describe('the table of first answers', () => {
  test('answers a repeated request without Aurora', async () => {
    const key = randomUUID();
    const first = await place(app, { key });
    await eventually('the answer to be kept', () => kept(key));
    const withoutAurora = await startApi(postgres, aws, {
      answers,
      database: { ...postgres.database, query: () => Promise.reject(new Error('Aurora was asked')) },
    });
    expect(await place(withoutAurora, { key })).toEqual(first);
    const other = await withoutAurora.inject({
      method: 'POST',
      url: '/orders',
      headers: { 'idempotency-key': key, 'x-customer': 'anne' },
      payload: { ...someOrder, reference: 'another' },
    });
    expect(other.statusCode).toBe(422);
    await withoutAurora.close();
  });

  test('keeps the first answer, and forgets it a day after somebody last asked', async () => {
    const key = randomUUID();
    await answers.keep('anne', key, { fingerprint: 'f', body: 'first' });
    await answers.keep('anne', key, { fingerprint: 'f', body: 'second' });
    expect(await kept(key)).toEqual({ fingerprint: 'f', body: 'first' });
    await answers.renew('anne', key);
    await answers.renew('anne', 'never-kept');
    expect(await kept('never-kept')).toBeUndefined();
    const inADay = Date.now() / 1000 + 86_400;
    for (const { expiresAt } of await items()) expect(Math.abs(Number(expiresAt?.N) - inADay)).toBeLessThan(60);
    expect(reported).toEqual([]);
  });

  test('does not answer with what has expired and DynamoDB has not yet removed', async () => {
    const key = randomUUID();
    await answers.keep('anne', key, { fingerprint: 'f', body: 'old' });
    const item = (await items()).find(({ body }) => body?.S === 'old');
    await dynamo.client.send(new PutItemCommand({ TableName: dynamo.table, Item: { ...item, expiresAt: { N: '1' } } }));
    expect(await kept(key)).toBeUndefined();
  });

  test('keeps customers apart, whatever their names and keys look like', async () => {
    await answers.keep('a#b', 'c', { fingerprint: 'f', body: 'hers' });
    expect(await kept('b#c', 'a')).toBeUndefined();
    expect(JSON.stringify(await items())).not.toContain('a#b');
  });

  test('is passed over when it is away: an order is placed, and repeated, all the same', async () => {
    const away = openAnswers(dynamo.client, 'no-such-table', (error) => reported.push(error));
    const alone = await startApi(postgres, aws, { answers: away });
    const key = randomUUID();
    const first = await place(alone, { key });
    expect(await place(alone, { key })).toEqual(first);
    expect(reported.length).toBeGreaterThanOrEqual(2);
    await alone.close();
  });
});
