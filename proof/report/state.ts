// What a line of the document comes to: one word out of all verdicts on it. The page and the data share it.
import type { Environment } from '../../design/schema.ts';
import type { ReportLine, ReportVerdict } from './report-data.ts';

/**
 * - `carried`: everything that the line says is in the templates
 * - `deviation`: something is otherwise, and a decision says why
 * - `failed`: something is not as the line has it
 * - `open`: something has no verdict, be it that nobody reads it or that only a running platform can show it
 * - `unbound`: the line speaks of no environment that is looked at
 * - `prose`: the line says nothing that could be held against templates
 */
export const states = ['carried', 'deviation', 'failed', 'open', 'unbound', 'prose'] as const;
export type State = (typeof states)[number];

/** The state of verdicts taken together; the gravest counts. */
function stateOf(verdicts: readonly Pick<ReportVerdict, 'verdict' | 'deviation'>[]): Exclude<State, 'prose'> {
  const has = (...words: readonly string[]) => verdicts.some(({ verdict }) => words.includes(verdict));
  if (has('fail')) return 'failed';
  if (verdicts.some(({ deviation }) => deviation !== undefined)) return 'deviation';
  if (has('not-judged', 'unresolved', 'needs-runtime')) return 'open';
  return has('pass') ? 'carried' : 'unbound';
}

/** The state of a line in some environments. */
export function lineState({ kind, statements = [] }: ReportLine, environments: readonly Environment[]): State {
  if (kind !== 'statement') return 'prose';
  return stateOf(
    statements.flatMap(({ verdicts }) => verdicts.filter(({ environment }) => environments.includes(environment))),
  );
}
