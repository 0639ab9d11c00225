// What an environment costs that stands for some hours only: by the hour what the estimate has by the month, everything running.

import { monthHours } from '../../aws/schedule.ts';
import type { Group } from '../../design/words/cost-groups.ts';
import { type EstimateInput, estimate } from './estimate.ts';
import { cents } from './money.ts';
import type { CostProblem } from './problem.ts';

export interface HourlyCost {
  /** USD an hour, before tax. */
  readonly hour: number;
  /** USD for all hours. */
  readonly total: number;
  /** In the document's order, under its names. */
  readonly groups: readonly { readonly group: Group; readonly name: string; readonly total: number }[];
  /** The day of the oldest price that was used. */
  readonly oldest: string;
}

/** @param hours how long it stands */
export function costOfHours(
  input: Omit<EstimateInput, 'overrides'>,
  hours: number,
): { readonly cost: HourlyCost } | { readonly problems: readonly CostProblem[] } {
  // Nothing stops for the night in so short a time, and whether an account's allowances are used up nobody here knows.
  const { estimate: found, problems } = estimate({ ...input, overrides: { hoursPerWeek: 168, freeTierShare: 0 } });
  if (found === undefined) return { problems };
  const share = hours / monthHours;
  return {
    cost: {
      hour: cents(found.monthly / monthHours),
      total: cents(found.monthly * share),
      groups: found.groups.map(({ group, name, monthly }) => ({ group, name, total: cents(monthly * share) })),
      oldest: found.lines.map(({ date }) => date).sort()[0] ?? '',
    },
  };
}
