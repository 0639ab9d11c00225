// Judges a platform for the scenarios of its cost: which statements of the document fail in it.

import type { Failures } from '../../proof/cost/scenarios/scenarios.ts';
import { judgeStatements } from '../../proof/judges/judge-statements.ts';
import { root } from '../root.ts';
import type { Subject } from './subject.ts';

/** Without a document there is nothing to hold a platform against. */
export function failuresOf({ design, lines }: Subject): Failures | undefined {
  if (design === undefined) return undefined;
  return (input) =>
    new Set(
      judgeStatements({
        graph: input.graph,
        design: input.design ?? design,
        lines,
        environments: [input.environment],
        repository: root,
      })
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ line, path }) => `${line} ${path}`),
    );
}
