// Runs the command as a person would: the launcher, in a directory of its own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = join(import.meta.dirname, '..', '..');

/** Runs `hashira` with these words and waits for its end. */
export function hashira(words: readonly string[], cwd = root, environment: NodeJS.ProcessEnv = {}): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'hashira.js'), ...words], {
    cwd,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}
