// Claims about the cache stack, read from its templates (STK-4, SIZE-3, BKP-6).
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { actionsOf, dataStacks, logicalIds, rules, statements } from '../testing/data-stacks.ts';

const group = 'AWS::ElastiCache::ReplicationGroup';
const templates: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) templates[environment] = built(exampleDesign, environment);
});

function built(design: Design, environment: FormEnvironment): Template {
  const { cache } = dataStacks(design, environment);
  if (cache === undefined) throw new Error('The design has no CacheStack');
  return Template.fromStack(cache);
}

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

describe('the cache', () => {
  test.each([
    ['production', 2, 'cache.r6g.large'],
    ['staging', 2, 'cache.m6g.large'],
    ['development', 1, 'cache.t4g.medium'],
  ] as const)('has in %s %i nodes of %s, and fails over when it can (SIZE-3)', (environment, nodes, nodeType) => {
    of(environment).hasResourceProperties(group, {
      Engine: 'redis',
      EngineVersion: '7.1',
      CacheNodeType: nodeType,
      NumCacheClusters: nodes,
      AutomaticFailoverEnabled: nodes > 1,
      MultiAZEnabled: nodes > 1,
    });
  });

  test.each([
    ['production', 7, '03:00-04:00'],
    ['staging', 1, '03:00-04:00'],
    ['development', 0, Match.absent()],
  ] as const)('keeps snapshots in %s for %i days (BKP-6)', (environment, days, window) => {
    of(environment).hasResourceProperties(group, { SnapshotRetentionLimit: days, SnapshotWindow: window });
  });

  test('takes no snapshots when the document switches them off', () => {
    const cache = exampleDesign.backup.cache;
    if (cache === undefined) throw new Error('The example has a cache');
    const design = { ...exampleDesign, backup: { ...exampleDesign.backup, cache: { ...cache, automatic: false } } };
    built(design, 'production').hasResourceProperties(group, { SnapshotRetentionLimit: 0 });
  });

  test.each(formEnvironments)(
    'demands TLS and the token, and is encrypted at rest, in %s (AC-SEC-3)',
    (environment) => {
      const [key] = logicalIds(of(environment), 'AWS::KMS::Key');
      const [secret] = logicalIds(of(environment), 'AWS::SecretsManager::Secret');
      of(environment).hasResourceProperties(group, {
        TransitEncryptionEnabled: true,
        TransitEncryptionMode: 'required',
        AtRestEncryptionEnabled: true,
        KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
        AuthToken: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret }, ':SecretString:::}}']] },
      });
      of(environment).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    },
  );

  test('is patched when it makes no snapshot', () => {
    of('production').hasResourceProperties(group, { PreferredMaintenanceWindow: 'sun:17:00-sun:18:00' });
  });

  test('drops what was not used for longest when it is full', () => {
    of('production').hasResourceProperties('AWS::ElastiCache::ParameterGroup', {
      CacheParameterGroupFamily: 'redis7',
      Properties: { 'maxmemory-policy': 'allkeys-lru' },
    });
  });

  test('is Valkey when the input says so', () => {
    const design = { ...exampleDesign, inputs: { ...exampleDesign.inputs, cacheEngine: 'valkey' as const } };
    const template = built(design, 'production');
    template.hasResourceProperties(group, { Engine: 'valkey', EngineVersion: '8.0' });
    template.hasResourceProperties('AWS::ElastiCache::ParameterGroup', { CacheParameterGroupFamily: 'valkey8' });
  });

  test.each([
    ['production', 90],
    ['staging', 30],
    ['development', 7],
  ] as const)(
    'writes its slow log and its engine log in %s to groups kept for %i days (LOG-1)',
    (environment, days) => {
      const template = of(environment);
      template.resourceCountIs('AWS::Logs::LogGroup', 2);
      template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: days });
      const logs = ['slow-log', 'engine-log'].map((LogType) => Match.objectLike({ LogType }));
      template.hasResourceProperties(group, { LogDeliveryConfigurations: logs });
    },
  );

  test('stands in the data subnets', () => {
    const [subnets] = Object.values(of('production').findResources('AWS::ElastiCache::SubnetGroup'));
    expect(subnets?.Properties.SubnetIds).toHaveLength(2);
    expect(JSON.stringify(subnets?.Properties.SubnetIds).toLowerCase()).not.toMatch(/public|private/);
  });
});

describe('what holds data', () => {
  test.each(['production', 'staging'] as const)('leaves a snapshot and its key behind in %s', (environment) => {
    of(environment).hasResource(group, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
    of(environment).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('goes with its stack in development', () => {
    const resources: Record<string, { DeletionPolicy?: string }> = of('development').toJSON().Resources;
    const policies = Object.values(resources).map(({ DeletionPolicy = 'Delete' }) => DeletionPolicy);
    expect(new Set(policies)).toEqual(new Set(['Delete']));
  });

  test.each(formEnvironments)('keeps its logical ids in %s', (environment) => {
    const ids = logicalIds(of(environment), group, 'AWS::KMS::Key', 'AWS::SecretsManager::Secret');
    expect(ids).toEqual(['Key961B73FD', 'RedisCluster5292F556', 'RedisTokenFCE81E05']);
  });
});

test('a starting task may read the token and nothing else (IAM-1, IAM-5)', () => {
  const [token] = logicalIds(of('production'), 'AWS::SecretsManager::Secret');
  const [key] = logicalIds(of('production'), 'AWS::KMS::Key');
  const held = statements(of('production')).map(({ statement }) => [actionsOf(statement), statement.Resource]);
  expect(held).toEqual([
    [['secretsmanager:GetSecretValue'], { Ref: token }],
    [['kms:Decrypt'], { 'Fn::GetAtt': [key, 'Arn'] }],
  ]);
});

test('no rule is added to a security group (SG-5)', () => {
  expect(rules(of('production'))).toEqual([]);
});
