// The commit that is being deployed, where there is one that says what is being deployed.
import { git } from './git.ts';

/** `undefined` outside a repository, and where files differ from the commit: a name for something else would mislead a rollback. */
export function currentCommit(directory: string): string | undefined {
  try {
    const changes = git(directory, 'status', '--porcelain', '--untracked-files=no', '--ignore-submodules=all').trim();
    return changes === '' ? git(directory, 'rev-parse', 'HEAD').trim() : undefined;
  } catch {
    return undefined;
  }
}
