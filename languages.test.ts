// Whatever a room says to a person it says in both languages, and in each in that language alone. Read from the source, so that a table
// that no other file can reach is looked at too.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { englishIn, japaneseIn } from './testing/languages.ts';

/** Every room that a person hears of; `services` are the workload, whose API speaks English, and `functions` write logs. */
const rooms = ['common', 'aws', 'design', 'assembly', 'infrastructure', 'proof', 'local', 'operations', 'cli'];
const files = globSync(`{${rooms.join(',')}}/**/*.{ts,tsx}`, { cwd: import.meta.dirname }).filter(
  // Words of documents, which use English terms in Japanese, are no words of ours.
  (file) => !/\.test\.tsx?$|\/testing\/|\/fixtures\/|^design\/parts\//.test(file),
);

type Language = 'en' | 'ja';

interface Text {
  readonly place: string;
  readonly language: Language;
  /** With `~` for what is put in. */
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const nodes = (value: unknown): readonly Node[] => [value].flat().filter(isNode);
const nameOf = (node: unknown): string => (isNode(node) ? String(node.name ?? node.value ?? '') : '');

/** The texts that a file has in one of the languages: below `en` and `ja`, `english` and `japanese`, in `sentence`, `sayings` and `pick`. */
function textsOf(file: string, source: string): readonly Text[] {
  const texts: Text[] = [];
  walk(parseSync(file, source).program, undefined);
  return texts;

  function walk(value: unknown, language: Language | undefined, ofSayings = false): void {
    if (Array.isArray(value)) for (const each of value) walk(each, language, ofSayings);
    if (!isNode(value) || /^TS(?!As|Satisfies)|^Import|^ExportAll/.test(value.type)) return;
    if (value.type === 'Literal' || value.type === 'JSXText') {
      if (typeof value.value === 'string') take(value, value.value, language);
    } else if (value.type === 'TemplateLiteral') {
      take(value, nodes(value.quasis).map(textOfQuasi).join('~'), language);
      walk(value.expressions, language, ofSayings);
    } else if (value.type === 'Property') {
      walk(value.value, languageOf(nameOf(value.key)) ?? language, ofSayings);
    } else if (value.type === 'VariableDeclarator') {
      walk(value.init, languageOf(nameOf(value.id)) ?? language, ofSayings);
    } else if (value.type === 'ConditionalExpression') {
      walk(value.consequent, branchOf(value.test, '===') ?? language, ofSayings);
      walk(value.alternate, branchOf(value.test, '!==') ?? language, ofSayings);
    } else if (value.type === 'MemberExpression') walk(value.object, language, ofSayings);
    else if (value.type === 'BinaryExpression') {
      if (value.operator === '+') walk([value.left, value.right], language, ofSayings);
    } else if (value.type === 'ArrayExpression' && ofSayings && nodes(value.elements).length === 2) {
      walk(nodes(value.elements)[0], 'en');
      walk(nodes(value.elements)[1], 'ja');
    } else if (value.type === 'CallExpression') walkCall(value, language, ofSayings);
    else for (const [key, each] of Object.entries(value)) if (key !== 'type') walk(each, language, ofSayings);
  }

  function walkCall(call: Node, language: Language | undefined, ofSayings: boolean): void {
    const called = nameOf(call.callee);
    const given = nodes(call.arguments);
    if (called === 'sentence') {
      walk(given[0], 'en');
      walk(given[1], 'ja');
    } else if (called === 'pick') {
      walk(given[1], 'ja');
      walk(given[2], 'en');
    } else if (called === 'reasonIn' || called === 'inLanguage') walk(given[0], language, ofSayings);
    else walk([call.callee, ...given], language, ofSayings || called === 'sayings');
  }

  function take({ start }: Node, text: string, language: Language | undefined): void {
    const place = `${file}:${source.slice(0, start).split('\n').length}`;
    if (language !== undefined) texts.push({ place, language, text });
  }
}

const textOfQuasi = ({ value }: Node): string =>
  typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '';

const languageOf = (name: string): Language | undefined =>
  /^(en|english)$/i.test(name) ? 'en' : /^(ja|japanese)$/i.test(name) ? 'ja' : undefined;

/** Of `language === 'ja' ? … : …`: the language of the branch that is taken where the comparison, or its contrary, holds. */
function branchOf(asked: unknown, where: '===' | '!=='): Language | undefined {
  if (!isNode(asked) || asked.type !== 'BinaryExpression') return undefined;
  const named = languageOf(nameOf(asked.right));
  if (named === undefined || !['===', '!=='].includes(String(asked.operator))) return undefined;
  return asked.operator === where ? named : named === 'en' ? 'ja' : 'en';
}

const texts = files.flatMap((file) => textsOf(file, readFileSync(join(import.meta.dirname, file), 'utf8')));
const wrong = ({ language, text }: Text) => (language === 'en' ? japaneseIn(text) : englishIn(text));

test('no English text has Japanese but quoted words, and no Japanese one English but names', () => {
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.flatMap((text) => wrong(text).map((word) => `${text.place} ${word}`))).toEqual([]);
});

test('a text in the wrong language is found wherever it stands', () => {
  const found = (source: string) => textsOf('one.ts', source).flatMap(wrong);
  expect(found("export const x = { en: 'a key', ja: 'the key' };")).toEqual(['the', 'key']);
  expect(found("export const x = { en: '鍵', ja: 'KMS 鍵 hashira build --out cdk.out' };")).toEqual(['鍵']);
  expect(found("const said = sayings({ one: ['a key', 'key です'] });")).toEqual(['key']);
  expect(found(`const said = sentence(({ a }) => \`\${a} 鍵\`, ({ a }) => \`\${a ? 'yes' : '鍵'}\`);`)).toEqual([
    '~ 鍵',
    'yes',
  ]);
  expect(found("const japanese = { one: (a) => a + ' wrong' };")).toEqual(['wrong']);
  expect(found("const x = language === 'ja' ? 'wrong' : '鍵';")).toEqual(['wrong', '鍵']);
});
