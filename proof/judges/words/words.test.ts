// Whatever the room says, it says in both languages, and under an id of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isSaid, type Said } from '../../../design/messages/said.ts';

/** Figures of any kind: each sentence takes them for the texts, numbers, lists or records that it speaks of. They have no letters. */
const figures: object = new Proxy(() => undefined, {
  get: (_, member) => {
    if (member === Symbol.toPrimitive) return () => '1';
    if (member === Symbol.iterator) return () => [figures].values();
    return member === 'map' || member === 'flatMap' ? (change: (one: object) => unknown) => [change(figures)] : figures;
  },
  apply: () => figures,
});

const room = resolve(import.meta.dirname, '../..');
const files = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.ts$/.test(name))
  .map((name) => join(room, name))
  .filter((file) => readFileSync(file, 'utf8').includes('= sayings({'));

const tables: readonly object[] = await Promise.all(
  files.map(async (file): Promise<object> => Object(await import(file))),
);
const told = tables
  .flatMap((exports) => Object.values(exports))
  .flatMap((table: unknown) => Object.values(Object(table)))
  .map((one: unknown): unknown => (typeof one === 'function' ? one(figures) : one))
  .filter(isSaid);

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const inOneLanguage = ({ en, ja }: Said) => japanese.test(en) || (/[a-z]/i.test(en) && !japanese.test(ja));

test('every sentence has an English one without Japanese letters and a Japanese one with them', () => {
  expect(told.length).toBeGreaterThan(100);
  expect(told.filter(inOneLanguage)).toEqual([]);
  expect(told.filter(({ en, ja }) => en === '' || ja === '')).toEqual([]);
});

test('no two sentences have one id', () => {
  const ids = told.map(({ $said }) => $said);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('a sentence in one language is found', () => {
  const one = (en: string, ja: string): Said => ({ $said: 'one', en, ja });
  expect([one('a key', '鍵'), one('1', '1'), one('a key', 'key'), one('鍵', '鍵')].filter(inOneLanguage)).toHaveLength(
    2,
  );
});
