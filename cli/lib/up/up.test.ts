// `hashira up` as a person uses it and misuses it: nothing may be left running, however it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from '../../../local/machine/process-identity.ts';
import { eventually } from '../../../local/testing/wait.ts';
import { pathWithoutCache } from '../../../local/testing/without-cache.ts';
import { hashira } from '../../testing/hashira.ts';
import { root } from '../root.ts';
import { ledgerOf } from './run-platform.ts';

const workshop = mkdtempSync(join(tmpdir(), 'up-'));
let path: string;
beforeAll(() => {
  process.env.XDG_STATE_HOME = join(workshop, 'state');
  path = pathWithoutCache(workshop);
});
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

let number = 0;
const place = () => join(workshop, `out-${++number}`);

interface Up {
  readonly child: ChildProcess;
  readonly out: string;
  /** What it has printed so far. */
  said(): string;
  readonly ended: Promise<number | null>;
}

/** Starts the command by its launcher. */
function up(out: string, ...words: readonly string[]): Up {
  const launcher = join(root, 'bin', 'hashira.js');
  const child = spawn(process.execPath, [launcher, 'up', '--no-validation', '--lang', 'en', '--out', out, ...words], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      said += data;
    });
  return { child, out, said: () => said, ended: once(child, 'exit').then(([code]) => code) };
}

interface Ledger {
  readonly owner: { readonly pid: number };
  readonly folder: string;
  readonly children: readonly { readonly pid: number }[];
}
const ledgerFile = (out: string) => ledgerOf(out);
const ledger = (out: string): Ledger => JSON.parse(readFileSync(ledgerFile(out), 'utf8'));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // What nobody has taken leave of yet is dead all the same.
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until nothing is left of a platform: no process, no folder, no ledger. */
async function untilNothingIsLeft({ folder, children, owner }: Ledger, out: string): Promise<void> {
  await eventually('the end of everything', () => {
    const left = [...children, owner].filter(({ pid }) => isAlive(pid));
    return left.length === 0 && !existsSync(folder) && !existsSync(ledgerFile(out));
  });
}

const json = { 'content-type': 'application/json' };
const portOf = (address: string) => Number(new URL(address).port);
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('without a terminal', () => {
  test('it ends with 0 after the first order, with its account as JSON', async () => {
    const out = place();
    const run = spawn(
      process.execPath,
      [join(root, 'bin', 'hashira.js'), 'up', '--no-validation', '--json', '--out', out],
      { cwd: root, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [[code], printed] = await Promise.all([once(run, 'exit'), text(run.stdout)]);
    const report = JSON.parse(printed);
    expect(code).toBe(0);
    expect(report).toMatchObject({ environment: 'development', cache: 'absent', order: { status: 'fulfilled' } });
    expect(report.steps.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([
        'document',
        'templates',
        'database',
        'migrations',
        'tasks',
        'order',
        'fulfilled',
        'receipt',
      ]),
    );
    expect(report.steps.every(({ ok, ms }: { ok: boolean; ms: number }) => ok && ms >= 0)).toBe(true);
    expect(await answers(portOf(report.addresses.api))).toBe(false);
    expect(existsSync(join(out, 'local'))).toBe(false);
    expect(readdirSync(join(workshop, 'state', 'hashira'))).toEqual([]);
  });

  test('a refused document ends with 2, and nothing is started', () => {
    const { code, stderr } = hashira(['up', 'README.md', '--out', place()]);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });

  test.each([
    ['an unknown environment', ['--environment', 'prod'], /production, staging/],
    ['a speed that is none', ['--speed', 'fast'], /--speed fast.*1 to 600/],
  ])('%s ends with 2', (_, words, expected) => {
    const { code, stderr } = hashira(['up', '--lang', 'en', '--out', place(), ...words]);
    expect({ code, said: expected.test(stderr) }).toEqual({ code: 2, said: true });
  });
});

describe('while it runs', () => {
  test('a second one is refused and told where the first is; Ctrl-C ends that with 0 and leaves nothing', async () => {
    const first = up(place(), '--stay');
    await eventually('the platform', () => first.said().includes('Ctrl-C'), 60);
    expect(first.said()).toMatch(
      /^\S+design\.md: WEB-001 \S+ \S+ · the orders, the sample workload · ap-northeast-1\n/,
    );
    expect(first.said()).toMatch(
      /\nCtrl-C [^\n]*\n\d+ lines with statements: \d+ hold, 0 do not, [^\n]*; nothing assumed\n$/,
    );
    const second = up(first.out);
    expect(await second.ended).toBe(2);
    expect(second.said()).toMatch(/running already \(process \d+, https:\/\/127\.0\.0\.1:\d+\)/);
    const before = ledger(first.out);
    expect(before.children.length).toBeGreaterThan(4);
    // Nobody else may read the token, or the headers of a customer.
    const modes = [ledgerFile(first.out), join(before.folder, 'headers'), dirname(ledgerFile(first.out))].map(
      (file) => statSync(file).mode & 0o077,
    );
    expect(modes).toEqual([0, 0, 0]);
    const aws = /aws +(http:\S+)/.exec(first.said())?.[1] ?? '';
    expect((await fetch(`${aws}/?Action=ListQueues`)).status).toBe(403);
    const [page = '', key = ''] = /status +(http:\S+)/.exec(first.said())?.[1]?.split('#') ?? [];
    const press = (headers: object) =>
      fetch(`${page}drills/none`, { method: 'POST', headers: { ...json, ...headers } });
    expect((await press({})).status).toBe(401);
    expect((await press({ authorization: `Bearer ${key}` })).status).toBe(404);
    expect(first.said()).toContain('redis-server');
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    await untilNothingIsLeft(before, first.out);
  });

  test('where its port is taken, it takes another one and says so', async () => {
    const taken = createServer().listen(8443, '127.0.0.1');
    // Whoever has it already takes it just as well.
    await once(taken, 'listening').catch(() => {});
    const run = up(place(), '--stay');
    await eventually('its address', () => /api +https:\S+/.test(run.said()), 60);
    const api = /api +(https:\S+)/.exec(run.said())?.[1] ?? '';
    expect(portOf(api)).not.toBe(8443);
    run.child.kill('SIGINT');
    await run.ended;
    taken.close();
  });
});

describe('ended in the middle', () => {
  test.each(['document read', 'templates built', 'PostgreSQL', 'migrations', 'first order placed'])(
    'by Ctrl-C right after "%s": nothing is left',
    async (step) => {
      const run = up(place(), '--stay');
      await eventually(step, () => run.said().includes(step), 60);
      const before = ledger(run.out);
      run.child.kill('SIGINT');
      expect(await run.ended).toBe(130);
      expect(run.said()).toContain('interrupted');
      await untilNothingIsLeft(before, run.out);
    },
  );

  test('by kill -9 of the platform: its keeper ends what it left, and the next one starts', async () => {
    const run = up(place(), '--stay');
    await eventually('the platform', () => run.said().includes('Ctrl-C'), 60);
    const before = ledger(run.out);
    process.kill(before.owner.pid, 'SIGKILL');
    await run.ended;
    await untilNothingIsLeft(before, run.out);
    expect(await up(run.out).ended).toBe(0);
  });
});

describe('what a repository brings', () => {
  test('ends no process and removes no folder, also by an out/local/running.json of its own', async () => {
    const [out, victim] = [place(), join(workshop, 'precious')];
    for (const folder of [join(out, 'local'), victim]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(victim, 'thesis.txt'), 'years of work');
    const sleeper = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const { pid = 0 } = sleeper;
    const state = {
      owner: { pid: 999_999_999, started: '1', signal: 'SIGKILL' },
      folder: victim,
      children: [{ ...identityOf(pid), signal: 'SIGKILL' }],
      notice: { control: 'http://127.0.0.1:9/', token: 'theirs' },
    };
    const files = { 'running.json': JSON.stringify(state), 'source.ts': 'export {};' };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(out, 'local', name), content);
    const run = up(out, '--stay');
    try {
      await eventually('the platform has its machine', () => run.said().includes('document read'), 100);
      run.child.kill('SIGINT');
      expect(await run.ended).toBe(130);
      expect([isAlive(pid), readFileSync(join(victim, 'thesis.txt'), 'utf8')]).toEqual([true, 'years of work']);
      for (const [name, content] of Object.entries(files))
        expect(readFileSync(join(out, 'local', name), 'utf8')).toBe(content);
    } finally {
      sleeper.kill('SIGKILL');
    }
  });
});

describe('in odd places', () => {
  test('a temporary folder with a space, quotes and other letters in its name is one like any other', async () => {
    const temporary = join(workshop, `a "b" 'c' %f 柱`);
    mkdirSync(temporary);
    // Where root runs this, PostgreSQL does so as another user, who must get through.
    chmodSync(workshop, 0o755);
    const run = hashira(['up', '--no-validation', '--check', '--lang', 'en', '--out', place()], root, {
      TMPDIR: temporary,
      PATH: process.env.PATH ?? '',
    });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(readdirSync(temporary)).toEqual([]);
  }, 300_000);

  test('a reader that goes away ends it with 141, quietly, and nothing is left', async () => {
    const out = place();
    const words = ['up', '--no-validation', '--stay', '--lang', 'en', '--out', out];
    const child = spawn(process.execPath, [join(root, 'bin', 'hashira.js'), ...words], {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const complaints = text(child.stderr);
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect([(await ended)[0], await complaints]).toEqual([141, '']);
    expect(existsSync(ledgerFile(out))).toBe(false);
  });
});
