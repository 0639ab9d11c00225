// Generated references are what would be generated now, and links of the documents lead somewhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../root.ts';
import { generatedDocs } from './main.ts';

describe('a generated reference', () => {
  test.each([...generatedDocs()])('%s is not stale: npm run docs', (file, text) => {
    expect(readFileSync(join(root, file), 'utf8')).toBe(text);
  });
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
