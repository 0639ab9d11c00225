// Runs the command as a person would: the launcher, in a directory of its own.
import { execFile, spawnSync } from 'node:child_process';
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

/** The same for what asks a server of this process, which has to go on answering. */
export const hashiraBeside = (words: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> =>
  new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...environment } };
    const child = execFile(
      process.execPath,
      [join(root, 'bin', 'hashira.js'), ...words],
      options,
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
