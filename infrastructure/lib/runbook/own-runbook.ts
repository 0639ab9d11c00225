// The runbook of the project's own document, as the script writes it and the test compares it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productionOf } from '../../../design/environments.ts';
import { readDesign } from '../../../design/read-design.ts';
import { createApp } from '../app.ts';
import { siteNames } from '../edge.ts';
import { buildPlatform } from '../platform.ts';
import { failoverDefinition } from './definition.ts';
import { failoverRunbook } from './failover-runbook.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const document = 'specs/stories/WEB-001-web-platform/design.md';

/** Text by path, relative to the repository. */
export function ownRunbooks(): Readonly<Record<string, string>> {
  const { design, problems } = readDesign(readFileSync(join(root, document), 'utf8'));
  if (design?.recovery === undefined)
    throw new Error(
      `${document} has no second region, or is refused: ${problems.map(({ message }) => message.en).join('; ')}`,
    );
  const outdir = mkdtempSync(join(tmpdir(), 'hashira-runbook-'));
  try {
    const app = createApp({ outdir, validation: false });
    const production = productionOf(design);
    buildPlatform(app, design, { environments: [production] });
    const definition = failoverDefinition(app, production);
    const places = {
      environment: production,
      region: design.recovery.region,
      origin: siteNames(design, production)?.origin,
      automatic: design.inputs.failover === 'automatic',
    };
    return {
      'docs/runbooks/failover.md': failoverRunbook(definition, places, 'en'),
      'docs/runbooks/failover.ja.md': failoverRunbook(definition, places, 'ja'),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
