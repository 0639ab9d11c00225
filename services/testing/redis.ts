// A real Redis for tests, where `redis-server` or `valkey-server` is on the PATH; it keeps nothing on disk.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../testing/ports.ts';

export interface RedisServer {
  readonly port: number;
  readonly token: string;
  start(): Promise<void>;
  /** Holds the process still, as a host that no longer answers, until `resume`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** The server's command on this machine, if it has one. */
function installed(): string | undefined {
  return ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);
}

export function hasRedis(): boolean {
  return installed() !== undefined;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const token = 'a-token-of-tests';
  const command = installed();
  if (command === undefined) throw new Error('neither redis-server nor valkey-server is on the PATH; install one');
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const words = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--requirepass',
      token,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const child = spawn(command ?? '', words, { stdio: ['ignore', 'pipe', 'ignore'] });
    server = child;
    for await (const text of child.stdout) if (/ready to accept connections/i.test(String(text))) break;
    child.stdout.resume();
  }
  await start();
  return {
    port,
    token,
    start,
    pause: () => server?.kill('SIGSTOP'),
    resume: () => server?.kill('SIGCONT'),
    async stop() {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGCONT');
      server.kill('SIGKILL');
      await ended;
    },
  };
}
