import { expect, test } from 'vitest';
import { LineLedger } from './lines.ts';
import { scan } from './scan.ts';

const scanned = (...lines: readonly string[]) => scan(new LineLedger(lines.join('\n')).source, 1);

test.each<[string, readonly string[], readonly string[]]>([
  ['any level', ['# a', '###### b', '####### c'], ['1 1 a', '2 6 b']],
  ['closing marks', ['## a ##', '## C#'], ['1 2 a', '2 2 C#']],
  ['no space after the marks', ['##a', '#a'], ['1 2 a']],
  ['full-width marks', ['＃＃　概要'], ['1 2 概要']],
  ['a line below', ['a', '===', '', 'b', 'c', '---'], ['1 1 a', '4 2 b']],
  ['no line below: a list, a rule, a table', ['- a', '---', '', '---', '| a |', '---'], []],
  ['fences and comments', ['```', '# a', '```', '<!-- x', '# b', '-->', '# c'], ['7 1 c']],
])('headings: %s', (_, lines, expected) => {
  expect(scanned(...lines).headings.map(({ line, depth, words }) => `${line} ${depth} ${words}`)).toEqual(expected);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['of either mark and any length', ['~~~~ yaml', '~~~', '```', '~~~~', '```', '```'], ['1–4 yaml', '5–6 ']],
  [
    'indented, in lists and quotes',
    ['1. a', '   ```bash', '   ls', '   ```', '> ```', '> a', 'b'],
    ['2–4 bash', '5–6  open'],
  ],
  ['code within a line is none', ['``` a ``` b', '# c'], []],
  ['one left open ends before the heading that follows', ['```yaml', 'a: b', '', '## c', 'd'], ['1–3 yaml open']],
  [
    'one left open is closed by no other’s opening',
    ['```yaml', 'a', '### b', '```yaml', 'c', '```'],
    ['1–2 yaml open', '4–6 yaml'],
  ],
  ['Markdown may show others', ['````md', '```yaml', '```', '````'], ['1–4 md']],
])('fences: %s', (_, lines, expected) => {
  expect(
    scanned(...lines).fences.map(
      ({ open, close, language, isClosed }) => `${open}–${close} ${language}${isClosed ? '' : ' open'}`,
    ),
  ).toEqual(expected);
});

test('comments, rules and underlines say nothing', () => {
  expect([...scanned('a', '<!-- b', 'c -->', '***', 'd', '---', '- - -').silent]).toEqual([2, 3, 4, 6, 7]);
});
