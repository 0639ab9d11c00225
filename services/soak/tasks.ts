// Tasks of the soak: processes that can be killed and come back, as ECS would bring them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../testing/ports.ts';
import { eventually } from '../testing/eventually.ts';
import { getStatus } from './client.ts';

export interface RunningTask {
  readonly port: number;
  /** Ends the process without a word, and starts another one. */
  replace(): Promise<void>;
  stop(): Promise<void>;
}

export async function runTask(variables: Record<string, string>): Promise<RunningTask> {
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const file = join(import.meta.dirname, 'task.ts');
    child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
      env: { ...variables, PORT: `${port}` },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await eventually('a task to listen', async () => (await getStatus(port, '/health/live')) === 200);
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    port,
    async replace() {
      await end('SIGKILL');
      await start();
    },
    stop: () => end('SIGTERM'),
  };
}
