// Hostile documents: whatever somebody hands in is refused or read within a time that a person waits. The figure is a bound against
// hanging, far above what any of them takes; how fast the reader is is measured elsewhere.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from './file-check.ts';
import { readDesign } from './read-design.ts';
import { edit, ownDocument, problemsOf } from './testing/documents.ts';

/** A document with some lines put below a heading, where the reader looks at them. */
const below = (heading: string, text: string): string => edit(ownDocument, heading, `${heading}\n\n${text}\n`);
const repeated = (text: string, to: number): string => text.repeat(Math.ceil(to / text.length)).slice(0, to);

describe('a document beyond a limit is refused with its place, what was found and the limit', () => {
  const { characters, lines, lineCharacters, levels, levelsInAll, marks } = limits;
  const head = '---\n---\n';
  test.each<[string, string, string, string]>([
    ['too many characters', 'x'.repeat(characters + 1), '1 file-too-large', `${characters + 1} characters`],
    ['50 MB of newlines', '\n'.repeat(50_000_000), '1 file-too-large', '50000000 characters'],
    ['a million short lines', 'a\n'.repeat(1_100_000), '1 file-too-large', '2200000 characters'],
    ['too many lines', 'a\n'.repeat(lines), '1 file-too-large', `${lines + 1} lines`],
    ['a long line', `${head}${'x'.repeat(lineCharacters + 1)}`, '3 file-too-large', `${lineCharacters + 1} characters`],
    ['a line that NFKC makes long', `${head}${'\uFDFA'.repeat(300)}`, '3 file-too-large', '5400 characters in a line'],
    ['a text that NFKC makes long', `${'\uFDFA'.repeat(200)}\n`.repeat(300), '209 file-too-large', 'after NFKC'],
    ['marks upon a letter', `${head}a${'\u0301'.repeat(marks + 1)}`, '3 file-too-large', `${marks + 1} marks`],
    ['quotes within quotes', `${head}${'>'.repeat(levels + 1)}a`, '3 nested-too-deep', `${levels + 1} deep`],
    ['lists within lists', `${head}${'- '.repeat(levels + 1)}a`, '3 nested-too-deep', `${levels + 1} deep`],
    ['lists in quotes', `${head}${'> 1. '.repeat(levels)}a`, '3 nested-too-deep', `${levels + 1} deep`],
    [
      'lists that deepen line by line',
      `${head}${Array.from({ length: levels + 1 }, (_, depth) => `${'\t'.repeat(depth)}- a`).join('\n')}`,
      `${levels + 3} nested-too-deep`,
      `${levels + 1} deep`,
    ],
    ['deep quotes many times', `${'>'.repeat(levels)}\n`.repeat(levelsInAll / 100), '736 file-too-large', 'levels'],
    ['NUL', `${head}a\0`, '3 binary-file', 'U+0000'],
  ])('%s', (_, text, problem, found) => {
    expect(problemsOf(text)).toEqual([problem]);
    const [said] = readDesign(text).problems;
    expect(said?.message.en).toContain(found);
    expect(said?.message.ja).toMatch(/検出|段/);
    expect(said?.text.length).toBeLessThanOrEqual(200);
  });

  test('and one at the limit is read', () => {
    const deep = Array.from({ length: levels }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n');
    const text = below('## 概要', [deep, 'x'.repeat(lineCharacters), `a${'\u0301'.repeat(marks)}`].join('\n\n'));
    expect(problemsOf(text)).not.toContainEqual(expect.stringMatching(/too-large|too-deep/));
  });
});

/** Milliseconds; far beyond what a reader that does not hang needs, also on a busy machine. */
const hang = 120_000;
const runs = [
  '- ',
  '> ',
  '+ ',
  '1. ',
  '[',
  '](',
  '`',
  '~',
  '_',
  '**',
  '#',
  '|',
  '├',
  '│',
  ' ',
  '\u3000',
  ': ',
  '"',
  '{',
  '(',
  '<',
  '&',
  '\\',
].concat([
  '<!--',
  '-->',
  '--',
  '-.',
  '=',
  '.',
  ',',
  '1',
  '1,',
  '1日',
  'a',
  'a.',
  'A[',
  '日',
  '$1/',
  '%',
  '@{',
  '\uFDFA',
  'e\u0301',
  '🎉',
]);

describe('a long run of one character, in every section, holds nobody up', () => {
  const headings = ownDocument.split('\n').filter((line) => /^#{1,3} |^```\w/.test(line));
  test.each(runs)('%j', { timeout: hang }, (unit) => {
    for (const before of ['', 'key: ']) {
      const line = `${before}${repeated(unit, limits.lineCharacters - 20)}a`;
      let text = ownDocument;
      for (const heading of new Set(headings)) text = text.replace(`${heading}\n`, () => `${heading}\n${line}\n`);
      // In two halves: together they are more characters than a document has.
      for (const half of [ownDocument.length, text.length])
        expect(readDesign(text.slice(0, half)).problems).not.toEqual([]);
      expect(readDesign(`---\n${line}\n---\n`, { lenient: true }).design).toBeUndefined();
    }
  });
});

describe('as many lines as there may be hold nobody up', () => {
  const many = (unit: string) =>
    repeated(`${unit}\n`, limits.characters - 1000)
      .split('\n')
      .slice(0, limits.lines - 10)
      .join('\n');
  test.each<[string, string]>([
    ...[
      'a\n=',
      '> ```\na',
      '- ```\na',
      '-',
      '- a',
      '# a',
      '# VPC設計',
      '```',
      '```yaml\na: b\n```',
      '<!--',
      '[a]: b',
    ].map((unit): [string, string] => [JSON.stringify(unit), many(unit)]),
    ['brackets', many('['.repeat(48))],
    ['headings that NFKC makes long', many(`# ${'\uFDFA'.repeat(2)}`)],
    ['criteria', `## 受入条件\n${many('- [ ] **AC-SEC-1** (遍在型): safe')}`],
    [
      'groups',
      `## Security Group設計\n\`\`\`yaml\n${many(`${'x'.repeat(40)} Security Group (${'x'.repeat(40)}-sg):\n  Inbound:\n    - Port 443 from y`)}\n\`\`\``,
    ],
    ['keys', `---\n${many('key: a')}\n---`],
    ['unknown keys', `---\n${many(`${'k'.repeat(40)}: a`)}\n---`],
    ['flow lists', `---\na: ${many('['.repeat(3900))}\n---`],
    [
      'anchors',
      `---\n${Array.from({ length: 4000 }, (_, index) => `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`).join('\n')}\n---`,
    ],
    [
      'deeper keys',
      `\`\`\`yaml\n${Array.from({ length: 650 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n\`\`\``,
    ],
    [
      'a deeper tree',
      `### VPC設計\n\`\`\`\n${Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}├── a: b`).join('\n')}\n\`\`\``,
    ],
  ])('%s', { timeout: hang }, (_, text) => {
    expect(text.length).toBeLessThanOrEqual(limits.characters);
    expect(readDesign(text, { lenient: true }).design).toBeUndefined();
    expect(readDesign(`---\nid: A-1\n---\n${text}\n`, { lenient: true }).problems).not.toEqual([]);
  });
});

test('whatever marks are put together, a text is read or refused', { timeout: hang }, () => {
  const line = fc.array(fc.tuple(fc.constantFrom(...runs), fc.integer({ min: 1, max: 400 })), { maxLength: 4 });
  const text = fc.array(fc.tuple(line, fc.integer({ min: 1, max: 60 })), { maxLength: 5 });
  fc.assert(
    fc.property(text, fc.constantFrom('## 概要', '### VPC設計', '## IAM設計', '# a'), (lines, heading) => {
      const written = lines.map(([parts, times]) =>
        `${parts.map(([unit, count]) => unit.repeat(count)).join('')}\n`.repeat(times),
      );
      expect(readDesign(`---\nid: A-1\n---\n${heading}\n${written.join('')}`).design).toBeUndefined();
    }),
    { numRuns: 60, seed: 20_261_130 },
  );
});
