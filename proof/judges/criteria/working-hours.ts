// When what can be stopped is stopped, and when it is started again (AC-COST-1, AC-COST-2): every service and every database, on every
// working day of the years that the document speaks of. Caches, NAT gateways and load balancers cannot be stopped at all (ADR-023).

import type { Assembly, Resource } from '../../../assembly/graph.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { type ClockCall, callsOn, hasUnknownCalls } from '../../../assembly/questions/schedules.ts';
import { ofType } from '../../../assembly/relations.ts';
import { momentAt, readSchedule, workingDays } from '../../../aws/schedule.ts';
import { environmentKeys, rests } from '../../../design/environments.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase } from './criterion.ts';

export type Turn = 'stop' | 'start';

/** @param minutes time of the day, from midnight, in the document's zone */
export function judgeTurn(
  { everywhere: graph, design, environment }: CriterionCase,
  turn: Turn,
  minutes: number,
): Finding {
  if (!rests(design, environment)) {
    const resting = environmentKeys(design).filter((key) => rests(design, key));
    if (resting.length === 0) return { notApplicable: 'the document stops no environment at night' };
    return { notApplicable: `the sentence speaks of ${resting.join(', ')}` };
  }
  const things = stoppable(graph);
  if (things.length === 0) return { notApplicable: 'there is nothing that can be stopped' };
  const { timeZone } = design.inputs.workingHours;
  const holidays = turn === 'start' ? design.inputs.publicHolidays : [];
  const days = yearsOf(design.created, design.inputs.publicHolidays).flatMap((year) => workingDays(year, holidays));
  const moments = days.map((date) => ({ date, moment: momentAt(date, clock(minutes), timeZone) }));
  return things.flatMap(({ thing, turns }) =>
    turns(turn).map(({ what, does }) => {
      const calls = callsOn(graph, thing).filter(does);
      return turnEvidence(graph, thing, what, calls, moments, `${clock(minutes)} ${timeZone}`);
    }),
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

interface Turning {
  readonly what: string;
  readonly does: (call: ClockCall) => boolean;
}

interface Stoppable {
  readonly thing: Resource;
  /** What has to be done to it. */
  readonly turns: (turn: Turn) => readonly Turning[];
}

function stoppable(graph: Assembly): readonly Stoppable[] {
  return [
    ...ofType(graph, 'AWS::ECS::Service').map((service) => ({ thing: service, turns: serviceTurns(graph, service) })),
    ...ofType(graph, 'AWS::RDS::DBCluster').map((thing) => ({ thing, turns: called('rds', 'DBCluster') })),
    ...ofType(graph, 'AWS::RDS::DBInstance')
      .filter(({ properties }) => properties.DBClusterIdentifier === undefined)
      .map((thing) => ({ thing, turns: called('rds', 'DBInstance') })),
    ...ofType(graph, 'AWS::EC2::Instance').map((thing) => ({ thing, turns: called('ec2', 'Instances') })),
  ];
}

const called =
  (service: string, noun: string) =>
  (turn: Turn): readonly Turning[] => {
    const call = `${service}:${turn}${noun}`.toLowerCase();
    return [{ what: `${turn}${noun}`, does: ({ operation }) => operation === call }];
  };

/** A scaled service needs both: its bounds, or scaling would bring tasks back, and its number of tasks. A scheduled action does both. */
function serviceTurns(graph: Assembly, service: Resource) {
  const scaled = targetOfService(graph, service) !== undefined;
  return (turn: Turn): readonly Turning[] => {
    const right = (value: unknown) =>
      value !== undefined && (turn === 'stop' ? Number(value) === 0 : Number(value) > 0);
    const bounds: Turning = {
      what: turn === 'stop' ? 'no task allowed' : 'tasks allowed',
      does: ({ operation, told }) =>
        (operation === 'scaling' || operation === 'applicationautoscaling:registerscalabletarget') &&
        right(told.MinCapacity ?? (turn === 'stop' ? told.MaxCapacity : undefined)) &&
        right(told.MaxCapacity ?? told.MinCapacity),
    };
    const count: Turning = {
      what: turn === 'stop' ? 'no task' : 'tasks',
      does: (call) =>
        (call.operation === 'scaling' && bounds.does(call)) ||
        (call.operation === 'ecs:updateservice' && right(call.told.DesiredCount)),
    };
    return scaled ? [bounds, count] : [count];
  };
}

function turnEvidence(
  graph: Assembly,
  thing: Resource,
  what: string,
  calls: readonly ClockCall[],
  moments: readonly { readonly date: string; readonly moment: Date | undefined }[],
  when: string,
): Evidence {
  const expected = `${what} at ${when} on working days`;
  const working = calls.filter(({ broken }) => broken === undefined);
  const [first] = working;
  if (first === undefined) {
    const [broken] = calls;
    const observed =
      broken === undefined ? 'nothing does that by the clock' : `${broken.resource.path}: ${broken.broken}`;
    const unknown = broken === undefined && hasUnknownCalls(graph);
    return seen(graph, broken?.resource ?? thing, broken?.path ?? [], observed, expected, unknown ? undefined : false);
  }
  const outcomes = moments.map(({ date, moment }) => ({ date, held: heldAt(working, moment) }));
  const missed = outcomes.find(({ held }) => held === false);
  const open = outcomes.find(({ held }) => held === undefined);
  const times = working.map(({ expression, timeZone }) => `${expression} ${timeZone}`).join('; ');
  const observed = missed === undefined ? times : `not on ${missed.date}: ${times}`;
  const holds = missed !== undefined ? false : open === undefined ? true : undefined;
  return seen(graph, first.resource, first.path, observed, expected, holds);
}

function heldAt(calls: readonly ClockCall[], moment: Date | undefined): boolean | undefined {
  if (moment === undefined) return undefined;
  const found = calls.map(({ expression, timeZone }) => {
    const schedule = readSchedule(expression, timeZone);
    return schedule?.kind === 'cron' ? schedule.actsAt(moment) : undefined;
  });
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}
