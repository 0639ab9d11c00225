// Who may run something against a platform, and for how long.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connectTarget, serveTarget } from './remote-target.ts';
import { Busy, localRunLock, withRunLock } from './run-lock.ts';
import { startShop } from './testing/shop.ts';

const me = process.pid;

test('one at a time, whatever it is; the next may begin when it has ended, well or badly', async () => {
  const turn = localRunLock();
  const hold = Promise.withResolvers<void>();
  const first = withRunLock(turn, 'drill task', () => hold.promise);
  await expect.poll(() => turn.holder()).toBe('drill task');
  await expect(withRunLock(turn, 'load', async () => {})).rejects.toEqual(new Busy('drill task'));
  await expect(withRunLock(turn, 'drill task', async () => {})).rejects.toMatchObject({ run: 'drill task' });
  hold.reject(new Error('came to nothing'));
  await expect(first).rejects.toThrow('came to nothing');
  expect(await withRunLock(turn, 'load', async () => 'done')).toBe('done');
});

test('a holder that was killed has given its turn back', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const turn = localRunLock();
  turn.take('drill poison', child.pid ?? 0);
  expect(turn.take('load', me)).toEqual({ busy: 'drill poison' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(turn.take('load', me)).toHaveProperty('ticket');
});

test('a holder that is not heard of for a minute has lost its turn, one that is heard of has not', () => {
  let now = 0;
  const turn = localRunLock(() => now);
  const taken = turn.take('drill poison', me);
  now = 50_000;
  if ('ticket' in taken) turn.keep(taken.ticket);
  now = 100_000;
  expect(turn.take('load', me)).toEqual({ busy: 'drill poison' });
  now = 111_000;
  expect(turn.holder()).toBeUndefined();
  expect(turn.take('load', me)).toHaveProperty('ticket');
  // Whoever comes back late takes nothing from the one that came after.
  if ('ticket' in taken) turn.giveBack(taken.ticket);
  expect(turn.holder()).toBe('load');
});

test('who asks from another process gets the same turn', async () => {
  const shop = await startShop();
  const turn = localRunLock();
  const answer = serveTarget({ ...shop.target, turn });
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (data) => {
      text += data;
    });
    request.on('end', async () => response.end(JSON.stringify(await answer(JSON.parse(text)))));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const target = await connectTarget({ url: `http://127.0.0.1:${port}/`, token: 'any' });
  await withRunLock(target.turn, 'load', async () => {
    expect(turn.holder()).toBe('load');
    await expect(withRunLock(target.turn, 'drill task', async () => {})).rejects.toEqual(new Busy('load'));
  });
  expect(turn.holder()).toBeUndefined();
  server.closeAllConnections();
  server.close();
  await shop.stop();
});
