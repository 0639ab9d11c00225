// What happens by the clock: calls of AWS's interface that EventBridge Scheduler makes, and the scheduled actions of scaling. Not to be
// confused with aws/schedule.ts, which knows when an expression acts.

import { momentsIn, wallTime } from '../../aws/schedule.ts';
import type { Said } from '../../design/messages/said.ts';
import type { Design } from '../../design/schema.ts';
import { type Assembly, at, isUnresolved, literal, type Resource, textOf, type Value } from '../graph.ts';
import type { Placed, PropertyPath } from '../properties.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';
import { said } from '../words.ts';
import { functionsOf } from './compute.ts';
import { grantsOfAction } from './permissions.ts';
import { targetOfService } from './scaling.ts';

/** Something that is done at times of the day; `path` is where the times stand. */
export interface ClockCall extends Placed {
  readonly expression: string;
  readonly timeZone: string;
  /** Service and operation in lower case, e.g. `rds:stopdbcluster`; `scaling` for a scheduled action. */
  readonly operation: string;
  /** The same as it is written: `rds:stopDBCluster`. */
  readonly written: string;
  /** What the call is told, references and all, and where that stands. */
  readonly input: Value | undefined;
  readonly toldAt: PropertyPath;
  /** The same by name; empty when it is no JSON. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly isOn: boolean;
  /** Why it does not do its work at all of these times, if it does not. */
  readonly broken?: Said;
}

/** Calls that Scheduler makes by a universal target (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html). */
export function scheduledCalls(graph: Assembly): readonly ClockCall[] {
  return ofType(graph, 'AWS::Scheduler::Schedule').flatMap((resource): readonly ClockCall[] => {
    const { Target, State, ScheduleExpression, ScheduleExpressionTimezone } = resource.properties;
    const [, written] = /:aws-sdk:([^:]+:\w+)$/.exec(textOf(at(Target, 'Arn'))) ?? [];
    if (written === undefined) return [];
    const input = at(Target, 'Input');
    const broken = brokenBy(graph, resource, written);
    return [
      {
        resource,
        path: ['ScheduleExpression'],
        expression: textOf(ScheduleExpression),
        timeZone: textOf(ScheduleExpressionTimezone ?? 'UTC'),
        operation: written.toLowerCase(),
        written,
        input,
        toldAt: ['Target', 'Input'],
        told: readJson(textOf(input)),
        isOn: literal(State) !== 'DISABLED',
        broken,
      },
    ];
  });
}

/** What the clock does to a resource. */
export const callsOn = (graph: Assembly, thing: Resource): readonly ClockCall[] => [
  ...scheduledCalls(graph).filter(({ input }) => isAbout(input, thing)),
  ...scheduledActions(graph, thing),
];

/** By reference, or by a name that the template gives it. */
function isAbout(input: Value | undefined, thing: Resource): boolean {
  const names = ['DBClusterIdentifier', 'DBInstanceIdentifier', 'ServiceName'].flatMap(
    (name) => literal(thing.properties[name]) ?? [],
  );
  const text = textOf(input).toLowerCase();
  return (
    pointsAt(input, thing) ||
    names.some((name) => [`"${name}"`, `/${name}"`].some((one) => text.includes(one.toLowerCase())))
  );
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    // A target may be told anything; what is no JSON tells these operations nothing.
    return {};
  }
}

/** The IAM names of services that Scheduler calls otherwise. */
const prefixes: Readonly<Record<string, string>> = { applicationautoscaling: 'application-autoscaling' };

function brokenBy(graph: Assembly, schedule: Resource, operation: string): Said | undefined {
  const { State, EndDate, FlexibleTimeWindow, Target } = schedule.properties;
  if (literal(State) === 'DISABLED') return said.switchedOff;
  if (EndDate !== undefined) return said.endsOneDay;
  const slack = Number(literal(at(FlexibleTimeWindow, 'MaximumWindowInMinutes')) ?? 0);
  if (literal(at(FlexibleTimeWindow, 'Mode')) === 'FLEXIBLE' && slack > 15) return said.comesLate({ minutes: slack });
  const role = targetOf(graph, at(Target, 'RoleArn'));
  if (role === undefined) return undefined;
  const [service = '', name = ''] = operation.split(':');
  const action = `${prefixes[service] ?? service}:${name}`;
  return grantsOfAction(graph, role, action).length > 0 ? undefined : said.roleMayNot({ action });
}

function scheduledActions(graph: Assembly, service: Resource): readonly ClockCall[] {
  const target = service.type === 'AWS::ECS::Service' ? targetOfService(graph, service) : undefined;
  if (target === undefined) return [];
  return listOf(target.properties.ScheduledActions).map((action, index) => {
    const input = at(action, 'ScalableTargetAction');
    return {
      resource: target,
      path: ['ScheduledActions', index, 'Schedule'],
      expression: textOf(at(action, 'Schedule')),
      timeZone: textOf(at(action, 'Timezone') ?? 'UTC'),
      operation: 'scaling',
      written: 'scaling',
      input,
      toldAt: ['ScheduledActions', index, 'ScalableTargetAction'],
      told: { MinCapacity: at(input, 'MinCapacity'), MaxCapacity: at(input, 'MaxCapacity') },
      isOn: true,
    };
  });
}

/**
 * The dates of some years, each with the times at which a call is made on it, as the clocks of a zone show them; `undefined` where the
 * expression does not say, or says more than two times a day.
 */
export function timesOf(
  { expression, timeZone }: ClockCall,
  zone: string,
  years: readonly number[],
): ReadonlyMap<string, readonly string[]> | undefined {
  // A day of one zone begins in another year of the next.
  const around = [...new Set(years.flatMap((year) => [year - 1, year, year + 1]))];
  const moments = around.map((year) => momentsIn(expression, timeZone, year));
  if (moments.includes(undefined)) return undefined;
  const walls = moments.flatMap((some = []) => some.map((moment) => wallTime(moment, zone)));
  const byDate = Map.groupBy(walls, ({ date }) => date);
  return new Map([...byDate].map(([date, some]) => [date, some.map(({ time }) => time)]));
}

/**
 * What is called by the clock of which the templates do not say what it does: functions, automations, state machines, and what is not
 * known at all. The workload's own functions may do what the document lets them.
 */
export function unknownCalls(graph: Assembly, design: Design): readonly Resource[] {
  const known = functionsOf(graph, design);
  const isOpen = (value: Value | undefined) => isUnresolved(value) && value.about.length === 0;
  const mayDoAnything = (target: Value | undefined) => {
    const arn = at(target, 'Arn');
    const called = targetOf(graph, arn);
    const isKnown = called !== undefined && known.includes(called);
    return isOpen(arn) || (!isKnown && /lambda|automation|states|StateMachine/i.test(called?.type ?? textOf(arn)));
  };
  const rules = ofType(graph, 'AWS::Events::Rule').filter(
    ({ properties: { ScheduleExpression, Targets } }) =>
      (isOpen(ScheduleExpression) || textOf(ScheduleExpression).startsWith('cron')) &&
      listOf(Targets).some(mayDoAnything),
  );
  const schedules = ofType(graph, 'AWS::Scheduler::Schedule').filter(
    ({ properties: { Target } }) => mayDoAnything(Target) || isOpen(at(Target, 'Input')),
  );
  return [...rules, ...schedules];
}
