// Values vary freely and optional parts may be left out: the project's own document, changed in the ways that people change theirs,
// is read, built and judged without a failure.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readDesign } from '../design/read-design.ts';
import { formEnvironments } from '../design/schema.ts';
import { buildDocument } from './lib/build/build-document.ts';
import { ownDocument as document, edited, variations } from './testing/variations.ts';

const workshop = mkdtempSync(join(tmpdir(), 'hashira-variations-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

describe("the project's own document", () => {
  test.each(Object.entries(variations))('%s is built, and nothing fails', async (name, edits) => {
    const { design, lines, problems } = readDesign(edited(document, edits));
    expect(problems.map(({ line, message }) => `${line}: ${message.en}`)).toEqual([]);
    if (design === undefined) throw new Error('refused without a problem');
    const outdir = join(workshop, name.replaceAll(' ', '-'));
    const { result } = await buildDocument({
      design,
      lines,
      environments: formEnvironments,
      validation: false,
      outdir,
    });
    const { statements } = result;
    const wrong = statements.filter(({ verdict }) => verdict === 'fail' || verdict === 'unresolved');
    expect(wrong.map(({ line, environment, text, evidence }) => ({ line, environment, text, evidence }))).toEqual([]);
  });

  test('has no finding of the checks when nothing optional is in it', async () => {
    const { design, lines } = readDesign(edited(document, variations['with nothing optional'] ?? []));
    if (design === undefined) throw new Error('refused');
    const outdir = join(workshop, 'checked');
    const { result } = await buildDocument({ design, lines, environments: formEnvironments, validation: true, outdir });
    expect(result.findings).toEqual([]);
  });
});
