// Claims about the storage stack, read from its templates (STK-5, BKP-4, LOG-2, LOG-4, AC-SEC-1, AC-SEC-3).
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { createApp } from '../app.ts';
import { logicalIds, type Statement } from '../testing/data-stacks.ts';
import { scratch } from '../testing/environment.ts';
import { StorageStack } from './storage-stack.ts';

const templates: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments)
    templates[environment] = Template.fromStack(stackOf(exampleDesign, environment));
});

const stackOf = (design: Design, environment: FormEnvironment) =>
  new StorageStack(createApp({ outdir: scratch(), validation: false }), 'StorageStack', { design, environment });

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

const withBackup = (s3: Partial<Design['backup']['s3']>): Design => ({
  ...exampleDesign,
  backup: { ...exampleDesign.backup, s3: { ...exampleDesign.backup.s3, ...s3 } },
});

type Rule = Readonly<Record<string, unknown>>;

/** Lifecycle rules of the data bucket or the log bucket. */
function lifecycle(template: Template, bucket: 'Data' | 'Logs'): Rule[] {
  const [found] = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([id]) => id.startsWith(bucket));
  return (found?.[1].Properties.LifecycleConfiguration.Rules ?? []) as Rule[];
}

/** Statements of a bucket's policy, or of the key's when no bucket is named. */
function policy(template: Template, bucket?: 'Data' | 'Logs'): (Statement & { readonly Principal?: unknown })[] {
  const [found] =
    bucket === undefined
      ? Object.values(template.findResources('AWS::KMS::Key')).map(({ Properties }) => Properties.KeyPolicy)
      : Object.entries(template.findResources('AWS::S3::BucketPolicy'))
          .filter(([id]) => id.startsWith(bucket))
          .map(([, { Properties }]) => Properties.PolicyDocument);
  return found.Statement;
}

const transitions = [
  { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
  { StorageClass: 'GLACIER', TransitionInDays: 90 },
  { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 365 },
];

describe('both buckets', () => {
  test.each(formEnvironments)(
    "are encrypted with the stack's key in %s, which AWS rotates (AC-SEC-1)",
    (environment) => {
      const [key] = logicalIds(of(environment), 'AWS::KMS::Key');
      of(environment).resourceCountIs('AWS::S3::Bucket', 2);
      of(environment).allResourcesProperties('AWS::S3::Bucket', {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: { 'Fn::GetAtt': [key, 'Arn'] },
              },
            },
          ],
        },
      });
      of(environment).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    },
  );

  test.each(formEnvironments)('are closed to the public, without ACLs, in %s', (environment) => {
    of(environment).allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test.each(['Data', 'Logs'] as const)(
    '%s refuses whoever comes without TLS, or with an old one (AC-SEC-3)',
    (bucket) => {
      const denials = policy(of('production'), bucket).filter(({ Effect }) => Effect === 'Deny');
      expect(denials.map(({ Action, Condition }) => [Action, Condition])).toEqual([
        ['s3:*', { Bool: { 'aws:SecureTransport': 'false' } }],
        ['s3:*', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
      ]);
      for (const { Resource } of denials) expect(Resource).toHaveLength(2);
    },
  );

  test.each(formEnvironments)(
    'keep versions in %s, replaced ones for 30 days, and no unfinished upload (BKP-4)',
    (environment) => {
      of(environment).allResourcesProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } });
      for (const bucket of ['Data', 'Logs'] as const) {
        expect(lifecycle(of(environment), bucket)).toContainEqual({
          Id: 'Tidy',
          Status: 'Enabled',
          NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          ExpiredObjectDeleteMarker: true,
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        });
      }
    },
  );

  test('keep no versions when the document says so', () => {
    const template = Template.fromStack(stackOf(withBackup({ versioning: false }), 'production'));
    template.allResourcesProperties('AWS::S3::Bucket', { VersioningConfiguration: Match.absent() });
    expect(JSON.stringify(template.toJSON())).not.toContain('Noncurrent');
  });
});

describe('the data bucket', () => {
  test.each(formEnvironments)("moves objects to colder classes on the document's days in %s (BKP-4)", (environment) => {
    const moving = lifecycle(of(environment), 'Data').filter(({ Transitions }) => Transitions !== undefined);
    expect(moving.map(({ Transitions }) => Transitions)).toEqual([transitions]);
    expect(moving[0]).toMatchObject({ Status: 'Enabled' });
    expect(moving[0]).not.toHaveProperty('Prefix');
  });

  test('leaves objects under 128 KB where they are, and moves those of 128 KB (BKP-4a)', () => {
    const [moving] = lifecycle(of('production'), 'Data').filter(({ Transitions }) => Transitions !== undefined);
    expect(moving?.ObjectSizeGreaterThan).toBe(128 * 1024 - 1);
  });

  test('never lets a current object expire', () => {
    for (const rule of lifecycle(of('production'), 'Data')) expect(rule).not.toHaveProperty('ExpirationInDays');
  });

  test.each([
    ['other days', [{ afterDays: 120, storageClass: 'GLACIER_IR' as const }]],
    ['none', []],
  ])('takes from the document %s', (_, changed) => {
    const template = Template.fromStack(stackOf(withBackup({ transitions: changed }), 'production'));
    const moving = lifecycle(template, 'Data').flatMap(({ Transitions }) => Transitions ?? []);
    expect(moving).toEqual(
      changed.map(({ afterDays, storageClass }) => ({ StorageClass: storageClass, TransitionInDays: afterDays })),
    );
  });
});

describe('the log bucket', () => {
  test.each([
    ['production', 90],
    ['staging', 30],
    ['development', 7],
  ] as const)('lets access logs expire in %s after %i days, and moves none (LOG-2)', (environment, days) => {
    const rules = lifecycle(of(environment), 'Logs').filter(
      ({ Prefix }) => Prefix === 'alb/' || Prefix === 'cloudfront/',
    );
    expect(rules).toEqual([
      { Id: 'LoadBalancer', Status: 'Enabled', Prefix: 'alb/', ExpirationInDays: days },
      { Id: 'CloudFront', Status: 'Enabled', Prefix: 'cloudfront/', ExpirationInDays: days },
    ]);
  });

  test("keeps production's trail for ever, ever colder (LOG-4)", () => {
    const rules = lifecycle(of('production'), 'Logs').filter(({ Prefix }) => Prefix === 'cloudtrail/');
    expect(rules).toEqual([
      {
        Id: 'ColderWithAge',
        Status: 'Enabled',
        Prefix: 'cloudtrail/',
        ObjectSizeGreaterThan: 128 * 1024 - 1,
        Transitions: transitions,
      },
    ]);
  });

  test.each([
    ['staging', 30],
    ['development', 7],
  ] as const)('lets the trail of %s expire after %i days (LOG-4)', (environment, days) => {
    const rules = lifecycle(of(environment), 'Logs').filter(({ Prefix }) => Prefix === 'cloudtrail/');
    expect(rules).toEqual([{ Id: 'CloudTrail', Status: 'Enabled', Prefix: 'cloudtrail/', ExpirationInDays: days }]);
  });

  test("lets in AWS's log services alone, each below its prefix and for this account", () => {
    const allowed = policy(of('production'), 'Logs').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Principal, Action }) => [Principal, Action])).toEqual([
      [{ Service: 'delivery.logs.amazonaws.com' }, 's3:PutObject'],
      [{ Service: 'delivery.logs.amazonaws.com' }, 's3:PutObject'],
      [{ Service: 'cloudtrail.amazonaws.com' }, 's3:GetBucketAcl'],
      [{ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject'],
    ]);
    const [delivery, edge, look, write] = allowed.map(({ Resource }) => JSON.stringify(Resource));
    expect(delivery).toContain('"/alb/*"');
    expect(edge).toContain('"/cloudfront/*"');
    expect(look).not.toContain('*');
    expect(write).toContain('"/cloudtrail/AWSLogs/"');
    for (const { Condition } of allowed) {
      expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
      expect(Condition).toHaveProperty('ArnLike');
    }
  });
});

test('logs of CloudFront come from its own region, all others from that of the document (LOG-2)', () => {
  const [home, edge] = policy(of('production'), 'Logs')
    .filter(({ Principal }) => JSON.stringify(Principal).includes('delivery.logs'))
    .map(({ Condition }) => JSON.stringify(Condition));
  expect(home).toContain('arn:aws:logs:ap-northeast-1:');
  expect(home).not.toContain('us-east-1');
  expect(edge).toContain('arn:aws:logs:us-east-1:');
  expect(edge).not.toContain('ap-northeast-1');
  const [delivery] = policy(of('production')).filter(({ Sid }) => Sid === 'LogDelivery');
  expect(JSON.stringify(delivery?.Condition)).toMatch(/ap-northeast-1.*us-east-1/);
});

test("the key may be used by AWS's log services, for this account only, besides the account itself", () => {
  const [account, ...services] = policy(of('production'));
  expect(JSON.stringify(account?.Principal)).toContain(':root');
  expect(services.map(({ Principal }) => Principal)).toEqual([
    { Service: 'delivery.logs.amazonaws.com' },
    { Service: 'cloudtrail.amazonaws.com' },
    { Service: 'cloudtrail.amazonaws.com' },
  ]);
  for (const { Condition, Action } of services) {
    expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
    expect([Action].flat()).not.toContain('kms:*');
  }
});

describe('permissions', () => {
  test.each(['task', 'lambda'] as const)(
    'of the role %s reach one prefix and one key, through S3 (IAM-2, IAM-3, IAM-5)',
    (role) => {
      const stack = stackOf(exampleDesign, 'production');
      const [files, key] = stack.statements[role].map((statement) => stack.resolve(statement.toStatementJson()));
      expect(files.Action).toEqual(['s3:GetObject', 's3:PutObject']);
      expect(JSON.stringify(files.Resource)).toContain('"/orders/*"');
      expect(key.Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
      expect(key.Condition).toEqual({ StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com' } });
      expect(stack.statements[role]).toHaveLength(2);
    },
  );

  test('are none for a role that the document does not have', () => {
    const design = { ...exampleDesign, roles: exampleDesign.roles.filter(({ kind }) => kind !== 'lambda') };
    expect(stackOf(design, 'production').statements.lambda).toEqual([]);
  });
});

describe('what holds data', () => {
  test.each([
    ['production', 'RetainExceptOnCreate'],
    ['staging', 'RetainExceptOnCreate'],
    ['development', 'Delete'],
  ] as const)('has in %s the deletion policy %s', (environment, wanted) => {
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key']) {
      of(environment).allResources(type, {
        DeletionPolicy: wanted,
        UpdateReplacePolicy: wanted.replace('ExceptOnCreate', ''),
      });
    }
  });

  test.each(formEnvironments)('keeps its logical ids in %s', (environment) => {
    expect(logicalIds(of(environment), 'AWS::S3::Bucket', 'AWS::KMS::Key')).toEqual([
      'Data666C94C7',
      'Key961B73FD',
      'Logs6819BB44',
    ]);
  });
});
