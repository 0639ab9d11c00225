// Writes `docs/runbooks/` anew (`npm run docs:runbooks`).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownRunbooks } from '../lib/runbook/own-runbook.ts';

for (const [path, text] of Object.entries(ownRunbooks())) {
  const file = join(import.meta.dirname, '..', '..', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
