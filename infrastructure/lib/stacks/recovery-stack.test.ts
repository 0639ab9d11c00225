// Claims about the recovery stack, read from its template (DR-2…8, IAM-5). What its steps do is tried in functions/recovery, and the whole
// machine as it stands in the template in cli/failover-of-the-build.test.ts.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Design } from '../../../design/schema.ts';
import { permissionsOfEntry } from '../../../testing/called-actions.ts';
import { synthesize } from '../app.ts';
import { recoveryFunctions } from '../constructs/recovery/recovery-permissions.ts';
import { actionsOf, statements } from '../testing/data-stacks.ts';
import { only } from '../testing/edge-stacks.ts';
import { platformOf, stacksOf } from '../testing/environment.ts';
import { templateOf } from '../testing/followed.ts';
import { recoveringDesign } from '../testing/standby.ts';
import { withoutFunctions } from '../testing/workload-stacks.ts';

const name = 'ProductionRecoveryStack';
const withInputs = (inputs: Partial<Design['inputs']>): Design => ({
  ...recoveringDesign,
  inputs: { ...recoveringDesign.inputs, ...inputs },
});

function recoveryOf(design: Design): Template {
  const stack = stacksOf(platformOf(design, ['production'])).find(({ stackName }) => stackName === name);
  if (stack === undefined) throw new Error('The platform has a RecoveryStack');
  return templateOf(stack);
}

let template: Template;
beforeAll(() => {
  template = recoveryOf(recoveringDesign);
});

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts: number;
}
interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Resource?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

/** The definition with a mark in the place of what is a reference. */
function statesOf(of: Template): [string, State][] {
  const { DefinitionString } = only(of, 'AWS::StepFunctions::StateMachine');
  const text = DefinitionString['Fn::Join'][1].map((part: unknown) =>
    typeof part === 'string' ? part : 'a-reference',
  );
  return Object.entries(JSON.parse(text.join('')).States);
}
const tasksOf = (of: Template) => statesOf(of).filter(([, { Type }]) => Type === 'Task');

describe('the stack', () => {
  test('lives in the region that takes over; the edge and the trail wait for it and nothing of the primary does (DR-6)', () => {
    const app = platformOf(recoveringDesign, ['production']);
    app.synth();
    const stacks = stacksOf(app);
    const recovery = stacks.find(({ stackName }) => stackName === name);
    expect(recovery?.region).toBe('us-west-2');
    const waiting = stacks.filter(({ dependencies }) => dependencies.some(({ stackName }) => stackName === name));
    expect(waiting.map(({ stackName }) => stackName).sort()).toEqual([
      'ProductionEdgeReferencesStack',
      'ProductionReferencesStack',
    ]);
  });

  test.each(['staging', 'development'] as const)('is not there in %s', (environment) => {
    const names = stacksOf(platformOf(recoveringDesign, [environment])).map(({ stackName }) => stackName);
    expect(names.filter((one) => one.includes('RecoveryStack'))).toEqual([]);
  });

  test('without a domain tells the functions of no name, so that none is waited for', () => {
    const [one] = Object.values(recoveryOf(withInputs({ domain: 'none' })).findResources('AWS::Lambda::Function'));
    expect(one?.Properties.Environment.Variables.ORIGIN).toBe('');
  });

  test('refers to both regions by weak references, even in an app whose references are strong', () => {
    const context = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
    const assembly = platformOf(recoveringDesign, ['production'], { context }).synth();
    const text = JSON.stringify(assembly.getStackByName(name).template);
    expect(text.match(/Fn::ImportValue|Custom::/g)).toBeNull();
  });

  test.each([
    ['it starts by itself', withInputs({ failover: 'automatic' })],
    ['a person decides, without a domain and without functions', withoutFunctions(withInputs({ domain: 'none' }))],
  ] as const)('passes the validator and cdk-nag when %s (TST-3)', (_, design) => {
    const app = platformOf(design, ['production'], { validation: true });
    const { findings } = synthesize(app);
    expect(findings.filter(({ resource }) => /^Production(Recovery|Edge)Stack/.test(resource))).toEqual([]);
  });

  test('keeps the ledger encrypted and restorable', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: Match.objectLike({ SSEEnabled: true, SSEType: 'KMS' }),
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    template.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'RetainExceptOnCreate' });
    template.hasOutput('LedgerTable', {});
    template.hasOutput('StateMachine', {});
  });
});

describe('permissions (IAM-5)', () => {
  /** Behind encrypted things, a task's roles, the log and traces there is no call in the code. */
  const withoutCall = /^(kms|xray|logs):|^iam:PassRole$/;
  const roleOf = (source: string) =>
    source
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('');

  test.each(recoveryFunctions)('%s may do what its code calls, and nothing else', (source) => {
    const held = statements(template)
      .filter(({ role }) => new RegExp(`"${roleOf(source)}Role[0-9A-F]{8}"`).test(role))
      .flatMap(({ statement }) => actionsOf(statement));
    const called = permissionsOfEntry(`functions/recovery/handlers/${source}.ts`).map(({ action }) => action);
    expect(new Set(held.filter((action) => !withoutCall.test(action)))).toEqual(new Set(called));
  });

  test('the latch is published into one namespace, and tasks run in the two clusters alone', () => {
    const of = (sid: string) =>
      statements(template).find(({ statement }) => statement.Sid === sid)?.statement.Condition;
    expect(of('PublishLatch')).toEqual({ StringEquals: { 'cloudwatch:namespace': 'Hashira/Recovery' } });
    expect(JSON.stringify(of('RunTask'))).toMatch(/ProductionComputeStack.*ProductionStandbyComputeStack/);
    expect(of('PassRoles')).toEqual({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } });
  });

  test('files are copied home, never away from it', () => {
    const of = (sid: string) => JSON.stringify(statements(template).find(({ statement }) => statement.Sid === sid));
    expect(of('WriteFiles')).toContain('"ProductionStorageStack"');
    expect(of('WriteFiles')).not.toMatch(/RecoveryBase|Standby/);
    expect(of('ReadFiles')).not.toContain('"ProductionStorageStack"');
  });
});

describe('the state machine', () => {
  test('is traced, keeps its log, and must be done within the document’s recovery time', () => {
    const machine = only(template, 'AWS::StepFunctions::StateMachine');
    expect(machine).toMatchObject({
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true },
    });
    expect(JSON.stringify(machine.DefinitionString)).toContain(String.raw`\"TimeoutSeconds\":14400`);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  test('tells people and the ledger of whatever stops a step, and starts nothing that is refused', () => {
    const caught = tasksOf(template).map(([state, { Catch = [] }]) => [state, Catch.map(({ Next }) => Next)]);
    expect(caught.length).toBeGreaterThan(15);
    for (const [state, next] of caught) {
      expect(next, String(state)).toEqual([state === 'Claim' ? 'NotStarted' : state === 'Stop' ? 'Stopped' : 'Stop']);
    }
    for (const [state, { Retry }] of tasksOf(template)) {
      expect(Retry?.[0], state).toEqual({ ErrorEquals: ['Refused'], MaxAttempts: 0 });
    }
  });

  test('waits at a fixed pause, tries again with growing ones, and neither for ever', () => {
    const retriers = tasksOf(template).flatMap(([, { Retry = [] }]) => Retry);
    const waits = retriers.filter(({ ErrorEquals }) => ErrorEquals.includes('NotYet'));
    expect(waits.length).toBeGreaterThan(8);
    // A state that is asked again leaves some five entries, and an execution may have 25,000.
    expect(waits.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0) * 5).toBeLessThan(20_000);
    const tries = retriers.filter(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
    expect(tries).toHaveLength(tasksOf(template).length);
    for (const one of tries) {
      expect(one).toMatchObject({ IntervalSeconds: 2, BackoffRate: 2 });
      // Pauses of 2, 4, 8 … seconds: as long as control planes that everybody calls at once may refuse.
      expect(2 * (2 ** one.MaxAttempts - 1)).toBeGreaterThan(120);
      expect(one.MaxAttempts).toBeLessThan(8);
    }
  });

  test('switches what the region at rest keeps still, and calls for nothing else by itself', () => {
    const switches = tasksOf(template).flatMap(([state, { Resource = '' }]) =>
      Resource.startsWith('arn:a-reference') || Resource.startsWith('arn:aws:states')
        ? [[state, Resource.split(':aws-sdk:')[1]]]
        : [],
    );
    expect(Object.fromEntries(switches)).toEqual({
      StartSchedules: 'eventbridge:enableRule',
      StartAlarms: 'cloudwatch:enableAlarmActions',
      StopSchedules: 'eventbridge:disableRule',
      StopAlarms: 'cloudwatch:disableAlarmActions',
    });
  });
});

describe('the start', () => {
  test('is a person’s when the document says so: nothing else may start it (DR-3)', () => {
    template.resourceCountIs('AWS::Events::EventBus', 0);
    expect(JSON.stringify(template.toJSON())).not.toContain('states:StartExecution');
  });

  test('comes from the edge’s alarm, and from nothing else, when the document says `automatic`', () => {
    const automatic = recoveryOf(withInputs({ failover: 'automatic' }));
    automatic.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.anyValue(),
      EventPattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { state: { value: ['ALARM'] } },
      },
      Targets: [
        Match.objectLike({
          Input: Match.stringLikeRegexp('"action":"failover"'),
          // Not for EventBridge's 24 hours: the region may be well again.
          RetryPolicy: { MaximumEventAgeInSeconds: 900 },
        }),
      ],
    });
    const starts = statements(automatic).filter(({ statement }) =>
      actionsOf(statement).includes('states:StartExecution'),
    );
    expect(starts).toHaveLength(1);
  });
});

describe('alarms', () => {
  const alarms = () =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  test('are heard in the region that takes over (AC-OPS-2)', () => {
    expect(alarms()).toHaveLength(6);
    for (const { AlarmActions, OKActions } of alarms()) {
      expect(JSON.stringify(AlarmActions)).toContain('"ProductionStandbyMonitoringStack"');
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  test.each(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])(
    'hear of %s by that metric alone: with others in a sum it would be unknown while they have no value',
    (MetricName) => {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'AWS/States',
        MetricName,
        Statistic: 'Sum',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
      });
    },
  );

  test('the latch’s is one that Route 53 can read, and keeps its state without data (DR-8)', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Hashira/Recovery',
      MetricName: 'Latch',
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' });
  });

  test.each([
    [3_600, 60_000],
    [30, 30_000],
  ])(
    'the lag’s goes off without data, and at the latest at the recovery point: %i s → %i ms (DR-2)',
    (rpoSeconds, Threshold) => {
      const { recovery } = recoveringDesign;
      if (recovery === undefined) throw new Error('The design has a second region');
      recoveryOf({ ...recoveringDesign, recovery: { ...recovery, rpoSeconds } }).hasResourceProperties(
        'AWS::CloudWatch::Alarm',
        { MetricName: 'AuroraGlobalDBReplicationLag', Statistic: 'Maximum', Threshold, TreatMissingData: 'breaching' },
      );
    },
  );
});

test('the functions are told production’s size and the database’s capacity, in less than Lambda’s 4 KB', () => {
  const [one] = Object.values(template.findResources('AWS::Lambda::Function'));
  const variables = one?.Properties.Environment.Variables;
  expect(JSON.parse(variables.SIZE)).toEqual({ minimum: 2, maximum: 10 });
  expect(JSON.parse(variables.CAPACITY)).toEqual({ resting: 0.5, working: 8 });
  // What AWS names is hardly ever longer than this.
  const deployed = JSON.stringify(variables).replaceAll(
    /\{"(?:Ref|Fn::GetStackOutput)":(?:"[^"]*"|\{[^}]*\})\}/g,
    'x'.repeat(90),
  );
  expect(deployed.length).toBeLessThan(4_096);
});
