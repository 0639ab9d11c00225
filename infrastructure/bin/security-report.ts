// Writes `docs/security.md` anew (`npm run docs:security`).

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentKeys } from '../../design/environments.ts';
import { readDesign } from '../../design/read-design.ts';
import { createApp, synthesize } from '../lib/app.ts';
import { buildPlatform } from '../lib/platform.ts';
import { reasons } from '../lib/security-reasons.ts';
import { leftRules, securityPage } from '../lib/security-report.ts';

const root = join(import.meta.dirname, '..', '..');
const document = 'specs/stories/WEB-001-web-platform/design.md';
const { design, problems } = readDesign(readFileSync(join(root, document), 'utf8'));
if (design === undefined)
  throw new Error(`${document} is refused: ${problems.map(({ message }) => message.en).join('; ')}`);

const environments = environmentKeys(design);
const outdir = mkdtempSync(join(tmpdir(), 'hashira-security-'));
try {
  const app = createApp({ outdir, validation: false });
  buildPlatform(app, design);
  synthesize(app);
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs', 'security.md'), securityPage(leftRules(app, environments), reasons, environments));
} finally {
  rmSync(outdir, { recursive: true });
}
