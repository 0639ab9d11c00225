// The steps of a failover in their order: a state machine of Step Functions (DR-2…6).
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRule } from 'aws-cdk-lib/aws-events';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  type IChainable,
  JsonPath,
  LogLevel,
  StateMachine,
  Succeed,
  TaskInput,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { type StateName, stateWords } from '../../runbook/states.ts';
import { type RecoveryFunctionName, recoveryFunctions } from './recovery-permissions.ts';

export interface RecoveryMachineProps {
  readonly functionOf: (step: RecoveryFunctionName) => IFunction;
  /** Off until the region works, and on again with it. */
  readonly schedules: readonly IRule[];
  readonly idleAlarms: readonly IAlarm[];
  /** Seconds within which everything must be done: the document's recovery time. */
  readonly timeoutSeconds: number;
  readonly logRetentionDays: RetentionDays;
  readonly kept: boolean;
}

/** How long a step that waits is asked again, in seconds. */
interface PollingInterval {
  readonly every: number;
  readonly atMost: number;
}

const minutes = (count: number): number => count * 60;

/**
 * Each state is a function that is safe to call again, so a run that stopped is gone on with by a new execution of the same input. A step
 * that waits fails with `NotYet` and is called again at a fixed pause; what the network does is tried again with growing ones; `Refused` is
 * not. Whatever ends a step otherwise is told to people and to the ledger before the execution fails.
 *
 * Tasks are started first, since they take longest, and traffic follows by itself: Route 53 sends people to the standby region once it is
 * ready and the primary is not. Orders are sent again when people are served.
 *
 * Day 2: `docs/runbooks/failover.md`, made from this very machine.
 *
 * @cost $0.025 per 1,000 transitions: a failover has some hundreds, less than $0.02; its log $0.50 per GB. At rest nothing.
 */
export class RecoveryMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: RecoveryMachineProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      description: 'Lets the state machine call the steps of a failover',
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    const policy = new Policy(this, 'Policy', { roles: [role], statements: this.statements(props) });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Deliveries of logs, their rules, and traces can be bound to no resource.',
    });
    this.stateMachine = new StateMachine(this, 'Machine', {
      comment: 'Moves production to the other region, and home again',
      definitionBody: DefinitionBody.fromChainable(this.definition(props)),
      // What CDK would add to the role by itself is in the policy above.
      role: role.withoutPolicyUpdates(),
      timeout: Duration.seconds(props.timeoutSeconds),
      tracingEnabled: true,
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: true },
    });
    this.stateMachine.node.addDependency(policy);
  }

  private definition(props: RecoveryMachineProps): IChainable {
    const stopped = new Fail(this, 'Stopped', {
      comment: 'A step could not go on. The ledger is free for the next execution.',
      errorPath: '$.failure.Error',
      causePath: '$.failure.Cause',
    });
    const stop = new LambdaInvoke(this, 'Stop', {
      comment: 'Writes into the ledger that this run has stopped, and tells people.',
      lambdaFunction: props.functionOf('stop'),
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
      resultPath: JsonPath.DISCARD,
    });
    persist(stop).addCatch(stopped, { resultPath: JsonPath.DISCARD }).next(stopped);

    const step = (name: StateName, source: RecoveryFunctionName, polling?: PollingInterval) =>
      persist(
        new LambdaInvoke(this, name, {
          comment: stateWords[name].en.does,
          lambdaFunction: props.functionOf(source),
          payloadResponseOnly: true,
          retryOnServiceExceptions: false,
          resultPath: JsonPath.DISCARD,
        }),
        polling,
      ).addCatch(stop, { resultPath: '$.failure' });

    const notStarted = new Fail(this, 'NotStarted', {
      comment: 'Nothing was moved: another execution runs, or there is nothing to move.',
      errorPath: '$.failure.Error',
      causePath: '$.failure.Cause',
    });
    const claim = persist(
      new LambdaInvoke(this, 'Claim', {
        comment: stateWords.Claim.en.does,
        lambdaFunction: props.functionOf('claim'),
        payload: TaskInput.fromObject({
          execution: JsonPath.stringAt('$$.Execution.Id'),
          action: JsonPath.stringAt('$.action'),
          reason: JsonPath.stringAt('$.reason'),
        }),
        payloadResponseOnly: true,
        retryOnServiceExceptions: false,
      }),
    ).addCatch(notStarted, { resultPath: '$.failure' });

    const failover = Condition.stringEquals('$.action', 'failover');
    const toStandby = Condition.stringEquals('$.to', 'standby');
    const done = new Succeed(this, 'Done');
    const report = step('Report', 'report').next(done);
    const away = this.chain([...this.switched('Start', props, stop), report]);
    const home = this.chain([
      step('CarryFiles', 'carry-files', { every: 5, atMost: minutes(60) }),
      step('RestStandby', 'rest-standby', { every: 5, atMost: minutes(10) }),
      ...this.switched('Stop', props, stop),
      report,
    ]);
    const arrived = new Choice(this, 'Arrived').when(toStandby, away).otherwise(home);
    const carryWork = step('CarryWork', 'carry-work', { every: 5, atMost: minutes(15) }).next(arrived);
    const serve = this.chain([
      step('AwaitTargets', 'await-targets', { every: 5, atMost: minutes(15) }),
      step('SmokeTest', 'smoke-test', { every: 5, atMost: minutes(10) }),
      step('AwaitTraffic', 'await-traffic', { every: 5, atMost: minutes(15) }),
      step('ResumeOrders', 'resume-orders', { every: 5, atMost: minutes(15) }),
      new Choice(this, 'BothRegionsAreWell').when(failover, arrived).otherwise(carryWork),
    ]);
    const raise = this.chain([step('RaiseCapacity', 'raise-capacity', { every: 5, atMost: minutes(10) }), serve]);
    const move = this.chain([
      step('PromoteDatabase', 'promote-database', { every: 5, atMost: minutes(20) }),
      step('SwitchTraffic', 'switch-traffic'),
      new Choice(this, 'StandbyServes').when(toStandby, raise).otherwise(serve),
    ]);
    const freeze = step('FreezeWriters', 'freeze-writers', { every: 5, atMost: minutes(10) }).next(move);
    return this.chain([
      claim,
      step('StartTasks', 'start-tasks'),
      new Choice(this, 'PrimaryIsLost').when(failover, move).otherwise(freeze),
    ]);
  }

  /** Schedules and alarms of a region that works, on or off, where there are any. */
  private switched(
    direction: 'Start' | 'Stop',
    { schedules, idleAlarms }: RecoveryMachineProps,
    stop: IChainable,
  ): IChainable[] {
    const verb = direction === 'Start' ? 'enable' : 'disable';
    const call = (name: StateName, service: string, action: string, parameters: Record<string, unknown>) =>
      persist(
        new CallAwsService(this, name, {
          comment: stateWords[name].en.does,
          service,
          action,
          parameters,
          // They are in the role's own policy.
          iamResources: ['*'],
          resultPath: JsonPath.DISCARD,
        }),
      ).addCatch(stop, { resultPath: '$.failure' });
    const [schedule, ...others] = schedules;
    if (others.length > 0) throw new Error('The state machine knows one schedule');
    return [
      ...(schedule === undefined
        ? []
        : [call(`${direction}Schedules`, 'eventbridge', `${verb}Rule`, { Name: schedule.ruleName })]),
      ...(idleAlarms.length === 0
        ? []
        : [
            call(`${direction}Alarms`, 'cloudwatch', `${verb}AlarmActions`, {
              AlarmNames: idleAlarms.map(({ alarmName }) => alarmName),
            }),
          ]),
    ];
  }

  private chain(parts: readonly IChainable[]): IChainable {
    const [first, ...rest] = parts;
    if (first === undefined) throw new Error('A chain has a first link');
    let last = first;
    for (const part of rest) {
      for (const end of last.endStates) end.next(part);
      last = part;
    }
    return first;
  }

  private statements({ functionOf, schedules, idleAlarms }: RecoveryMachineProps): PolicyStatement[] {
    const steps = recoveryFunctions.filter((name) => name !== 'publish-latch');
    const statement = (sid: string, actions: string[], resources: string[]) =>
      resources.length === 0 ? [] : [new PolicyStatement({ sid, actions, resources })];
    return [
      ...statement(
        'CallSteps',
        ['lambda:InvokeFunction'],
        steps.map((name) => functionOf(name).functionArn),
      ),
      ...statement(
        'SwitchSchedules',
        ['events:EnableRule', 'events:DisableRule'],
        schedules.map(({ ruleArn }) => ruleArn),
      ),
      ...statement(
        'SwitchAlarms',
        ['cloudwatch:EnableAlarmActions', 'cloudwatch:DisableAlarmActions'],
        idleAlarms.map(({ alarmArn }) => alarmArn),
      ),
      ...statement(
        'DeliverLog',
        [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
        ],
        ['*'],
      ),
      ...statement(
        'Trace',
        ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
        ['*'],
      ),
    ];
  }
}

/** Tries again what may pass, and asks again what is not there yet. */
function persist<State extends TaskStateBase>(state: State, polling?: PollingInterval): State {
  state.addRetry({ errors: ['Refused'], maxAttempts: 0 });
  if (polling !== undefined) {
    const { every, atMost } = polling;
    state.addRetry({
      errors: ['NotYet'],
      interval: Duration.seconds(every),
      backoffRate: 1,
      maxAttempts: Math.ceil(atMost / every),
    });
  }
  // Two minutes in all: when a region is lost, the others' control planes refuse many calls for a while.
  state.addRetry({ errors: ['States.ALL'], interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 6 });
  return state;
}
