// Writes the generated references of docs/ and the index of the decisions (`npm run docs`); docs.test.ts fails when one of them is stale.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { disposableEnvironments } from '../../design/environments.ts';
import type { Language } from '../../design/problem.ts';
import { readDesign } from '../../design/read-design.ts';
import { readEvidence } from '../lib/prove/evidence-files.ts';
import { evidenceFolder } from '../lib/prove/evidence-folder.ts';
import { root } from '../lib/root.ts';
import { commandReference } from './command-reference.ts';
import { decisionIndex } from './decision-index.ts';
import { formReferences } from './form/form-reference.ts';
import { unprovenPage } from './unproven.ts';

/** Each generated file, relative to the root, with what belongs into it. */
export async function generatedDocs(): Promise<ReadonlyMap<string, string>> {
  const document = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const form = formReferences(document);
  const files = globSync('specs/adr/*-adr-*.md', { cwd: root }).sort();
  const records = new Map(files.map((file) => [basename(file), readFileSync(join(root, file), 'utf8')]));
  const { design } = readDesign(document);
  const evidence = readEvidence(join(root, evidenceFolder), design === undefined ? [] : disposableEnvironments(design));
  const unproven = (file: string, language: Language) =>
    unprovenPage(readFileSync(join(root, file), 'utf8'), language, evidence);
  return new Map([
    ['docs/form.md', form.en],
    ['docs/form.ja.md', form.ja],
    ['docs/commands.md', await commandReference('en')],
    ['docs/commands.ja.md', await commandReference('ja')],
    ['docs/unproven.md', unproven('docs/unproven.md', 'en')],
    ['docs/unproven.ja.md', unproven('docs/unproven.ja.md', 'ja')],
    ['specs/adr/README.md', decisionIndex(records)],
  ]);
}

if (import.meta.main) {
  for (const [file, text] of await generatedDocs()) writeFileSync(join(root, file), text);
}
