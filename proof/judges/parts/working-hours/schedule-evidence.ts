// When what can be stopped is stopped, and when it is started again (AC-COST-1, AC-COST-2): every service and every database, on every
// working day of the years that the document speaks of. Caches, NAT gateways and load balancers cannot be stopped at all (ADR-023).

import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { type ClockCall, callsOn, timesOf, unknownCalls } from '../../../../assembly/questions/schedules.ts';
import { type Step, stepsOf, stoppable, type Tasks, type Turn } from '../../../../assembly/questions/turns.ts';
import { type Truth, unknownIf } from '../../../../assembly/truth.ts';
import { datesOf, isWorkingDay } from '../../../../aws/schedule.ts';
import { environmentKeys, rests } from '../../../../design/environments.ts';
import type { Design } from '../../../../design/schema.ts';
import { type CriterionCase, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said, turns } from '../../words/cost-criteria.ts';

/** @param minutes time of the day, from midnight, in the document's zone */
export function judgeTurn({ everywhere, design, environment }: CriterionCase, turn: Turn, minutes: number): Finding {
  if (!rests(design, environment)) {
    const resting = environmentKeys(design).filter((key) => rests(design, key));
    return { notApplicable: resting.length === 0 ? said.noneRests : said.onlyOf({ environments: resting }) };
  }
  const evidence = turnEvidence(everywhere, design, { turn, time: clock(minutes) });
  return evidence.length === 0 ? noneOf(everywhere, said.nothingStoppable) : evidence;
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** What is to happen. */
interface Wanted {
  readonly turn: Turn;
  /** `19:00`, in the document's zone. */
  readonly time: string;
  /** Where it is said how many tasks a service has by day. */
  readonly tasks?: Tasks;
  /** Whether it must happen at no other time, and nothing be started on a day that is off. */
  readonly alone?: true;
}

/** Evidence on each thing that can be stopped and on each step that it takes. */
export const turnEvidence = (graph: Assembly, design: Design, wanted: Wanted): readonly Observation[] =>
  stoppable(graph).flatMap((thing) =>
    stepsOf(graph, thing, wanted.turn, wanted.tasks).map((step) => stepEvidence(graph, design, wanted, thing, step)),
  );

function stepEvidence(
  graph: Assembly,
  design: Design,
  wanted: Wanted,
  thing: Resource,
  { turning, does }: Step,
): Observation {
  const { timeZone } = design.inputs.workingHours;
  const tasks = turning === 'tasks' || turning === 'tasksAllowed' ? wanted.tasks : undefined;
  const expected = said.turnAt({ turn: turns[turning], when: `${wanted.time} ${timeZone}`, tasks });
  const calls = callsOn(graph, thing).flatMap((call) => {
    const truth = does(call);
    return truth === false ? [] : [{ ...call, truth }];
  });
  const working = calls.filter(({ broken }) => broken === undefined);
  const [first] = working;
  if (first === undefined) {
    const [broken] = calls;
    if (broken?.broken === undefined) {
      const truth = unknownIf(unknownCalls(graph, design).length > 0);
      return on(thing).holds(truth, { expected, observed: said.nothingByClock });
    }
    return on(broken.resource)
      .property(...broken.path)
      .holds(false, { expected, observed: said.brokenCall({ call: broken.resource.path, why: broken.broken }) });
  }
  const { truth, missed } = held(working, design, wanted);
  const times = working.map(({ expression, timeZone: zone }) => `${expression} ${zone}`).join('; ');
  return on(first.resource)
    .property(...first.path)
    .holds(truth, { expected, observed: missed === undefined ? times : said.missedOn({ date: missed, times }) });
}

type Call = ClockCall & { readonly truth: Truth };

/** Whether calls are made on every day as they should be, with the first date on which those that are known are not. */
function held(calls: readonly Call[], { inputs, created }: Design, wanted: Wanted) {
  const { publicHolidays, workingHours } = inputs;
  const years = yearsOf(created, publicHolidays);
  const known = calls.flatMap((call) => {
    const times = timesOf(call, workingHours.timeZone, years);
    return times === undefined || call.truth === undefined ? [] : [times];
  });
  const isKnown = known.length === calls.length;
  const holidays = wanted.turn === 'start' ? publicHolidays : [];
  const missed = years.flatMap(datesOf).find((date) => {
    const times = known.flatMap((of) => of.get(date) ?? []);
    const isOff = !isWorkingDay(date, holidays);
    if (wanted.alone && !times.every((time) => time === wanted.time)) return true;
    // What is off may be stopped again; it must not be started.
    return isOff ? wanted.alone && wanted.turn === 'start' && times.length > 0 : !times.includes(wanted.time);
  });
  const truth: Truth = missed !== undefined ? unknownIf(!isKnown) : isKnown || !wanted.alone || undefined;
  return { truth, missed };
}

/** The document's own year, and those of its holidays. */
function yearsOf(created: string, holidays: readonly string[]): readonly number[] {
  const own = /^\d{4}/.exec(created)?.[0] ?? '2026';
  return [...new Set([own, ...holidays.map((date) => date.slice(0, 4))].map(Number))].sort(
    (left, right) => left - right,
  );
}
