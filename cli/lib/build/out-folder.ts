// The output folder of a build: what in it is ours, and so may be replaced, and what is not, and so stays. `DIR/.hashira-build` has the
// SHA-256 of each file as it was written; the file of that name in `cdk.out/` has the names of all that was written there.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { makeOwnFolder } from '../../../local/machine/own-folder.ts';
import { createPrivate, makeFolders, readPrivate } from '../../../local/machine/private-files.ts';
import { identityOf, identityShape, isAlive } from '../../../local/machine/process-identity.ts';
import { stateFileOf } from '../../../local/machine/state.ts';
import type { Messages } from '../messages.ts';
import { UsageError } from '../usage-error.ts';

interface OutFolder {
  /** Where the next result is made, inside, so that the last step is a rename on one file system. */
  readonly workshop: string;
  /** Puts what was made in the place of the last result. @throws UsageError when something of another has come there since */
  deliver(): void;
  /** Whatever was made and not delivered is gone after it. */
  close(): void;
}

const assemblyName = 'cdk.out';
/** All that a build leaves in its folder, besides what it knows it by. */
const entries = [assemblyName, 'build.json', 'report.html', 'architecture.svg', 'architecture.png'] as const;
const markName = '.hashira-build';
/** By name, the SHA-256 of the contents that are ours: the last one's, and while they change places, the next one's. */
const filesShape = z.record(z.string(), z.array(z.string()).readonly());
/** Names in `cdk.out/`. */
const namesShape = z.array(z.string());
/** What the CDK's own command leaves in an assembly that it deploys. */
const isOfTheCdk = (name: string) => name === '.cache' || name.endsWith('.lock');

/**
 * Takes the folder for one build, and makes it where there is none.
 * @throws UsageError when it is no folder of its own, cannot be written to, has what is not ours in the place of a result, or another
 * build is writing to it
 */
export function openOut(out: string, say: Messages): OutFolder {
  try {
    const reason = againstFolder(out);
    if (reason !== undefined) throw new UsageError(say.noOut[reason](out));
    makeFolders(resolve(out));
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(say.unwritable(out, error));
  }
  refuseOthers(out, say);
  const leave = takeTurn(out, say);
  try {
    const workshop = makeOwnFolder(out, '.building-');
    return {
      workshop: workshop.path,
      deliver: () => deliver(workshop.path, out, say),
      close() {
        workshop.remove();
        leave();
      },
    };
  } catch (error) {
    leave();
    throw new UsageError(say.unwritable(out, error));
  }
}

/** Why nothing is written to a folder of this name; a repository could have put a link there that leads to somebody else's. */
function againstFolder(out: string): 'link' | 'file' | 'inAssembly' | undefined {
  const path = resolve(out);
  const inside = relative(process.cwd(), path);
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
  const steps = isInside ? inside.split(/[\\/]/).map((_, at, all) => resolve(...all.slice(0, at + 1))) : [path];
  if (steps.some((step) => lstatSync(step, { throwIfNoEntry: false })?.isSymbolicLink())) return 'link';
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isDirectory()) return 'file';
  for (let at = path; dirname(at) !== at; at = dirname(at))
    if (basename(at) === assemblyName && existsSync(join(at, markName))) return 'inAssembly';
  return undefined;
}

/** @throws UsageError naming the first thing that a build would replace and that is not shown to be ours */
function refuseOthers(out: string, say: Messages): void {
  const known = readMark(join(out, markName), filesShape) ?? {};
  for (const name of entries) {
    const reason = againstEntry(out, name, known);
    if (reason !== undefined) throw new UsageError(say.notOurs(join(out, name), say.foreign[reason.is](reason.what)));
  }
}

interface Foreign {
  readonly is: 'link' | 'kind' | 'unmarked' | 'changed' | 'added';
  readonly what: string;
}

function againstEntry(out: string, name: string, known: z.infer<typeof filesShape>): Foreign | undefined {
  const place = join(out, name);
  const stats = lstatSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return { is: 'link', what: name };
  if (name === assemblyName) {
    if (!stats.isDirectory()) return { is: 'kind', what: name };
    const names = readMark(join(place, markName), namesShape);
    if (names === undefined) return { is: 'unmarked', what: markName };
    const added = readdirSync(place).find((each) => each !== markName && !names.includes(each) && !isOfTheCdk(each));
    return added === undefined ? undefined : { is: 'added', what: added };
  }
  if (!stats.isFile()) return { is: 'kind', what: name };
  const ours = known[name];
  if (ours === undefined) return { is: 'unmarked', what: markName };
  return ours.includes(hashOf(place)) ? undefined : { is: 'changed', what: name };
}

function deliver(workshop: string, out: string, say: Messages): void {
  refuseOthers(out, say);
  const made = entries.filter((name) => existsSync(join(workshop, name)));
  const assembly = join(workshop, assemblyName);
  writeFileSync(join(assembly, markName), `${JSON.stringify(readdirSync(assembly).sort())}\n`);
  const mark = join(out, markName);
  const before = readMark(mark, filesShape) ?? {};
  const files = made.filter((name) => name !== assemblyName);
  const next = Object.fromEntries(files.map((name) => [name, [hashOf(join(workshop, name))]]));
  const names = new Set([...Object.keys(before), ...files]);
  // Whoever is killed in between has left both known.
  const both = [...names].map((name) => [name, [...(before[name] ?? []), ...(next[name] ?? [])]] as const);
  writeMark(mark, Object.fromEntries(both), workshop);
  for (const name of entries) {
    const [fresh, place, old] = [join(workshop, name), join(out, name), join(workshop, `${name}.old`)];
    // An old one goes only when the new one is there to follow; what is not made any more must not look as if it were.
    if (existsSync(place)) renameSync(place, old);
    if (made.includes(name)) renameSync(fresh, place);
  }
  writeMark(mark, next, workshop);
}

function writeMark(mark: string, known: z.infer<typeof filesShape>, workshop: string): void {
  const draft = join(workshop, `${markName}-${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, `${JSON.stringify(known, undefined, 2)}\n`, { flag: 'wx' });
  renameSync(draft, mark);
}

/** What a mark says; `undefined` for one that is not there, is a link, or says something else. */
function readMark<T>(file: string, shape: z.ZodType<T>): T | undefined {
  try {
    return lstatSync(file).isFile() ? shape.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined;
  } catch {
    return undefined;
  }
}

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** One build at a time for each folder. @returns what ends the turn */
function takeTurn(out: string, say: Messages): () => void {
  const file = stateFileOf(out, 'building');
  while (!createPrivate(file, JSON.stringify(identityOf(process.pid)))) {
    const holder = holderOf(file);
    if (holder !== undefined && isAlive(holder)) throw new UsageError(say.building(out, holder.pid));
    rmSync(file, { force: true });
  }
  return () => rmSync(file, { force: true });
}

function holderOf(file: string): z.infer<typeof identityShape> | undefined {
  try {
    return identityShape.safeParse(JSON.parse(readPrivate(file) ?? '')).data;
  } catch {
    return undefined;
  }
}
