// Claims about what people are told to type: in runbooks, in the list of what is unproven, in the workflows. A command that does not
// exist is worst at two in the morning.
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './lib/root.ts';
import { optionsOf, typedCommands } from './testing/typed-commands.ts';

const pages = globSync('docs/{unproven,getting-started,concepts,cost,faq,runbooks/*}{,.ja}.md', { cwd: root }).sort();
const texts = [...pages, ...globSync('.github/workflows/*.yml', { cwd: root }).sort()];
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const typed = new Map(texts.map((file) => [file, typedCommands(textOf(file))]));

/** The names of all commands; a list of its own, since a start of the command takes its time. */
const names = [...(await helpOf()).matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = '']) => name);
/** What is said of each command that is named with an option anywhere. */
const helps = new Map(
  await Promise.all(
    [
      ...new Set(
        [...typed.values()].flat().flatMap(([name = '', ...words]) => (optionsOf(words).length > 0 ? name : [])),
      ),
    ]
      .filter((name) => names.includes(name))
      .map(async (name) => [name, await helpOf(name)] as const),
  ),
);

function helpOf(...words: string[]): Promise<string> {
  const program = join(root, 'bin', 'hashira.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words, '--help'], { cwd: root }, (_, stdout) => resolve(stdout));
  });
}

describe.each(texts)('%s', (file) => {
  test('names only commands and options that there are (DEP-1, RBK-1)', () => {
    const commands = typed.get(file) ?? [];
    const wrong = commands.filter(([name = '', ...words]) => {
      const help = helps.get(name) ?? '';
      return !names.includes(name) || optionsOf(words).some((option) => !help.includes(`${option} `));
    });
    expect(wrong.map((words) => `hashira ${words.join(' ')}`)).toEqual([]);
  });
});

describe.each(pages)('%s', (file) => {
  test('leads to files that there are', () => {
    const links = [...textOf(file).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([]);
  });
});

test.each(pages.filter((file) => !file.endsWith('.ja.md')))('%s says the same in Japanese', (file) => {
  const commands = (name: string) =>
    typedCommands(textOf(name)).map((words) => words.join(' ').replace(' --lang en', ''));
  const japanese = file.replace(/\.md$/, '.ja.md');
  expect(pages).toContain(japanese);
  expect(commands(japanese).sort()).toEqual(commands(file).sort());
});
