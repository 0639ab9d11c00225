import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../testing/wait.ts';
import { cleanUp, killHolder, runningNotice, takeLedger } from './ledger.ts';
import { makeOwnFolder, type OwnFolder } from './own-folder.ts';
import { identityOf, markVariable } from './process-identity.ts';

let folder: string;
let file: string;
let own: OwnFolder;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-ledger-'));
  file = join(folder, 'ledger.json');
  own = makeOwnFolder(folder, 'own-');
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const markOf = ({ mark }: OwnFolder) => ({ [markVariable]: mark });

/** A process in a group of its own that would go on for ever, deaf to all signals but the last one. */
async function stubborn(variables: Record<string, string> = markOf(own)): Promise<ChildProcess & { pid: number }> {
  const code = "process.on('SIGQUIT', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, ['-e', code], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...variables },
  });
  started.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child as ChildProcess & { pid: number };
}

/** A process that has started another one, which would outlive it. */
async function parent(): Promise<ChildProcess & { pid: number; grandchild: number }> {
  const code = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    child.on('spawn', () => console.log(child.pid));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', code], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...markOf(own) },
  });
  started.push(child);
  const grandchild = await new Promise<number>((resolve) =>
    child.stdout?.once('data', (text) => resolve(Number(text))),
  );
  return Object.assign(child as ChildProcess & { pid: number }, { grandchild });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const untilEnded = (child: ChildProcess) => eventually('the end of a process', () => hasEnded(child), 5);

interface Content {
  owner: { started: string };
  children: { pid: number; started: string; signal: string }[];
  [name: string]: unknown;
}
const content = (): Content => JSON.parse(readFileSync(file, 'utf8'));
const rewrite = (changes: object) => writeFileSync(file, JSON.stringify({ ...content(), ...changes }));

/** Makes the ledger one of a process that has ended. */
const orphan = () => rewrite({ owner: { ...content().owner, started: 'before' } });

test('a second platform is refused while the first one lives, and told where that is', async () => {
  const ledger = await takeLedger(file, own);
  ledger.tell({ url: 'https://127.0.0.1:8443' });
  await expect(takeLedger(file, own)).rejects.toThrow(new RegExp(`process ${process.pid}, https://127.0.0.1:8443`));
  expect(runningNotice(file)).toEqual({ url: 'https://127.0.0.1:8443' });
  ledger.close();
  expect(runningNotice(file)).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});

test('what a killed platform left is ended and removed before the next one starts', async () => {
  const ledger = await takeLedger(file, own);
  const child = await stubborn();
  ledger.add(child.pid, 'SIGKILL');
  orphan();
  const next = await takeLedger(file, makeOwnFolder(folder, 'next-'));
  await untilEnded(child);
  expect(existsSync(own.path)).toBe(false);
  next.close();
});

test('a removal that is cut short leaves a folder that is still known, and the next one goes on', async () => {
  await takeLedger(file, own);
  const folders = Array.from({ length: 300 }, (_, each) => join(own.path, `part-${each}`));
  for (const each of folders) {
    mkdirSync(each);
    for (let name = 0; name < 20; name++) writeFileSync(join(each, String(name)), '');
  }
  const module = pathToFileURL(join(import.meta.dirname, 'own-folder.ts')).href;
  const code = `import { removeMarked } from ${JSON.stringify(module)}; removeMarked(${JSON.stringify(own.path)}, ${JSON.stringify(own.mark)});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
  started.push(child as ChildProcess);
  await eventually('a removal under way', () => !existsSync(folders[0] ?? '') || !existsSync(folders[299] ?? ''), 20);
  child.kill('SIGKILL');
  await untilEnded(child as ChildProcess);
  orphan();
  await cleanUp(file);
  expect([existsSync(own.path), existsSync(file)]).toEqual([false, false]);
});

test('what does not heed its signal is ended all the same', async () => {
  const ledger = await takeLedger(file, own);
  const child = await stubborn();
  ledger.add(child.pid, 'SIGQUIT');
  orphan();
  await cleanUp(file);
  await untilEnded(child);
});

test('a number that was given to another process since is left alone', async () => {
  const ledger = await takeLedger(file, own);
  const child = await stubborn();
  ledger.add(child.pid, 'SIGKILL');
  orphan();
  rewrite({ children: content().children.map((each) => ({ ...each, started: 'long ago' })) });
  await cleanUp(file);
  expect(hasEnded(child)).toBe(false);
});

test('a region that is lost ends whole: who started it all, what was started, and what that started in turn', async () => {
  const child = await parent();
  // The holder is another process here, since nobody survives the end of its own.
  const holder = await stubborn();
  const ledger = await takeLedger(file, own);
  ledger.add(child.pid, 'SIGQUIT');
  rewrite({ owner: identityOf(holder.pid) });
  killHolder(file, process.pid);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([hasEnded(child), hasEnded(holder)]).toEqual([false, false]);
  killHolder(file, holder.pid);
  await Promise.all([untilEnded(child), untilEnded(holder)]);
  await eventually('the end of the grandchild', () => !isRunning(child.grandchild), 5);
});

test('a ledger that nobody can read is no obstacle', async () => {
  writeFileSync(file, '{"owner":', { mode: 0o600 });
  const ledger = await takeLedger(file, own);
  ledger.close();
});

test('who has closed the ledger writes nothing more', async () => {
  const ledger = await takeLedger(file, own);
  ledger.close();
  ledger.remove(1);
  expect(existsSync(file)).toBe(false);
});

describe('a ledger that says what it should not', () => {
  /** Somebody's folder, with something in it. */
  function victim(): string {
    const place = join(folder, 'precious');
    mkdirSync(place);
    writeFileSync(join(place, 'thesis.txt'), 'years of work');
    return place;
  }
  const isWhole = (place: string) => readFileSync(join(place, 'thesis.txt'), 'utf8') === 'years of work';

  test('names a folder of somebody else: refused, nothing is removed and nothing ended', async () => {
    const place = victim();
    const ledger = await takeLedger(file, own);
    const child = await stubborn();
    ledger.add(child.pid, 'SIGKILL');
    orphan();
    rewrite({ folder: place });
    await expect(takeLedger(file, own)).rejects.toThrow(/precious, which has no mark of hashira.*remove this file/);
    expect([isWhole(place), hasEnded(child)]).toEqual([true, false]);
  });

  test('names a link to it, or a way through one: refused', async () => {
    const place = victim();
    (await takeLedger(file, own)).close();
    for (const way of [join(folder, 'link'), join(folder, 'around', 'precious')]) {
      const ledger = await takeLedger(file, own);
      orphan();
      symlinkSync(way.endsWith('link') ? place : folder, way.endsWith('link') ? way : join(folder, 'around'));
      rewrite({ folder: way });
      await expect(cleanUp(file)).rejects.toThrow('no mark of hashira');
      expect(isWhole(place)).toBe(true);
      ledger.close();
    }
  });

  test('names a folder with the mark of another: refused', async () => {
    const other = makeOwnFolder(folder, 'other-');
    await takeLedger(file, own);
    orphan();
    rewrite({ folder: other.path });
    await expect(cleanUp(file)).rejects.toThrow('no mark of hashira');
    expect(existsSync(other.path)).toBe(true);
  });

  test.runIf(process.platform === 'linux')('names a process of somebody else: it goes on', async () => {
    const ledger = await takeLedger(file, own);
    const child = await stubborn({});
    ledger.add(child.pid, 'SIGKILL');
    orphan();
    await cleanUp(file);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hasEnded(child)).toBe(false);
    expect(existsSync(own.path)).toBe(false);
  });

  test.each([0, 1, -1])(
    'names the process %i, which would be all of them: nothing it says is believed',
    async (pid) => {
      await takeLedger(file, own);
      rewrite({ children: [{ ...identityOf(process.pid), pid, signal: 'SIGKILL' }] });
      expect(runningNotice(file)).toBeUndefined();
      await cleanUp(file);
      expect(existsSync(own.path)).toBe(true);
    },
  );

  test.each(['https://collector.example/', 'http://127.0.0.1.collector.example/', 'file:///etc/passwd'])(
    'sends the token to %s: nothing it says is believed',
    async (control) => {
      await takeLedger(file, own);
      rewrite({ notice: { control, token: 'secret' } });
      expect(runningNotice(file)).toBeUndefined();
    },
  );
});

describe('the file', () => {
  test('is nobody else’s from its first byte on, whatever the umask', async () => {
    const ledger = await takeLedger(file, own);
    const modes = [statSync(file).mode & 0o777];
    ledger.tell({ token: 'secret' });
    modes.push(statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
    ledger.close();
  });

  test.each([0o644, 0o620, 0o666])('is refused when others may use it: %o', async (mode) => {
    await takeLedger(file, own);
    orphan();
    chmodSync(file, mode);
    expect(() => runningNotice(file)).toThrow(/not a file of this user's alone \(mode 0\d+/);
    await expect(cleanUp(file)).rejects.toThrow('remove it');
    expect(existsSync(own.path)).toBe(true);
  });

  test('is refused when it is a link', async () => {
    await takeLedger(file, own);
    renameSync(file, join(folder, 'elsewhere.json'));
    symlinkSync(join(folder, 'elsewhere.json'), file);
    expect(() => runningNotice(file)).toThrow('is not a file of this user');
  });
});
