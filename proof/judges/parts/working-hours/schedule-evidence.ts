// When what can be stopped is stopped, and when it is started again (AC-COST-1, AC-COST-2): every service and every database, on every
// working day of the years that the document speaks of. Caches, NAT gateways and load balancers cannot be stopped at all (ADR-023).

import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { targetOfService } from '../../../../assembly/questions/scaling.ts';
import { type ClockCall, callsOn, hasUnknownCalls } from '../../../../assembly/questions/schedules.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { all, any, type Truth, unknownIf } from '../../../../assembly/truth.ts';
import { momentAt, readSchedule, workingDays } from '../../../../aws/schedule.ts';
import { environmentKeys, rests } from '../../../../design/environments.ts';
import { type CriterionCase, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said, turns } from '../../words/cost-criteria.ts';

export type Turn = 'stop' | 'start';

/** @param minutes time of the day, from midnight, in the document's zone */
export function judgeTurn(
  { everywhere: graph, design, environment }: CriterionCase,
  turn: Turn,
  minutes: number,
): Finding {
  if (!rests(design, environment)) {
    const resting = environmentKeys(design).filter((key) => rests(design, key));
    return { notApplicable: resting.length === 0 ? said.noneRests : said.onlyOf({ environments: resting }) };
  }
  const things = stoppable(graph);
  if (things.length === 0) return noneOf(graph, said.nothingStoppable);
  const { timeZone } = design.inputs.workingHours;
  const holidays = turn === 'start' ? design.inputs.publicHolidays : [];
  const days = yearsOf(design.created, design.inputs.publicHolidays).flatMap((year) => workingDays(year, holidays));
  const moments = days.map((date) => ({ date, moment: momentAt(date, clock(minutes), timeZone) }));
  return things.flatMap(({ thing, steps }) =>
    steps(turn).map((step) => stepEvidence(graph, thing, step, moments, `${clock(minutes)} ${timeZone}`)),
  );
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The document's own year, and those of its holidays. */
function yearsOf(created: string, holidays: readonly string[]): readonly number[] {
  const own = /^\d{4}/.exec(created)?.[0] ?? '2026';
  return [...new Set([own, ...holidays.map((date) => date.slice(0, 4))].map(Number))].sort(
    (left, right) => left - right,
  );
}

interface Step {
  readonly turning: keyof typeof turns;
  readonly does: (call: ClockCall) => Truth;
}

interface Stoppable {
  readonly thing: Resource;
  /** What has to be done to it. */
  readonly steps: (turn: Turn) => readonly Step[];
}

function stoppable(graph: Assembly): readonly Stoppable[] {
  return [
    ...ofType(graph, 'AWS::ECS::Service').map((service) => ({ thing: service, steps: serviceSteps(graph, service) })),
    ...ofType(graph, 'AWS::RDS::DBCluster').map((thing) => ({ thing, steps: called('rds', 'DBCluster') })),
    ...ofType(graph, 'AWS::RDS::DBInstance')
      .filter(({ properties }) => properties.DBClusterIdentifier === undefined)
      .map((thing) => ({ thing, steps: called('rds', 'DBInstance') })),
    ...ofType(graph, 'AWS::EC2::Instance').map((thing) => ({ thing, steps: called('ec2', 'Instances') })),
  ];
}

const called =
  (service: string, noun: 'DBCluster' | 'DBInstance' | 'Instances') =>
  (turn: Turn): readonly Step[] => {
    const turning = `${turn}${noun}` as const;
    return [{ turning, does: ({ operation }) => operation === `${service}:${turning}`.toLowerCase() }];
  };

/** A scaled service needs both: its bounds, or scaling would bring tasks back, and its number of tasks. A scheduled action does both. */
function serviceSteps(graph: Assembly, service: Resource) {
  const isScaled = targetOfService(graph, service) !== undefined;
  return (turn: Turn): readonly Step[] => {
    const isRight = (value: unknown): Truth => {
      const count = Number(value);
      if (value === undefined) return false;
      return Number.isNaN(count) ? undefined : turn === 'stop' ? count === 0 : count > 0;
    };
    const bounds: Step = {
      turning: turn === 'stop' ? 'noTaskAllowed' : 'tasksAllowed',
      does: ({ operation, told }) =>
        all([
          operation === 'scaling' || operation === 'applicationautoscaling:registerscalabletarget',
          isRight(told.MinCapacity ?? (turn === 'stop' ? told.MaxCapacity : undefined)),
          isRight(told.MaxCapacity ?? told.MinCapacity),
        ]),
    };
    const count: Step = {
      turning: turn === 'stop' ? 'noTask' : 'tasks',
      does: (call) =>
        any([
          call.operation === 'scaling' && bounds.does(call),
          call.operation === 'ecs:updateservice' && isRight(call.told.DesiredCount),
        ]),
    };
    return isScaled ? [bounds, count] : [count];
  };
}

function stepEvidence(
  graph: Assembly,
  thing: Resource,
  { turning, does }: Step,
  moments: readonly { readonly date: string; readonly moment: Date | undefined }[],
  when: string,
): Observation {
  const expected = said.turnAt({ turn: turns[turning], when });
  const calls = callsOn(graph, thing)
    .map((call) => ({ ...call, truth: does(call) }))
    .filter(({ truth }) => truth !== false);
  const working = calls.filter(({ broken }) => broken === undefined);
  const [first] = working;
  if (first === undefined) {
    const [broken] = calls;
    if (broken?.broken === undefined) {
      return on(thing).holds(unknownIf(hasUnknownCalls(graph)), { expected, observed: said.nothingByClock });
    }
    return on(broken.resource)
      .property(...broken.path)
      .holds(false, { expected, observed: said.brokenCall({ call: broken.resource.path, why: broken.broken }) });
  }
  const outcomes = moments.map(({ date, moment }) => ({ date, held: heldAt(working, moment) }));
  const missed = outcomes.find(({ held }) => held === false);
  const times = working.map(({ expression, timeZone }) => `${expression} ${timeZone}`).join('; ');
  return on(first.resource)
    .property(...first.path)
    .holds(all(outcomes.map(({ held }) => held)), {
      expected,
      observed: missed === undefined ? times : said.missedOn({ date: missed.date, times }),
    });
}

const heldAt = (calls: readonly (ClockCall & { readonly truth: Truth })[], moment: Date | undefined): Truth =>
  moment === undefined
    ? undefined
    : any(
        calls.map(({ expression, timeZone, truth }) => {
          const schedule = readSchedule(expression, timeZone);
          return all([truth, schedule?.kind === 'cron' ? schedule.actsAt(moment) : undefined]);
        }),
      );
