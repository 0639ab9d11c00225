// Claims about the monitoring stack, read from its templates (STK-8, MON-1…16, DSH-1…3, AC-OPS-2).
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { awake, exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Alarm, type Design, type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { monitoringOf, sized, withoutCache, withoutFunctions, workloadStacks } from '../testing/workload-stacks.ts';

const templates: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) templates[environment] = monitoringOf(exampleDesign, environment);
});

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Statistic: string;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData?: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly AlarmActions: readonly { readonly Ref: string }[];
  readonly OKActions: readonly { readonly Ref: string }[];
}

/** Alarms by the path of their row, member and severity, or those of a metric. */
function alarms(template: Template, metric?: string): AlarmProperties[] {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => Properties as AlarmProperties)
    .filter(({ Namespace, MetricName }) => metric === undefined || `${Namespace} ${MetricName}` === metric);
}

const severityOf = ({ AlarmActions }: AlarmProperties) =>
  AlarmActions.map(({ Ref }) => (/Warning/.test(Ref) ? 'warning' : 'critical')).join();

/** The thresholds of a metric by severity, each once. */
function thresholds(template: Template, metric: string): Record<string, number[]> {
  const entries = Object.entries(Object.groupBy(alarms(template, metric), severityOf));
  return Object.fromEntries(
    entries.map(([severity, found = []]) => [severity, [...new Set(found.map(({ Threshold }) => Threshold))]]),
  );
}

const gib = 2 ** 30;
const rows = [
  ['MON-1', 'AWS/ApplicationELB TargetResponseTime', 'Average', 300, 2, { warning: [1], critical: [3] }, 2, 2],
  ['MON-2', 'AWS/ApplicationELB HTTPCode_Target_5XX_Count', 'Sum', 300, 1, { critical: [10] }, 2, 2],
  ['MON-3', 'AWS/ApplicationELB HealthyHostCount', 'Minimum', 60, 1, { critical: [1] }, 1, 1],
  ['MON-4', 'AWS/ECS CPUUtilization', 'Average', 300, 2, { warning: [70], critical: [90] }, 2, 2],
  ['MON-5', 'AWS/ECS MemoryUtilization', 'Average', 300, 2, { warning: [70], critical: [90] }, 2, 2],
  ['MON-6', 'ECS/ContainerInsights RunningTaskCount', 'Minimum', 60, 1, { critical: [1] }, 1, 1],
  ['MON-7', 'AWS/Lambda Errors', 'Sum', 300, 1, { critical: [10] }, 3, 3],
  ['MON-8', 'AWS/Lambda Throttles', 'Sum', 300, 1, { warning: [5] }, 3, 3],
  ['MON-9', 'AWS/Lambda Duration', 'Average', 300, 2, { warning: [25_000], critical: [28_000] }, 6, 6],
  ['MON-10', 'AWS/RDS CPUUtilization', 'Average', 300, 3, { warning: [70], critical: [90] }, 4, 2],
  ['MON-11', 'AWS/RDS DatabaseConnections', 'Maximum', 300, 2, { warning: [1297.6], critical: [1540.9] }, 4, 2],
  ['MON-12', 'AWS/RDS FreeLocalStorage', 'Minimum', 300, 1, { warning: [10 * gib], critical: [5 * gib] }, 4, 2],
  ['MON-13', 'AWS/RDS AuroraReplicaLag', 'Maximum', 300, 2, { warning: [1_000], critical: [5_000] }, 4, 0],
  ['MON-14', 'AWS/ElastiCache CPUUtilization', 'Average', 300, 2, { warning: [75], critical: [90] }, 4, 2],
  [
    'MON-15',
    'AWS/ElastiCache DatabaseMemoryUsagePercentage',
    'Average',
    300,
    2,
    { warning: [80], critical: [95] },
    4,
    2,
  ],
  ['MON-16', 'AWS/ElastiCache CurrConnections', 'Maximum', 300, 2, { warning: [1_000], critical: [5_000] }, 4, 2],
] as const;

describe('the alarms of production', () => {
  test.each(rows)('%s watch %s with the figures of the document', (_, metric, Statistic, Period, periods, expected) => {
    const found = alarms(of('production'), metric);
    const comparison = Statistic === 'Minimum' ? 'LessThanThreshold' : 'GreaterThanThreshold';
    for (const alarm of found) {
      expect(alarm).toMatchObject({ Statistic, Period, EvaluationPeriods: periods, ComparisonOperator: comparison });
    }
    const values = thresholds(of('production'), metric);
    expect(Object.keys(values).sort()).toEqual(Object.keys(expected).sort());
    for (const [severity, [value]] of Object.entries(expected)) expect(values[severity]?.[0]).toBeCloseTo(value, 6);
  });
});

describe('the count of alarms', () => {
  test.each(rows)('for %s, %s, is that of severities and members', (_, metric, ...rest) => {
    const [production, development] = rest.slice(-2);
    expect(alarms(of('production'), metric)).toHaveLength(Number(production));
    expect(alarms(of('staging'), metric)).toHaveLength(Number(production));
    expect(alarms(of('development'), metric)).toHaveLength(Number(development));
  });

  test.each([
    ['production', 50],
    ['staging', 50],
    ['development', 34],
  ] as const)('is in %s %i in all', (environment, count) => {
    of(environment).resourceCountIs('AWS::CloudWatch::Alarm', count);
  });

  test('names each member once for each severity', () => {
    const names = alarms(of('production')).map((alarm) =>
      JSON.stringify([alarm.Namespace, alarm.MetricName, alarm.Dimensions, severityOf(alarm)]),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('thresholds that hang on the machine', () => {
  test.each([
    ['production', 1622],
    ['staging', 811],
    ['development', 405],
  ] as const)('are in %s shares of %i connections (MON-11)', (environment, most) => {
    const { warning, critical } = thresholds(of(environment), 'AWS/RDS DatabaseConnections');
    expect(warning?.[0]).toBeCloseTo(0.8 * most, 6);
    expect(critical?.[0]).toBeCloseTo(0.95 * most, 6);
  });

  test.each([
    ['production', 10, 5],
    ['staging', 8, 4],
    ['development', 4, 2],
  ] as const)('leave in %s %i and %i GiB of local storage (MON-12)', (environment, warning, critical) => {
    expect(thresholds(of(environment), 'AWS/RDS FreeLocalStorage')).toEqual({
      warning: [warning * gib],
      critical: [critical * gib],
    });
  });
});

describe('every alarm', () => {
  test.each(formEnvironments)(
    'tells the topic of its severity when it goes off and when it is over, in %s',
    (environment) => {
      for (const alarm of alarms(of(environment))) {
        expect(alarm.AlarmActions).toHaveLength(1);
        expect(alarm.OKActions).toEqual(alarm.AlarmActions);
      }
    },
  );

  test.each([
    ['AWS/ApplicationELB HealthyHostCount', 'breaching'],
    ['ECS/ContainerInsights RunningTaskCount', 'breaching'],
    ['AWS/RDS FreeLocalStorage', 'breaching'],
    ['AWS/ApplicationELB TargetResponseTime', 'notBreaching'],
    ['AWS/ApplicationELB HTTPCode_Target_5XX_Count', 'notBreaching'],
    ['AWS/Lambda Errors', 'notBreaching'],
    ['AWS/Lambda Throttles', 'notBreaching'],
    ['AWS/Lambda Duration', 'notBreaching'],
    ['AWS/RDS AuroraReplicaLag', 'notBreaching'],
    ['AWS/ECS CPUUtilization', 'missing'],
    ['AWS/ECS MemoryUtilization', 'missing'],
    ['AWS/RDS CPUUtilization', 'missing'],
    ['AWS/RDS DatabaseConnections', 'missing'],
    ['AWS/ElastiCache CPUUtilization', 'missing'],
    ['AWS/ElastiCache DatabaseMemoryUsagePercentage', 'missing'],
    ['AWS/ElastiCache CurrConnections', 'missing'],
  ])('on %s takes silence as %s', (metric, treatment) => {
    const found = alarms(of('production'), metric).map(({ TreatMissingData }) => TreatMissingData);
    expect(new Set(found)).toEqual(new Set([treatment]));
  });

  test('knows its member by the dimensions that AWS publishes', () => {
    const dimensions = (metric: string) =>
      alarms(of('production'), metric).map(({ Dimensions }) => Dimensions.map(({ Name }) => Name).join());
    expect(new Set(dimensions('AWS/ApplicationELB HealthyHostCount'))).toEqual(new Set(['LoadBalancer,TargetGroup']));
    for (const metric of ['TargetResponseTime', 'HTTPCode_Target_5XX_Count'])
      expect(new Set(dimensions(`AWS/ApplicationELB ${metric}`))).toEqual(new Set(['LoadBalancer,TargetGroup']));
    expect(new Set(dimensions('AWS/ECS CPUUtilization'))).toEqual(new Set(['ClusterName,ServiceName']));
    expect(new Set(dimensions('AWS/RDS CPUUtilization'))).toEqual(new Set(['DBInstanceIdentifier']));
    expect(new Set(dimensions('AWS/ElastiCache CPUUtilization'))).toEqual(new Set(['CacheClusterId,CacheNodeId']));
    const nodes = alarms(of('production'), 'AWS/ElastiCache CPUUtilization');
    expect(JSON.stringify(nodes).match(/-00\d/g)?.sort()).toEqual(['-001', '-001', '-002', '-002']);
  });
});

describe('the topics', () => {
  test('are two, encrypted, and refuse whoever comes without TLS', () => {
    of('production').resourceCountIs('AWS::SNS::Topic', 2);
    of('production').allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    const policies = Object.values(of('production').findResources('AWS::SNS::TopicPolicy'));
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });

  test('let the alarms of this account in, and the key does too', () => {
    const ours = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    for (const { Properties } of Object.values(of('production').findResources('AWS::SNS::TopicPolicy'))) {
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Principal: cloudWatch, Action: 'sns:Publish', Condition: ours }),
      );
    }
    of('production').hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: cloudWatch,
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Condition: ours,
          }),
        ]),
      }),
    });
  });

  test("mail to the document's address (AC-OPS-2)", () => {
    of('production').resourceCountIs('AWS::SNS::Subscription', 2);
    of('production').allResourcesProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: exampleDesign.inputs.alertEmail,
    });
  });
});

describe('who may publish to a topic (AC-OPS-2)', () => {
  interface Statement {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Principal: unknown;
    readonly Action: unknown;
    readonly Condition?: unknown;
  }
  const account = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
  const budgets = {
    ...account,
    ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:aws:budgets::', { Ref: 'AWS::AccountId' }, ':*']] } },
  };

  test.each(formEnvironments)('are alarms and budgets of this account, and nobody else, in %s', (environment) => {
    const policies = Object.values(of(environment).findResources('AWS::SNS::TopicPolicy'));
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      const allowed = (Properties.PolicyDocument.Statement as Statement[]).filter(({ Effect }) => Effect === 'Allow');
      expect(allowed.map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition }))).toEqual([
        { Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Condition: account },
        { Principal: { Service: 'budgets.amazonaws.com' }, Action: 'sns:Publish', Condition: budgets },
      ]);
    }
  });

  test('may use the key of the topics, and nobody else may but the account itself', () => {
    of('production').resourceCountIs('AWS::KMS::Key', 1);
    const users = Object.values(of('production').findResources('AWS::KMS::Key'))
      .flatMap(({ Properties }) => Properties.KeyPolicy.Statement as Statement[])
      .filter(({ Action }) => Action !== 'kms:*');
    expect(users.map(({ Principal, Condition }) => ({ Principal, Condition }))).toEqual([
      { Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: account },
      { Principal: { Service: 'budgets.amazonaws.com' }, Condition: budgets },
    ]);
  });

  test.each(formEnvironments)('do it over TLS, in %s (AC-SEC-3)', (environment) => {
    of(environment).allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      }),
    });
  });
});

describe('alarms at night', () => {
  const schedulesOf = (template: Template) =>
    Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties);
  const briefly = (template: Template) =>
    schedulesOf(template).map(({ ScheduleExpression, ScheduleExpressionTimezone, Target }) =>
      [Target.Arn.split(':').at(-1), ScheduleExpression, ScheduleExpressionTimezone].join(' '),
    );

  test('are silent in development from five to seven until half past nine', () => {
    expect(briefly(of('development'))).toEqual([
      'disableAlarmActions cron(55 18 ? * MON-FRI *) Asia/Tokyo',
      'enableAlarmActions cron(30 9 ? * MON-FRI *) Asia/Tokyo',
    ]);
  });

  test('are all named, and the role may touch no other', () => {
    const names = Object.keys(of('development').findResources('AWS::CloudWatch::Alarm')).sort();
    const named = (value: unknown) =>
      [...JSON.stringify(value).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(Alarms\w+)"/g)].map(([, name]) => name).sort();
    for (const { Target } of schedulesOf(of('development'))) expect(named(Target.Input)).toEqual(names);
    const [policy] = Object.values(of('development').findResources('AWS::IAM::Policy'));
    expect(policy?.Properties.PolicyDocument.Statement).toHaveLength(1);
    expect(named(policy?.Properties.PolicyDocument)).toEqual(names);
  });

  test('stay silent on a public holiday', () => {
    const inputs = { ...exampleDesign.inputs, publicHolidays: ['2027-02-11'] };
    const found = briefly(monitoringOf({ ...exampleDesign, inputs }, 'development'));
    const february = found.find((line) => / 2 \? 2027/.test(line)) ?? '';
    expect(february).toMatch(/^enableAlarmActions .*\b10,12,15\b/);
  });

  test('are named in several calls when one cannot name them all', () => {
    const many = sized(exampleDesign, (sizes) => ({ ...sizes, aurora: { ...sizes.aurora, instances: 15 } }));
    const found = schedulesOf(monitoringOf(many, 'development'));
    const counts = found.map(({ Target }) => JSON.stringify(Target.Input).match(/"Ref"/g)?.length ?? 0);
    expect(Math.max(...counts)).toBe(100);
    expect(counts.length).toBeGreaterThan(2);
  });

  test.each(['production', 'staging'] as const)('are told in %s as by day', (environment) => {
    expect(schedulesOf(of(environment))).toEqual([]);
  });

  test('are told everywhere where the document has no working hours', () => {
    expect(schedulesOf(monitoringOf(awake(exampleDesign), 'development'))).toEqual([]);
  });
});

interface Widget {
  readonly properties: {
    readonly title: string;
    readonly view: string;
    readonly metrics: readonly (readonly unknown[])[];
    readonly setPeriodToTimeRange?: boolean;
    readonly annotations?: { readonly horizontal: readonly { readonly value: number; readonly label: string }[] };
  };
}

/** The widgets of a dashboard; references within its body become words. */
function widgetsOf(template: Template, name: string): Widget['properties'][] {
  const [, found] =
    Object.entries(template.findResources('AWS::CloudWatch::Dashboard')).find(([id]) => id.includes(name)) ?? [];
  const body = found?.Properties.DashboardBody;
  const parts: readonly unknown[] = typeof body === 'string' ? [body] : body['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  return (JSON.parse(text).widgets as Widget[]).map(({ properties }) => properties);
}

describe('the dashboards', () => {
  test.each([
    [
      'Overview',
      'ALB TargetResponseTime',
      'timeSeries',
      ['TargetResponseTime'],
      ['warning: Average > 1 s', 'critical: Average > 3 s'],
    ],
    [
      'Overview',
      'ECS CPUUtilization',
      'timeSeries',
      ['CPUUtilization'],
      ['warning: Average > 70 %', 'critical: Average > 90 %'],
    ],
    [
      'Overview',
      'RDS CPUUtilization',
      'timeSeries',
      ['CPUUtilization', 'CPUUtilization'],
      ['warning: Average > 70 %', 'critical: Average > 90 %'],
    ],
    ['Overview', 'Lambda Errors', 'bar', ['Errors', 'Errors', 'Errors'], []],
    ['Overview', '総リクエスト数', 'singleValue', ['RequestCount'], []],
    ['ECS', 'RunningTaskCount', 'timeSeries', ['RunningTaskCount'], ['critical: Minimum < 1']],
    ['ECS', 'NetworkIn/Out', 'timeSeries', ['NetworkRxBytes', 'NetworkTxBytes'], []],
    [
      'RDS',
      'ReadLatency/WriteLatency',
      'timeSeries',
      ['ReadLatency', 'ReadLatency', 'WriteLatency', 'WriteLatency'],
      [],
    ],
    [
      'RDS',
      'FreeStorageSpace',
      'timeSeries',
      ['FreeLocalStorage', 'FreeLocalStorage'],
      ['warning: Minimum < 10 GB', 'critical: Minimum < 5 GB'],
    ],
  ] as const)('%s shows %s as %s, with its thresholds (DSH-1…3)', (name, title, view, metrics, labels) => {
    const widget = widgetsOf(of('production'), name).find((one) => one.title === title);
    expect(widget?.view).toBe(view);
    expect(widget?.metrics.map(([, metric]) => metric)).toEqual(metrics);
    expect(widget?.annotations?.horizontal.map(({ label }) => label) ?? []).toEqual(labels);
  });

  test.each(formEnvironments)('draw the values that the alarms go off at, in %s', (environment) => {
    const drawn = widgetsOf(of(environment), 'RDS')
      .find(({ title }) => title === 'FreeStorageSpace')
      ?.annotations?.horizontal.map(({ value }) => value);
    const { warning = [], critical = [] } = thresholds(of(environment), 'AWS/RDS FreeLocalStorage');
    expect(drawn).toEqual([...warning, ...critical]);
  });

  test('count all requests of the time that is looked at', () => {
    const total = widgetsOf(of('production'), 'Overview').find(({ view }) => view === 'singleValue');
    expect(total?.setPeriodToTimeRange).toBe(true);
    expect(JSON.stringify(total?.metrics)).toContain('"stat":"Sum"');
  });

  test.each(formEnvironments)('are three in %s', (environment) => {
    of(environment).resourceCountIs('AWS::CloudWatch::Dashboard', 3);
  });
});

describe('another document', () => {
  const changed = (change: (row: Alarm) => Alarm): Design => ({
    ...exampleDesign,
    alarms: exampleDesign.alarms.map(change),
  });
  const isDuration = ({ service, metric }: Alarm) => service === 'lambda' && metric === 'Duration';

  test('moves thresholds, periods and lines with it', () => {
    const design = changed((row) =>
      row.metric === 'TargetResponseTime'
        ? {
            ...row,
            warning: { statistic: 'Maximum', comparison: '>=', value: 250, unit: 'ms' },
            periodSeconds: 60,
            evaluationPeriods: 5,
          }
        : row,
    );
    const template = monitoringOf(design);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'TargetResponseTime',
      Statistic: 'Maximum',
      Threshold: 0.25,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Period: 60,
      EvaluationPeriods: 5,
    });
    const widget = widgetsOf(template, 'Overview').find(({ title }) => title === 'ALB TargetResponseTime');
    expect(widget?.annotations?.horizontal.map(({ value }) => value)).toEqual([0.25, 3]);
  });

  test('without a cache has no alarm on one', () => {
    const template = monitoringOf(withoutCache(exampleDesign));
    template.resourceCountIs('AWS::CloudWatch::Alarm', 50 - 12);
    expect(alarms(template).filter(({ Namespace }) => Namespace === 'AWS/ElastiCache')).toEqual([]);
  });

  test('without functions has no alarm and no widget on one', () => {
    const template = monitoringOf(withoutFunctions(exampleDesign));
    template.resourceCountIs('AWS::CloudWatch::Alarm', 49 - 12);
    expect(widgetsOf(template, 'Overview').map(({ title }) => title)).not.toContain('Lambda Errors');
  });

  test('with one database instance has no replica to lag behind (MON-13)', () => {
    const design = sized(exampleDesign, (sizes) => ({ ...sizes, aurora: { ...sizes.aurora, instances: 1 } }));
    expect(alarms(monitoringOf(design), 'AWS/RDS AuroraReplicaLag')).toEqual([]);
  });

  test('with three database instances has alarms for the third', () => {
    const design = sized(exampleDesign, (sizes) => ({ ...sizes, aurora: { ...sizes.aurora, instances: 3 } }));
    expect(alarms(monitoringOf(design), 'AWS/RDS CPUUtilization')).toHaveLength(6);
  });

  test('with a metric that nobody publishes is refused', () => {
    const design = changed((row) => (isDuration(row) ? { ...row, metric: 'Happiness' } : row));
    expect(() => monitoringOf(design)).toThrow(/no metric Happiness of lambda/);
  });

  test('with a widget that says nothing known is refused', () => {
    const dashboards = [{ title: 'Overview Dashboard', widgets: [{ title: 'ECS Happiness', kind: 'line' as const }] }];
    expect(() => monitoringOf({ ...exampleDesign, dashboards })).toThrow(/“ECS Happiness”/);
  });
});

test('the stack waits for what it watches, and for nothing else', () => {
  const { app, monitoring } = workloadStacks(exampleDesign, 'production');
  app.synth();
  expect(monitoring.dependencies.map(({ stackName }) => stackName).sort()).toEqual([
    'ProductionCacheStack',
    'ProductionComputeStack',
    'ProductionDatabaseStack',
  ]);
});
