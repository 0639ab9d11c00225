// What the pages tell people to type is typed: the shell blocks of a page in a fresh place, one after another, each line with the exit
// code that the page promises and with what it says is printed. What is not typed here is typed elsewhere, and where is written below.
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../lib/root.ts';
import { makeProgram } from '../program.ts';

/** Lines that take minutes or install: the file that types them, and how it spells them. */
const elsewhere: readonly (readonly [line: RegExp, file: string, spelt: string])[] = [
  [/^npm ci$/, '.ci/run', 'npm ci'],
  [/^npm start$/, '.ci/run', 'npm start'],
  [/^npm test$/, '.ci/run', 'npm test'],
  [/^npx hashira drill region$/, 'cli/drill-region.machine.test.ts', "'drill', 'region',"],
  [/^cd infrastructure\/$/, '.ci/run', 'cd infrastructure'],
  [/^npx cdk synth --all$/, '.ci/run', 'npx cdk synth --all'],
  [/^npx cdk ls$/, '.ci/run', 'npx cdk ls'],
];

/** Only an account can run these: nobody has typed them, and all that is held against the CDK is their options. */
const needsAccount = /^npx cdk (?:diff|deploy) /;

interface Block {
  readonly lines: readonly Line[];
  /** What the page shows of the output of the block's last line. */
  readonly shown: readonly string[];
}

interface Line {
  readonly command: string;
  readonly code: number;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm)].map(
    ([, lines = '', shown]) => ({
      lines: lines.trim().split('\n').map(lineOf),
      shown: (shown ?? '').split('\n').filter((line) => line.trim() !== ''),
    }),
  );
}

/** `# ends with 2` behind a command is its promise; any other comment is for people. */
function lineOf(text: string): Line {
  const [command = '', comment = ''] = text.split(/ +# /);
  return { command: command.trim(), code: Number(/(?:ends with|終了コード) (\d)/.exec(comment)?.[1] ?? 0) };
}

const isLeftOut = ({ command }: Line) => needsAccount.test(command) || elsewhere.some(([line]) => line.test(command));

/** Numbers of lines change with every edit of the document, and are not what a page is about. */
const told = (line: string) => line.trim().replaceAll(/\bline \d+|\d+ 行目/g, 'line');

// Runbooks are about a platform in AWS: their commands are held against the command itself (cli/runbooks.test.ts) and the AWS CLI
// (cli/aws-commands.machine.test.ts).
const pages = globSync(['*.md', 'docs/*.md', '{services,local,operations}/README.md'], { cwd: root })
  .sort()
  .filter((page) => blocksOf(page).length > 0);

test('there are pages with something to type, in both languages', () => {
  for (const page of ['README', 'docs/getting-started', 'docs/cost']) {
    expect(pages).toEqual(expect.arrayContaining([`${page}.md`, `${page}.ja.md`]));
  }
});

test.each(elsewhere)('%s is typed by %s', (_, file, spelt) => {
  expect(readFileSync(join(root, file), 'utf8').replaceAll(/\s+/g, ' ')).toContain(spelt);
});

test('what only an account can run has options that the CDK knows', () => {
  const commands = pages.flatMap((page) => blocksOf(page).flatMap(({ lines }) => lines.map(({ command }) => command)));
  const left = [...new Set(commands)].filter((command) => needsAccount.test(command));
  expect(left.length).toBeGreaterThan(0);
  for (const command of left) {
    const [, , name = '', ...words] = command.split(' ');
    const { stdout } = spawnSync('npx', ['cdk', name, '--help'], { cwd: root, encoding: 'utf8' });
    const unknown = words.filter((word) => word.startsWith('--')).filter((option) => !stdout.includes(`${option} `));
    expect([command, unknown]).toEqual([command, []]);
  }
});

/** Lines that show how a command is typed, with its options in brackets; in blocks of no language. */
const synopses = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    [...block.matchAll(/^npx hashira (.+?)(?: {2,}# .*)?$/gm)].map(([, line = '']) => [page, line] as const),
  ),
);

test('the READMEs show how commands are typed', () => {
  expect(synopses.filter(([page]) => page.startsWith('README')).length).toBeGreaterThan(20);
});

const program = await makeProgram('en', () => undefined);

test.each(synopses)('%s names a command and options that there are: %s', (_, line) => {
  const [first = '', second = ''] = line.split(' ');
  const command = program.commands.find((one) => one.name() === first);
  const inner = command?.commands.find((one) => one.name() === second);
  const known = new Set([command, inner].flatMap((one) => one?.options.map(({ long }) => long) ?? []));
  expect([first, command?.name()]).toEqual([first, first]);
  expect((line.match(/--[a-z][a-z-]*/g) ?? []).filter((option) => !known.has(option))).toEqual([]);
});

// The Japanese page types what the English one does, but for the language of the answers.
const english = pages.filter((page) => !page.endsWith('.ja.md'));
test.each(english.filter((page) => pages.includes(page.replace(/\.md$/, '.ja.md'))))(
  '%s has the Japanese page type the same',
  (page) => {
    const typed = (file: string) =>
      blocksOf(file).map(({ lines }) => lines.map(({ command, code }) => [command.replace(' --lang en', ''), code]));
    expect(typed(page.replace(/\.md$/, '.ja.md'))).toEqual(typed(page));
  },
);

/** A page with the same page in the other language, where there is one. */
const editions = pages
  .filter((page) => !page.endsWith('.ja.md') || !pages.includes(page.replace(/\.ja\.md$/, '.md')))
  .map((page) => [page, page.replace(/\.md$/, '.ja.md')].filter((edition) => pages.includes(edition)))
  .map(([page = '', ...others]) => [[page, ...others].join(' with '), page, ...others] as const);

/**
 * Types the lines of a page in a place of their own; `design.md` is a document of the reader's. What the other language types otherwise is
 * typed right after it, in the same place; what both type alike is typed once.
 */
test.each(editions)('%s does and says what it promises', { timeout: 300_000 }, (_, page, other) => {
  const place = mkdtempSync(join(tmpdir(), 'hashira-pages-'));
  const typed = (line: Line): string => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `${ours}${line.command}`], {
      cwd: place,
      encoding: 'utf8',
    });
    expect([line.command, status, line.code === 0 ? stderr : '']).toEqual([line.command, line.code, '']);
    return stdout + stderr;
  };
  try {
    cpSync(join(root, 'specs'), join(place, 'specs'), { recursive: true });
    cpSync(join(root, 'specs/stories/WEB-001-web-platform/design.md'), join(place, 'design.md'));
    const others = other === undefined ? [] : blocksOf(other);
    for (const [index, block] of blocksOf(page).entries()) {
      const blocks = [block, ...others.slice(index, index + 1)];
      const outputs = blocks.map(() => '');
      for (const [number] of block.lines.entries()) {
        const commands = blocks.flatMap(({ lines }) => lines[number] ?? []).filter((line) => !isLeftOut(line));
        const seen = new Map<string, string>();
        for (const [edition, line] of commands.entries()) {
          const output = seen.get(line.command) ?? typed(line);
          seen.set(line.command, output);
          outputs[edition] = output;
        }
      }
      for (const [edition, { shown }] of blocks.entries()) {
        const printed = new Set(outputs[edition]?.split('\n').map(told));
        expect(shown.filter((text) => !printed.has(told(text)))).toEqual([]);
      }
    }
  } finally {
    rmSync(place, { recursive: true });
  }
});

/** `npx hashira` is the one of this source tree. */
const ours = `npx() { if [ "$1" = hashira ]; then shift; '${process.execPath}' '${join(root, 'bin/hashira.js')}' "$@"; else exit 99; fi; }\n`;
