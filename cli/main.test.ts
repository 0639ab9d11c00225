// What a newcomer types, and what comes of it.
import { describe, expect, test } from 'vitest';
import { catalogues } from './lib/messages.ts';
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
    ['a directory in place of a document', ['build', 'cli'], /cli is a directory; expected a file/],
    ['a device without an end', ['read', '/dev/zero'], /\/dev\/zero is a device/],
    ['the same in Japanese', ['read', '/dev/zero', '--lang', 'ja'], /\/dev\/zero はデバイスです/],
    ['usage from a device', ['cost', '--usage', '/dev/zero'], /\/dev\/zero is a device/],
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

describe('a fault of its own is no verdict: it ends with 70, whenever it comes', () => {
  test.each([
    ['thrown at once', 'throw new Error("broken")', 0],
    ['thrown later', 'throw new Error("broken")', 1500],
    ['a promise that nobody waits for', 'Promise.reject(new Error("broken"))', 1500],
  ])('%s', (_, fault, after) => {
    // Kept alive, so that the later ones find the command at work or done.
    const script = `setTimeout(() => { ${fault} }, ${after}); setTimeout(() => {}, 20000).unref();`;
    const options = `--import=data:text/javascript,${encodeURIComponent(script)}`;
    const { code, stderr } = hashira(['read', '--json'], undefined, { NODE_OPTIONS: options });
    expect(code).toBe(70);
    expect(stderr).toContain('broken');
  });

  test('nothing is left to wait for, and the command is not done', () => {
    const script = 'globalThis.fetch = () => new Promise(() => {});';
    const options = `--import=data:text/javascript,${encodeURIComponent(script)}`;
    const { code, stderr } = hashira(['prices', 'refresh'], undefined, { NODE_OPTIONS: options });
    expect(code).toBe(70);
    expect(stderr).toContain('unsettled top-level await');
  });
});

test('both languages say the same things', () => {
  const keys = (value: object, path = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null ? keys(inner, `${path}${key}.`) : [`${path}${key}`],
    );
  expect(keys(catalogues.ja)).toEqual(keys(catalogues.en));
});
