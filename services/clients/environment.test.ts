import { describe, expect, test } from 'vitest';
import { readTaskEnvironment } from './environment.ts';

const complete = {
  PORT: '8080',
  DATABASE_HOST: 'cluster.example',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'orders',
  DATABASE_SECRET: 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:db',
  JWT_ISSUER: 'https://issuer.example/',
  JWT_AUDIENCE: 'orders',
  FULFILMENT_QUEUE: 'https://sqs.ap-northeast-1.amazonaws.com/111122223333/fulfilment',
  WORK_QUEUE: 'https://sqs.ap-northeast-1.amazonaws.com/111122223333/work',
  ORDER_EVENTS: 'arn:aws:sns:ap-northeast-1:111122223333:order-events',
  DATA_BUCKET: 'data',
  DATA_PREFIX: 'orders/',
};

/** The lines of the refusal. */
function refusal(variables: Record<string, string>): string[] {
  try {
    readTaskEnvironment(variables);
    return [];
  } catch (error) {
    return String(error)
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}

describe("a task's environment", () => {
  test('is complete without cache, table and collector', () => {
    expect(readTaskEnvironment(complete)).toMatchObject({ PORT: 8080, DATABASE_TLS: 'verify', AUTHENTICATION: 'jwt' });
  });

  test('is refused with every name that is missing, at once', () => {
    expect(refusal({}).map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(Object.keys(complete)));
  });

  test.each([
    [{ ...complete, CACHE_HOST: 'cache.example' }, ['CACHE_PORT: is missing beside CACHE_HOST']],
    [{ ...complete, DATA_PREFIX: 'orders' }, ['DATA_PREFIX: must be path segments that each end with a slash']],
    [{ ...complete, TIME_ZONE: 'Mars/Olympus' }, ['TIME_ZONE: is no time zone, e.g. Asia/Tokyo']],
    [{ ...complete, JWT_AUDIENCE: '' }, ['JWT_AUDIENCE: is missing']],
  ])('names what is wrong (%#)', (variables, lines) => {
    expect(refusal(variables)).toEqual(lines);
  });

  test('is refused without showing a value, which may be a secret', () => {
    const lines = refusal({ ...complete, DATABASE_PORT: 'hunter2', AUTHENTICATION: 'hunter2' });
    expect(lines.length).toBe(2);
    expect(lines.join()).not.toContain('hunter2');
  });
});
