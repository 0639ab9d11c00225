// AC-COST-1, AC-COST-2: development stops in the evening and starts in the morning, service and database, and no other environment does.

import type { Resource } from '../../../assembly/graph.ts';
import { servicesOf } from '../../../assembly/questions/compute.ts';
import { type ClockCall, callsOn, scheduledCalls } from '../../../assembly/questions/schedules.ts';
import { ofType } from '../../../assembly/relations.ts';
import { datesOf, momentsIn, wallTime, weekdayOf } from '../../../aws/schedule.ts';
import { isDisposable, perEnvironment, rests } from '../../../design/environments.ts';
import { adrs } from '../deviations.ts';
import { nothing, onStack, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const workingHours: readonly StatementJudge[] = [
  { id: 'AC-COST-1', path: 'workingHours', deviation: adrs.workingHours, judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours.*', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays.*', judge: judgeHours },
];

interface Wanted {
  readonly thing: Resource;
  readonly what: string;
  readonly when: 'start' | 'stop';
  readonly is: (call: ClockCall) => boolean;
}

function judgeHours(judgeCase: StatementCase): Finding {
  const { design, environment } = judgeCase;
  if (!rests(design, environment)) {
    return isDisposable(design, environment)
      ? { notApplicable: `the document lets ${environment} run day and night` }
      : neverStopped(judgeCase);
  }
  return wantedOf(judgeCase).flatMap((wanted) => evidenceOf(judgeCase, wanted));
}

/** Operations that take away what an environment answers with. */
const stops = ['rds:stopdbcluster', 'ecs:updateservice', 'applicationautoscaling:registerscalabletarget'];

function neverStopped({ graph }: StatementCase): Finding {
  const stopping = scheduledCalls(graph).filter(({ operation, isOn }) => isOn && stops.includes(operation));
  const [cluster] = ofType(graph, 'AWS::RDS::DBCluster');
  if (cluster === undefined) return [nothing('an Aurora cluster')];
  if (stopping.length === 0) {
    return [onStack(graph, cluster.stack, '/Resources', 'no schedule that stops anything', 'none', true)];
  }
  return stopping.map(({ resource, operation }) => seen(graph, resource, ['Target', 'Arn'], operation, 'none', false));
}

function wantedOf({ graph, design, environment }: StatementCase): Wanted[] {
  const { minimum, maximum } = perEnvironment(design.sizes, environment).task;
  const clusters = ofType(graph, 'AWS::RDS::DBCluster').flatMap((thing) =>
    (['stop', 'start'] as const).map((when): Wanted => {
      return { thing, what: `${when}s ${thing.path}`, when, is: calls(`rds:${when}dbcluster`) };
    }),
  );
  const services = servicesOf(graph).flatMap(({ service }): Wanted[] => [
    count(service, 'stop', 0),
    count(service, 'start', minimum),
    scaling(service, 'stop', 0, 0),
    scaling(service, 'start', minimum, maximum),
  ]);
  return [...clusters, ...services];
}

/** Whether a call is of an operation, and told these figures. */
const calls =
  (operation: string, told: Readonly<Record<string, number>> = {}) =>
  (call: ClockCall) =>
    call.operation === operation && Object.entries(told).every(([name, value]) => call.told[name] === value);

function count(thing: Resource, when: Wanted['when'], tasks: number): Wanted {
  const is = calls('ecs:updateservice', { DesiredCount: tasks });
  return { thing, what: `has ${thing.path} run ${tasks} tasks`, when, is };
}

function scaling(thing: Resource, when: Wanted['when'], minimum: number, maximum: number): Wanted {
  const is = calls('applicationautoscaling:registerscalabletarget', { MinCapacity: minimum, MaxCapacity: maximum });
  return { thing, what: `scales ${thing.path} between ${minimum} and ${maximum}`, when, is };
}

/** Any year will do where no holiday has one. */
const someYear = 2030;

function evidenceOf({ graph, design }: StatementCase, wanted: Wanted): readonly Evidence[] {
  const { workingHours: hours, publicHolidays } = design.inputs;
  const time = hours[wanted.when];
  const expected = `${time} on weekdays in ${hours.timeZone}`;
  const made = callsOn(graph, wanted.thing).filter((call) => call.broken === undefined && wanted.is(call));
  const [first] = made;
  if (first === undefined) return [nothing(`a schedule that ${wanted.what}, ${expected}`)];
  const years = [...new Set([someYear, ...publicHolidays.map((date) => Number(date.slice(0, 4)))])];
  const clocks = made.flatMap(({ expression, timeZone }) =>
    years.map((year) => momentsIn(expression, timeZone, year)?.map((moment) => wallTime(moment, timeZone))),
  );
  const dates = new Set(clocks.flatMap((clock) => clock?.map(({ date }) => date) ?? []));
  const wrong = years.flatMap(datesOf).find((date) => {
    const isOff = ['SUN', 'SAT'].includes(weekdayOf(date)) || publicHolidays.includes(date);
    // What is off may be stopped again; it must not be started.
    return isOff ? wanted.when === 'start' && dates.has(date) : !dates.has(date);
  });
  const onTime =
    clocks.every((clock) => clock?.every((moment) => moment.time === time) ?? false) &&
    made.every(({ timeZone }) => timeZone === hours.timeZone);
  const observed = made.map(({ expression, timeZone }) => `${expression} ${timeZone}`);
  const found = wrong === undefined ? observed : [...observed, `wrong on ${wrong}`];
  return [seen(graph, first.resource, first.path, found, expected, onTime && wrong === undefined)];
}
