import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { makeGuard, print, writeText } from './output.ts';
import { table } from './print.ts';

afterEach(() => vi.restoreAllMocks());

function written(work: () => void): string {
  const out: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  work();
  vi.restoreAllMocks();
  return out.join('');
}

describe('what is printed', () => {
  test('has as many lines as were given, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (lines) => {
        const shown = written(() => print(...lines)).split('\n');
        expect(shown).toHaveLength(lines.length + 1);
        for (const line of shown) expect(line).not.toMatch(/^\s*::|[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  test('has a row for each line of a cell, and no other', () => {
    expect(table(['a', 'b'], [['x\n::error::y', ['one', 'two']]])).toEqual([
      'a              b',
      'x\\n::error::y  one',
      '               two',
    ]);
  });

  test('keeps the lines and tabs of a text', () => {
    expect(written(() => writeText('a\n\tb\u202e\n::error::c\n'))).toBe('a\n\tb\\u202e\n\\u003a:error::c\n');
  });
});

describe('the guard before the streams', () => {
  const guard = (...chunks: readonly (string | Uint8Array)[]) => {
    const clean = makeGuard(() => false);
    return chunks.map(clean).join('');
  };

  test('lets colours pass and nothing else that a terminal would obey', () => {
    expect(guard('\u001b[31mred\u001b[0m \u001b[2J \u001b]0;title\u0007\r\n')).toBe(
      '\u001b[31mred\u001b[0m \\u001b[2J \\u001b]0;title\\u0007\\r\n',
    );
  });

  test('lets the cursor move while something of ours is drawn', () => {
    expect(makeGuard(() => true)('\u001b[1A\u001b[2K\u001b]52;x\u0007')).toBe('\u001b[1A\u001b[2K\\u001b]52;x\u0007');
  });

  test.each([
    ['in one piece', ['a\n  ::error::x\n']],
    ['in several', ['a\n', '  ', '::error::x\n']],
    ['behind a colour', ['a\n\u001b[31m', '::error::x\n']],
    ['in bytes', [Buffer.from('a\n ::error::x\n')]],
  ])('lets no line begin with a command that comes %s', (_, chunks) => {
    expect(guard(...chunks)).toContain('\\u003a:error::x');
  });

  test('knows a character that comes in two pieces', () => {
    const bytes = Buffer.from('柱');
    expect(guard(bytes.subarray(0, 1), bytes.subarray(1))).toBe('柱');
  });
});

/** Their words go through the guard: they tell of what happens beside a command, in its process or in one of their own. */
const beside = [
  'local/events/lost-tasks.ts',
  'local/functions/function-host.ts',
  'local/parts/database.ts',
  'local/region.ts',
  'local/regions/region-host.ts',
];

test('nothing is printed but by this module', () => {
  const root = join(import.meta.dirname, '..', '..');
  const rooms = ['cli', 'design', 'assembly', 'proof', 'operations', 'local', 'infrastructure/lib'];
  const writes = /\bconsole\.(?:log|error|warn|info|debug)\b|process\.std(?:out|err)\.write|\bcreateInterface\(/;
  const writing = rooms
    .flatMap((room) => globSync(`${room}/**/*.{ts,tsx}`, { cwd: root }))
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file) && writes.test(readFileSync(join(root, file), 'utf8')));
  expect(writing.sort()).toEqual(['cli/lib/output.ts', ...beside]);
});
