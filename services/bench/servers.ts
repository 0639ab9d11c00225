// What is measured: the API with a cache and without, each a process of its own, and a bare HTTPS server that sends as many bytes.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import * as z from 'zod';
import { freePort } from '../../testing/ports.ts';
import { deadlineIn } from '../clients/deadline.ts';
import { someOrder } from '../testing/api.ts';
import { startAws } from '../testing/aws.ts';
import { eventually } from '../testing/eventually.ts';
import { taskVariables } from '../testing/platform.ts';
import { startPostgres } from '../testing/postgres.ts';
import { hasRedis, startRedis } from '../testing/redis.ts';

export interface Stage {
  readonly barePort: number;
  readonly apiPort: number;
  /** The API without a cache. */
  readonly plainPort: number;
  cachedOrder(): string;
  anyOrder(): string;
  ask(port: number, method: 'GET' | 'POST', path: string, key?: string): Promise<void>;
  /** One row by its key, on a pool like the API's. */
  query(): Promise<void>;
  /** Seconds of processor time that the server at a port has had; absent where the kernel does not tell. */
  processorTime(port: number): number | undefined;
  stop(): Promise<void>;
}

/** Orders there are; the first of them are read again and again. */
const orders = 500;
const popular = 50;
const placed = z.object({ id: z.string() });

export async function runApi(): Promise<Stage> {
  if (!hasRedis()) throw new Error('a cached read needs redis-server or valkey-server on the PATH; install one');
  const [postgres, aws, redis] = await Promise.all([startPostgres(), startAws(), startRedis()]);
  const agent = new Agent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false });
  const parts = { postgres, aws };
  const [barePort, apiPort, plainPort] = [await freePort(), await freePort(), await freePort()];
  const servers = [barePort, apiPort, plainPort];
  const processes = [
    run('bare.ts', { PORT: `${barePort}` }),
    // What a task logs in production, but thrown away.
    run('../api/server.ts', { ...taskVariables({ ...parts, redis }), PORT: `${apiPort}`, LOG_LEVEL: 'info' }),
    run('../api/server.ts', { ...taskVariables(parts), PORT: `${plainPort}`, LOG_LEVEL: 'info' }),
  ];
  const ids: string[] = [];

  async function ask(port: number, method: 'GET' | 'POST', path: string, key?: string): Promise<string> {
    const body = method === 'POST' ? JSON.stringify(someOrder) : undefined;
    const headers = {
      'x-customer': 'bench',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (data: string) => {
          text += data;
        });
        response.on('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode < 300) resolve(text);
          else reject(new Error(`${method} ${path} answered ${statusCode}: ${text}`));
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  for (const [port, path] of [
    [barePort, '/'],
    [apiPort, '/health/ready'],
    [plainPort, '/health/ready'],
  ] as const)
    await eventually(`a server at ${port}`, () => ask(port, 'GET', path).catch(() => false as const));
  for (let count = 0; count < orders; count++)
    ids.push(placed.parse(JSON.parse(await ask(plainPort, 'POST', '/orders', randomUUID()))).id);
  const some = (count: number) => ids[Math.floor(Math.random() * count)] ?? '';

  return {
    barePort,
    apiPort,
    plainPort,
    cachedOrder: () => some(popular),
    anyOrder: () => some(orders),
    ask: async (...words) => void (await ask(...words)),
    query: async () =>
      void (await postgres.database.query(deadlineIn(5_000), 'SELECT * FROM orders WHERE id = $1', [some(orders)])),
    processorTime(port) {
      const pid = processes[servers.indexOf(port)]?.pid;
      return pid === undefined ? undefined : processorTimeOf(pid);
    },
    async stop() {
      for (const child of processes) child.kill('SIGTERM');
      await Promise.all(processes.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)));
      agent.destroy();
      await Promise.all([postgres.stop(), aws.stop(), redis.stop()]);
    },
  };
}

/** proc(5): `utime` and `stime` are the 14th and 15th field, in hundredths of a second; the 2nd may hold spaces. */
function processorTimeOf(pid: number): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function run(file: string, variables: Record<string, string>) {
  return spawn(process.execPath, [join(import.meta.dirname, file)], {
    env: variables,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
