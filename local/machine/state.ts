// Where Hashira keeps what it must be able to believe later: which processes and which folder are a running platform's, with its token,
// and what a deployment was allowed. Never where a repository could have put it: in a folder that is this user's alone.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { localProblem, words } from '../problems.ts';
import { makeFolders, modeOf } from './private-files.ts';

/**
 * The folder of this user's state: `hashira` in `$XDG_STATE_HOME`, else in `~/.local/state` (XDG Base Directory Specification), else, for
 * who has no home to write to, `hashira-<user>` among the temporary files.
 * @throws LocalProblem `stateNotOurs` when it is a link or others may look into it, `noStateFolder` when it cannot be made
 */
export function stateFolder(variables: NodeJS.ProcessEnv = process.env): string {
  const { XDG_STATE_HOME: stated = '' } = variables;
  const usual = join(isAbsolute(stated) ? stated : join(homedir(), '.local', 'state'), 'hashira');
  const found = ownFolder(usual) ?? ownFolder(join(tmpdir(), `hashira-${process.getuid?.() ?? userInfo().username}`));
  if (found === undefined) throw localProblem('noStateFolder', { folder: usual });
  return found;
}

/** `undefined` when it cannot be made, or is another user's. */
function ownFolder(folder: string): string | undefined {
  try {
    makeFolders(folder, 0o700);
  } catch {
    // Whatever is there instead of a folder is told below.
  }
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || (process.getuid !== undefined && stats.uid !== process.getuid())) return undefined;
  const isOpen = process.getuid !== undefined && (stats.mode & 0o077) !== 0;
  if (!stats.isDirectory() || isOpen) {
    const found = stats.isDirectory() ? modeOf(stats) : stats.isSymbolicLink() ? words.link : words.noFolder;
    throw localProblem('stateNotOurs', { folder, found });
  }
  return folder;
}

/** The file of state about an output folder, whether or not that is there already. */
export function stateFileOf(out: string, name: string): string {
  const key = createHash('sha256')
    .update(canonical(resolve(out)))
    .digest('hex')
    .slice(0, 32);
  return join(stateFolder(), `${key}.${name}.json`);
}

/** A folder by the one name that it has without links. */
function canonical(path: string): string {
  return existsSync(path) || dirname(path) === path
    ? realpathSync(path)
    : join(canonical(dirname(path)), basename(path));
}
