// Spoils what was really built. Mutants turn hand-written samples red in proof/judges; here the same ones are applied to the templates
// of the project's own document, so that no judge passes the platform for a reason that its mutants have never met.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../assembly/build-graph.ts';
import { readSources } from '../assembly/read-assembly.ts';
import { readDesign } from '../design/read-design.ts';
import { formEnvironments } from '../design/schema.ts';
import { createApp, synthesize } from '../infrastructure/lib/app.ts';
import { buildPlatform } from '../infrastructure/lib/platform.ts';
import { judgeStatements, type StatementVerdict } from '../proof/judges/judge-statements.ts';
import { mutants } from '../proof/judges/testing/mutants/lines/index.ts';
import { recoveryMutants } from '../proof/judges/testing/mutants/lines/recovery.ts';
import { judgeMutant } from '../proof/judges/testing/mutants/mutant.ts';
import { root } from './lib/root.ts';

/** Inputs that the document leaves at what they are anyway. */
const unsaid = [
  'failover: manual',
  'standby_cidr: 10.1.0.0/16',
  'cache_engine: redis',
  'interface_endpoints: false',
  'accounts: each',
  'working_hours:',
  '  start: "09:00"',
  '  stop: "19:00"',
  '  time_zone: Asia/Tokyo',
];

const { design, lines } = ownDocument();
const sources = builtSources();

/** The document with these inputs written out, so that they have lines to turn red. */
function ownDocument() {
  const document = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const said = document.replace('hashira:\n', `hashira:\n${unsaid.map((line) => `  ${line}\n`).join('')}`);
  const { design, lines, problems } = readDesign(said);
  if (design === undefined) throw new Error(`the project's own document is refused: ${JSON.stringify(problems)}`);
  return { design, lines };
}

function builtSources() {
  const outdir = mkdtempSync(join(tmpdir(), 'hashira-mutants-'));
  try {
    const app = createApp({ outdir, validation: false });
    buildPlatform(app, design);
    synthesize(app);
    return readSources(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const failed = (verdicts: readonly StatementVerdict[]) =>
  [...new Set(verdicts.filter(({ verdict }) => verdict === 'fail').map(({ path }) => path))].sort();

test('no line fails on what was built, unspoilt', () => {
  expect(
    failed(judgeStatements({ graph: buildGraph(sources), design, lines, environments: formEnvironments })),
  ).toEqual([]);
});

/** The line of the region that takes over also fails when the two regions are no longer alike, whatever else a mutant does. */
const parity = 'recovery.region';

describe('a spoilt template of the build turns its own lines red and no other', () => {
  test.each(mutants.map((mutant) => ({ ...mutant, mutant })))('$id: $name', ({ mutant }) => {
    const red = failed(judgeMutant(mutant, design, sources, lines));
    expect(red.filter((path) => path !== parity)).toEqual([...mutant.reddens(design)].sort());
  });

  test.each(recoveryMutants.map((mutant) => ({ ...mutant, mutant })))('$id: $name', ({ mutant }) => {
    expect(failed(judgeMutant(mutant, design, sources, lines))).toEqual([...mutant.reddens(design)].sort());
  });
});
