// The committed page of what the security packs leave is that of today's build, and nothing in it is without a reason (TST-3).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { environmentKeys } from '../../design/environments.ts';
import { readDesign } from '../../design/read-design.ts';
import { createApp, synthesize } from './app.ts';
import { buildPlatform } from './platform.ts';
import { reasons } from './security-reasons.ts';
import { type LeftRule, leftRules, securityPage } from './security-report.ts';
import { scratch } from './testing/environment.ts';

const root = join(import.meta.dirname, '..', '..');
let rules: readonly LeftRule[] = [];
let environments: readonly string[] = [];

beforeAll(() => {
  const document = readFileSync(join(root, 'specs/stories/WEB-001-web-platform/design.md'), 'utf8');
  const { design } = readDesign(document);
  if (design === undefined) throw new Error("The project's own document is refused");
  const app = createApp({ outdir: scratch(), validation: false });
  buildPlatform(app, design);
  synthesize(app);
  environments = environmentKeys(design);
  rules = leftRules(app, environments);
});

describe('what the packs leave', () => {
  test('has a reason, rule by rule', () => {
    expect(rules.map(({ name }) => name).filter((name) => reasons[name] === undefined)).toEqual([]);
    for (const reason of Object.values(reasons)) expect(reason).toMatch(/^\w.{30,}\.$/);
  });

  test('is all that there are reasons for', () => {
    const found = rules.map(({ name }) => name);
    expect(Object.keys(reasons).filter((name) => !found.includes(name))).toEqual([]);
  });

  test('is what docs/security.md says; `npm run docs:security` writes it anew', () => {
    expect(readFileSync(join(root, 'docs/security.md'), 'utf8')).toBe(securityPage(rules, reasons, environments));
  });
});

describe('a rule', () => {
  test('without a reason is no page', () => {
    const left = { name: 'Unheard', description: 'Something is wrong', packs: ['PCI DSS 3.2.1'], places: { A: [] } };
    expect(() => securityPage([left], {}, environments)).toThrow(/Unheard finds something and has no reason/);
  });

  test('is found by both packs, with the place and the environment', () => {
    const app = createApp({ outdir: scratch(), validation: false });
    for (const name of ['ProductionAnyStack', 'StagingAnyStack']) {
      new CfnBucket(new Stack(app, name, { env: { region: 'eu-west-1' } }), 'Bucket');
    }
    synthesize(app);
    expect(leftRules(app, environments)).toContainEqual(
      expect.objectContaining({
        name: 'S3BucketLoggingEnabled',
        packs: ['NIST 800-53 r5', 'PCI DSS 3.2.1'],
        places: { 'AnyStack/Bucket': ['production', 'staging'] },
      }),
    );
  });
});
