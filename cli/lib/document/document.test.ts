// `hashira document` from the outside: where it writes, what it says of a stale file, what it refuses.
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashira } from '../../testing/hashira.ts';
import { documentCatalogues } from './messages.ts';

const own = 'specs/stories/WEB-001-web-platform/design.md';
const workshop = mkdtempSync(join(tmpdir(), 'hashira-document-test-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

let written: string;
beforeAll(() => {
  const { code, stdout } = hashira(['document', own]);
  expect(code).toBe(0);
  written = stdout;
});

function file(name: string, content: string): string {
  const place = join(workshop, name);
  writeFileSync(place, content);
  return place;
}

test('a file that is as it would be written is up to date; --out names it where it is another one', () => {
  const place = file('current.md', written);
  expect(hashira(['document', own, '--check', '--out', place]).code).toBe(0);
});

test('a stale file is told with its first different lines, and left as it is', () => {
  const stale = written.replace('- Alarms: 54アラーム × $0.10 = $5.4', '- Alarms: 10アラーム × $0.10 = $1');
  expect(stale).not.toBe(written);
  const place = file('stale.md', stale);
  const { code, stdout, stderr } = hashira(['document', place, '--check', '--lang', 'ja']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  const number = stale.split('\n').findIndex((line) => line.includes('10アラーム')) + 1;
  expect(stderr).toContain(`stale.md:${number}`);
  expect(stderr).toMatch(/10アラーム[^\n]*\n[^\n]*54アラーム/);
  expect(readFileSync(place, 'utf8')).toBe(stale);
});

test('--write makes it current in place, and leaves nothing beside it', () => {
  const place = file('write.md', readFileSync(own, 'utf8'));
  expect(hashira(['document', place, '--write'])).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(place, 'utf8')).toBe(written);
  expect(readdirSync(workshop).filter((name) => name.startsWith('write'))).toEqual(['write.md']);
});

test.each<readonly [words: readonly string[], said: RegExp]>([
  [['--write', '--check'], /--write/],
  [['--write', '--lang', 'en'], /English rendering/],
  [['--check', '--lang', 'en'], /English rendering/],
  [['--out', join(workshop, 'nowhere', 'x.md'), '--lang', 'en'], /cannot write/],
])('%o is refused, and the document stays', (words, said) => {
  const content = readFileSync(own, 'utf8');
  const place = file('kept.md', content);
  const { code, stderr } = hashira(['document', place, ...words]);
  expect(code).toBe(2);
  expect(stderr).toMatch(said);
  expect(readFileSync(place, 'utf8')).toBe(content);
});

test('a file that is not this document, or a link, is not written over', () => {
  const notes = join(workshop, 'notes.txt');
  writeFileSync(notes, 'years of work');
  const link = join(workshop, 'link.md');
  symlinkSync(notes, link);
  for (const out of [notes, link]) {
    const { code, stderr } = hashira(['document', own, '--out', out, '--lang', 'ja']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('この設計書でないもの')]);
  }
  expect(readFileSync(notes, 'utf8')).toBe('years of work');
});

test('a document that is refused is not written', () => {
  const place = file('refused.md', readFileSync(own, 'utf8').replace('VPC: 10.0.0.0/16\n├', 'VPC: 10.0.0.0/99\n├'));
  const out = join(workshop, 'refused-out.md');
  expect(hashira(['document', place, '--out', out]).code).toBe(2);
  expect(readdirSync(workshop)).not.toContain('refused-out.md');
});

test('everything that is said is said in both languages', () => {
  expect(Object.keys(documentCatalogues.ja)).toEqual(Object.keys(documentCatalogues.en));
});
