// Writes the generated references of docs/ and the index of the decisions (`npm run docs`); docs.test.ts fails when one of them is stale.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../root.ts';
import { commandReference } from './command-reference.ts';
import { decisionIndex } from './decision-index.ts';
import { formReferences } from './form/form-reference.ts';

/** Each generated file, relative to the root, with what belongs into it. */
export function generatedDocs(): ReadonlyMap<string, string> {
  const document = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const form = formReferences(document);
  const files = globSync('specs/adr/*-adr-*.md', { cwd: root }).sort();
  const records = new Map(files.map((file) => [basename(file), readFileSync(join(root, file), 'utf8')]));
  return new Map([
    ['docs/form.md', form.en],
    ['docs/form.ja.md', form.ja],
    ['docs/commands.md', commandReference('en')],
    ['docs/commands.ja.md', commandReference('ja')],
    ['specs/adr/README.md', decisionIndex(records)],
  ]);
}

if (import.meta.main) {
  for (const [file, text] of generatedDocs()) writeFileSync(join(root, file), text);
}
