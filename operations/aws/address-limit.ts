// What the firewall in front of a deployed platform lets one address ask for: a load from one machine runs into it long before the
// platform is at its end.

import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import { at, literal } from '../../assembly/graph.ts';
import { listAt } from '../../assembly/properties.ts';
import type { Target } from '../target.ts';

/** The strictest rule by which it blocks an address. */
export function addressLimitOf(environmentGraph: EnvironmentGraph): Pick<Target, 'addressLimit'> {
  const [strictest] = environmentGraph
    .all('AWS::WAFv2::WebACL')
    .flatMap((acl) => listAt(acl, ['Rules']))
    .filter((rule) => at(rule, 'Action', 'Block') !== undefined)
    .map((rule) => at(rule, 'Statement', 'RateBasedStatement'))
    .map((rate) => ({
      requests: Number(literal(at(rate, 'Limit'))),
      // Where it says nothing, AWS looks at five minutes.
      seconds: Number(literal(at(rate, 'EvaluationWindowSec')) ?? 300),
    }))
    .filter(({ requests }) => requests > 0)
    .toSorted((a, b) => a.requests / a.seconds - b.requests / b.seconds);
  return strictest === undefined ? {} : { addressLimit: strictest };
}

/** Whether so many requests a second, for so many seconds, all get past it. */
export const isWithin = (
  { addressLimit: limit }: Pick<Target, 'addressLimit'>,
  rps: number,
  seconds: number,
): boolean => limit === undefined || rps * Math.min(seconds, limit.seconds) <= limit.requests;
