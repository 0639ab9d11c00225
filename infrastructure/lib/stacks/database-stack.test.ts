// Claims about the database stack, read from its templates (STK-3, SIZE-2, BKP-1, IAM-1…5).
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { awake, exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments, type SecurityGroupRule } from '../../../design/schema.ts';
import { permissionsOfEntry } from '../../../testing/called-actions.ts';
import { additions } from '../permissions.ts';
import { actionsOf, dataStacks, foundations, logicalIds, rules, statements } from '../testing/data-stacks.ts';

const templates: Partial<Record<FormEnvironment, Template>> = {};
const security: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) {
    const stacks = dataStacks(exampleDesign, environment);
    templates[environment] = Template.fromStack(stacks.database);
    security[environment] = Template.fromStack(stacks.security);
  }
});

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

/** The database stack of a design that differs from the example. */
function built(change: Partial<Design>, environment: FormEnvironment = 'production'): Template {
  return Template.fromStack(dataStacks({ ...exampleDesign, ...change }, environment).database);
}

describe('the cluster', () => {
  test.each([
    ['production', 2, 'db.r6g.large'],
    ['staging', 2, 'db.t4g.large'],
    ['development', 1, 'db.t4g.medium'],
  ] as const)('has in %s %i instances of %s (SIZE-2)', (environment, count, instanceClass) => {
    of(environment).resourceCountIs('AWS::RDS::DBInstance', count);
    of(environment).allResourcesProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: instanceClass,
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    });
  });

  test('has its writer and its reader in different zones, the reader next in line (AC-REL-1, AC-REL-4)', () => {
    const instances = Object.values(of('production').findResources('AWS::RDS::DBInstance')).map(
      ({ Properties }) => [Properties.PromotionTier, Properties.AvailabilityZone] as const,
    );
    expect(Object.fromEntries(instances)).toEqual({ 0: 'ap-northeast-1a', 1: 'ap-northeast-1c' });
  });

  test('takes a third reader into the first zone again, at a tier of its own', () => {
    const sizes = { ...exampleDesign.sizes.production, aurora: { instanceClass: 'db.r6g.large', instances: 3 } };
    const template = built({ sizes: { ...exampleDesign.sizes, production: sizes } });
    template.hasResourceProperties('AWS::RDS::DBInstance', { PromotionTier: 2, AvailabilityZone: 'ap-northeast-1a' });
  });

  test.each(formEnvironments)('is encrypted with a key of its own that rotates, in %s (AC-SEC-2)', (environment) => {
    const [key] = logicalIds(of(environment), 'AWS::KMS::Key');
    of(environment).resourceCountIs('AWS::KMS::Key', 1);
    of(environment).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    of(environment).hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      EngineVersion: '17.7',
      StorageEncrypted: true,
      KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
      CopyTagsToSnapshot: true,
      EnableIAMDatabaseAuthentication: true,
      EnableCloudwatchLogsExports: ['postgresql'],
      ManageMasterUserPassword: Match.absent(),
    });
    of(environment).allResourcesProperties('AWS::RDS::DBInstance', {
      EnablePerformanceInsights: true,
      PerformanceInsightsKMSKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
      PerformanceInsightsRetentionPeriod: 7,
    });
  });

  test.each([
    ['production', 7],
    ['staging', 3],
    ['development', 1],
  ] as const)("keeps backups in %s for %i days, made in the document's window (BKP-1)", (environment, days) => {
    of(environment).hasResourceProperties('AWS::RDS::DBCluster', {
      BackupRetentionPeriod: days,
      PreferredBackupWindow: '03:00-04:00',
    });
  });

  test.each([
    ['production', 'sun:17:00-sun:18:00'],
    ['staging', 'sun:17:00-sun:18:00'],
    ['development', 'wed:05:00-wed:06:00'],
  ] as const)('is patched in %s at %s, when it runs and backs nothing up', (environment, window) => {
    of(environment).hasResourceProperties('AWS::RDS::DBCluster', { PreferredMaintenanceWindow: window });
    of(environment).allResourcesProperties('AWS::RDS::DBInstance', { PreferredMaintenanceWindow: window });
  });

  test("reports its operating system every 60 s under the document's role (IAM-4)", () => {
    of('production').allResourcesProperties('AWS::RDS::DBInstance', {
      MonitoringInterval: 60,
      MonitoringRoleArn: Match.anyValue(),
    });
  });

  test('stands in the data subnets', () => {
    const [group] = Object.values(of('production').findResources('AWS::RDS::DBSubnetGroup'));
    const subnets = JSON.stringify(group?.Properties.SubnetIds);
    expect(group?.Properties.SubnetIds).toHaveLength(2);
    expect(subnets.toLowerCase()).not.toMatch(/public|private/);
  });

  test("follows the document's port", () => {
    const securityGroups = exampleDesign.securityGroups.map((group) =>
      group.key === 'rds'
        ? { ...group, ingress: group.ingress.map((rule) => ({ ...rule, fromPort: 6432, toPort: 6432 })) }
        : group,
    );
    built({ securityGroups }).hasResourceProperties('AWS::RDS::DBCluster', { Port: 6432 });
  });
});

describe('the parameters', () => {
  const parameters = () =>
    Object.values(of('production').findResources('AWS::RDS::DBClusterParameterGroup'))[0]?.Properties.Parameters;

  test('demand TLS of every connection (AC-SEC-3)', () => {
    expect(parameters()).toMatchObject({ 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' });
  });

  test('bound statements, locks and idle transactions', () => {
    expect(parameters()).toMatchObject({
      statement_timeout: '30000',
      lock_timeout: '10000',
      idle_in_transaction_session_timeout: '60000',
    });
  });

  test('let no value reach the log', () => {
    expect(parameters()).toMatchObject({
      log_statement: 'none',
      log_parameter_max_length: '0',
      log_parameter_max_length_on_error: '0',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      'pgaudit.log_parameter': '0',
    });
  });

  test.each([
    ['production', '1622'],
    ['staging', '811'],
    ['development', '405'],
  ] as const)('state the connections of %s: %s (MON-11)', (environment, count) => {
    of(environment).hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Family: 'aurora-postgresql17',
      Parameters: Match.objectLike({ max_connections: count }),
    });
    expect(String(dataStacks(exampleDesign, environment).database.maxConnections)).toBe(count);
  });
});

/** Of a document that has no functions. */
const withoutLambdaGroup = exampleDesign.securityGroups
  .filter(({ key }) => key !== 'lambda')
  .map((group) => {
    const isKept = ({ peer }: SecurityGroupRule) => peer.kind === 'cidr' || peer.group !== 'lambda';
    return { ...group, ingress: group.ingress.filter(isKept), egress: group.egress.filter(isKept) };
  });

describe('the extensions', () => {
  const step = (template: Template) => Object.values(template.findResources('Custom::DatabaseExtensions'))[0];

  test.each(formEnvironments)(
    'of all preloaded libraries are made by a step of the deployment, in %s',
    (environment) => {
      const [parameters] = Object.values(of(environment).findResources('AWS::RDS::DBClusterParameterGroup'));
      const { Extensions, ServiceToken } = step(of(environment))?.Properties ?? {};
      expect(Extensions.join()).toBe(parameters?.Properties.Parameters.shared_preload_libraries);
      expect(Extensions).toContain('pgaudit');
      expect(ServiceToken).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ExtensionsFunction/), 'Arn'] });
    },
  );

  test('are made once every instance stands, and again in another cluster', () => {
    const instances = logicalIds(of('production'), 'AWS::RDS::DBInstance');
    expect(step(of('production'))?.DependsOn).toEqual(expect.arrayContaining(instances));
    expect(step(of('production'))?.Properties.Endpoint).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^AuroraCluster/), 'Endpoint.Address'],
    });
  });

  test('are made by a function that may read the secret and nothing else of the platform (IAM-5)', () => {
    const held = statements(of('production')).filter(({ role }) => /ExtensionsRole/.test(role));
    expect(held.flatMap(({ statement }) => actionsOf(statement)).sort()).toEqual([
      'kms:Decrypt',
      'secretsmanager:GetSecretValue',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    const called = permissionsOfEntry('functions/database/create-extensions.ts').map(({ action }) => action);
    expect([...new Set(called)]).toEqual(['secretsmanager:GetSecretValue']);
  });

  test.each([
    ['lambda', {}],
    ['ecs', { securityGroups: withoutLambdaGroup }],
  ] as const)('are made from within the group %s, which the database lets in', (group, change) => {
    const [made] = Object.values(built(change).findResources('AWS::Lambda::Function'));
    expect(JSON.stringify(made?.Properties.VpcConfig.SecurityGroupIds)).toMatch(new RegExp(`Groups${group}`, 'i'));
    expect(made?.Properties).toMatchObject({ TracingConfig: { Mode: 'Active' }, Timeout: 180 });
  });

  test.each([
    ['production', 90],
    ['development', 7],
  ] as const)('leave a log that is kept in %s for %i days', (environment, days) => {
    const logs = Object.entries(of(environment).findResources('AWS::Logs::LogGroup'));
    expect(logs.find(([id]) => id.startsWith('ExtensionsLog'))?.[1].Properties.RetentionInDays).toBe(days);
  });
});

describe('the secret', () => {
  test('is made here, encrypted, and never written into the template (AC-SEC-6)', () => {
    of('production').hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: Match.objectLike({ GenerateStringKey: 'password', PasswordLength: 40 }),
      KmsKeyId: Match.anyValue(),
      SecretString: Match.absent(),
    });
    of('production').hasResourceProperties('AWS::RDS::DBCluster', {
      MasterUserPassword: { 'Fn::Join': ['', Match.arrayWith(['{{resolve:secretsmanager:'])] },
    });
  });

  test.each(formEnvironments)('is replaced every 30 days by a function in the lambda group, in %s', (environment) => {
    of(environment).hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      RotateImmediatelyOnUpdate: false,
    });
    const [application] = Object.values(of(environment).findResources('AWS::Serverless::Application'));
    expect(JSON.stringify(application?.Properties.Parameters.vpcSecurityGroupIds)).toMatch(/lambda/i);
  });
});

describe('the table of answers', () => {
  test.each(formEnvironments)(
    'is paid by request, restorable, encrypted, and forgets by itself, in %s',
    (environment) => {
      of(environment).hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'idempotencyKey', KeyType: 'HASH' }],
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        // One region: others come where one of them takes over.
        Replicas: [
          {
            Region: 'ap-northeast-1',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } },
            Tags: Match.anyValue(),
          },
        ],
      });
    },
  );

  test('is not built when the document has none', () => {
    built({ tables: [] }).resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
  });
});

describe('logs', () => {
  test.each([
    ['production', 90],
    ['staging', 30],
    ['development', 7],
  ] as const)('of the database are kept in %s for %i days (LOG-1)', (environment, days) => {
    of(environment).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/rds/cluster/${environment}databasestack/postgresql`,
      RetentionInDays: days,
    });
  });

  test('have their group before RDS makes one of its own', () => {
    const [logGroup] = logicalIds(of('production'), 'AWS::Logs::LogGroup');
    of('production').hasResource('AWS::RDS::DBCluster', { DependsOn: Match.arrayWith([logGroup]) });
    of('production').hasResourceProperties('AWS::RDS::DBCluster', { DBClusterIdentifier: 'productiondatabasestack' });
  });
});

describe('what holds data', () => {
  test.each(['production', 'staging'] as const)('outlives its stack in %s', (environment) => {
    const template = of(environment);
    template.hasResourceProperties('AWS::RDS::DBCluster', { DeleteAutomatedBackups: false });
    template.hasResource('AWS::RDS::DBCluster', { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret']) {
      template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('goes with its stack in development', () => {
    const kept = Object.values(of('development').toJSON().Resources as Record<string, { DeletionPolicy?: string }>)
      .map(({ DeletionPolicy }) => DeletionPolicy)
      .filter((policy) => policy !== undefined && policy !== 'Delete');
    // The step that makes extensions, which is a call and no thing.
    expect(kept).toEqual(['Retain']);
  });

  test.each(formEnvironments)('keeps its logical ids in %s', (environment) => {
    const ids = logicalIds(
      of(environment),
      'AWS::RDS::DBCluster',
      'AWS::DynamoDB::GlobalTable',
      'AWS::KMS::Key',
      'AWS::SecretsManager::Secret',
    );
    expect(ids).toEqual(['Answers9615456C', 'AuroraClusterD4EFE71C', 'Key961B73FD', 'SecretA720EF05']);
  });
});

describe('weekly snapshots (BKP-2)', () => {
  const rulesOf = (template: Template) =>
    Object.values(template.findResources('AWS::Backup::BackupPlan')).flatMap(
      ({ Properties }) => Properties.BackupPlan.BackupPlanRule,
    );

  test.each([
    ['production', 'cron(0 3 ? * SUN *)', undefined],
    ['staging', 'cron(0 3 ? * SUN *)', undefined],
    ['development', 'cron(0 17 ? * FRI *)', 'Asia/Tokyo'],
  ] as const)('are taken in %s at %s and kept for 35 days (BKP-2a)', (environment, expression, zone) => {
    expect(rulesOf(of(environment))).toEqual([
      expect.objectContaining({ ScheduleExpression: expression, Lifecycle: { DeleteAfterDays: 35 } }),
    ]);
    expect(rulesOf(of(environment))[0]?.ScheduleExpressionTimezone).toBe(zone);
  });

  test('are taken in development on Sunday too where it is never off', () => {
    const [rule] = rulesOf(built(awake(exampleDesign), 'development'));
    expect(rule?.ScheduleExpression).toBe('cron(0 3 ? * SUN *)');
  });

  test('are taken while a short day lasts', () => {
    const inputs = { ...exampleDesign.inputs, workingHours: { start: '13:00', stop: '14:00', timeZone: 'Asia/Tokyo' } };
    const [rule] = rulesOf(built({ inputs }, 'development'));
    expect(rule?.ScheduleExpression).toBe('cron(30 13 ? * FRI *)');
    expect(rule?.StartWindowMinutes).toBe(60);
  });

  test('are of the cluster and nothing else, into a vault under the key of the stack', () => {
    const [selection, ...others] = Object.values(of('production').findResources('AWS::Backup::BackupSelection'));
    expect(others).toEqual([]);
    expect(JSON.stringify(selection?.Properties.BackupSelection.Resources)).toMatch(/:cluster:.*AuroraCluster/);
    expect(selection?.Properties.BackupSelection.Resources).toHaveLength(1);
    of('production').hasResourceProperties('AWS::Backup::BackupVault', {
      BackupVaultName: Match.stringLikeRegexp('^ProductionDatabaseStack-'),
      EncryptionKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    });
  });

  test.each([
    ['production', true],
    ['staging', true],
    ['development', false],
  ] as const)('cannot be deleted before their time in %s: %s', (environment, guarded) => {
    const [vault] = Object.values(of(environment).findResources('AWS::Backup::BackupVault'));
    expect(JSON.stringify(vault?.Properties.AccessPolicy ?? '').includes('backup:DeleteRecoveryPoint')).toBe(guarded);
    expect(vault?.UpdateReplacePolicy).toBe(guarded ? 'Retain' : 'Delete');
  });

  test('are not taken where the document asks for none', () => {
    const { weeklySnapshot: _, ...aurora } = exampleDesign.backup.aurora;
    const template = built({ backup: { ...exampleDesign.backup, aurora } });
    for (const type of ['BackupPlan', 'BackupVault', 'BackupSelection', 'RestoreTestingPlan']) {
      template.resourceCountIs(`AWS::Backup::${type}`, 0);
    }
  });

  test('are brought back by way of trial every month, in production, into the subnets and group of the database', () => {
    of('production').hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
      ScheduleExpression: 'cron(0 5 1 * ? *)',
      RecoveryPointSelection: Match.objectLike({
        IncludeVaults: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Backups'), 'BackupVaultArn'] }],
      }),
    });
    of('production').hasResourceProperties('AWS::Backup::RestoreTestingSelection', {
      ProtectedResourceType: 'Aurora',
      RestoreMetadataOverrides: {
        dbSubnetGroupName: { Ref: Match.stringLikeRegexp('SubnetGroup') },
        vpcSecurityGroupIds: { 'Fn::Join': ['', Match.arrayWith(['["', '"]'])] },
      },
    });
    for (const environment of ['staging', 'development'] as const) {
      of(environment).resourceCountIs('AWS::Backup::RestoreTestingPlan', 0);
    }
  });
});

describe('permissions', () => {
  const isProtecting = ({ role }: { readonly role: string }) => role.includes('ProtectionClock');
  /** Of roles that the document has: neither of the one that protects against deletion nor of the step that makes extensions. */
  const held = () =>
    statements(of('production')).filter((one) => !isProtecting(one) && !one.role.includes('Extensions'));

  test('to protect against deletion are for the cluster and the table alone (ADR-047)', () => {
    const protecting = statements(of('production')).filter(isProtecting);
    expect(
      protecting.map(({ statement }) => [actionsOf(statement).join(), JSON.stringify(statement.Resource)]),
    ).toEqual([
      ['rds:ModifyDBCluster', expect.stringContaining('"AuroraCluster')],
      ['dynamodb:UpdateTable', expect.stringContaining('"Answers')],
    ]);
  });

  test("are the document's, or additions with a reason (IAM-5)", () => {
    const documented = exampleDesign.roles.flatMap((role) =>
      role.statements.flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`)),
    );
    const added = Object.values(additions).flatMap((actions) => Object.keys(actions));
    const allowed = held().flatMap(({ statement }) => actionsOf(statement));
    expect(allowed.filter((action) => !documented.includes(action) && !added.includes(action))).toEqual([]);
  });

  test('name their resource, and use the key through its services only', () => {
    for (const { statement } of held()) {
      expect(JSON.stringify(statement.Resource)).toMatch(/Secret|Answers|Key/);
      expect(actionsOf(statement).join()).not.toContain('*');
      if (actionsOf(statement).includes('kms:Decrypt')) expect(statement.Condition).toHaveProperty('StringEquals');
    }
  });

  test.each([
    ['secretsmanager:GetSecretValue', 3],
    ['dynamodb:Query', 1],
    ['dynamodb:PutItem', 1],
    ['dynamodb:UpdateItem', 1],
  ])('give %s to %i of the roles (IAM-1…3)', (action, count) => {
    const holders = held().filter(({ statement }) => actionsOf(statement).includes(action));
    expect(new Set(holders.map(({ role }) => role)).size).toBe(count);
  });

  test('lose what the document takes away', () => {
    const roles = exampleDesign.roles.map((role) => ({
      ...role,
      statements: role.statements.map((statement) => ({
        ...statement,
        actions: statement.actions.filter((action) => action !== 'UpdateItem'),
      })),
    }));
    const allowed = statements(built({ roles })).flatMap(({ statement }) => actionsOf(statement));
    expect(allowed).toContain('dynamodb:PutItem');
    expect(allowed).not.toContain('dynamodb:UpdateItem');
  });
});

test('no rule is added to a security group, here or where the groups are (SG-3, SG-4)', () => {
  expect(rules(of('production'))).toEqual([]);
  const alone = foundations(exampleDesign, 'production').security;
  expect(rules(Template.fromStack(alone)).length).toBeGreaterThan(0);
  expect(security.production && rules(security.production)).toEqual(rules(Template.fromStack(alone)));
});
