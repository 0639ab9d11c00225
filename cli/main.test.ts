// What a newcomer types, and what comes of it.
import { describe, expect, test } from 'vitest';
import { catalogues } from './messages.ts';
import { hashira } from './testing/hashira.ts';

describe('the command', () => {
  test('alone says what it does and where to begin', () => {
    const { code, stdout } = hashira([]);
    expect(code).toBe(0);
    expect(stdout).toContain('hashira build');
    expect(stdout).toContain('Exit codes');
  });

  test('speaks Japanese when asked to', () => {
    expect(hashira(['--help', '--lang', 'ja']).stdout).toContain('終了コード');
  });

  test.each([
    ['a mistyped command', ['buidl'], /unknown command 'buidl'[\s\S]*build/],
    ['a document without a command', ['design.md'], /hashira build design\.md/],
    ['a mistyped option', ['build', '--lenint'], /--lenient/],
    ['a language that there is none of', ['build', '--lang', 'fr'], /ja.*en/],
    ['a missing file', ['build', 'nowhere.md'], /nowhere\.md/],
    ['a directory in place of a document', ['build', 'cli'], /cli.*Markdown/],
    [
      'an unknown environment',
      ['build', '--lang', 'en', '--environment', 'prod'],
      /prod.*production, staging or development/,
    ],
  ])('%s ends with 2 and says what to do', (_, words, expected) => {
    const { code, stdout, stderr } = hashira(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
    expect(stdout).toBe('');
  });

  test('finds no document where there is none, and says where it looked', () => {
    const { code, stderr } = hashira(['build'], '/');
    expect(code).toBe(2);
    expect(stderr).toContain('specs/stories/*/design.md');
  });
});

test('both languages say the same things', () => {
  const keys = (value: object, path = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null ? keys(inner, `${path}${key}.`) : [`${path}${key}`],
    );
  expect(keys(catalogues.ja)).toEqual(keys(catalogues.en));
});
