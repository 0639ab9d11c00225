// The commit that is being deployed, where there is one that says what is being deployed.
import { execFileSync } from 'node:child_process';

/** `undefined` outside a repository, and where files differ from the commit: a name for something else would mislead a rollback. */
export function currentCommit(directory: string): string | undefined {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('status', '--porcelain', '--untracked-files=no') === '' ? git('rev-parse', 'HEAD') : undefined;
  } catch {
    return undefined;
  }
}
