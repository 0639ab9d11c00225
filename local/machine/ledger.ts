// The ledger of a running platform: a file that names the process that holds it and everything that was started, so that no second
// platform starts over the first one, and what a killed one left behind is found and ended. It lies in this user's own state and says
// nothing that is not looked at again before anything is ended or removed: a process by its start and its mark, a folder by its mark.
import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import * as z from 'zod';
import { until } from '../../common/until.ts';
import { reasonsOf } from '../../design/refusal.ts';
import { localProblem } from '../problems.ts';
import { hasMark, type OwnFolder, removeMarked } from './own-folder.ts';
import { codeOf, createPrivate, readPrivate, writePrivate } from './private-files.ts';
import { belongsTo, identityOf, identityShape, isAlive, withDescendants } from './process-identity.ts';

const entryShape = z.strictObject({
  ...identityShape.shape,
  // What ends number 1 or a group of that name ends the machine.
  pid: z.int().min(2),
  /** What ends it at once. */
  signal: z.enum(['SIGKILL', 'SIGQUIT']),
});
/** An address of this machine that answers to nobody else. */
const here = z.url({ protocol: /^https?$/, hostname: /^(127(\.\d+){3}|localhost)$/ });
const noticeShape = z.strictObject({
  url: here.optional(),
  status: here.optional(),
  control: here.optional(),
  token: z.string().optional(),
});
const ledgerShape = z.strictObject({
  owner: identityShape,
  /** Everything that the platform writes is below. */
  folder: z.string(),
  /** Stands in the folder, and in the variables of every process. */
  mark: z.string().regex(/^[0-9a-f]{32}$/),
  children: z.array(entryShape),
  /** Told to who asks for the running platform. */
  notice: noticeShape,
});
type Entry = z.infer<typeof entryShape>;
type Content = z.infer<typeof ledgerShape>;
type Notice = z.infer<typeof noticeShape>;

export interface MachineLedger {
  add(pid: number, signal: Entry['signal']): void;
  remove(pid: number): void;
  /** What others may know of the platform: where it is, and whom to ask. */
  tell(notice: Notice): void;
  /** Ends at once all that is entered; resolves when it has ended. */
  endAll(): Promise<void>;
  /** The same without waiting, for who is about to end. */
  killAll(): void;
  close(): void;
}

/**
 * Takes the ledger for this process, after ending what an earlier holder left.
 * @param file below `stateFolder()`
 * @throws LocalProblem when its holder is alive, or it is not to be believed
 */
export async function takeLedger(
  file: string,
  { path, mark }: Pick<OwnFolder, 'path' | 'mark'>,
): Promise<MachineLedger> {
  let content: Content = { owner: identityOf(process.pid), folder: path, mark, children: [], notice: {} };
  const text = () => JSON.stringify(content);
  do await cleanUp(file);
  while (!createPrivate(file, text()));
  let closed = false;
  const write = (next: Content) => {
    content = next;
    if (!closed) writePrivate(file, text());
  };
  return {
    add: (pid, signal) => write({ ...content, children: [...content.children, { ...identityOf(pid), signal }] }),
    remove: (pid) => write({ ...content, children: content.children.filter((child) => child.pid !== pid) }),
    tell: (notice) => write({ ...content, notice }),
    endAll: () => endChildren(content),
    killAll: () => content.children.forEach(kill),
    close() {
      closed = true;
      rmSync(file, { force: true });
    },
  };
}

/** The notice of the platform whose ledger it is; `undefined` when none runs. @throws LocalProblem when it is not to be believed */
export function runningNotice(file: string): Notice | undefined {
  const content = read(file);
  return content !== undefined && isAlive(content.owner) ? content.notice : undefined;
}

/**
 * Ends everything that a dead holder left, and removes its folder and the ledger.
 * @throws LocalProblem when the holder is alive, or the ledger is not to be believed
 */
export async function cleanUp(file: string): Promise<void> {
  const text = textOf(file);
  if (text === undefined) return;
  const content = parsed(text);
  // Half a file is from nobody who could still be running: ledgers are written whole.
  if (content === undefined) return discard(file, text);
  const { owner, notice, folder, mark } = content;
  if (isAlive(owner)) {
    throw localProblem('alreadyRunning', {
      pid: owner.pid,
      address: notice.url === undefined ? '' : `, ${notice.url}`,
    });
  }
  if (!hasMark(folder, mark) && !isGone(folder)) throw localProblem('notInState', { file, what: folder });
  await endChildren(content);
  removeMarked(folder, mark);
  discard(file, text);
}

/** Whether nothing is left to remove; a folder without anything in it may stay. */
function isGone(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats === undefined || (stats.isDirectory() && readdirSync(folder).length === 0);
}

/** Removes a ledger that still says this: of two that tidy up at once, the later one must not remove what the earlier has begun since. */
function discard(file: string, text: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (textOf(aside) !== text) linkSync(aside, file);
  rmSync(aside);
}

async function endChildren({ children, ...platform }: Content): Promise<void> {
  const left = () => children.filter((entry) => isAlive(entry) && belongsTo(platform, entry.pid));
  left().forEach(kill);
  await until(left, ({ length }) => length === 0, { within: 5_000, every: 20 });
  for (const entry of left()) kill({ ...entry, signal: 'SIGKILL' });
}

/**
 * Ends the holder of a ledger and all that it started at once and without a word, as a region that is lost ends: nobody gets to send
 * what it had in hand, and nobody is started anew.
 * @param holder number of the process that must hold it
 */
export function killHolder(file: string, holder: number): void {
  const content = read(file);
  if (content?.owner.pid !== holder) return;
  const { owner, children } = content;
  const ours = children.filter((entry) => isAlive(entry) && belongsTo(content, entry.pid));
  // A server's helpers would notice its end by themselves, but could send a last thing before that; its keeper goes on, and tidies up.
  const started = withDescendants(ours.map(({ pid }) => pid));
  for (const pid of [...(isAlive(owner) ? [owner.pid] : []), ...started]) killNow(pid);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

function read(file: string): Content | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : parsed(text);
}

function textOf(file: string): string | undefined {
  try {
    return readPrivate(file);
  } catch (error) {
    throw localProblem('unreadableState', { file, reason: reasonsOf(error) });
  }
}

function parsed(text: string): Content | undefined {
  try {
    return ledgerShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function kill({ pid, started, signal }: Entry): void {
  if (!isAlive({ pid, started })) return;
  try {
    // Each was started as the head of a group of its own; PostgreSQL looks after its own helpers.
    process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
