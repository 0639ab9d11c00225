// A target over HTTP is the same target: what it says of itself, what it can do, and how a refusal reads.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { connectTarget, serveTarget } from './remote-target.ts';
import type { Target } from './target.ts';
import { type Shop, startShop } from './testing/shop.ts';

let shop: Shop | undefined;
let server: Server | undefined;
afterEach(async () => {
  await shop?.stop();
  server?.closeAllConnections();
  server?.close();
});

async function remote(change: (target: Target) => Target = (target) => target): Promise<Target> {
  shop = await startShop();
  const answering = serveTarget(change(shop.target));
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.headers.authorization !== 'Bearer secret') return void response.writeHead(401).end();
    await answering(JSON.parse(Buffer.concat(chunks).toString())).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: Error) => response.writeHead(400).end(error.message),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return connectTarget({
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    token: 'secret',
  });
}

test('what a target says of itself arrives whole', async () => {
  const target = await remote();
  const { headers: _, tasks: __, deadLetters: ___, faults, ...said } = target;
  expect(shop?.target).toMatchObject(said);
  expect(Object.keys(faults).sort()).toEqual(Object.keys(shop?.target.faults ?? {}).sort());
});

test('what is asked of it is done there', async () => {
  const { tasks, deadLetters, headers, faults } = await remote();
  expect(await tasks()).toEqual(['task-1', 'task-2']);
  expect(await faults.killTask?.()).toBe('task-1');
  expect(await tasks()).toEqual(['task-2']);
  expect(await deadLetters('fulfilment')).toBe(0);
  expect(await headers('ann')).toEqual({ authorization: 'Bearer ann' });
  await expect(faults.failDatabaseOver?.()).resolves.toBeNull();
});

test('a fault that a target does not offer is not offered from afar', async () => {
  const { faults } = await remote((target) => ({ ...target, faults: {} }));
  expect(faults).toEqual({});
});

test('a fault that goes wrong there is told here', async () => {
  const broken = async () => Promise.reject(new Error('no second instance'));
  const { faults } = await remote((target) => ({ ...target, faults: { failDatabaseOver: broken } }));
  await expect(faults.failDatabaseOver?.()).rejects.toThrow('no second instance');
});

test('an unknown question is refused', async () => {
  shop = await startShop();
  await expect(serveTarget(shop.target)({ ask: 'shutDown' })).rejects.toThrow('no question to a target');
});
