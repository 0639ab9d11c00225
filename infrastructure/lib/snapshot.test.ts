// The last word, after all assertions: that nothing changed which nobody meant to change (TST-2). One file an environment, without what
// changes by itself (hashes of code) and what says nothing of its own (construct paths, the tags that everything carries).
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { formEnvironments } from '../../design/schema.ts';
import { platformOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

const everywhere = new Set(['Environment', 'ManagedBy', 'Owner', 'Project']);

test.each(formEnvironments)('the templates of %s are those of the snapshot', async (environment) => {
  const { stacks } = platformOf(recoveringDesign, [environment]).synth();
  const templates = Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, normalised(template)]));
  await expect(stringify(templates, { lineWidth: 0 })).toMatchFileSnapshot(
    join(import.meta.dirname, 'snapshots', `${environment}.yaml`),
  );
});

function normalised(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[0-9a-f]{64}/g, '<hash>');
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key === 'Metadata') return [];
      const kept = key === 'Tags' && Array.isArray(inner) ? inner.filter(({ Key }) => !everywhere.has(Key)) : inner;
      return Array.isArray(kept) && kept.length === 0 && key === 'Tags' ? [] : [[key, normalised(kept)]];
    }),
  );
}
