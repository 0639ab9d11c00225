// What `build` and `up` do where they were not meant to be: nothing that is not shown to be ours is removed or replaced, and every refusal
// names the place, what was found and what to do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateFolder } from '../../../local/machine/state.ts';
import { eventually } from '../../../local/testing/wait.ts';
import { hashira } from '../../testing/hashira.ts';
import { catalogues } from '../messages.ts';
import { root } from '../root.ts';
import { UsageError } from '../usage-error.ts';
import { openOut } from './out-folder.ts';
import { readResults, refuseOtherResults } from './results-folder.ts';

const document = join(root, 'specs/stories/WEB-001-web-platform/design.md');
const workshop = mkdtempSync(join(tmpdir(), 'odd-places-'));
beforeAll(() => {
  process.env.XDG_STATE_HOME = join(workshop, 'state');
});
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

let number = 0;
/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(workshop, `place-${++number}`);
  for (const [name, text] of Object.entries({ '.keep': '', ...files })) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** All that is below a folder, with what is in it. */
const contents = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name.toString()))
    .sort()
    .map((file) => [file, linkOrText(file)]);

function linkOrText(file: string): string {
  try {
    return `→ ${readlinkSync(file)}`;
  } catch {
    // It is no link.
  }
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'folder';
  }
}

const build = (out: string, cwd = workshop, ...words: readonly string[]) =>
  hashira(
    ['build', document, '--lang', 'en', '--no-validation', '--environment', 'development', '--out', out, ...words],
    cwd,
  );
/** Refused before anything is made, politely, naming all of these. */
function expectRefusal(out: string, named: readonly string[], cwd = workshop): void {
  const before = process.cwd();
  process.chdir(cwd);
  try {
    expect(() => openOut(out, catalogues.ja).close()).toThrow(UsageError);
    expect(() => openOut(out, catalogues.en).close()).toThrow(/--out/);
    for (const name of named) expect(() => openOut(out, catalogues.en).close()).toThrow(name);
  } finally {
    process.chdir(before);
  }
}

test.each([
  ['build', 'the clone itself', () => folderWith({ 'cdk.out/tree.json': '{}' })],
  ['up', 'the clone itself', () => folderWith({ 'cdk.out/tree.json': '{}' })],
  ['build', 'a file', () => join(folderWith({ file: '' }), 'file')],
  ['up', 'a place below /proc', () => '/proc/nowhere'],
])('%s into %s ends with 2 and a sentence', (command, _, place) => {
  const words = [command, document, '--lang', 'en', '--no-validation', '--out', place()];
  const { code, stdout, stderr } = hashira(words, workshop);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^hashira: .*--out[^\n]*\n$/)]);
});

describe('what another has made', () => {
  test.each([
    ['a cdk.out of another tool', { 'cdk.out/manifest.json': '{}' }, 'cdk.out was not made by hashira'],
    ['a file build.json of another tool', { 'build.json': '{"mine":true}' }, 'build.json was not made by hashira'],
    ['a file report.html', { 'report.html': '<p>mine</p>' }, 'report.html was not made by hashira'],
    ['a drawing', { 'architecture.svg': '<svg/>' }, 'architecture.svg was not made by hashira'],
    ['a file in the place of cdk.out', { 'cdk.out': 'file' }, 'found something else than the folder'],
    ['a folder in the place of build.json', { 'build.json/a': 'file' }, 'found something else than the file'],
    [
      'a mark that somebody made up',
      { '.hashira-build': '{"build.json":["00"]}', 'build.json': '{}' },
      'contents that were written',
    ],
    ['a mark that is none', { '.hashira-build': '[1', 'build.json': '{}' }, 'expected .hashira-build'],
  ])('stays: %s', (_, files, named) => {
    const out = folderWith(files);
    const before = contents(out);
    expectRefusal(out, [named, out, 'move or remove it']);
    expect(contents(out)).toEqual(before);
  });

  test('stays where the place is the clone itself, also its folder `local`', () => {
    const clone = folderWith({ 'local/source.ts': 'export {};', 'cdk.out/tree.json': '{}' });
    const before = contents(clone);
    expectRefusal('.', ['cdk.out was not made by hashira'], clone);
    expect(contents(clone)).toEqual(before);
  });
});

describe('what a build has made', () => {
  const out = join(workshop, 'own');
  beforeAll(() => {
    expect(build(out).code).toBe(0);
  });

  test.each([
    ['a file that somebody put into cdk.out', 'cdk.out/notes.txt', 'found notes.txt in it'],
    ['a result that somebody has changed', 'report.html', 'expected the contents that were written'],
  ])('stays as it is with %s', (_, name, named) => {
    const file = join(out, name);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    writeFileSync(file, `${before ?? ''}mine`);
    try {
      expectRefusal(out, [named]);
      expect(readFileSync(file, 'utf8')).toBe(`${before ?? ''}mine`);
    } finally {
      if (before === undefined) rmSync(file);
      else writeFileSync(file, before);
    }
  });

  test('is no place for another build, which the next one would remove', () => {
    expectRefusal(join(out, 'cdk.out'), ['is inside of a cdk.out']);
    expectRefusal(join(out, 'cdk.out', 'deeper', 'still'), ['is inside of a cdk.out']);
  });

  test('what a killed build has left is removed by the next one, and what is not known to be that is not', async () => {
    const child = spawn(process.execPath, [join(root, 'bin', 'hashira.js'), 'build', document, '--out', out], {
      cwd: workshop,
      stdio: 'ignore',
    });
    const left = () => readdirSync(out).filter((name) => name.startsWith('.building-'));
    await eventually(
      'a build under way',
      () => left().length === 1 && readdirSync(join(out, left()[0] ?? '')).length > 0,
      60,
    );
    const during = build(out);
    expect([during.code, during.stderr]).toEqual([
      2,
      expect.stringMatching(/another hashira \(process \d+\) is building/),
    ]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(left()).toHaveLength(1);
    mkdirSync(join(out, '.building-mine'));
    writeFileSync(join(out, '.building-mine', 'notes.txt'), 'mine');
    expect(build(out).code).toBe(0);
    expect(left()).toEqual(['.building-mine']);
  });
});

describe('links', () => {
  test('that stand for the folder, or on the way to it in this project, are refused', () => {
    const project = folderWith({});
    const elsewhere = folderWith({ 'thesis.txt': 'years of work' });
    symlinkSync(elsewhere, join(project, 'out'));
    symlinkSync(elsewhere, join(project, 'way'));
    const before = contents(elsewhere);
    expectRefusal('out', ['--out out: found a link'], project);
    expectRefusal('way/deeper', ['--out way/deeper: found a link'], project);
    expect(contents(elsewhere)).toEqual(before);
  });

  test.each(['cdk.out', 'build.json', 'report.html'])('in the place of %s are refused', (name) => {
    const elsewhere = folderWith({ 'thesis.txt': 'years of work' });
    const out = folderWith({});
    symlinkSync(name === 'cdk.out' ? elsewhere : join(elsewhere, 'thesis.txt'), join(out, name));
    expectRefusal(out, [`${name} was not made by hashira`, 'found a link']);
    expect(readFileSync(join(elsewhere, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

describe('places that cannot be written to', () => {
  test('a file', () => {
    const folder = folderWith({ file: 'mine' });
    expectRefusal(join(folder, 'file'), ['found a file, expected a folder']);
    expectRefusal(join(folder, 'file', 'below'), ['cannot write to']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
  });

  test.runIf(existsSync('/proc/self'))('below /proc, where Node alone would never end', () => {
    expectRefusal('/proc/nowhere', ['cannot write to /proc/nowhere']);
    expectRefusal('/proc/nowhere/below', ['cannot write to /proc/nowhere/below']);
  });

  test.runIf(existsSync('/sys/kernel'))('a file system that takes no folders', () => {
    expectRefusal('/sys/nowhere', ['cannot write to /sys/nowhere']);
  });

  test('no state that others may look into is believed', () => {
    const state = folderWith({ 'hashira/x': '' });
    expect(() => stateFolder({ XDG_STATE_HOME: state })).toThrow(/found 0755, expected a folder with mode 0700/);
    symlinkSync(workshop, join(folderWith({}), 'hashira'));
    expect(() => stateFolder({ XDG_STATE_HOME: join(workshop, `place-${number}`) })).toThrow('found a link');
  });

  test('who has no home to write to has a folder of its own among the temporary files', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/proc/nowhere' })).toBe(join(tmpdir(), `hashira-${process.getuid?.()}`));
  });
});

describe('results of load and drills', () => {
  test('in whose place something else stands are refused before anything is run', () => {
    const out = folderWith({ 'runtime/production-load.json': '{"mine":true}' });
    expect(() => refuseOtherResults(out, catalogues.en)).toThrow(
      'production-load.json is not what load and drills write',
    );
    const { code, stderr } = hashira(['load', document, '--lang', 'en', '--out', out], workshop);
    expect([code, stderr]).toEqual([2, expect.stringContaining('production-load.json')]);
  });

  test('that are links to what never ends or no results are left out, and told of', () => {
    const out = folderWith({ 'runtime/a.json': 'no JSON', 'runtime/b.json': '{"kind":"load"}' });
    symlinkSync('/dev/zero', join(out, 'runtime', 'endless.json'));
    const left: string[] = [];
    expect(readResults(out, (file) => left.push(basename(file)))).toEqual([]);
    expect(left).toEqual(['a.json', 'b.json', 'endless.json']);
  });
});
