// Files that are one user's alone from their first byte on, whatever the umask says, and that are never reached through a link.

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../design/refusal.ts';
import { words } from '../problems.ts';

/** Whether it is this user's and nobody else may do anything with it; what is wrong with it otherwise. */
function isPrivate({ uid, mode }: Stats): boolean {
  // Windows keeps neither.
  if (process.getuid === undefined) return true;
  return uid === process.getuid() && (mode & 0o077) === 0;
}

/** Makes a file that was not there. @throws Error `EEXIST` when it was, also when it is a link */
export function writeNew(file: string, text: string): void {
  const opened = openSync(file, 'wx', 0o600);
  try {
    // A umask can only take away more.
    fchmodSync(opened, 0o600);
    writeFileSync(opened, text);
  } finally {
    closeSync(opened);
  }
}

/** Puts a file in its place, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  withDraft(file, text, (draft) => renameSync(draft, file));
}

/** Puts a file in its place unless there is one: of two that do so at once, one gets false. */
export function createPrivate(file: string, text: string): boolean {
  return withDraft(file, text, (draft) => {
    try {
      linkSync(draft, file);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

function withDraft<T>(file: string, text: string, use: (draft: string) => T): T {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeNew(draft, text);
    return use(draft);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * The text of a private file; `undefined` when there is none.
 * @throws for a link, for what is no file, and for one that others own or may read or write
 */
export function readPrivate(file: string): string | undefined {
  let opened: number;
  try {
    // Without waiting: nobody may ever write into what is a pipe.
    opened = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile() || !isPrivate(stats)) throw new Refusal(words.notPrivate(modeOf(stats), stats.uid));
    return readFileSync(opened, 'utf8');
  } finally {
    closeSync(opened);
  }
}

/** As `chmod` writes it. */
export const modeOf = ({ mode }: Stats): string => (mode & 0o7777).toString(8).padStart(4, '0');

/**
 * Makes a folder and those above it. Node's own way of doing so never ends below /proc, where making says that the folder above is missing.
 * @param mode of those that are made
 */
export function makeFolders(folder: string, mode = 0o777): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolders(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!(codeOf(error) === 'EEXIST' && lstatSync(folder).isDirectory())) throw error;
  }
}

/** The system's code of an error, such as `ENOSPC`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
