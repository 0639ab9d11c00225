// `hashira build` from the outside: what is on disk and on the streams afterwards.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, hashira } from '../../testing/hashira.ts';

const document = 'specs/stories/WEB-001-web-platform/design.md';
const form = '../shared/seed/infra-design-template.md';
const text = readFileSync(document, 'utf8');
const workshop = mkdtempSync(join(tmpdir(), 'hashira-build-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

const place = (name: string) => join(workshop, name);
function written(name: string, content: string): string {
  writeFileSync(place(name), content);
  return place(name);
}

interface Report {
  readonly design: { readonly id: string; readonly source: string };
  readonly lines: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly line: number; readonly message: string; readonly forgiven: boolean }[];
  readonly environments: readonly {
    readonly name: string;
    readonly stacks: readonly { readonly id: string; readonly region: string; readonly resources: number }[];
  }[];
  readonly findings: readonly unknown[];
  readonly criteria: readonly { readonly line: number }[];
  readonly statements: readonly {
    readonly line: number;
    readonly path: string;
    readonly environment: string;
    readonly verdict: string;
    readonly evidence: readonly { readonly property: string; readonly observed: unknown; readonly verdict: string }[];
  }[];
}
const report = (out: string): Report => JSON.parse(readFileSync(join(out, 'build.json'), 'utf8'));

describe("the project's own document", () => {
  const out = place('own');
  let run: CommandResult;
  beforeAll(() => {
    run = hashira(['build', document, '--out', out]);
  });

  test('is built for three environments with nothing failed and nothing found', () => {
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const { environments, findings, statements, problems, lines } = report(out);
    expect(environments.map(({ name }) => name)).toEqual(['production', 'staging', 'development']);
    expect({ findings, problems, unknown: lines.unknown }).toEqual({ findings: [], problems: [], unknown: 0 });
    expect(statements.filter(({ verdict }) => verdict === 'fail' || verdict === 'unresolved')).toEqual([]);
    expect(statements.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(500);
  });

  test('is written as an assembly beside its account, and nothing else is left', () => {
    // The PNG needs a font, which not every machine has.
    const files = readdirSync(out).filter((name) => name !== 'architecture.png');
    expect(files.sort()).toEqual(['.hashira-build', 'architecture.svg', 'build.json', 'cdk.out', 'report.html']);
    const templates = readdirSync(join(out, 'cdk.out'));
    for (const { stacks } of report(out).environments)
      for (const { id, resources } of stacks) {
        expect(templates).toContain(`${id}.template.json`);
        expect(resources).toBeGreaterThan(0);
      }
  });

  test('tells every line: the counts add up to the document', () => {
    const { total, ...kinds } = report(out).lines;
    expect(total).toBe(text.split('\n').length);
    expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  test('prints a summary in its own language, with the way to the files', () => {
    expect(run.stdout).toContain('production');
    expect(run.stdout).toContain('不合格');
    expect(run.stdout).toContain(join(out, 'build.json'));
  });

  test('says first what is built and what runs on it, and last what came of its lines', () => {
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/design\.md: WEB-001 web-platform \S+ · 注文（見本のワークロード） · [a-z]+-[a-z]+-\d, /);
    const counts = /^記述 (\d+) 行: 満たす (\d+)、満たさない 0、判定に至らない (\d+)、対象外 (\d+)。仮定なし$/;
    const [all, ...outcomes] = (counts.exec(lines.at(-1) ?? '') ?? []).slice(1).map(Number);
    const { statements, criteria } = report(out);
    expect(all).toBe(new Set([...statements, ...criteria].map(({ line }) => line)).size);
    expect(outcomes.reduce((sum, count) => sum + count, 0)).toBe(all);
    expect(outcomes.every((count) => count > 0)).toBe(true);
  });

  test('is built again to the same bytes, and prints with --json what it writes', () => {
    const again = place('again');
    const json = hashira(['build', document, '--out', again, '--json']);
    expect(json.stdout).toBe(readFileSync(join(again, 'build.json'), 'utf8'));
    const files = readdirSync(join(out, 'cdk.out')).filter((file) => file.endsWith('.json'));
    for (const file of files)
      expect(readFileSync(join(again, 'cdk.out', file), 'utf8'), file).toBe(
        readFileSync(join(out, 'cdk.out', file), 'utf8'),
      );
  });

  test('names no path of the machine in what it writes', () => {
    expect(readFileSync(join(out, 'build.json'), 'utf8')).not.toContain(process.cwd());
    for (const file of readdirSync(join(out, 'cdk.out')).filter((name) => name.endsWith('.template.json')))
      expect(readFileSync(join(out, 'cdk.out', file), 'utf8'), file).not.toContain(process.cwd());
  });
});

describe('a refused document', () => {
  test('ends with 2, names line, found and expected, and leaves the last build as it was', () => {
    const out = place('kept');
    expect(hashira(['build', document, '--out', out, '--environment', 'development', '--no-validation']).code).toBe(0);
    const before = readFileSync(join(out, 'build.json'), 'utf8');
    const files = readdirSync(out);
    const spoilt = written('spoilt.md', text.replace('10.0.1.0/24', '10.0.0.0/24'));
    const { code, stdout, stderr } = hashira(['build', spoilt, '--out', out]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/行目/);
    expect(stderr).toContain('10.0.0.0/24');
    expect(readFileSync(join(out, 'build.json'), 'utf8')).toBe(before);
    expect(readdirSync(out)).toEqual(files);
  });

  test('writes nothing where nothing was', () => {
    const out = place('never');
    expect(hashira(['build', written('empty.md', ''), '--out', out]).code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  test('gives its problems as JSON when asked for', () => {
    const { code, stdout } = hashira(['build', written('port.md', text.replace('Port: 80,', 'Port: 22,')), '--json']);
    expect(code).toBe(2);
    const { problems }: Report = JSON.parse(stdout);
    expect(problems.map(({ message }) => message).join()).toContain('22');
  });
});

describe('the other options', () => {
  test('one environment is built alone', () => {
    const out = place('one');
    const { code } = hashira(['build', '--environment', 'staging', document, '--out', out, '--no-validation']);
    expect(code).toBe(0);
    expect(report(out).environments.map(({ name }) => name)).toEqual(['staging']);
    expect(new Set(report(out).statements.map(({ environment }) => environment))).toEqual(new Set(['staging']));
  });

  test('a place that cannot be written to is named', () => {
    const file = written('file', '');
    const { code, stderr } = hashira(['build', document, '--out', join(file, 'out')]);
    expect(code).toBe(2);
    expect(stderr).toContain('--out');
  });

  test('an assembly of an earlier build is replaced whole', () => {
    const out = place('replaced');
    const words = ['build', document, '--out', out, '--no-validation'];
    expect(hashira([...words, '--environment', 'production']).code).toBe(0);
    expect(hashira([...words, '--environment', 'development']).code).toBe(0);
    expect(readdirSync(join(out, 'cdk.out')).some((file) => file.startsWith('Production'))).toBe(false);
  });
});

describe.skipIf(!existsSync(form))('the form itself', () => {
  test('is refused for its placeholders and missing inputs, with a hint at --lenient', () => {
    const { code, stderr } = hashira(['build', form, '--out', place('form')]);
    expect(code).toBe(2);
    expect(stderr).toContain('--lenient');
    expect(existsSync(place('form'))).toBe(false);
  });

  test('is built with --lenient, each forgiven problem in the account', () => {
    const out = place('lenient');
    const { code } = hashira(['build', form, '--lenient', '--out', out]);
    expect(code).toBe(0);
    const { lines, problems, findings, statements } = report(out);
    expect(lines).toMatchObject({ total: readFileSync(form, 'utf8').split('\n').length, unknown: 0 });
    expect(problems.every(({ forgiven }) => forgiven)).toBe(true);
    expect(findings).toEqual([]);
    expect(statements.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});

test('the document may lie anywhere, and is named without a machine path', () => {
  copyFileSync(document, place('design.md'));
  const out = place('elsewhere');
  expect(
    hashira(['build', place('design.md'), '--out', out, '--environment', 'development', '--no-validation']).code,
  ).toBe(0);
  expect(report(out).design.source).toBe('design.md');
});
