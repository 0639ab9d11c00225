// AC-COST-1, AC-COST-2: development stops in the evening and starts in the morning, service and database, and no other environment does.

import { type Assembly, at, isSettled, isUnresolved, type Resource, textOf } from '../../../../assembly/graph.ts';
import { servicesOf } from '../../../../assembly/questions/compute.ts';
import { type ClockCall, callsOn, scheduledCalls } from '../../../../assembly/questions/schedules.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { datesOf, momentsIn, wallTime, weekdayOf } from '../../../../aws/schedule.ts';
import { isDisposable, perEnvironment, rests } from '../../../../design/environments.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on, onStack } from '../../on.ts';
import { said, type Work, works } from '../../words/inputs.ts';
import { parts } from '../../words/parts.ts';

export const workingHours: readonly StatementJudge[] = [
  { id: 'AC-COST-1', path: 'workingHours', deviation: adrs.workingHours, judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours.*', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays.*', judge: judgeHours },
];

interface Wanted {
  readonly thing: Resource;
  readonly work: Work;
  readonly when: 'start' | 'stop';
  readonly is: (call: ClockCall) => boolean;
}

function judgeHours(judgeCase: StatementCase): Finding {
  const { design, environment } = judgeCase;
  if (!rests(design, environment)) {
    return isDisposable(design, environment)
      ? { notApplicable: said.dayAndNight({ environment }) }
      : neverStopped(judgeCase);
  }
  return wantedOf(judgeCase).flatMap((wanted) => evidenceOf(judgeCase, wanted));
}

/** Operations that take away what an environment answers with. */
const stops = ['rds:stopdbcluster', 'ecs:updateservice', 'applicationautoscaling:registerscalabletarget'];

function neverStopped({ graph }: StatementCase): Finding {
  const stopping = scheduledCalls(graph).filter(({ operation, isOn }) => isOn && stops.includes(operation));
  const [cluster] = ofType(graph, 'AWS::RDS::DBCluster');
  if (cluster === undefined) return [missing(parts.auroraCluster)];
  const expected = said.nothingStops;
  const evidence = [
    ...stopping.map(({ resource, operation }) =>
      on(resource)
        .property('Target', 'Arn')
        .holds(isSettled(resource.properties.State) ? false : undefined, { expected, observed: operation }),
    ),
    ...openSchedules(graph).map((schedule) => on(schedule).property('Target').holds(undefined, { expected })),
  ];
  return evidence.length > 0
    ? evidence
    : [onStack(cluster.stack, '/Resources', true, { expected, observed: said.noStopping })];
}

/** Schedules of which the templates do not say what they do, or to what. */
const openSchedules = (graph: Assembly): readonly Resource[] =>
  ofType(graph, 'AWS::Scheduler::Schedule').filter(({ properties: { Target } }) =>
    [at(Target, 'Arn'), at(Target, 'Input')].some((value) => isUnresolved(value) && value.about.length === 0),
  );

function wantedOf({ graph, design, environment }: StatementCase): Wanted[] {
  const { minimum, maximum } = perEnvironment(design.sizes, environment).task;
  const clusters = ofType(graph, 'AWS::RDS::DBCluster').flatMap((thing) =>
    (['stop', 'start'] as const).map((when): Wanted => {
      return { thing, work: works[`${when}s`](thing.path), when, is: calls(`rds:${when}dbcluster`) };
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
  return { thing, work: works.runs(thing.path, tasks), when, is };
}

function scaling(thing: Resource, when: Wanted['when'], minimum: number, maximum: number): Wanted {
  const is = calls('applicationautoscaling:registerscalabletarget', { MinCapacity: minimum, MaxCapacity: maximum });
  return { thing, work: works.scales(thing.path, minimum, maximum), when, is };
}

/** Any year will do where no holiday has one. */
const someYear = 2030;

function evidenceOf({ graph, design }: StatementCase, wanted: Wanted): readonly Observation[] {
  const { workingHours: hours, publicHolidays } = design.inputs;
  const time = hours[wanted.when];
  const clock = { time, timeZone: hours.timeZone };
  const calls = callsOn(graph, wanted.thing);
  const made = calls.filter((call) => call.broken === undefined && wanted.is(call));
  const [first] = made;
  if (first === undefined) {
    // A figure that is not known may be the one that is wanted.
    const unknown = calls.filter(({ broken, input }) => broken === undefined && textOf(input).includes(`\${?}`));
    const possible = new Set([...openSchedules(graph), ...unknown.map(({ resource }) => resource)]);
    return missingUnless([...possible], said.scheduleThat({ work: wanted.work, ...clock }));
  }
  const years = [...new Set([someYear, ...publicHolidays.map((date) => Number(date.slice(0, 4)))])];
  const clocks = made.flatMap(({ expression, timeZone }) =>
    years.map((year) => momentsIn(expression, timeZone, year)?.map((moment) => wallTime(moment, timeZone))),
  );
  const dates = new Set(clocks.flatMap((moments) => moments?.map(({ date }) => date) ?? []));
  const wrong = years.flatMap(datesOf).find((date) => {
    const isOff = ['SUN', 'SAT'].includes(weekdayOf(date)) || publicHolidays.includes(date);
    // What is off may be stopped again; it must not be started.
    return isOff ? wanted.when === 'start' && dates.has(date) : !dates.has(date);
  });
  const isOnTime =
    clocks.every((moments) => moments?.every((moment) => moment.time === time) ?? false) &&
    made.every(({ timeZone }) => timeZone === hours.timeZone);
  const times = made.map(({ expression, timeZone }) => `${expression} ${timeZone}`);
  const isKnown = !times.some((text) => text.includes(`\${?}`));
  return [
    on(first.resource)
      .property(...first.path)
      .holds(isKnown ? isOnTime && wrong === undefined : undefined, {
        expected: said.onWeekdays(clock),
        observed: isKnown ? said.timesMade({ times, wrong }) : times,
      }),
  ];
}
