// Claims about the region that stands by (DR-1…7): that it is the first one again but for a list of differences, that nothing runs in it,
// and that it can be built and deployed after the first.

import type { App } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { stackNames } from '../../design/catalogue/stack-needs.ts';
import { perEnvironment } from '../../design/environments.ts';
import type { Design } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';
import { platformOf, stacksOf } from './testing/environment.ts';
import { followed } from './testing/followed.ts';
import { differences, type Resources } from './testing/parity.ts';
import { recoveringDesign } from './testing/standby.ts';
import { withoutCache, withoutFunctions, withoutTable } from './testing/workload-stacks.ts';

interface Template {
  readonly Resources: Resources;
}

let templates: ReadonlyMap<string, Template>;

beforeAll(() => {
  templates = templatesIn(platformOf(recoveringDesign, ['production']));
});

const templatesIn = (app: App): ReadonlyMap<string, Template> =>
  new Map(app.synth().stacks.map(({ stackName, template }) => [stackName, template]));

function resourcesOf(stackName: string, among = templates): Resources {
  const template = among.get(stackName);
  if (template === undefined) throw new Error(`There is no ${stackName}`);
  return followed(template.Resources, among);
}

const standby = (name: string, among = templates) => resourcesOf(stackId('production', name, 'standby'), among);
const primary = (name: string, among = templates) => resourcesOf(stackId('production', name), among);
const ofType = (resources: Resources, type: string) =>
  Object.values(resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));

/** Names of the standby's, with those of the first region that they stand for. */
const words = [
  ['ProductionStandby', 'Production'],
  ['productionstandby', 'production'],
  ['us-west-2', 'ap-northeast-1'],
  ['10.1.', '10.0.'],
] as const;

/** All that may differ, by the reason. A difference without a reason fails, and so does a reason without a difference. */
const reasons: Readonly<Record<string, Readonly<Record<string, readonly RegExp[]>>>> = {
  NetworkStack: {
    'one NAT gateway is enough until a second zone is needed': [
      /^- NetworkNat(Address)?C$/,
      /^NetworkPrivateCDefaultRoute\.NatGatewayId/,
    ],
  },
  SecurityStack: { 'the secret header is replicated and not made again': [/^- OriginHeader(Current|Next)$/] },
  DatabaseStack: {
    'the cluster follows a global database': [
      /^- Global$/,
      /^AuroraCluster\.(DatabaseName|GlobalClusterIdentifier|MasterUser(name|Password)|SourceRegion)$/,
    ],
    'one instance, as small as it gets': [
      /^- AuroraClusterReader1$/,
      /^AuroraCluster\.ServerlessV2ScalingConfiguration$/,
      /^AuroraClusterWriter\.DBInstanceClass$/,
    ],
    'credentials are replicated, and changed where they were made': [
      /^- Secret(Attachment|Policy|AttachmentRotationSchedule)?$/,
      /^- Rotation$/,
      /^Key\.KeyPolicy\.Statement$/,
    ],
    'its database has the extensions of the one that it follows': [/^- Extensions(Function|Log|Policy|Role|Step)$/],
    'answers are replicated': [/^- Answers$/],
    'what is replicated has its own name and key there': [
      /^(Task|TaskExecution|Function)Policy\.PolicyDocument\.Statement\.\d\.Resource\./,
      /^ProtectionClockTable\.Target\.Input/,
    ],
    'a global database is protected in the first region': [
      /^- ProtectionClockGlobalCluster$/,
      /^ProtectionClockPolicy\.PolicyDocument\.Statement$/,
    ],
    'weekly snapshots are copied here from the first region': [/^- (Backups|WeeklyBackup|RestoreTest)/],
  },
  CacheStack: {
    'one node': [/^RedisCluster\.(AutomaticFailoverEnabled|MultiAZEnabled|NumCacheClusters)$/],
  },
  StorageStack: {
    'files are those that the first region copies here': [/^- Data(Policy)?$/],
    'nothing is copied back before it takes over': [
      /^- (Data|Logs)Replication(Role|Policy)$/,
      /^Logs\.ReplicationConfiguration$/,
    ],
    "CloudFront's logs and the trail's go to the first region": [
      /^LogsPolicy\.PolicyDocument\.Statement$/,
      /^Key\.KeyPolicy\.Statement$/,
    ],
  },
  ComputeStack: {
    'its access logs go to its own bucket': [/^AccessLogsDestination\.Name$/],
    'no task runs': [/^ApiService\.DesiredCount$/, /^ApiServiceTaskCountTarget\.M(ax|in)Capacity$/],
    'credentials and the secret header have the names of replicas': [
      /^ApiTask\.ContainerDefinitions\.0\.(Secrets\.[01]\.ValueFrom|Environment\.4\.Value)\./,
      /^FunctionsFulfilOrder\.Environment\.Variables\.DATABASE_SECRET\./,
      /^FrontDoorHttps\w+Rule\.Conditions\.\d\.HttpHeaderConfig\.Values\./,
    ],
    'files lie in the bucket of copies, under its key': [
      /^ApiTask\.ContainerDefinitions\.0\.Environment\.5\.Value\.Fn::GetStackOutput\.StackName$/,
      /^Functions\w+\.Environment\.Variables\.DATA_BUCKET\.Fn::GetStackOutput\.StackName$/,
      /^(Task|Function)Policy\.PolicyDocument\.Statement\.\d\.Resource\./,
    ],
  },
  MessagingStack: {
    'nothing is done by the clock': [/^DailyExport\.State$/],
    'no restore is tried here': [/^- OperationalEventsRestoreTestFailed$/, /^UndeliveredPolicy\.PolicyDocument/],
  },
  MonitoringStack: {
    'what there is one of has no second to watch': [/^- Alarms\w+(Node2|Instance2)/, /^- AlarmsRdsReplicaLagInstance1/],
    'Serverless v2 has no series of local storage': [/^- AlarmsRdsFreeStorageSpaceInstance1(Warning|Critical)$/],
    'too few tasks are not told': [/^Alarms\w+(HealthyHost|RunningTask)Count\w+\.ActionsEnabled$/],
    'budgets are heard in the first region': [/^Alerts(Key|CriticalPolicy|WarningPolicy)\./],
    'dashboards show what there is': [/^Dashboards(Overview|RDS)\.DashboardBody\./],
  },
};

describe('parity: the standby is the first region again (DR-1)', () => {
  test.each(stackNames)('%s differs where there is a reason, and nowhere else', (name) => {
    const found = differences(primary(name), standby(name), words);
    const allowed = Object.values(reasons[name] ?? {}).flat();
    expect(found.filter((difference) => !allowed.some((reason) => reason.test(difference)))).toEqual([]);
    expect(allowed.filter((reason) => !found.some((difference) => reason.test(difference)))).toEqual([]);
  });

  test('the same images, functions, parameters, groups and alarms are compared, and not two empty lists', () => {
    const counted = stackNames.map((name) => [name, Object.keys(standby(name)).length] as const);
    expect(counted.filter(([, count]) => count < 3)).toEqual([]);
    const changed = { ...standby('DatabaseStack') };
    const [id] = Object.keys(changed).filter((key) => key.startsWith('AuroraParameterGroup'));
    if (id === undefined) throw new Error('The database has parameters');
    changed[id] = { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Parameters: {} } };
    expect(differences(primary('DatabaseStack'), changed, words)).toContainEqual(
      expect.stringMatching(/^AuroraParameterGroup\.Parameters\./),
    );
  });

  test('every stack lives in the other region, guarded as the first one is', () => {
    const stacks = stacksOf(platformOf(recoveringDesign, ['production']));
    for (const name of stackNames) {
      const [first, second] = (['primary', 'standby'] as const).map((role) =>
        stacks.find(({ node }) => node.id === stackId('production', name, role)),
      );
      expect([name, second?.region, second?.terminationProtection, second?.templateOptions.description]).toEqual([
        ...[name, 'us-west-2', first?.terminationProtection, first?.templateOptions.description],
      ]);
    }
  });
});

describe('nothing runs there until it is needed (DR-1)', () => {
  test('no task, whatever is asked of the load balancer', () => {
    expect(ofType(standby('ComputeStack'), 'AWS::ECS::Service')).toEqual([
      expect.objectContaining({ DesiredCount: 0 }),
    ]);
    expect(ofType(standby('ComputeStack'), 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([
      expect.objectContaining({ MinCapacity: 0, MaxCapacity: 0 }),
    ]);
  });

  test('one database instance of half a unit, which may grow to the memory of the first region’s', () => {
    expect(ofType(standby('DatabaseStack'), 'AWS::RDS::DBInstance')).toEqual([
      expect.objectContaining({ DBInstanceClass: 'db.serverless' }),
    ]);
    const capacity = (instanceClass: string) => {
      const production = perEnvironment(recoveringDesign.sizes, 'production');
      const sizes = {
        ...recoveringDesign.sizes,
        production: { ...production, aurora: { instanceClass, instances: 2 } },
      };
      const built = templatesIn(platformOf({ ...recoveringDesign, sizes }, ['production']));
      const [cluster] = ofType(standby('DatabaseStack', built), 'AWS::RDS::DBCluster');
      return cluster;
    };
    const scaling = (MaxCapacity: number) => ({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity } });
    expect(capacity('db.r6g.large')).toMatchObject(scaling(8));
    expect(capacity('db.r6g.2xlarge')).toMatchObject(scaling(32));
    expect(capacity('db.m6g.large')).toMatchObject(scaling(8));
  });

  test('no alarm asks for local storage, of which Serverless v2 has no series (MON-12)', () => {
    const watched = (resources: Resources) =>
      ofType(resources, 'AWS::CloudWatch::Alarm').map((alarm) => Reflect.get(Object(alarm), 'MetricName'));
    expect(watched(standby('MonitoringStack'))).not.toContain('FreeLocalStorage');
    expect(watched(standby('MonitoringStack'))).toContain('DatabaseConnections');
    expect(watched(primary('MonitoringStack'))).toContain('FreeLocalStorage');
  });

  test('every schedule is off, and on in the first region', () => {
    const states = (resources: Resources) =>
      ofType(resources, 'AWS::Events::Rule').flatMap((rule) =>
        JSON.stringify(rule).includes('"ScheduleExpression"') ? [Reflect.get(Object(rule), 'State')] : [],
      );
    expect([states(standby('MessagingStack')), states(primary('MessagingStack'))]).toEqual([['DISABLED'], ['ENABLED']]);
  });
});

describe('what is written in the first region is there (DR-2, DR-3, BKP-5)', () => {
  const base = () => resourcesOf('ProductionRecoveryBaseStack');
  const output = (OutputName: RegExp) => ({
    'Fn::GetStackOutput': {
      ...{ StackName: 'ProductionRecoveryBaseStack', Region: 'us-west-2' },
      OutputName: expect.stringMatching(OutputName),
    },
  });

  test('the database, as the follower of a global one that takes the first region’s cluster as it is (DR-7)', () => {
    expect(ofType(primary('DatabaseStack'), 'AWS::RDS::GlobalCluster')).toEqual([
      expect.objectContaining({ SourceDBClusterIdentifier: expect.anything() }),
    ]);
    const [first] = ofType(primary('DatabaseStack'), 'AWS::RDS::DBCluster');
    const [follower] = ofType(standby('DatabaseStack'), 'AWS::RDS::DBCluster');
    expect(first).not.toHaveProperty('GlobalClusterIdentifier');
    expect(follower).toMatchObject({
      GlobalClusterIdentifier: {
        'Fn::GetStackOutput': expect.objectContaining({ StackName: 'ProductionDatabaseStack' }),
      },
      EngineVersion: Reflect.get(Object(first), 'EngineVersion'),
      SourceRegion: 'ap-northeast-1',
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    });
    for (const property of ['MasterUsername', 'MasterUserPassword', 'ReplicationSourceIdentifier', 'DatabaseName']) {
      expect(follower).not.toHaveProperty(property);
    }
    expect(ofType(standby('DatabaseStack'), 'AWS::SecretsManager::Secret')).toEqual([]);
  });

  test('credentials and the secret header, by replicas', () => {
    expect(ofType(primary('DatabaseStack'), 'AWS::SecretsManager::Secret')).toEqual([
      expect.objectContaining({ ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: output(/GetAttKey.*Arn/) }] }),
    ]);
    const headers = ofType(primary('SecurityStack'), 'AWS::SecretsManager::Secret');
    expect(headers.map((secret) => Reflect.get(Object(secret), 'ReplicaRegions'))).toEqual([
      [{ Region: 'us-east-1' }, { Region: 'us-west-2' }],
      [{ Region: 'us-west-2' }],
    ]);
  });

  test('answers already given, by a replica under a key of its region', () => {
    const [table] = ofType(primary('DatabaseStack'), 'AWS::DynamoDB::GlobalTable');
    expect(Reflect.get(Object(table), 'Replicas')).toEqual([
      expect.objectContaining({
        Region: 'us-west-2',
        SSESpecification: { KMSMasterKeyId: output(/GetAttKey.*Arn/) },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
      expect.objectContaining({ Region: 'ap-northeast-1' }),
    ]);
  });

  test.each(['Data', 'Logs'])('every object of the bucket %s, within minutes, deleted ones as such', (name) => {
    const [found] = Object.entries(primary('StorageStack')).filter(
      ([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith(name),
    );
    expect(found?.[1].Properties).toMatchObject({
      ReplicationConfiguration: {
        Role: { 'Fn::GetAtt': [expect.stringMatching(`^${name}ReplicationRole`), 'Arn'] },
        Rules: [
          {
            Status: 'Enabled',
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Enabled' },
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: {
              Bucket: output(new RegExp(`GetAtt${name}.*Arn`)),
              EncryptionConfiguration: { ReplicaKmsKeyID: output(/GetAttBucketKey.*Arn/) },
              ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
              Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
            },
          },
        ],
      },
    });
    const [there] = Object.entries(base()).filter(
      ([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith(name),
    );
    expect(there?.[1].Properties).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
  });

  test('the bucket of copies is what the workload there reads and writes, and grows old as the first one does', () => {
    const [task] = ofType(standby('ComputeStack'), 'AWS::ECS::TaskDefinition');
    const text = JSON.stringify(task);
    expect(text).toMatch(
      /"Name":"DATA_BUCKET","Value":\{"Fn::GetStackOutput":\{"StackName":"ProductionRecoveryBaseStack"/,
    );
    const ages = (resources: Resources, name: string) =>
      Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
        Type === 'AWS::S3::Bucket' && id.startsWith(name)
          ? [Reflect.get(Object(Properties), 'LifecycleConfiguration')]
          : [],
      );
    for (const name of ['Data', 'Logs']) {
      expect(ages(base(), name)).toEqual(ages(primary('StorageStack'), name));
      expect(ages(base(), name)).toHaveLength(1);
    }
  });
});

/** What a design may leave out or say otherwise; the standby follows. */
const { hostedZoneId: _, ...inputs } = recoveringDesign.inputs;
const variations: Readonly<Record<string, Design>> = {
  'as it is': recoveringDesign,
  'without a cache': withoutCache(recoveringDesign),
  'without functions': withoutFunctions(recoveringDesign),
  'without a table': withoutTable(recoveringDesign),
  'without a domain': { ...recoveringDesign, inputs: { ...inputs, domain: 'none' } },
  'with certificates of its own': {
    ...recoveringDesign,
    inputs: { ...inputs, certificates: { origin: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/origin' } },
  },
  "with the edge's region in the second place": {
    ...recoveringDesign,
    recovery: {
      ...recoveringDesign.recovery,
      ...{ strategy: 'Pilot Light' as const, rpoSeconds: 1, rtoSeconds: 1, region: 'us-east-1' },
      ...{ primary: [], standby: [], steps: [] },
    },
    backup: {
      ...recoveringDesign.backup,
      aurora: {
        ...recoveringDesign.backup.aurora,
        copyTo: { production: 'us-east-1', staging: null, development: null },
      },
      s3: { ...recoveringDesign.backup.s3, replicateTo: { production: 'us-east-1', staging: null, development: null } },
    },
  },
};

describe('no circle', () => {
  test.each(Object.entries(variations))('holds the stacks of a design %s', (_name, design) => {
    const app = platformOf(design, ['production']);
    const built = templatesIn(app);
    const waits = new Map(stacksOf(app).map((stack) => [stack.stackName, takesOf(stack.stackName, built)]));
    for (const { stackName, dependencies } of stacksOf(app)) {
      for (const { stackName: other } of dependencies) waits.get(stackName)?.add(other);
    }
    expect([...waits.keys()].filter((name) => name.startsWith('ProductionStandby')).length).toBeGreaterThan(6);
    expect(circleIn(waits)).toEqual([]);
  });

  test('is found where there is one', () => {
    const waits = new Map([
      ['A', new Set(['B'])],
      ['B', new Set(['C'])],
      ['C', new Set(['A'])],
      ['D', new Set(['A'])],
      ['E', new Set<string>()],
    ]);
    expect(circleIn(waits)).toEqual(['A', 'B', 'C', 'D']);
  });

  test('and no account is asked for anything, and no name is taken twice', () => {
    const names = stacksOf(platformOf(recoveringDesign)).map(({ stackName }) => stackName);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => /^(Staging|Development)(Standby|Recovery)/.test(name))).toEqual([]);
  });
});

/** The stacks whose outputs a stack reads. */
function takesOf(name: string, built: ReadonlyMap<string, Template>): Set<string> {
  const text = JSON.stringify(built.get(name));
  return new Set([...text.matchAll(/"Fn::GetStackOutput":\{"StackName":"(\w+)"/g)].map(([, other = '']) => other));
}

/** Stacks that can never be deployed, since each waits for one that waits. */
function circleIn(waits: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Map(waits);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [name, others] of left) if (![...others].some((other) => left.has(other))) left.delete(name);
  }
  return [...left.keys()].sort();
}

describe('the variations', () => {
  const built = (name: string) => {
    const design = variations[name];
    if (design === undefined) throw new Error(`There is no variation ${name}`);
    return templatesIn(platformOf(design, ['production']));
  };

  test('without a cache, functions or a table the standby has none of them', () => {
    expect(built('without a cache').has('ProductionStandbyCacheStack')).toBe(false);
    const without = built('without a table');
    expect(JSON.stringify(standby('ComputeStack', without))).not.toContain('ANSWERS_TABLE');
    expect(ofType(standby('ComputeStack', built('without functions')), 'AWS::Lambda::Function')).toEqual([]);
  });

  test('the load balancer there has a certificate of its own region', () => {
    const certificates = (name: string) =>
      ofType(standby('ComputeStack', built(name)), 'AWS::CertificateManager::Certificate');
    const own = [expect.objectContaining({ DomainName: 'origin.example.com' })];
    expect(certificates('as it is')).toEqual(own);
    expect(certificates('with certificates of its own')).toEqual(own);
    expect(certificates('without a domain')).toEqual([]);
  });

  test("a secret has one replica in a region, even where the edge's is the second", () => {
    const headers = ofType(
      primary('SecurityStack', built("with the edge's region in the second place")),
      'AWS::SecretsManager::Secret',
    );
    expect(headers.map((secret) => Reflect.get(Object(secret), 'ReplicaRegions'))).toEqual([
      [{ Region: 'us-east-1' }],
      [{ Region: 'us-east-1' }],
    ]);
  });
});
