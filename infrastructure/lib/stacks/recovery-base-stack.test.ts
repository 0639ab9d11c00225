// Claims about what waits in the other region, and what points at it (BKP-3, BKP-5).
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { platformOf, stacksOf } from '../testing/environment.ts';
import { templateOf } from '../testing/followed.ts';
import { recoveringDesign } from '../testing/standby.ts';

function stackOf(design: Design, environment: Environment, name: string) {
  return stacksOf(platformOf(design, [environment])).find(({ node }) => node.id.endsWith(name));
}

const copying = (copyTo: Design['backup']['aurora']['copyTo']): Design => ({
  ...exampleDesign,
  backup: {
    ...exampleDesign.backup,
    aurora: { ...exampleDesign.backup.aurora, copyTo: { ...exampleDesign.backup.aurora.copyTo, ...copyTo } },
  },
});
const replicating = (design: Design, replicateTo: Design['backup']['s3']['replicateTo']): Design => ({
  ...design,
  backup: {
    ...design.backup,
    s3: { ...design.backup.s3, replicateTo: { ...design.backup.s3.replicateTo, ...replicateTo } },
  },
});
const { recovery } = recoveringDesign;

/** Where the copies of the weekly snapshot go. */
function copies(design: Design, environment: Environment): unknown {
  const stack = stackOf(design, environment, 'DatabaseStack');
  const template = stack === undefined ? undefined : templateOf(stack);
  const [plan] = Object.values(template?.findResources('AWS::Backup::BackupPlan') ?? {});
  return plan?.Properties.BackupPlan.BackupPlanRule[0].CopyActions;
}

describe('the recovery base', () => {
  test("keeps copies in the other region, under that region's own key", () => {
    const stack = stackOf(exampleDesign, 'production', 'RecoveryBaseStack');
    expect(stack?.region).toBe('us-west-2');
    if (stack === undefined) return;
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.hasResource('AWS::Backup::BackupVault', {
      Properties: {
        BackupVaultName: Match.stringLikeRegexp('^ProductionRecoveryBaseStack-'),
        EncryptionKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
        AccessPolicy: Match.objectLike({
          Statement: [Match.objectLike({ Effect: 'Deny', Action: Match.arrayWith(['backup:DeleteRecoveryPoint']) })],
        }),
      },
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('gets a copy of every weekly snapshot, kept as long', () => {
    expect(copies(exampleDesign, 'production')).toEqual([
      {
        DestinationBackupVaultArn: {
          'Fn::GetStackOutput': expect.objectContaining({
            StackName: 'ProductionRecoveryBaseStack',
            Region: 'us-west-2',
          }),
        },
        Lifecycle: { DeleteAfterDays: 35 },
      },
    ]);
  });

  test.each([
    ['staging', exampleDesign],
    ['development', exampleDesign],
    ['production', replicating(copying({ production: null }), { production: null })],
  ] as const)('is not there where nothing is copied, as in %s', (environment, design) => {
    expect(stackOf(design, environment, 'RecoveryBaseStack')).toBeUndefined();
    expect(copies(design, environment)).toBeUndefined();
  });

  test('is there for a region that takes over, even when no snapshot is copied to it', () => {
    const design = {
      ...replicating(copying({ production: null }), { production: null }),
      ...(recovery && { recovery }),
    };
    expect(stackOf(design, 'production', 'RecoveryBaseStack')?.region).toBe('us-west-2');
    expect(copies(design, 'production')).toBeUndefined();
  });

  test('keeps copies of objects only where the document copies them, with or without a region that takes over', () => {
    const buckets = (design: Design, environment: Environment) => {
      const stack = stackOf(design, environment, 'RecoveryBaseStack');
      return stack === undefined ? 0 : Object.keys(Template.fromStack(stack).findResources('AWS::S3::Bucket')).length;
    };
    expect(buckets(exampleDesign, 'production')).toBe(2);
    expect(buckets(replicating(exampleDesign, { production: null }), 'production')).toBe(0);
    expect(buckets(replicating(exampleDesign, { staging: 'us-west-2' }), 'staging')).toBe(2);
  });

  test('is there for another environment, and another region, when the document copies it', () => {
    const design = copying({ staging: 'eu-west-1' });
    expect(stackOf(design, 'staging', 'RecoveryBaseStack')?.region).toBe('eu-west-1');
    expect(JSON.stringify(copies(design, 'staging'))).toContain('"eu-west-1"');
  });
});
