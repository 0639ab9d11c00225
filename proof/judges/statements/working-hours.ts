// AC-COST-1, AC-COST-2: development stops in the evening and starts in the morning, service and database, and no other environment does.
import type { Resource } from '../../../assembly/graph.ts';
import { datesOf, momentsIn, wallTime, weekdayOf } from '../../../aws/schedule.ts';
import { servicesOf } from '../compute.ts';
import { adrs } from '../deviations.ts';
import { nothing, onStack, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { ofType, pointsAt } from '../relations.ts';
import { type ScheduledCall, scheduledCalls } from '../schedules.ts';

export const workingHours: readonly StatementJudge[] = [
  { id: 'AC-COST-1', path: 'workingHours', deviation: adrs.workingHours, judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours.*', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays.*', judge: judgeHours },
];

interface Wanted {
  readonly what: string;
  readonly when: 'start' | 'stop';
  readonly is: (call: ScheduledCall) => boolean;
}

function judgeHours(judgeCase: JudgeCase): Finding {
  const { graph, design, environment } = judgeCase;
  if (environment !== 'development') return neverStopped(judgeCase);
  if (!design.workingHours) return { notApplicable: 'the document lets development run day and night' };
  const calls = scheduledCalls(graph);
  return wantedOf(judgeCase).flatMap((wanted) => evidenceOf(judgeCase, calls, wanted));
}

/** Operations that take away what an environment answers with. */
const stops = ['rds:stopdbcluster', 'ecs:updateservice', 'applicationautoscaling:registerscalabletarget'];

function neverStopped({ graph }: JudgeCase): Finding {
  const stopping = scheduledCalls(graph).filter(({ operation }) => stops.includes(operation));
  const [cluster] = ofType(graph, 'AWS::RDS::DBCluster');
  if (cluster === undefined) return [nothing('an Aurora cluster')];
  if (stopping.length === 0) {
    return [onStack(graph, cluster.stack, '/Resources', 'no schedule that stops anything', 'none', true)];
  }
  return stopping.map(({ schedule, operation }) => seen(graph, schedule, ['Target', 'Arn'], operation, 'none', false));
}

function wantedOf({ graph, design, environment }: JudgeCase): Wanted[] {
  const { minimum, maximum } = design.sizes[environment].task;
  const clusters = ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster): Wanted[] => [
    { what: `stops ${cluster.path}`, when: 'stop', is: calls('rds:stopdbcluster', cluster) },
    { what: `starts ${cluster.path}`, when: 'start', is: calls('rds:startdbcluster', cluster) },
  ]);
  const services = servicesOf(graph).flatMap(({ service }): Wanted[] => [
    count(service, 'stop', 0),
    count(service, 'start', minimum),
    scaling(service, 'stop', 0, 0),
    scaling(service, 'start', minimum, maximum),
  ]);
  return [...clusters, ...services];
}

const calls = (operation: string, target: Resource) => (call: ScheduledCall) =>
  call.operation === operation && pointsAt(call.input, target);

function count(service: Resource, when: Wanted['when'], tasks: number): Wanted {
  const isCall = calls('ecs:updateservice', service);
  const is = (call: ScheduledCall) => isCall(call) && call.told.DesiredCount === tasks;
  return { what: `has ${service.path} run ${tasks} tasks`, when, is };
}

function scaling(service: Resource, when: Wanted['when'], minimum: number, maximum: number): Wanted {
  const isCall = calls('applicationautoscaling:registerscalabletarget', service);
  const is = (call: ScheduledCall) =>
    isCall(call) && call.told.MinCapacity === minimum && call.told.MaxCapacity === maximum;
  return { what: `scales ${service.path} between ${minimum} and ${maximum}`, when, is };
}

/** Any year will do where no holiday has one. */
const someYear = 2030;

function evidenceOf({ graph, design }: JudgeCase, all: readonly ScheduledCall[], wanted: Wanted): readonly Evidence[] {
  const { workingHours: hours, publicHolidays } = design.inputs;
  const time = hours[wanted.when];
  const expected = `${time} on weekdays in ${hours.timeZone}`;
  const made = all.filter(wanted.is);
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
  return [seen(graph, first.schedule, ['ScheduleExpression'], found, expected, onTime && wrong === undefined)];
}
