// Templates to run from: those of the project's own document, synthesized as everywhere else, changed in the document or in themselves.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDesign } from '../../design/read-design.ts';
import type { Environment } from '../../design/schema.ts';
import { createApp, synthesize } from '../../infrastructure/lib/app.ts';
import { buildPlatform } from '../../infrastructure/lib/platform.ts';

const root = join(import.meta.dirname, '..', '..');

/** The directory of this room's compiled entry points. */
export const compiled = join(root, 'dist', 'local');

/** A directory with the templates; who asks for it removes it. */
export function synthesized(environment: Environment, change: (document: string) => string = (text) => text): string {
  const text = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const { design, problems } = readDesign(change(text));
  if (design === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  const outdir = mkdtempSync(join(tmpdir(), 'local-templates-'));
  const app = createApp({ outdir, validation: false });
  buildPlatform(app, design, { environments: [environment] });
  synthesize(app);
  return outdir;
}

type Properties = Record<string, unknown>;

/** Changes the properties of every resource of a type in a stack's template. */
export function changeTemplate(
  outdir: string,
  stack: string,
  type: string,
  change: (properties: Properties) => void,
): void {
  const file = join(outdir, `${stack}.template.json`);
  const template: { Resources: Record<string, { Type: string; Properties: Properties }> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const found = Object.values(template.Resources).filter((resource) => resource.Type === type);
  if (found.length === 0) throw new Error(`no ${type} in ${stack}`);
  for (const { Properties } of found) change(Properties);
  writeFileSync(file, JSON.stringify(template));
}

export const remove = (directory: string): void => rmSync(directory, { recursive: true, force: true });
