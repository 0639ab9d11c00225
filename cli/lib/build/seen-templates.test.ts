import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSeenTemplates } from './seen-templates.ts';

let cache: string;
let file: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'hashira-cache-'));
  file = join(cache, 'hashira', 'validated-templates.json');
});
afterEach(() => rmSync(cache, { recursive: true }));

const open = () => openSeenTemplates({ XDG_CACHE_HOME: cache });
const warning = { rule: 'W3010', description: 'of a test', resource: 'Subnet' };

test('what is kept is found by the next build, with what was said of it', () => {
  expect(open()?.isEmpty).toBe(true);
  open()?.keep(
    new Map([
      ['a', []],
      ['b', [warning]],
    ]),
  );
  const seen = open();
  expect([seen?.isEmpty, seen?.find('a'), seen?.find('b'), seen?.find('c')]).toEqual([false, [], [warning], undefined]);
});

test('builds at the same time keep what the other has kept', () => {
  const [one, other] = [open(), open()];
  one?.keep(new Map([['a', []]]));
  other?.keep(new Map([['b', []]]));
  expect([open()?.find('a'), open()?.find('b')]).toEqual([[], []]);
});

test('the oldest go where there are more than a thousand', () => {
  const many = Array.from({ length: 1_200 }, (_, index) => [`digest-${index}`, []] as const);
  open()?.keep(new Map(many));
  const seen = open();
  expect([seen?.find('digest-199'), seen?.find('digest-200')]).toEqual([undefined, []]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(1_000);
});

test.each(['', '{"a":[]}', '[["a"]]', '[["a",[{"rule":1}]]]', '[["a",[]'])(
  'a damaged file is ignored, and replaced: %s',
  (text) => {
    mkdirSync(join(cache, 'hashira'));
    writeFileSync(file, text, { mode: 0o600 });
    expect(open()?.isEmpty).toBe(true);
    open()?.keep(new Map([['b', []]]));
    expect([open()?.find('a'), open()?.find('b')]).toEqual([undefined, []]);
  },
);

test('a file that others may write to is not believed', () => {
  open()?.keep(new Map([['a', []]]));
  chmodSync(file, 0o666);
  expect(open()?.find('a')).toBeUndefined();
});

test('a place that cannot be written to keeps nobody from building', () => {
  writeFileSync(join(cache, 'hashira'), 'a file');
  expect(() => open()?.keep(new Map([['a', []]]))).not.toThrow();
});

test('HASHIRA_CACHE=off neither reads nor writes', () => {
  expect(openSeenTemplates({ XDG_CACHE_HOME: cache, HASHIRA_CACHE: 'off' })).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});
