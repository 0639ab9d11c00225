// What happens to a resource by the clock: calls of AWS's interface by EventBridge Scheduler, and the scheduled actions of scaling.
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../evidence.ts';
import { covers, grantsOf } from '../permissions.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';

/** Something that is done at times of the day. */
export interface ClockCall {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly expression: string;
  readonly zone: string;
  /** `rds:stopDBCluster`; `scaling` for a scheduled action. */
  readonly operation: string;
  /** The parameters, as far as they are plain. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Why it will not work, if it will not. */
  readonly broken?: string;
}

/** Calls that are about a resource. */
export function callsOn(graph: Assembly, thing: Resource): readonly ClockCall[] {
  return [...scheduledCalls(graph, thing), ...scheduledActions(graph, thing)];
}

function scheduledCalls(graph: Assembly, thing: Resource): readonly ClockCall[] {
  return ofType(graph, 'AWS::Scheduler::Schedule').flatMap((schedule): readonly ClockCall[] => {
    const { properties } = schedule;
    const input = at(properties, 'Target', 'Input');
    const [, service = '', operation = ''] =
      /:::aws-sdk:([^:]+):(\w+)$/.exec(textOf(at(properties, 'Target', 'Arn'))) ?? [];
    if (operation === '' || !isAbout(input, thing)) return [];
    const broken = brokenBy(graph, schedule, `${service}:${operation}`);
    return [
      {
        resource: schedule,
        path: ['ScheduleExpression'],
        expression: textOf(properties.ScheduleExpression),
        zone: textOf(properties.ScheduleExpressionTimezone ?? 'UTC'),
        operation: `${service}:${operation}`,
        input: parsed(textOf(input)),
        ...(broken === undefined ? {} : { broken }),
      },
    ];
  });
}

/** By reference, or by a name that the template gives it. */
function isAbout(input: Value | undefined, thing: Resource): boolean {
  const names = ['DBClusterIdentifier', 'DBInstanceIdentifier', 'ServiceName'].flatMap(
    (name) => literal(thing.properties[name]) ?? [],
  );
  return pointsAt(input, thing) || names.some((name) => new RegExp(`["/]${String(name)}"`, 'i').test(textOf(input)));
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(text);
    return typeof input === 'object' && input !== null ? { ...input } : {};
  } catch {
    return {};
  }
}

/** The IAM names of services that Scheduler calls otherwise. */
const prefixes: Readonly<Record<string, string>> = { applicationautoscaling: 'application-autoscaling' };

function brokenBy(graph: Assembly, schedule: Resource, operation: string): string | undefined {
  const { State, EndDate, FlexibleTimeWindow, Target } = schedule.properties;
  if (literal(State) === 'DISABLED') return 'it is switched off';
  if (EndDate !== undefined) return 'it ends one day';
  const slack = Number(literal(at(FlexibleTimeWindow, 'MaximumWindowInMinutes')) ?? 0);
  if (literal(at(FlexibleTimeWindow, 'Mode')) === 'FLEXIBLE' && slack > 15) return `it may come ${slack} minutes late`;
  const role = targetOf(graph, at(Target, 'RoleArn'));
  if (role === undefined) return undefined;
  const [service = '', name = ''] = operation.split(':');
  const action = `${prefixes[service] ?? service}:${name}`;
  const may = grantsOf(graph, role).some(({ actions }) => actions.some((written) => covers(written, action)));
  return may ? undefined : `its role may not ${action}`;
}

function scheduledActions(graph: Assembly, thing: Resource): readonly ClockCall[] {
  const targets = ofType(graph, 'AWS::ApplicationAutoScaling::ScalableTarget').filter(({ properties }) =>
    pointsAt(properties.ResourceId, thing),
  );
  return targets.flatMap((target) =>
    listOf(target.properties.ScheduledActions).map((action, index) => ({
      resource: target,
      path: ['ScheduledActions', index, 'Schedule'],
      expression: textOf(at(action, 'Schedule')),
      zone: textOf(at(action, 'Timezone') ?? 'UTC'),
      operation: 'scaling',
      input: {
        MinCapacity: literal(at(action, 'ScalableTargetAction', 'MinCapacity')),
        MaxCapacity: literal(at(action, 'ScalableTargetAction', 'MaxCapacity')),
      },
    })),
  );
}

/** Whether functions or automations are called by the clock, of which a template does not say what they do. */
export function hasUnknownCalls(graph: Assembly): boolean {
  return (
    ofType(graph, 'AWS::Events::Rule').some(
      ({ properties }) =>
        /^cron/.test(textOf(properties.ScheduleExpression)) &&
        listOf(properties.Targets).some((target) => /lambda|automation|states/i.test(typeOf(graph, at(target, 'Arn')))),
    ) ||
    ofType(graph, 'AWS::Scheduler::Schedule').some(({ properties }) =>
      /lambda|automation|states|StateMachine/i.test(typeOf(graph, at(properties, 'Target', 'Arn'))),
    )
  );
}

const typeOf = (graph: Assembly, value: Value | undefined) => targetOf(graph, value)?.type ?? textOf(value);
