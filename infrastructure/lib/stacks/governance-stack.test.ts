// Claims about the governance stack, read from its templates (AC-SEC-7, LOG-4, AC-COST-1, AC-COST-2, AC-COST-4).
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { awake, exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { actionsOf, statements } from '../testing/data-stacks.ts';
import { platformOf, stacksOf } from '../testing/environment.ts';
import { templateOf } from '../testing/followed.ts';
import { withoutFunctions, withoutTable } from '../testing/workload-stacks.ts';

const templates: Partial<Record<FormEnvironment, Template>> = {};

function built(design: Design, environment: FormEnvironment): Template {
  const stacks = stacksOf(platformOf(design, [environment]));
  const stack = stacks.find(({ node }) => node.id.endsWith('GovernanceStack'));
  if (stack === undefined) throw new Error('There is no GovernanceStack');
  return templateOf(stack);
}

/** The example with the form's own months, and no budget of the author's. */
const { budget: _, ...unsaid } = exampleDesign.inputs;
const priced: Design = {
  ...exampleDesign,
  inputs: unsaid,
  cost: {
    ...exampleDesign.cost,
    environments: {
      production: { monthly: 1451.7, notes: [] },
      staging: { monthly: 725.9, notes: [] },
      development: { monthly: 362.9, notes: [] },
    },
  },
};

beforeAll(() => {
  for (const environment of formEnvironments) templates[environment] = built(priced, environment);
});

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

const withInputs = (inputs: Partial<Design['inputs']>): Design => ({
  ...exampleDesign,
  inputs: { ...exampleDesign.inputs, ...inputs },
});

interface Selector {
  readonly Name: string;
  readonly FieldSelectors: readonly Readonly<Record<string, unknown>>[];
}

/** What a trail records, by the name of the selector. */
function recorded(template: Template): Record<string, Selector['FieldSelectors']> {
  const [trail] = Object.values(template.findResources('AWS::CloudTrail::Trail'));
  const selectors: readonly Selector[] = trail?.Properties.AdvancedEventSelectors ?? [];
  return Object.fromEntries(selectors.map(({ Name, FieldSelectors }) => [Name, FieldSelectors]));
}

/** Names of what a value of the template takes from other stacks. */
const outputsIn = (value: unknown) =>
  [...JSON.stringify(value).matchAll(/"OutputName":"PublishOutput(\w+)"/g)].map(([, name]) => name ?? '');

describe('the trail (AC-SEC-7)', () => {
  test.each([
    ['production', 90, 'RetainExceptOnCreate'],
    ['staging', 30, 'RetainExceptOnCreate'],
    ['development', 7, 'Delete'],
  ] as const)('of %s is kept %i days in its log group (LOG-4)', (environment, days, policy) => {
    of(environment).resourceCountIs('AWS::CloudTrail::Trail', 1);
    of(environment).hasResource('AWS::Logs::LogGroup', {
      Properties: Match.objectLike({ RetentionInDays: days }),
      DeletionPolicy: policy,
    });
  });

  test.each(formEnvironments)('covers all regions, is validated, encrypted, and on, in %s', (environment) => {
    of(environment).hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      S3KeyPrefix: 'cloudtrail',
      KMSKeyId: { 'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('GetAttKey') }) },
      S3BucketName: { 'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('RefLogs') }) },
      CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('LogGroup'), 'Arn'] },
      CloudWatchLogsRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Role'), 'Arn'] },
    });
  });

  test('records management events without exception, and every call on objects, functions and table', () => {
    const { Management, ...data } = recorded(of('production'));
    expect(Management).toEqual([{ Field: 'eventCategory', Equals: ['Management'] }]);
    expect(Object.keys(data)).toEqual(['Objects', 'Logs', 'Functions', 'Table']);
    expect(outputsIn(data.Objects)).toEqual([
      expect.stringMatching(/GetAttData.*Arn/),
      expect.stringMatching(/GetAttAssets.*Arn/),
      // Copies in the other region.
      expect.stringMatching(/GetAttData.*Arn/),
      expect.stringMatching(/GetAttLogs.*Arn/),
    ]);
    expect(outputsIn(data.Functions)).toHaveLength(4);
    expect(outputsIn(data.Functions)).toContainEqual(expect.stringMatching(/GetAttExtensionsFunction.*Arn/));
    expect(outputsIn(data.Table)).toEqual([expect.stringMatching(/Answers/)]);
    for (const fields of Object.values(data)) {
      expect(fields[0]).toEqual({ Field: 'eventCategory', Equals: ['Data'] });
    }
  });

  test('does not record its own files as they come, or each would make the next', () => {
    const { Logs = [] } = recorded(of('production'));
    expect(outputsIn(Logs)).toEqual([expect.stringMatching(/GetAttLogs.*Arn/)]);
    expect(Logs).toContainEqual({ Field: 'eventName', NotEquals: ['PutObject'] });
  });

  test.each([
    ['each', 'production', true],
    ['each', 'development', true],
    ['one', 'production', true],
    ['one', 'staging', false],
    ['one', 'development', false],
  ] as const)('with accounts: %s, in %s, records management events: %s', (accounts, environment, expected) => {
    const names = Object.keys(recorded(built(withInputs({ accounts }), environment)));
    expect(names.includes('Management')).toBe(expected);
    expect(names).toContain('Objects');
  });

  test('leaves out functions and a table that the document does without', () => {
    const { Functions, ...others } = recorded(built(withoutTable(withoutFunctions(exampleDesign)), 'production'));
    expect(Object.keys(others)).toEqual(['Management', 'Objects', 'Logs']);
    expect(outputsIn(Functions)).toEqual([expect.stringMatching(/GetAttExtensionsFunction.*Arn/)]);
  });

  test('writes to its own streams and nothing else', () => {
    const held = statements(of('production'));
    expect(held.flatMap(({ statement }) => actionsOf(statement))).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
    expect(JSON.stringify(held[0]?.statement.Resource)).toMatch(/:log-stream:.*_CloudTrail_ap-northeast-1\*/);
  });
});

describe('the budget (AC-COST-4)', () => {
  const budgetOf = (template: Template) =>
    Object.values(template.findResources('AWS::Budgets::Budget')).map(({ Properties }) => Properties);

  test.each([
    ['production', 1500],
    ['staging', 800],
    ['development', 400],
  ] as const)('of %s is $%i a month, of what carries its tag', (environment, amount) => {
    const [budget, ...others] = budgetOf(of(environment));
    expect(others).toEqual([]);
    expect(budget?.Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: amount, Unit: 'USD' },
      CostFilters: { TagKeyValue: [`user:Environment$${environment}`] },
    });
  });

  test('is the amount of the input', () => {
    const [budget] = budgetOf(built(withInputs({ budget: { staging: 950 } }), 'staging'));
    expect(budget?.Budget.BudgetLimit.Amount).toBe(950);
  });

  test('tells what will probably be over to one topic, and what is over to the other', () => {
    const [budget] = budgetOf(of('production'));
    const notices = budget?.NotificationsWithSubscribers.map(
      ({ Notification, Subscribers }: { Notification: Record<string, unknown>; Subscribers: unknown }) => [
        Notification,
        JSON.stringify(Subscribers).replace(/.*PublishOutputRef(\w+?)[0-9A-F]{8}.*/, '$1'),
      ],
    );
    const at100 = { ComparisonOperator: 'GREATER_THAN', Threshold: 100, ThresholdType: 'PERCENTAGE' };
    expect(notices).toEqual([
      [{ ...at100, NotificationType: 'ACTUAL' }, 'AlertsCritical'],
      [{ ...at100, NotificationType: 'FORECASTED' }, 'AlertsWarning'],
    ]);
  });
});

describe('working hours', () => {
  interface Schedule {
    readonly ScheduleExpression: string;
    readonly ScheduleExpressionTimezone: string;
    readonly Target: { readonly Arn: string; readonly Input: unknown };
  }
  const schedulesOf = (template: Template): Schedule[] =>
    Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties as Schedule);
  const operation = ({ Target }: Schedule) => Target.Arn.split(':').slice(-2).join(':');
  const told = ({ Target }: Schedule) => JSON.stringify(Target.Input).replaceAll('\\', '');

  test.each([
    ['rds:stopDBCluster', 'cron(0 19 ? * MON-FRI *)'],
    ['rds:stopDBCluster', 'cron(0 19 ? * SAT,SUN *)'],
    ['ecs:updateService', 'cron(0 19 ? * MON-FRI *)'],
    ['applicationautoscaling:registerScalableTarget', 'cron(0 19 ? * MON-FRI *)'],
    ['rds:startDBCluster', 'cron(0 9 ? * MON-FRI *)'],
    ['ecs:updateService', 'cron(0 9 ? * MON-FRI *)'],
    ['applicationautoscaling:registerScalableTarget', 'cron(0 9 ? * MON-FRI *)'],
  ])('of development call %s at %s in Tokyo (AC-COST-1, AC-COST-2)', (call, expression) => {
    const found = schedulesOf(of('development'));
    expect(found).toHaveLength(7);
    expect(found.map((schedule) => `${operation(schedule)} ${schedule.ScheduleExpression}`)).toContain(
      `${call} ${expression}`,
    );
    expect(new Set(found.map(({ ScheduleExpressionTimezone }) => ScheduleExpressionTimezone))).toEqual(
      new Set(['Asia/Tokyo']),
    );
  });

  test('take the service to nought with its scaling, and bring both back to the document', () => {
    const inputs = schedulesOf(of('development')).map((schedule) => [
      schedule.ScheduleExpression.includes(' 19 ') ? 'evening' : 'morning',
      operation(schedule).split(':')[1],
      /"(?:DesiredCount|MinCapacity)":\d+.*\}/.exec(told(schedule))?.[0].replace(/\}.*/, ''),
    ]);
    expect(inputs).toContainEqual(['evening', 'registerScalableTarget', '"MinCapacity":0,"MaxCapacity":0']);
    expect(inputs).toContainEqual(['evening', 'updateService', '"DesiredCount":0']);
    expect(inputs).toContainEqual(['morning', 'registerScalableTarget', '"MinCapacity":1,"MaxCapacity":2']);
    expect(inputs).toContainEqual(['morning', 'updateService', '"DesiredCount":1']);
  });

  test('are those of the input', () => {
    const hours = { start: '08:30', stop: '20:15', timeZone: 'Europe/Dublin' };
    const found = schedulesOf(built(withInputs({ workingHours: hours }), 'development'));
    expect(new Set(found.map(({ ScheduleExpression }) => ScheduleExpression))).toEqual(
      new Set(['cron(15 20 ? * MON-FRI *)', 'cron(15 20 ? * SAT,SUN *)', 'cron(30 8 ? * MON-FRI *)']),
    );
    expect(found[0]?.ScheduleExpressionTimezone).toBe('Europe/Dublin');
  });

  test('start nothing on a public holiday, and stop in its evening all the same', () => {
    const found = schedulesOf(built(withInputs({ publicHolidays: ['2027-01-11'] }), 'development'));
    const starts = found.filter((schedule) => operation(schedule) === 'rds:startDBCluster');
    expect(starts.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual([
      'cron(0 9 ? * MON-FRI 1970-2026,2028-2199)',
      'cron(0 9 ? 2,3,4,5,6,7,8,9,10,11,12 MON-FRI 2027)',
      'cron(0 9 1,4,5,6,7,8,12,13,14,15,18,19,20,21,22,25,26,27,28,29 1 ? 2027)',
    ]);
    expect(found.map(({ ScheduleExpression }) => ScheduleExpression)).toContain('cron(0 19 ? * MON-FRI *)');
  });

  test('may touch this cluster and this service, and no scaling but that of services', () => {
    const held = statements(of('development')).filter(({ role }) => role.includes('Clock'));
    expect(held.map(({ statement }) => [statement.Sid, actionsOf(statement)])).toEqual([
      ['Database', ['rds:StartDBCluster', 'rds:StopDBCluster']],
      ['Tasks', ['ecs:DescribeServices', 'ecs:UpdateService']],
      ['Scaling', ['application-autoscaling:RegisterScalableTarget']],
    ]);
    expect(held[2]?.statement.Condition).toEqual({
      StringEquals: {
        'application-autoscaling:service-namespace': 'ecs',
        'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
      },
    });
    expect(JSON.stringify(held[0]?.statement.Resource)).toContain('DevelopmentDatabaseStack');
    expect(JSON.stringify(held[1]?.statement.Resource)).toContain('DevelopmentComputeStack');
  });

  test('are for schedules of their own group alone', () => {
    of('development').hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': { Ref: 'AWS::AccountId' },
                'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('ClockGroup'), 'Arn'] },
              },
            },
          }),
        ],
      }),
    });
  });

  test.each(['production', 'staging'] as const)('are not for %s', (environment) => {
    expect(schedulesOf(of(environment))).toEqual([]);
  });

  test('are not for development either where the document has none', () => {
    expect(schedulesOf(built(awake(exampleDesign), 'development'))).toEqual([]);
  });
});
