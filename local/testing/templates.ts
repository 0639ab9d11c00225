// Templates to run from: those of the project's own document, built by the command, changed in the document or in themselves.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../design/schema.ts';

const root = join(import.meta.dirname, '..', '..');

/** The directory of this room's compiled entry points. */
export const compiled = join(root, 'dist', 'local');

/** A directory with the templates, built by the command as anybody builds them; who asks for it removes it. */
export function synthesized(environment: Environment, change: (document: string) => string = (text) => text): string {
  const text = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const built = mkdtempSync(join(tmpdir(), 'local-build-'));
  const outdir = mkdtempSync(join(tmpdir(), 'local-templates-'));
  const document = join(built, 'design.md');
  writeFileSync(document, change(text));
  const launcher = join(root, 'bin', 'hashira.js');
  const words = ['build', document, '--environment', environment, '--no-validation', '--lang', 'en', '--out', built];
  const { stderr } = spawnSync(process.execPath, [launcher, ...words], { cwd: root, encoding: 'utf8' });
  // A changed document may fail its criteria and be run all the same; one that was refused has no templates.
  if (!existsSync(join(built, 'cdk.out'))) throw new Error(stderr);
  renameSync(join(built, 'cdk.out'), outdir);
  remove(built);
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
