// A design in which the disposable environment is not called `development`, and its templates.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDesign } from '../../design/read-design.ts';
import { type Design, designSchema } from '../../design/schema.ts';
import { buildDocument } from '../lib/build/build-document.ts';
import { ownDocument } from './variations.ts';

export const otherKey = 'sandbox';

/** The project's own, but for the key and what is made of it. */
export function designWithOtherKey(): Design {
  const { design } = readDesign(ownDocument);
  const text = JSON.stringify(design)
    .replaceAll('"development":', `"${otherKey}":`)
    .replaceAll('"key":"development"', `"key":"${otherKey}"`)
    .replaceAll('"Development', '"Sandbox');
  return designSchema.parse(JSON.parse(text));
}

/** @returns the directory of the assembly; who asks for it removes it */
export async function templatesWithOtherKey(design: Design): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'hashira-other-key-'));
  await buildDocument({ design, lines: [], environments: [otherKey], validation: false, outdir });
  return outdir;
}
