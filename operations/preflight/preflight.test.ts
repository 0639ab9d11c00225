// Each check against the templates of the project's own document and an account in which one thing is not as it must be.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { environmentGraphOf } from '../../assembly/environment-graph.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { readDesign } from '../../design/read-design.ts';
import type { Design } from '../../design/schema.ts';
import { remove, synthesized } from '../../local/testing/templates.ts';
import { account, healthyAccount, hoursAgo, now } from '../aws/testing/account.ts';
import { type Answers, type AwsStub, refusal, startAwsStub } from '../aws/testing/aws-stub.ts';
import type { Machine } from './context.ts';
import { type PreflightInput, runPreflight } from './preflight.ts';
import { type PreflightCheck, type PreflightFindings, preflightChecks } from './result.ts';

let assembly: string;
let graph: Assembly;
let design: Design;
let stub: AwsStub | undefined;
beforeAll(() => {
  assembly = synthesized('production');
  graph = readAssembly(assembly);
  const text = readFileSync(join(import.meta.dirname, '../../specs/stories/WEB-001-web-platform/design.md'), 'utf8');
  const read = readDesign(text, { lenient: false });
  if (read.design === undefined) throw new Error('the document is refused');
  design = read.design;
});
afterAll(() => remove(assembly));
afterEach(async () => {
  await stub?.stop();
  stub = undefined;
});

const environmentGraph = () => environmentGraphOf(graph, 'production', design.region);
const machine: Machine = {
  nameServers: async () => ['ns-1.awsdns.com', 'ns-2.awsdns.org'],
  run: async () => 'Client:\nServer:\n Server Version: 27.3.1',
  platform: 'linux/amd64',
  builder: 'docker',
};

interface Change {
  readonly answers?: Answers;
  readonly deployed?: boolean;
  readonly input?: Partial<PreflightInput>;
  readonly machine?: Partial<Machine>;
}

async function run({ answers = {}, deployed = false, input = {}, ...change }: Change = {}) {
  stub = await startAwsStub({
    ...healthyAccount({ graph, environmentGraph: environmentGraph(), assembly }, { deployed }),
    ...answers,
  });
  const given = { clients: stub.clients, graph, assembly, design, environment: 'production' as const, now };
  return runPreflight({ ...given, machine: { ...machine, ...change.machine }, ...input });
}

const verdictsOf = async (change: Change, check: PreflightCheck) =>
  (await run(change)).filter((each) => each.check === check).map(({ is, verdict }) => `${is} ${verdict}`);

test.each([[true], [false]])(
  'DEP-1: a healthy account has nothing against a deploy (deployed before: %s)',
  async (deployed) => {
    const results = await run({ deployed });
    expect(results.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown')).toEqual([]);
    expect([...new Set(results.map(({ check }) => check))]).toEqual([...preflightChecks]);
  },
);

const stackIs = (status: string): Answers => ({
  'cloudformation.DescribeStacks': ({ input }) => ({
    Stacks: {
      member: {
        StackName: input.StackName,
        StackStatus: input.StackName === 'ProductionCacheStack' ? status : 'CREATE_COMPLETE',
        CreationTime: now.toISOString(),
      },
    },
  }),
});
const quotaIs = (code: string, value: number): Answers => ({
  'servicequotas.GetServiceQuota': ({ input }) => ({
    Quota: {
      Value: input.QuotaCode === code ? value : 5000,
      UsageMetric: { MetricNamespace: 'AWS/Usage', MetricName: 'ResourceCount' },
    },
  }),
});
const clusterIs = (status: string, restorable: Date | undefined, snapshots: readonly Date[] = []): Answers => ({
  'rds.DescribeDBClusters': {
    DBClusters: {
      DBCluster: {
        Status: status,
        ...(restorable === undefined ? {} : { LatestRestorableTime: restorable.toISOString() }),
      },
    },
  },
  'rds.DescribeDBClusterSnapshots': {
    DBClusterSnapshots: {
      DBClusterSnapshot: snapshots.map((moment) => ({ Status: 'available', SnapshotCreateTime: moment.toISOString() })),
    },
  },
});
const spendingIs = (spent: string, forecast: string): Answers => ({
  'budgets.DescribeBudget': {
    Budget: {
      BudgetLimit: { Amount: '1500', Unit: 'USD' },
      CalculatedSpend: {
        ActualSpend: { Amount: spent, Unit: 'USD' },
        ForecastedSpend: { Amount: forecast, Unit: 'USD' },
      },
    },
  },
});
const withDesign = (inputs: Partial<Design['inputs']>) => () => ({
  input: { design: { ...design, inputs: { ...design.inputs, ...inputs } } },
});
const published = { 'ecr.DescribeImages': { imageDetails: [{ imageTags: ['x'] }] } };
const noRole = { 'iam.GetRole': refusal('NoSuchEntity') };
const missing = (code: string) => Object.assign(new Error(code), { code });

type Row = readonly [
  what: string,
  check: PreflightCheck,
  change: Change | (() => Change),
  expected: readonly (keyof PreflightFindings)[],
];
const rows: readonly Row[] = [
  [
    'nobody is signed in',
    'identity',
    { answers: { 'sts.GetCallerIdentity': refusal('ExpiredToken') } },
    ['notSignedIn'],
  ],
  ['the account is another', 'identity', { input: { account: '210987654321' } }, ['otherAccount']],
  ['the account is the one asked for', 'identity', { input: { account } }, ['signedIn']],
  [
    'the root user is signed in',
    'identity',
    { answers: { 'sts.GetCallerIdentity': { Account: account, Arn: `arn:aws:iam::${account}:root` } } },
    ['signedIn', 'rootUser'],
  ],
  ['another environment is in the account', 'identity', { answers: stackIs('CREATE_COMPLETE') }, ['sharedAccount']],
  [
    'nobody may look for other environments',
    'identity',
    { answers: { 'cloudformation.DescribeStacks': refusal('AccessDenied') } },
    ['unread'],
  ],
  [
    'environments share one account on purpose',
    'identity',
    () => ({ answers: stackIs('CREATE_COMPLETE'), ...withDesign({ accounts: 'one' })() }),
    ['signedIn'],
  ],

  [
    'one region is not bootstrapped',
    'bootstrap',
    {
      answers: {
        'ssm.GetParameter': ({ region }) =>
          region === 'us-east-1' ? refusal('ParameterNotFound') : { Parameter: { Value: '21' } },
      },
    },
    ['bootstrapped', 'bootstrapped', 'notBootstrapped'],
  ],
  [
    'bootstraps are old',
    'bootstrap',
    { answers: { 'ssm.GetParameter': { Parameter: { Value: '5' } } } },
    ['oldBootstrap', 'oldBootstrap', 'oldBootstrap'],
  ],
  [
    'nobody may look at it',
    'bootstrap',
    { answers: { 'ssm.GetParameter': refusal('AccessDeniedException') } },
    ['unread'],
  ],

  ['the role of ECS is there', 'roles', {}, ['roleThere']],
  ['the role of ECS is missing', 'roles', { answers: noRole }, ['roleMissing']],
  [
    'the role of ECS is missing and to be made',
    'roles',
    { answers: { ...noRole, 'iam.CreateServiceLinkedRole': {} }, input: { makesRoles: true } },
    ['roleMade'],
  ],
  [
    'the role of ECS is missing and may not be made',
    'roles',
    { answers: noRole, input: { makesRoles: true } },
    ['unread'],
  ],
  ['nobody may look at roles', 'roles', { answers: { 'iam.GetRole': refusal('AccessDenied') } }, ['unread']],
  ['nothing runs on ECS', 'roles', withoutTasks, ['noRoleNeeded']],

  ...[
    ['ROLLBACK_COMPLETE', 'stackToDelete'],
    ['DELETE_FAILED', 'stackToDelete'],
    ['UPDATE_ROLLBACK_FAILED', 'stackStuck'],
    ['UPDATE_IN_PROGRESS', 'stackBusy'],
    ['UPDATE_ROLLBACK_COMPLETE', 'stackTakenBack'],
  ].map(
    ([status = '', is]): Row => [
      `a stack is ${status}`,
      'stacks',
      { deployed: true, answers: stackIs(status) },
      is === 'stackTakenBack' ? ['stacksWell', is] : [is === 'stackBusy' || is === 'stackStuck' ? is : 'stackToDelete'],
    ],
  ),
  [
    'a change set was never executed',
    'stacks',
    { deployed: true, answers: stackIs('REVIEW_IN_PROGRESS') },
    ['stacksWell'],
  ],

  ['the zone is there and asked', 'domain', {}, ['zoneFound']],
  ['the document names none, and there is one', 'domain', withoutZone('example.com.'), ['zoneFound', 'recordsByHand']],
  ['no zone is above the domain', 'domain', withoutZone('other.example.'), ['noZone', 'recordsByHand']],
  ['a zone only ends alike', 'domain', withoutZone('op.example.com.'), ['noZone', 'recordsByHand']],
  ['the named zone is not there', 'domain', zoneIs(refusal('NoSuchHostedZone')), ['noNamedZone']],
  ['the named zone is of another name', 'domain', zoneIs(zoneNamed('example.org.')), ['noNamedZone']],
  ['the world asks others', 'domain', asking(['ns.old.example']), ['notDelegated']],
  ['the world asks nobody', 'domain', asking('ENOTFOUND'), ['notDelegated']],
  ['the resolver does not answer', 'domain', asking('ETIMEOUT'), ['zoneFound', 'unread']],

  [
    'images are published',
    'image',
    { answers: published, machine: { run: async () => Promise.reject(missing('ENOENT')) } },
    ['imagePublished', 'imagePublished', 'imagePublished', 'imagePublished'],
  ],
  [
    'there is nobody to build them',
    'image',
    { machine: { run: async () => Promise.reject(missing('ENOENT')) } },
    ['noBuilder', 'noBuilder', 'noBuilder', 'noBuilder'],
  ],
  [
    'this machine is of another kind',
    'image',
    { machine: { platform: 'linux/arm64' } },
    ['imageOtherPlatform', 'imageOtherPlatform', 'imageOtherPlatform', 'imageOtherPlatform'],
  ],

  ['there is no data yet', 'backup', {}, ['noData']],
  [
    'the backup is old',
    'backup',
    { deployed: true, answers: clusterIs('available', hoursAgo(25)) },
    ['backupOld', 'backupFresh'],
  ],
  [
    'there is no backup',
    'backup',
    { deployed: true, answers: clusterIs('available', undefined) },
    ['backupMissing', 'backupFresh'],
  ],
  [
    'a snapshot is younger',
    'backup',
    { deployed: true, answers: clusterIs('available', hoursAgo(25), [hoursAgo(40), hoursAgo(3)]) },
    ['backupFresh', 'backupFresh'],
  ],
  [
    'a cluster is stopped',
    'backup',
    { deployed: true, answers: clusterIs('stopped', hoursAgo(60)) },
    ['backupOfStopped', 'backupFresh'],
  ],
  [
    'the table has none',
    'backup',
    {
      deployed: true,
      answers: {
        'dynamodb.DescribeContinuousBackups': { ContinuousBackupsDescription: { ContinuousBackupsStatus: 'DISABLED' } },
      },
    },
    ['backupFresh', 'backupMissing'],
  ],

  ['AWS Backup may do what the plans have it do', 'opt-in', {}, ['optedIn', 'optedIn']],
  [
    'the account has not opted in to Aurora',
    'opt-in',
    { answers: optedIn({ Aurora: false, DynamoDB: true, S3: true }) },
    ['optedOut', 'optedOutOfCopies'],
  ],
  [
    'the account has not opted in to what no plan takes, or what is named by itself',
    'opt-in',
    { answers: optedIn({ Aurora: true, S3: false }) },
    ['optedIn', 'optedIn'],
  ],
  ['tags choose what is backed up', 'opt-in', byTags, ['optedOut', 'optedOutOfCopies']],
  [
    'nobody may look at what it is opted in to',
    'opt-in',
    { answers: { 'backup.GET /account-settings': refusal('AccessDeniedException') } },
    ['unread'],
  ],

  ['the money is spent', 'budget', { deployed: true, answers: spendingIs('1500', '1900') }, ['budgetSpent']],
  ['the forecast is over', 'budget', { deployed: true, answers: spendingIs('900', '1500.01') }, ['budgetForecastOver']],
  ['the budget is not there yet', 'budget', {}, ['budgetToCome']],
];

function withoutTasks(): Change {
  const resources = graph.resources.filter(({ type }) => !type.startsWith('AWS::ECS::'));
  return { input: { graph: { ...graph, resources } } };
}

function optedIn(ResourceTypeOptInPreference: Readonly<Record<string, boolean>>): Answers {
  return { 'backup.GET /account-settings': { ResourceTypeOptInPreference } };
}

/** Plans that choose by tags, in an account that has opted in to all but DynamoDB. */
function byTags(): Change {
  const resources = graph.resources.map((resource) =>
    resource.type === 'AWS::Backup::BackupSelection'
      ? { ...resource, properties: { BackupSelection: { ListOfTags: [{ ConditionKey: 'keep' }] } } }
      : resource,
  );
  return { answers: optedIn({ Aurora: true, S3: true }), input: { graph: { ...graph, resources } } };
}

function zoneNamed(name: string) {
  return {
    GetHostedZoneResponse: {
      HostedZone: { Id: '/hostedzone/Z1', Name: name, CallerReference: '1' },
      DelegationSet: { NameServers: { NameServer: 'ns-1.awsdns.com' } },
    },
  };
}

function zoneIs(answer: object): Change {
  return { answers: { 'route53.GET /2013-04-01/hostedzone/': answer } };
}

/** What the public DNS says: name servers, or an error of the resolver. */
function asking(answer: readonly string[] | string): Change {
  const nameServers = async () => {
    if (typeof answer === 'string') throw missing(answer);
    return answer;
  };
  return { machine: { nameServers } };
}

/** A document that names no zone, and an account that has this one. */
function withoutZone(name: string): () => Change {
  return () => {
    const { hostedZoneId: _, ...inputs } = design.inputs;
    const resources = graph.resources.map((resource) => {
      const { DomainValidationOptions: __, ...properties } = resource.properties;
      return { ...resource, properties };
    });
    const zone = { Id: '/hostedzone/Z1', Name: name, CallerReference: '1' };
    const list = { HostedZones: { HostedZone: zone }, IsTruncated: false, MaxItems: 100 };
    return {
      input: { design: { ...design, inputs }, graph: { ...graph, resources } },
      answers: { 'route53.GET /2013-04-01/hostedzone': { ListHostedZonesResponse: list } },
    };
  };
}

const verdicts: Partial<Record<keyof PreflightFindings, string>> = {
  rootUser: 'warn',
  noZone: 'warn',
  stackTakenBack: 'warn',
  recordsByHand: 'warn',
  imageOtherPlatform: 'warn',
  backupOfStopped: 'warn',
  optedOutOfCopies: 'warn',
  budgetForecastOver: 'warn',
  unread: 'unknown',
};
const good = [
  'signedIn',
  'bootstrapped',
  'noRoleNeeded',
  'roleMade',
  'roleThere',
  'stacksWell',
  'zoneFound',
  'imagePublished',
  'noData',
  'backupFresh',
  'optedIn',
  'budgetToCome',
];

test.each(rows)('DEP-1: when %s, the check %s says so', async (_, check, change, expected) => {
  const found = await verdictsOf(typeof change === 'function' ? change() : change, check);
  expect(found).toEqual(expected.map((is) => `${is} ${verdicts[is] ?? (good.includes(is) ? 'ok' : 'fail')}`));
});

test('a missing role is made by the name of its service, and only when asked', async () => {
  const made = () => stub?.asked.filter(({ operation }) => operation === 'CreateServiceLinkedRole');
  const answers = { ...noRole, 'iam.CreateServiceLinkedRole': {} };
  await run({ answers });
  expect(made()).toEqual([]);
  await stub?.stop();
  await run({ answers, input: { makesRoles: true } });
  expect(made()).toEqual([
    expect.objectContaining({ input: expect.objectContaining({ AWSServiceName: 'ecs.amazonaws.com' }) }),
  ]);
});

test('an image without its recipe is not buildable', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'preflight-'));
  try {
    // The list of assets alone, without the assets.
    for (const { id } of environmentGraph().stacks)
      if (existsSync(join(assembly, `${id}.assets.json`)))
        writeFileSync(join(copy, `${id}.assets.json`), readFileSync(join(assembly, `${id}.assets.json`)));
    writeFileSync(join(copy, 'manifest.json'), readFileSync(join(assembly, 'manifest.json')));
    expect(await verdictsOf({ input: { assembly: copy } }, 'image')).toEqual(
      Array.from({ length: 4 }, () => 'noRecipe fail'),
    );
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('who may not look at stacks still learns of what has nothing to do with them', async () => {
  const results = await run({ answers: { 'cloudformation.DescribeStacks': refusal('AccessDenied') } });
  const verdictsIn = (check: PreflightCheck) =>
    new Set(results.filter((each) => each.check === check).map(({ verdict }) => verdict));
  expect([...verdictsIn('bootstrap'), ...verdictsIn('image')]).toEqual(['ok', 'ok']);
  expect([...verdictsIn('stacks'), ...verdictsIn('backup'), ...verdictsIn('budget')]).toEqual([
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test('who is not signed in to the right account is told of nothing else as well', async () => {
  const results = await run({ input: { account: '210987654321' } });
  expect(results.filter(({ check }) => check !== 'identity').map(({ is, verdict }) => `${is} ${verdict}`)).toEqual(
    Array.from({ length: preflightChecks.length - 1 }, () => 'notLooked unknown'),
  );
  expect(stub?.asked.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
});

describe('quotas', () => {
  const wrongIn = async (change: Change, region = 'ap-northeast-1') =>
    (await run(change))
      .filter(({ check, verdict }) => check === 'quotas' && verdict !== 'ok')
      .map(({ is, facts }) => ({ is, ...facts }))
      .filter((each) => !('region' in each) || each.region === region);

  test.each([
    ['vpcs', 'L-F678F1CE', 1, 0],
    ['internetGateways', 'L-A4707A72', 1, 0],
    ['natGatewaysPerZone', 'L-FE5A380F', 1, 0],
    ['elasticIps', 'L-0263D0A3', 2, 1],
    ['loadBalancers', 'L-53DA6B97', 1, 0],
    ['cacheNodes', 'L-DFE45DF3', 2, 1],
    ['fargateVcpus', 'L-3032A538', 20, 19],
  ])('%s (%s): the templates need %d, %d are too few', async (quota, code, need, limit) => {
    const found = await wrongIn({ answers: quotaIs(code, limit) });
    expect(found).toEqual([
      expect.objectContaining({ is: 'noRoom', quota, region: 'ap-northeast-1', need, free: limit, limit }),
    ]);
    await stub?.stop();
    // What is there already needs no room; of tasks, those that run now.
    const later = await wrongIn({ deployed: true, answers: quotaIs(code, limit) });
    expect(later).toEqual(
      quota === 'fargateVcpus' ? [expect.objectContaining({ is: 'tightRoom', need: 16, most: 36, free: 19 })] : [],
    );
  });

  test('DR-3: the waiting region, at no task now, is warned of where it could not take the tasks over', async () => {
    const found = await wrongIn({ answers: quotaIs('L-3032A538', 19) }, 'us-west-2');
    expect(found).toEqual([expect.objectContaining({ is: 'tightRoom', quota: 'fargateVcpus', need: 0, most: 20 })]);
  });

  test('what others use is not free', async () => {
    const addresses = { addressesSet: { item: Array.from({ length: 4 }, () => ({ publicIp: '192.0.2.1' })) } };
    const found = await wrongIn({ answers: { 'ec2.DescribeAddresses': addresses } });
    expect(found).toEqual([expect.objectContaining({ quota: 'elasticIps', need: 2, free: 1, limit: 5 })]);
  });

  test('NAT gateways count in the zones of the templates alone', async () => {
    const gateways = (zone: string): Answers => ({
      'ec2.DescribeSubnets': { subnetSet: { item: { subnetId: 'subnet-1', availabilityZone: zone } } },
      'ec2.DescribeNatGateways': {
        natGatewaySet: { item: Array.from({ length: 5 }, () => ({ subnetId: 'subnet-1' })) },
      },
    });
    expect(await wrongIn({ answers: gateways('ap-northeast-1a') })).toEqual([
      expect.objectContaining({ is: 'noRoom', quota: 'natGatewaysPerZone', need: 1, free: 0 }),
    ]);
    await stub?.stop();
    expect(await wrongIn({ answers: gateways('ap-northeast-1d') })).toEqual([]);
  });

  test('vCPUs that run now are read from the metric that the quota names', async () => {
    const points = [{ Maximum: 12 }, { Maximum: 21 }, { Maximum: 15 }];
    const found = await wrongIn({
      answers: { 'monitoring.GetMetricStatistics': { Datapoints: points } },
    });
    expect(found).toEqual([expect.objectContaining({ is: 'noRoom', quota: 'fargateVcpus', need: 20, free: 19 })]);
  });

  test('an account that may have one Aurora instance has no room for two', async () => {
    const quotas = [
      { AccountQuotaName: 'DBClusters', Used: 0, Max: 40 },
      { AccountQuotaName: 'DBInstances', Used: 39, Max: 40 },
    ];
    const answers = { 'rds.DescribeAccountAttributes': { AccountQuotas: { AccountQuota: quotas } } };
    expect(await wrongIn({ answers })).toEqual([
      expect.objectContaining({ is: 'noRoom', quota: 'dbInstances', need: 2, free: 1 }),
    ]);
  });

  test('a new account, with ten calls of functions at once, is warned of', async () => {
    const answers = {
      'lambda.GET /2016-08-19/account-settings': {
        AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
      },
    };
    expect(await wrongIn({ answers })).toEqual([
      expect.objectContaining({ is: 'tightRoom', quota: 'functionConcurrency', free: 10 }),
    ]);
  });

  test('one that cannot be read is unknown, and hides no other', async () => {
    const found = await wrongIn({
      answers: { 'ec2.DescribeVpcs': refusal('UnauthorizedOperation', 'not you'), ...quotaIs('L-0263D0A3', 0) },
    });
    const unread = { is: 'unread', why: expect.stringContaining('UnauthorizedOperation') };
    expect(found).toEqual([unread, expect.objectContaining({ is: 'noRoom', quota: 'elasticIps' }), unread]);
  });

  test('an account that never asked for more has the default', async () => {
    const answers: Answers = {
      'servicequotas.GetServiceQuota': refusal('NoSuchResourceException'),
      'servicequotas.GetAWSDefaultServiceQuota': ({ input }) => ({
        Quota: {
          Value: input.QuotaCode === 'L-F678F1CE' ? 0 : 5000,
          UsageMetric: { MetricNamespace: 'n', MetricName: 'm' },
        },
      }),
    };
    expect(await wrongIn({ answers })).toEqual([expect.objectContaining({ quota: 'vpcs', limit: 0 })]);
  });
});
