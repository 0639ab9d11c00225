// The image without a container: the same files, laid out as the Dockerfile does, run by a user who owns none of them and may write
// none of them.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../testing/ports.ts';
import { someOrder } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { eventually } from '../testing/eventually.ts';
import { taskVariables } from '../testing/platform.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { bundleApi } from './bundle.js';

/** The Dockerfile's user; only root can become another one. */
const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

let postgres: Postgres;
let aws: Aws;
let folder: string;
let node: string;
const agent = new Agent({ rejectUnauthorized: false, keepAlive: false });

beforeAll(async () => {
  [postgres, aws] = await Promise.all([startPostgres({ migrated: false }), startAws()]);
  const root = mkdtempSync(join(tmpdir(), 'orders-image-'));
  folder = join(root, 'app');
  await bundleApi(esbuild, folder);
  // Node itself may lie where only we may look.
  node = join(root, 'node');
  copyFileSync(process.execPath, node);
  chmodSync(root, 0o755);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const place = join(folder, name);
    chmodSync(place, existsSync(join(place, '0001_orders.sql')) ? 0o555 : 0o444);
  }
  chmodSync(folder, 0o555);
});
afterAll(async () => {
  await Promise.all([postgres?.stop(), aws?.stop()]);
  if (folder !== undefined) rmSync(join(folder, '..'), { recursive: true, force: true });
});

function run(file: string, variables: Record<string, string>): ChildProcess & { readonly lines: string[] } {
  const child = spawn(node, [file], { cwd: folder, env: variables, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => lines.push(String(data)));
  return Object.assign(child, { lines });
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function ask(port: number, path: string, payload?: object, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        path,
        agent,
        method: payload ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let body = '';
        response.on('data', (data) => {
          body += data;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    call.on('error', reject);
    call.end(payload ? JSON.stringify(payload) : undefined);
  });
}

describe('the image', () => {
  test('lays out what is tested here, for a user who is not root, and has no shell', () => {
    const dockerfile = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8');
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^\nFROM gcr\.io\/distroless\//);
    expect(last).toContain(
      'COPY server.mjs migrate.mjs resume-orders.mjs ./\nCOPY migrations ./migrations/\nUSER 1000:1000\n',
    );
    expect(last).toContain('CMD ["server.mjs"]');
    expect(readdirSync(folder).toSorted()).toEqual([
      'Dockerfile',
      'migrate.mjs',
      'migrations',
      'resume-orders.mjs',
      'server.mjs',
    ]);
  });

  test('migrates, serves over TLS 1.2 or newer, and on SIGTERM finishes what it has begun', async () => {
    const port = await freePort();
    const variables = { ...taskVariables({ postgres, aws }), PORT: `${port}`, LOG_LEVEL: 'info' };
    for (let count = 0; count < 2; count++) {
      const migration = run('migrate.mjs', variables);
      const [code] = await once(migration, 'exit');
      expect([code, migration.lines.join('')]).toEqual([0, expect.stringContaining('"migrated"')]);
    }

    const server = run('server.mjs', variables);
    const exited = once(server, 'exit');
    try {
      await eventually('the server to listen', () =>
        ask(port, '/health/ready').then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
      expect(await greet(port, 'TLSv1.1')).toMatch(/alert|unsupported|no protocols/i);
      expect(await greet(port, 'TLSv1.2')).toBe('TLSv1.2');
      expect(await greet(port, 'TLSv1.3')).toBe('TLSv1.3');

      const locked = postgres.sql('BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(1.5); COMMIT');
      await eventually(
        'the lock',
        async () =>
          (
            await postgres.sql(
              "SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = 'orders'::regclass",
            )
          ).length > 0,
      );
      const underWay = ask(port, '/orders', someOrder, { 'idempotency-key': randomUUID() });
      await eventually(
        'the request to wait',
        async () => (await postgres.sql('SELECT 1 FROM pg_locks WHERE NOT granted')).length > 0,
      );
      server.kill('SIGTERM');
      expect((await underWay).status).toBe(202);
      await locked;
      expect(await exited).toEqual([0, null]);
    } finally {
      server.kill('SIGKILL');
    }
    const log = server.lines.join('');
    expect(log).toContain('authentication is off');
    expect(log).toMatch(/"trace_id":"[0-9a-f]{32}"/);
    for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('says what is missing when its environment is not complete', async () => {
    const server = run('server.mjs', { PORT: '1' });
    const [code] = await once(server, 'exit');
    expect(code).toBe(1);
    expect(server.lines.join('')).toContain('DATABASE_HOST: is missing');
  });
});

/** The protocol that a client of one version ends up with, or why it does not. */
function greet(port: number, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, rejectUnauthorized: false, minVersion: version, maxVersion: version };
    // Old versions need weaker ciphers on the client's side before it even tries.
    const socket = connect({ ...options, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
      resolve(socket.getProtocol() ?? 'none');
      socket.destroy();
    });
    socket.on('error', (error) => resolve(error.message));
  });
}
