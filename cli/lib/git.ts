// Git as it is asked here. A repository's own configuration may name programs for Git to run (a monitor of files, hooks, transports);
// none of them is needed for what is asked, and none runs.
// https://git-scm.com/docs/git-config
import { execFileSync } from 'node:child_process';
import { documentBytes } from '../../design/file-check.ts';

const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
/** No transport of any kind, so that a missing object is not fetched. */
const offline = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
};

/**
 * What a command of Git prints.
 * @throws Error with what Git says against it in `stderr`
 */
export function git(directory: string, ...words: readonly string[]): string {
  return execFileSync('git', [...quiet, ...words], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, ...offline },
    maxBuffer: documentBytes,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
