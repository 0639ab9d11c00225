// The glossary: every word once, in both languages, and used in the folder that it is of.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The cells of the rows of a page's one table, without its head. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  readFileSync(join(root, 'docs', page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim()),
    );

const english = rowsOf('glossary.md').map(([word = '', room = '', meaning = '']) => ({ word, room, meaning }));
const japanese = rowsOf('glossary.ja.md').map(([word = '', other = '', room = '', meaning = '']) => ({
  word,
  other,
  room,
  meaning,
}));

const textsIn = (...patterns: readonly string[]): string =>
  globSync(patterns, { cwd: root, exclude: ['**/node_modules/**', '**/glossary*'] })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

describe('the glossary', () => {
  test('has the same words of the same folders in both languages, in the same order', () => {
    expect(english.length).toBeGreaterThan(40);
    expect(japanese.map(({ other, room }) => [other, room])).toEqual(english.map(({ word, room }) => [word, room]));
  });

  test.each([
    ['English', english],
    ['Japanese', japanese],
  ])('has each %s word once, with a meaning', (_, rows) => {
    const words = rows.flatMap(({ word }) => word.split(/, |、/));
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    expect(rows.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  test('has words that their folders use', () => {
    const texts = new Map<string, string>();
    const unused = english.flatMap(({ word, room }) => {
      const folder = room.replaceAll(/[`/]/g, '');
      const text = texts.get(folder) ?? textsIn(`${folder}/**/*.{ts,tsx}`);
      texts.set(folder, text);
      // `needs runtime` is also `needs-runtime` and `needsRuntime` in code.
      return word.split(', ').filter((one) => !new RegExp(one.replaceAll(' ', '[ -]?'), 'i').test(text));
    });
    expect(unused).toEqual([]);
  });

  test('has Japanese words that a person meets', () => {
    const text = textsIn(
      'docs/*.ja.md',
      'docs/**/*.ja.md',
      'README.ja.md',
      '{cli,design,proof,local,operations}/**/*.ts',
    );
    expect(japanese.flatMap(({ word }) => word.split('、')).filter((word) => !text.includes(word))).toEqual([]);
  });
});
