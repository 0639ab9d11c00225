import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionPlan } from '../blueprint/functions.ts';
import { type Machine, takeMachine } from '../machine/machine.ts';
import { compiled } from '../testing/templates.ts';
import { doneOf } from './poll-queue.ts';
import { type FunctionRuntime, openRuntime } from './runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-functions-'));
let machine: Machine;
beforeAll(async () => {
  machine = await takeMachine(join(folder, 'ledger.json'), compiled);
});
afterAll(async () => {
  await machine?.release();
  rmSync(folder, { recursive: true });
});

const plan: FunctionPlan = {
  key: 'Stack/Function',
  name: 'a-function',
  asset: '',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  timeout: 5,
  memory: 64,
  environment: [],
  concurrency: undefined,
  queues: [],
  topics: [],
};
let number = 0;

function functionOf(code: string, change: Partial<FunctionPlan> = {}): FunctionRuntime {
  number += 1;
  const own = join(folder, `code-${number}`);
  mkdirSync(own);
  writeFileSync(join(own, 'index.mjs'), code);
  const key = `Stack/Function${number}`;
  const input = { plan: { ...plan, key, ...change }, folder: own, code: compiled, variables: { GREETING: 'hello' } };
  return openRuntime({ ...input, processes: machine.processes });
}

describe('a function', () => {
  test('gets event, context and variables, and keeps what it has loaded for the next event', async () => {
    const runtime = functionOf(`let calls = 0;
      export const handler = async (event, context) => ({ calls: ++calls, event, name: context.functionName,
        left: context.getRemainingTimeInMillis() > 4000, hello: process.env.GREETING, where: process.env.AWS_EXECUTION_ENV });`);
    const first = await runtime.invoke({ a: 1 });
    expect(first).toEqual({
      calls: 1,
      event: { a: 1 },
      name: 'a-function',
      left: true,
      hello: 'hello',
      where: 'AWS_Lambda_nodejs24.x',
    });
    expect(await runtime.invoke(null)).toMatchObject({ calls: 2 });
  });

  test('finds the AWS clients, which its code does not bring', async () => {
    const runtime = functionOf(`import { SQSClient } from '@aws-sdk/client-sqs';
      export const handler = async () => typeof SQSClient;`);
    expect(await runtime.invoke({})).toBe('function');
  });

  test('that takes longer than the template gives it is ended, and a new instance takes the next event', async () => {
    const runtime = functionOf(
      'export const handler = (wait) => wait ? new Promise(() => setInterval(() => {}, 1000)) : process.pid;',
      { timeout: 1 },
    );
    const before = await runtime.invoke(false);
    await expect(runtime.invoke(true)).rejects.toMatchObject({ kind: 'timeout' });
    const after = await runtime.invoke(false);
    expect(after).not.toBe(before);
    expect(() => process.kill(Number(before), 0)).toThrow();
  });

  test('that takes more memory than the template gives it is ended', async () => {
    const runtime = functionOf(
      'export const handler = () => { const all = []; for (;;) all.push(new Array(100_000).fill({})); };',
      { timeout: 20 },
    );
    await expect(runtime.invoke({})).rejects.toMatchObject({ kind: 'crash' });
  });

  test('that throws is an error of that event alone', async () => {
    const runtime = functionOf(
      "export const handler = (bad) => { if (bad) throw new TypeError('no'); return 'yes'; };",
    );
    await expect(runtime.invoke(true)).rejects.toMatchObject({ kind: 'error', message: 'TypeError: no' });
    expect(await runtime.invoke(false)).toBe('yes');
    expect(runtime.counts()).toMatchObject({ invocations: 2, errors: 1 });
  });

  test('runs no more often at once than it may', async () => {
    const runtime = functionOf("export const handler = () => new Promise((done) => setTimeout(done, 300, 'done'));", {
      concurrency: 1,
    });
    const [first, second] = await Promise.allSettled([runtime.invoke({}), runtime.invoke({})]);
    expect(first?.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { kind: 'throttled' } });
  });

  test('whose code is not there is named', () => {
    expect(() =>
      openRuntime({
        plan,
        folder: join(folder, 'nowhere'),
        code: compiled,
        variables: {},
        processes: machine.processes,
      }),
    ).toThrow(/a-function.*nowhere/);
  });
});

describe('of a batch', () => {
  const messages = ['a', 'b', 'c'].map((MessageId) => ({ MessageId }));
  const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
  test.each([
    ['all are done when the answer names none', failures(), true, ['a', 'b', 'c']],
    ['all are done when there is no answer', undefined, true, ['a', 'b', 'c']],
    ['those that failed come back', failures('b'), true, ['a', 'c']],
    ['none is done when one is named that was not in it', failures('x'), true, []],
    ['none is done when the answer has another form', { batchItemFailures: 'b' }, true, []],
    ['all are done where the source does not ask for failures', failures('b'), false, ['a', 'b', 'c']],
  ])('%s', (_, answer, partial, expected) => {
    expect(doneOf(messages, answer, partial).map(({ MessageId }) => MessageId)).toEqual(expected);
  });
});
