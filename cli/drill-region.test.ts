// What `hashira drill region` refuses before it starts anything.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './lib/root.ts';
import { hashira } from './testing/hashira.ts';

let out: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'hashira-region-'));
});
afterAll(() => rmSync(out, { recursive: true }));

test.each([
  [['--account', '12'], /twelve digits/],
  [['--deployed'], /--account/],
  [['--speed', '0'], /--speed 0/],
  [['--rps', '-1'], /--rps -1/],
  [['--environment', 'moon'], /moon/],
])('%j', (words, message) => {
  const { code, stderr, stdout } = hashira(['drill', 'region', '--out', out, '--lang', 'en', ...words]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

test.each([
  ['en', /no second region/],
  ['ja', /第二リージョンがありません/],
])('a document without a DR section, in %s', (lang, message) => {
  const text = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const document = join(out, 'design.md');
  writeFileSync(document, withoutRecovery(text));
  const { code, stderr } = hashira(['drill', 'region', document, '--out', out, '--lenient', '--lang', lang]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(readdirSync(out)).toEqual(['design.md']);
});

/** The document without the part that names another region. */
const withoutRecovery = (text: string): string => text.replace(/^### ディザスタリカバリ\n[\s\S]*?(?=^#{2,3} )/m, '');
