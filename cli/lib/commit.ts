// The commit that is being deployed, where there is one that says what is being deployed.
import { git } from './git.ts';

export interface Commit {
  readonly id: string;
  /** Whether no file that the commit has differs from it. */
  readonly clean: boolean;
}

/** The commit that is checked out; `undefined` outside a repository, and before the first one. */
export function commitOf(directory: string): Commit | undefined {
  try {
    const changes = git(directory, 'status', '--porcelain', '--untracked-files=no', '--ignore-submodules=all').trim();
    return { id: git(directory, 'rev-parse', '--verify', 'HEAD').trim(), clean: changes === '' };
  } catch {
    return undefined;
  }
}

/** `undefined` outside a repository, and where files differ from the commit: a name for something else would mislead a rollback. */
export function currentCommit(directory: string): string | undefined {
  const commit = commitOf(directory);
  return commit?.clean ? commit.id : undefined;
}
