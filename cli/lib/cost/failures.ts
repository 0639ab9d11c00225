// Judges a platform for the scenarios of its cost: which statements and criteria of the document fail in it.

import type { Failures } from '../../../proof/cost/scenarios/scenarios.ts';
import { judgeCriteria } from '../../../proof/judges/judge-criteria.ts';
import { judgeStatements } from '../../../proof/judges/judge-statements.ts';
import { root } from '../root.ts';
import type { Subject } from './subject.ts';

/** Without a document there is nothing to hold a platform against. */
export function failuresOf({ design, lines }: Subject): Failures | undefined {
  if (design === undefined) return undefined;
  return async ({ graph, design: changed = design, environment }) => {
    const input = { graph, design: changed, lines, environments: [environment], repository: root };
    const statements = judgeStatements(input).map(({ verdict, line, path }) => ({ verdict, name: `${line} ${path}` }));
    const criteria = (await judgeCriteria(input)).map(({ verdict, id }) => ({ verdict, name: id }));
    return new Set([...statements, ...criteria].filter(({ verdict }) => verdict === 'fail').map(({ name }) => name));
  };
}
