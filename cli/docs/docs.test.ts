// Generated references are what would be generated now, and links of the documents lead somewhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messages } from '../../design/messages.ts';
import { languages } from '../../design/problem.ts';
import { root } from '../lib/root.ts';
import { commandReference } from './command-reference.ts';
import { examples } from './form/examples.ts';
import { generatedDocs } from './main.ts';

const generated = await generatedDocs();

describe('a generated reference', () => {
  test.each([...generated])('%s is not stale: npm run docs', (file, text) => {
    expect(readFileSync(join(root, file), 'utf8')).toBe(text);
  });
});

test('the form’s reference shows every refusal that a slip can meet', () => {
  const shown = Object.values(examples).flatMap(({ refused = [] }) => refused.map(({ code }) => code));
  // What nobody has found a document for: the reader keeps it for parts that it lost without a word.
  const unseen = ['not-a-design'];
  expect([...new Set(shown), ...unseen].sort()).toEqual(Object.keys(messages).sort());
});

test.each(languages)('every command says its exit codes, %s', async (language) => {
  const sections = (await commandReference(language)).split(/^## hashira /m).slice(1);
  expect(sections.length).toBeGreaterThan(20);
  expect(sections.filter((text) => !/^(?:Exit codes|終了コード):/m.test(text))).toEqual([]);
});

const documents = globSync(['*.md', 'docs/**/*.md', 'specs/**/*.md', '{services,local,operations}/README.md'], {
  cwd: root,
});

test.each(documents.sort())('every relative link of %s leads to a file', (file) => {
  const text = readFileSync(join(root, file), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const relative = targets.filter((target) => !/^[a-z]+:/.test(target));
  // The design document's links count from the root, as the form has them.
  const from = file.endsWith('design.md') ? root : join(root, dirname(file));
  expect(relative.filter((target) => !existsSync(join(from, decodeURI(target))))).toEqual([]);
});
