import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import { literal } from '../../assembly/graph.ts';
import { ofType } from '../../assembly/relations.ts';
import { perEnvironment } from '../../design/environments.ts';
import { awake } from '../../design/fixtures/example-design.ts';
import type { Said } from '../../design/messages/said.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../design/schema.ts';
import { readSentence } from '../../design/words/sentence.ts';
import { criterionJudges } from './criterion-judges.ts';
import { type CriteriaInput, judgeCriteria } from './judge-criteria.ts';
import type { DrillResult, RuntimeResult } from './runtime-results.ts';
import {
  cluster,
  dataBucket,
  scalableTarget,
  scalingPolicy,
  service,
  taskDefinition,
} from './testing/mutants/criteria/find.ts';
import { only, Platform } from './testing/mutants/mutant.ts';
import { criterionSources } from './testing/sample-criterion-templates.ts';
import { criterionIds, criterionLines, designWithCriteria, saying } from './testing/sentences.ts';

type Spoil = (platform: Platform) => void;

/** Verdicts on the samples of one environment, changed or not. */
async function judged(
  design: Design,
  environment: FormEnvironment = 'production',
  spoil: Spoil = () => undefined,
  more: Partial<CriteriaInput> = {},
) {
  const platform = new Platform(design, environment, criterionSources(design, environment));
  spoil(platform);
  const verdicts = await judgeCriteria({
    graph: platform.spoilt(),
    design,
    lines: criterionLines,
    environments: [environment],
    ...more,
  });
  return (id: string) => verdicts.find((verdict) => verdict.id === id);
}

describe('the judges', () => {
  test('are one for each criterion of the form, and no other', () => {
    expect(criterionJudges.map(({ id }) => id)).toEqual(criterionIds);
  });

  test.each(formEnvironments)(
    'find nothing wrong with templates that meet every criterion in %s',
    async (environment) => {
      const of = await judged(designWithCriteria, environment);
      const wrong = criterionIds
        .map((id) => of(id))
        .filter((one) => !['pass', 'needs-runtime', 'not-applicable'].includes(one?.verdict ?? ''));
      expect(wrong).toEqual([]);
      expect(criterionIds.filter((id) => of(id)?.verdict === 'pass').length).toBeGreaterThan(18);
    },
  );

  test('say of every pass what they saw, and where', async () => {
    const of = await judged(designWithCriteria);
    for (const id of criterionIds) {
      const { verdict, evidence = [], line } = of(id) ?? {};
      expect(line, id).toBe(101 + criterionIds.indexOf(id));
      if (verdict !== 'pass') continue;
      expect(evidence.length, id).toBeGreaterThan(0);
      expect(
        evidence.filter(({ stack, template }) => stack === '' || template === ''),
        id,
      ).toEqual([]);
    }
  });

  test('pass nothing where there is no template', async () => {
    const verdicts = await judgeCriteria({
      graph: buildGraph([]),
      design: designWithCriteria,
      lines: criterionLines,
      environments: formEnvironments,
    });
    expect(verdicts.filter(({ verdict }) => verdict === 'pass' || verdict === 'needs-runtime')).toEqual([]);
  });

  test('fail what the document has and the templates have none of', async () => {
    const criteria = { design: designWithCriteria, lines: criterionLines, environments: ['production'] } as const;
    const network = { Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } } };
    const source = { id: 'ProductionNetworkStack', name: 'a', region: 'ap-northeast-1', templateFile: 'a.json' };
    const graph = buildGraph([{ ...source, template: network, tags: {}, waitsFor: [], paths: {} }]);
    const of = async (documented: boolean) =>
      (await judgeCriteria({ ...criteria, graph, documented }))
        .filter(({ verdict }) => verdict === 'not-applicable')
        .map(({ id }) => id);
    expect(await of(true)).toEqual(['AC-COST-1', 'AC-COST-2']);
    expect((await of(false)).length).toBeGreaterThan(15);
  });

  test('of one environment do not look at another', async () => {
    const graph = buildGraph(criterionSources(designWithCriteria, 'production'));
    const verdicts = await judgeCriteria({
      graph,
      design: designWithCriteria,
      lines: criterionLines,
      environments: ['staging'],
    });
    expect(verdicts.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
  });
});

describe('a sentence', () => {
  test('without a judge is not judged, never passed', async () => {
    const criteria = [{ id: 'AC-SEC-8', group: '', pattern: 'ubiquitous' as const, ...readSentence('S3 uses KMS') }];
    const of = await judged({ ...designWithCriteria, criteria });
    expect(of('AC-SEC-8')).toMatchObject({
      verdict: 'not-judged',
      evidence: [],
      reason: { $said: 'noJudge' },
    });
  });

  test.each(criterionIds)('%s that speaks of something else is not judged', async (id) => {
    const of = await judged(saying(id, 'the kitchen is clean'));
    expect(of(id)?.verdict).toBe('not-judged');
  });

  test.each([
    ['AC-SEC-3', 'TLS everywhere'],
    ['AC-SEC-4', '0.0.0.0/0 only for the web'],
    ['AC-REL-2', 'Fargate in several zones'],
    ['AC-REL-4', 'RDS fails over at once'],
    ['AC-REL-5', 'RDS backups for a week'],
    ['AC-PERF-1', '95th percentile, quickly'],
    ['AC-PERF-2', 'more tasks when there is much to do'],
    ['AC-PERF-3', 'fewer tasks below 20 req/s'],
    ['AC-OPS-4', 'a tag on everything'],
    ['AC-COST-3', 'S3 objects go to Glacier some day'],
    ['AC-COST-4', 'a budget tells SNS'],
  ])('%s without a figure that can be read is not judged', async (id, text) => {
    expect((await judged(saying(id, text)))(id)).toMatchObject({ verdict: 'not-judged' });
  });

  test.each([
    ['AC-COST-1', 'development stops in the evening'],
    ['AC-COST-2', 'development starts in the morning'],
  ])('%s without a time is not judged', async (id, text) => {
    expect((await judged(saying(id, text), 'development'))(id)).toMatchObject({ verdict: 'not-judged' });
  });

  test.each<readonly [string, string, FormEnvironment]>([
    ['AC-SEC-3', 'TLS 1.3 or newer', 'production'],
    ['AC-SEC-4', '0.0.0.0/0 only on port 443', 'production'],
    ['AC-REL-2', 'Fargate in 3 AZs', 'production'],
    ['AC-REL-5', 'RDS backups for 14 days', 'production'],
    ['AC-PERF-1', '95th percentile within 0.5 seconds', 'production'],
    ['AC-PERF-2', 'above 40 req/s more tasks', 'production'],
    ['AC-PERF-3', 'below 20 req/s down to 1 task', 'production'],
    ['AC-PERF-3', 'below 200 req/s down to 2 tasks', 'production'],
    ['AC-OPS-4', 'tags: Environment, Project, Owner, ManagedBy, Team', 'production'],
    ['AC-COST-1', 'development stops at 20:00', 'development'],
    ['AC-COST-2', 'development starts at 8:30', 'development'],
    ['AC-COST-3', 'S3 objects go to Glacier after 120 days', 'production'],
    ['AC-COST-4', 'a budget tells SNS above $900', 'production'],
  ])('%s is held to its own figure: %s', async (id, text, environment) => {
    expect((await judged(designWithCriteria, environment))(id)?.verdict).not.toBe('fail');
    const design = saying(id, text);
    const graph = buildGraph(criterionSources(designWithCriteria, environment));
    const verdicts = await judgeCriteria({ graph, design, lines: criterionLines, environments: [environment] });
    expect(verdicts.find((verdict) => verdict.id === id)?.verdict).toBe('fail');
  });
});

describe('templates in another style pass', () => {
  const bucketKey: Spoil = (platform) =>
    platform.set(dataBucket(platform), ['BucketEncryption'], {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/own' },
        },
      ],
    });
  const grant =
    (Action: readonly string[], Resource: string): Spoil =>
    (platform) => {
      const role = only(ofType(platform.graph, 'AWS::IAM::Role'));
      platform.add(role, 'AWS::IAM::RolePolicy', {
        PolicyName: 'more',
        RoleName: platform.here(role),
        PolicyDocument: { Statement: { Effect: 'Allow', Action: [...Action], Resource } },
      });
    };
  const rule =
    (more: { [key: string]: string | number }): Spoil =>
    (platform) =>
      platform.add(only(ofType(platform.graph, 'AWS::EC2::SecurityGroup')), 'AWS::EC2::SecurityGroupIngress', {
        GroupId: 'sg-1',
        IpProtocol: '6',
        ...more,
      });
  const listener =
    (SslPolicy: string): Spoil =>
    (platform) =>
      platform.set(only(ofType(platform.graph, 'AWS::ElasticLoadBalancingV2::Listener')), ['SslPolicy'], SslPolicy);

  const variants: readonly (readonly [id: string, name: string, spoil: Spoil, environment?: FormEnvironment])[] = [
    ['AC-SEC-1', 'with a key by its alias', bucketKey],
    ['AC-SEC-3', 'with TLS 1.3 alone', listener('ELBSecurityPolicy-TLS13-1-3-2021-06')],
    ['AC-SEC-3', 'with a policy for forward secrecy', listener('ELBSecurityPolicy-FS-1-2-2019-08')],
    ['AC-SEC-3', 'with a policy of the newest kind', listener('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09')],
    [
      'AC-SEC-4',
      'with HTTPS open by a number of the protocol',
      rule({ FromPort: 443, ToPort: '443', CidrIpv6: '::/0' }),
    ],
    ['AC-SEC-4', 'with SSH from a private range', rule({ FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' })],
    ['AC-SEC-5', 'with a family of actions that only read', grant(['s3:Get*', 's3:List*'], 'arn:aws:s3:::one/*')],
    ['AC-SEC-5', 'with actions that cannot be bound', grant(['xray:PutTraceSegments', 'ec2:DescribeVpcs'], '*')],
    ['AC-SEC-6', 'with a password that RDS manages', () => undefined, 'staging'],
    [
      'AC-REL-1',
      'with instances that are pinned to two zones',
      (platform) => {
        for (const [index, instance] of ofType(platform.graph, 'AWS::RDS::DBInstance').entries()) {
          platform.set(instance, ['AvailabilityZone'], `ap-northeast-1${index === 0 ? 'a' : 'c'}`);
        }
      },
    ],
    [
      'AC-REL-2',
      'on capacity providers',
      (platform) => {
        platform.set(service(platform), ['LaunchType'], undefined);
        platform.set(
          service(platform),
          ['CapacityProviderStrategy'],
          [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
        );
      },
    ],
    [
      'AC-REL-5',
      'with longer retention',
      (platform) => platform.set(cluster(platform), ['BackupRetentionPeriod'], '35'),
    ],
    [
      'AC-REL-6',
      'with more tasks in the daytime',
      (platform) =>
        platform.set(
          scalableTarget(platform),
          ['ScheduledActions'],
          [{ Schedule: 'cron(0 8 * * ? *)', ScalableTargetAction: { MinCapacity: 4 } }],
        ),
    ],
    [
      'AC-PERF-4',
      'with a cache policy of its own',
      (platform) => {
        const distribution = only(ofType(platform.graph, 'AWS::CloudFront::Distribution'));
        platform.add(distribution, 'AWS::CloudFront::CachePolicy', {
          CachePolicyConfig: { DefaultTTL: 60, MaxTTL: 600 },
        });
        platform.set(distribution, ['DistributionConfig', 'DefaultCacheBehavior', 'CachePolicyId'], {
          Ref: 'Intruder',
        });
      },
    ],
    [
      'AC-OPS-2',
      'with an alarm that a composite one is made of',
      (platform) => {
        const alarm = only(ofType(platform.graph, 'AWS::CloudWatch::Alarm'));
        const AlarmActions = platform.get(alarm, ['AlarmActions']) ?? [];
        const AlarmRule = { 'Fn::Join': ['', ['ALARM("', platform.here(alarm), '")']] };
        platform.set(alarm, ['AlarmActions'], undefined);
        platform.add(alarm, 'AWS::CloudWatch::CompositeAlarm', { AlarmRule, AlarmActions });
      },
    ],
    [
      'AC-OPS-3',
      'with the CloudWatch agent beside the task',
      (platform) => {
        platform.set(
          taskDefinition(platform),
          ['ContainerDefinitions', 1, 'Image'],
          'public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1',
        );
      },
    ],
    [
      'AC-COST-1',
      'with a stop on every day of the week',
      (platform) => {
        const stop = ofType(platform.graph, 'AWS::Scheduler::Schedule').find(({ logicalId }) => logicalId === 'Sleep');
        platform.set(only([stop]), ['ScheduleExpression'], 'cron(0 10 * * ? *)');
      },
      'development',
    ],
    [
      'AC-COST-4',
      'with a further budget for something else',
      (platform) =>
        platform.add(only(ofType(platform.graph, 'AWS::Budgets::Budget')), 'AWS::Budgets::Budget', {
          Budget: { BudgetType: 'COST', TimeUnit: 'DAILY', BudgetLimit: { Amount: 5, Unit: 'USD' } },
        }),
    ],
  ];

  test.each(variants.map(([id, name, spoil, environment = 'production']) => ({ id, name, spoil, environment })))(
    '$id $name',
    async ({ id, spoil, environment }) => {
      expect((await judged(designWithCriteria, environment, spoil))(id)).toMatchObject({ verdict: 'pass' });
    },
  );
});

describe('what only AWS knows is unresolved', () => {
  const unknown = { 'Fn::Sub': `\${AWS::AccountId}` };

  test.each<readonly [string, string, Spoil]>([
    [
      'AC-SEC-1',
      'an algorithm',
      (platform) =>
        platform.set(
          dataBucket(platform),
          ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault', 'SSEAlgorithm'],
          unknown,
        ),
    ],
    [
      'AC-SEC-2',
      'whether a cluster is encrypted',
      (platform) => platform.set(cluster(platform), ['StorageEncrypted'], unknown),
    ],
    [
      'AC-SEC-5',
      'which action is allowed',
      (platform) => {
        const role = only(ofType(platform.graph, 'AWS::IAM::Role'));
        platform.add(role, 'AWS::IAM::Policy', {
          Roles: [],
          PolicyDocument: { Statement: { Effect: 'Allow', Action: unknown, Resource: '*' } },
        });
      },
    ],
    [
      'AC-REL-5',
      'how long backups are kept',
      (platform) => platform.set(cluster(platform), ['BackupRetentionPeriod'], unknown),
    ],
    [
      'AC-PERF-2',
      'a policy on load',
      (platform) =>
        platform.set(
          scalingPolicy(platform),
          ['TargetTrackingScalingPolicyConfiguration', 'PredefinedMetricSpecification', 'PredefinedMetricType'],
          'ECSServiceAverageCPUUtilization',
        ),
    ],
    [
      'AC-OPS-1',
      'where a router sends logs',
      (platform) =>
        platform.set(taskDefinition(platform), ['ContainerDefinitions', 0, 'LogConfiguration'], {
          LogDriver: 'awsfirelens',
        }),
    ],
    ['AC-OPS-4', 'a type that no schema has', (platform) => platform.add(cluster(platform), 'AWS::New::Thing', {})],
  ])('%s: %s', async (id, _, spoil) => {
    expect((await judged(designWithCriteria, 'production', spoil))(id)?.verdict).toBe('unresolved');
  });
});

describe('what does not bind', () => {
  test.each([
    ['AC-REL-1', 'oneInstanceInOneZone'],
    ['AC-REL-2', 'oneTaskInOneZone'],
    ['AC-REL-4', 'noReaderInDocument'],
  ])('%s does not bind development, with the reason', async (id, reason) => {
    const verdict = (await judged(designWithCriteria, 'development'))(id);
    expect(verdict).toMatchObject({
      verdict: 'not-applicable',
      deviation: 'ADR-012',
      reason: { $said: reason, figures: { environment: 'development' } },
    });
  });

  test('AC-PERF-3 binds development to its own minimum (ADR-012)', async () => {
    const verdict = (await judged(designWithCriteria, 'development'))('AC-PERF-3');
    expect(verdict).toMatchObject({ verdict: 'needs-runtime', deviation: 'ADR-012' });
    expect(verdict?.evidence.map(({ expected }) => expected)).toContain(1);
  });

  test('AC-REL-5 binds staging to its own row of the document (BKP-1)', async () => {
    const verdict = (await judged(designWithCriteria, 'staging'))('AC-REL-5');
    expect(verdict).toMatchObject({ verdict: 'pass', deviation: 'ADR-035' });
    expect(verdict?.evidence[0]?.expected).toMatchObject({ $said: 'daysAtLeast', figures: { days: 3 } });
  });

  test.each(['production', 'staging'] as const)('AC-COST-1 and AC-COST-2 are not for %s', async (environment) => {
    const of = await judged(designWithCriteria, environment);
    expect([of('AC-COST-1')?.verdict, of('AC-COST-2')?.verdict]).toEqual(['not-applicable', 'not-applicable']);
  });

  test('working hours, cache and endpoints that a document leaves out are not asked for', async () => {
    const production = { ...perEnvironment(designWithCriteria.sizes, 'production') };
    delete production.cache;
    const design: Design = {
      ...awake(designWithCriteria),
      sizes: { ...designWithCriteria.sizes, production },
      network: { ...designWithCriteria.network, gatewayEndpoints: [] },
    };
    const [day, of] = [await judged(design, 'development'), await judged(design)];
    expect(day('AC-COST-1')?.verdict).toBe('not-applicable');
    expect([of('AC-PERF-5')?.verdict, of('AC-COST-5')?.verdict]).toEqual(['not-applicable', 'not-applicable']);
  });

  test('an account that is shared needs one trail of management events (AC-SEC-7)', async () => {
    const design: Design = { ...designWithCriteria, inputs: { ...designWithCriteria.inputs, accounts: 'one' } };
    const sources = (['production', 'staging'] as const).flatMap((environment) =>
      criterionSources(design, environment),
    );
    const withoutManagement = sources.map((source) => {
      if (source.id !== 'StagingGovernanceStack') return source;
      const template = JSON.parse(JSON.stringify(source.template));
      template.Resources.Trail.Properties.EventSelectors[0].IncludeManagementEvents = false;
      return { ...source, template };
    });
    const verdictOn = async (given: typeof sources) => {
      const input = { graph: buildGraph(given), design, lines: criterionLines, environments: ['staging'] as const };
      return (await judgeCriteria(input)).find(({ id }) => id === 'AC-SEC-7')?.verdict;
    };
    expect(await verdictOn(withoutManagement)).toBe('pass');
    expect(await verdictOn(withoutManagement.filter(({ id }) => id.startsWith('Staging')))).toBe('unresolved');
  });
});

test('AC-SEC-3: without a domain it fails, and says why', async () => {
  const design: Design = { ...designWithCriteria, inputs: { ...designWithCriteria.inputs, domain: 'none' } };
  const verdict = (await judged(design))('AC-SEC-3');
  expect(verdict).toMatchObject({ verdict: 'fail', reason: { $said: 'noDomainForTls' } });
});

describe('public holidays (AC-COST-2)', () => {
  const holiday = '2027-01-11';
  const design: Design = { ...designWithCriteria, inputs: { ...designWithCriteria.inputs, publicHolidays: [holiday] } };
  const wake =
    (expressions: readonly string[]): Spoil =>
    (platform) => {
      const start = only([
        ofType(platform.graph, 'AWS::Scheduler::Schedule').find(({ logicalId }) => logicalId === 'Wake'),
      ]);
      const properties = Object.fromEntries(
        Object.keys(start.properties).map((name) => [name, platform.get(start, [name]) ?? '']),
      );
      platform.remove(start);
      for (const [index, ScheduleExpression] of expressions.entries()) {
        platform.add(start, 'AWS::Scheduler::Schedule', { ...properties, ScheduleExpression }, `Wake${index}`);
      }
    };

  test('may be left out, day by day', async () => {
    const days = [4, 5, 6, 7, 8, 12, 13, 14, 15, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 1].join(',');
    const expressions = [
      `cron(0 0 ${days} 1 ? 2027)`,
      'cron(0 0 ? 2-12 MON-FRI 2027)',
      'cron(0 0 ? * MON-FRI 1970-2026)',
    ];
    expect((await judged(design, 'development', wake(expressions)))('AC-COST-2')?.verdict).toBe('pass');
  });

  test('do not excuse a working day that is missed', async () => {
    const verdict = (await judged(design, 'development', wake(['cron(0 0 ? 2-12 MON-FRI *)'])))('AC-COST-2');
    expect(verdict?.verdict).toBe('fail');
    expect(JSON.stringify(verdict?.evidence)).toMatch(/not on 20\d\d-01-/);
  });
});

describe('behaviour', () => {
  const observed = {
    environment: 'production' as const,
    target: 'local',
    templateHash: '',
    file: 'runtime/x.json',
    disturbed: [],
  };
  const load = (rps: number, p95: number): RuntimeResult => ({
    ...observed,
    kind: 'load',
    criteria: [],
    result: { rps, requests: 9000, errors: 0, p50: 5, p95, p99: p95 * 2 },
  });
  const drill = (name: string, recoveryMs: number | null, lost = 0): DrillResult => ({
    ...observed,
    kind: `drill-${name}` as const,
    criteria: [],
    tasks: [],
    result: { lost, recoveryMs },
  });
  const told = (figures: object): Said => ({ $said: 'told', figures, en: 'told', ja: '結果' });
  const surge = (counts: readonly number[], rate = 100): DrillResult => ({
    ...drill('surge', 1000),
    kind: 'drill-surge',
    tasks: counts.map((count, second): [number, number] => [second, count]),
    criteria: [
      { id: 'AC-PERF-2', verdict: 'pass', observed: told({}), expected: told({ rate }) },
      { id: 'AC-PERF-3', verdict: 'pass', observed: told({}), expected: told({ rate: 20 }) },
    ],
  });
  const behind = async (id: string, ...runtime: readonly RuntimeResult[]) =>
    (await judged(designWithCriteria, 'production', () => undefined, { runtimeOf: () => runtime }))(id)?.verdict;

  test.each<readonly [string, string, readonly RuntimeResult[], string]>([
    ['AC-PERF-1', 'fast enough', [load(120, 800)], 'pass'],
    ['AC-PERF-1', 'too slow', [load(120, 1200)], 'fail'],
    ['AC-PERF-1', 'under less traffic than is expected', [load(10, 8)], 'needs-runtime'],
    ['AC-REL-3', 'replaced', [drill('task', 4000)], 'pass'],
    ['AC-REL-3', 'never replaced', [drill('task', null)], 'fail'],
    ['AC-REL-3', 'replaced, with orders lost', [drill('task', 4000, 3)], 'fail'],
    ['AC-REL-4', 'in time', [drill('database', 42_000)], 'pass'],
    ['AC-REL-4', 'too late', [drill('database', 61_000)], 'fail'],
    ['AC-REL-4', 'never', [drill('database', null)], 'fail'],
    ['AC-REL-4', 'of another drill', [drill('task', 1)], 'needs-runtime'],
    ['AC-PERF-2', 'tasks came', [surge([2, 2, 3, 4, 2])], 'pass'],
    ['AC-PERF-2', 'no task came', [surge([2, 2, 2])], 'fail'],
    ['AC-PERF-2', 'tasks came for another figure', [surge([2, 3, 2], 300)], 'fail'],
    ['AC-PERF-3', 'tasks went', [surge([2, 4, 2])], 'pass'],
    ['AC-PERF-3', 'too many went', [surge([2, 4, 1])], 'fail'],
  ])('%s: %s', async (id, _, runtime, verdict) => {
    expect(await behind(id, ...runtime)).toBe(verdict);
  });

  test('does not make up for templates that are wrong', async () => {
    const of = await judged(
      designWithCriteria,
      'production',
      (platform) =>
        platform.set(
          scalableTarget(platform),
          ['MaxCapacity'],
          Number(literal(scalableTarget(platform).properties.MinCapacity)),
        ),
      { runtimeOf: () => [surge([2, 4, 2])] },
    );
    expect(of('AC-PERF-2')?.verdict).toBe('fail');
  });
});
