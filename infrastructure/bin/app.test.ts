// Claims about what the CDK CLI starts: the compiled app, given context and a directory as the CLI gives them.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stackNames } from '../../design/catalogue/stack-needs.ts';
import { formEnvironments } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';
import { filesOf, scratch } from '../lib/testing/environment.ts';

const root = join(import.meta.dirname, '..', '..');
const own = join(root, 'specs/stories/WEB-001-web-platform/design.md');

/** Runs the app that `cdk.json` names, in its directory. */
function run(context: Readonly<Record<string, string>> = {}) {
  const outdir = scratch();
  const { app } = JSON.parse(readFileSync(join(root, 'infrastructure/cdk.json'), 'utf8')) as { app: string };
  const { status, stderr } = spawnSync(process.execPath, app.split(' ').slice(1), {
    cwd: join(root, 'infrastructure'),
    encoding: 'utf8',
    env: { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
  });
  return { status, stderr, outdir, built: existsSync(join(outdir, 'manifest.json')) };
}

/** A document beside the project's own, changed. */
function document(change: (text: string) => string): string {
  const file = join(scratch(), 'design.md');
  writeFileSync(file, change(readFileSync(own, 'utf8')));
  return file;
}

describe('the app', () => {
  test("builds the repository's own document without being told where it is (DEP-2)", () => {
    const { status, stderr, outdir } = run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    const built = Object.entries<{ type: string }>(artifacts)
      .filter(([, { type }]) => type === 'aws:cloudformation:stack')
      .map(([id]) => id);
    const edge = ['EdgeReferencesStack', 'EdgeStack', 'ReferencesStack', 'GovernanceStack'];
    const everywhere = [...stackNames, ...edge];
    const wanted = formEnvironments.flatMap((environment) => everywhere.map((name) => stackId(environment, name)));
    // The document's second region is production's alone.
    const second = [
      ...[...stackNames, 'ReferencesStack'].map((name) => stackId('production', name, 'standby')),
      ...['RecoveryBaseStack', 'BaseReferencesStack', 'RecoveryStack'].map((name) => stackId('production', name)),
    ];
    expect(built.sort()).toEqual([...wanted, ...second].sort());
  });

  test('builds the document that `-c design` names, and records `-c commit` (RBK-1)', () => {
    const design = document((text) => text.replaceAll('10.0.21.0/24', '10.0.77.0/24'));
    const { status, outdir } = run({ design, commit: '0a1b2c3' });
    expect(status).toBe(0);
    const template = readFileSync(join(outdir, 'ProductionNetworkStack.template.json'), 'utf8');
    expect(template).toContain('"10.0.77.0/24"');
    expect(JSON.parse(template).Outputs.Commit.Value).toBe('0a1b2c3');
  });

  test('refuses a document with the line and the reason, and builds nothing', () => {
    const design = document((text) => text.replaceAll('10.0.21.0/24', '10.9.21.0/24'));
    const { status, stderr, built } = run({ design });
    expect({ status, built }).toEqual({ status: 2, built: false });
    expect(stderr).toMatch(/\d+ 行目: .*10\.9\.21\.0\/24/);
    expect(stderr).not.toContain('lenient');
  });

  test('says how to go on without what lenient mode forgives, and does', () => {
    const design = document((text) => text.replace(/^ +owner:.*\n/m, ''));
    const refused = run({ design });
    expect({ status: refused.status, built: refused.built }).toEqual({ status: 2, built: false });
    expect(refused.stderr).toContain('-c lenient=true');
    expect(run({ design, lenient: 'true' })).toMatchObject({ status: 0, built: true });
  });

  test('gives the CDK CLI the same bytes as whoever runs it without, and needs neither credentials nor account (DEP-2)', () => {
    const outdir = scratch();
    const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
    // At the root there is no `cdk.json`, so nothing is compiled anew beneath the tests that run beside this one.
    const words = [cdk, 'synth', '--quiet', '--app', 'node dist/app.js', '--output', outdir];
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
    const { status, stderr } = spawnSync(process.execPath, words, {
      cwd: root,
      encoding: 'utf8',
      env: { HOME: scratch(), PATH: path, CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true' },
    });
    expect({ status, failed: status !== 0 && stderr }).toEqual({ status: 0, failed: false });
    expect(filesOf(outdir)).toEqual(filesOf(run().outdir));
  });

  test('names a document that it cannot read', () => {
    const { status, stderr, built } = run({ design: 'nowhere/design.md' });
    expect({ status, built }).toEqual({ status: 2, built: false });
    expect(stderr).toContain('nowhere/design.md cannot be read: no such file or directory');
    expect(run({ design: 'nowhere/design.md', lang: 'ja' }).stderr).toContain('nowhere/design.md を読めません');
  });
});
