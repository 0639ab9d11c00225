// How findings of checks look on a terminal: one line each, its check and verdict first.
import type { PreflightFinding, PreflightFindings, PreflightResult } from '../../../operations/preflight/result.ts';
import type { SmokeFinding, SmokeFindings, SmokeResult } from '../../../operations/smoke/result.ts';
import { padded } from '../print.ts';
import type { CheckMessages } from './messages.ts';

type Verdict = keyof CheckMessages['verdicts'];

export const preflightLine = (result: PreflightResult, say: CheckMessages): string =>
  line(say.checks[result.check], result.verdict, preflightSentence(result, say), say);

export const smokeLine = (result: SmokeResult, say: CheckMessages): string =>
  line(say.checks[result.check], result.verdict, smokeSentence(result, say), say);

const line = (check: string, verdict: Verdict, sentence: string, say: CheckMessages): string =>
  `${padded(say.verdicts[verdict], 8)}  ${padded(check, 16)}  ${sentence}`;

export function preflightSentence<Is extends keyof PreflightFindings>(
  { is, facts }: PreflightFinding<Is>,
  say: CheckMessages,
): string {
  return say.preflight[is](facts);
}

function smokeSentence<Is extends keyof SmokeFindings>({ is, facts }: SmokeFinding<Is>, say: CheckMessages): string {
  return say.smoke[is](facts);
}

/** `5 ok · 1 warning`, in a fixed order, without what there is none of. */
export function totalOf(results: readonly { readonly verdict: Verdict }[], say: CheckMessages): string {
  const order = ['ok', 'warn', 'fail', 'unknown', 'not-here'] as const;
  const counts = order.map((verdict) => [verdict, results.filter((each) => each.verdict === verdict).length] as const);
  return say.total(
    counts.filter(([, count]) => count > 0).map(([verdict, count]) => [say.verdicts[verdict], count] as const),
  );
}

/** What could not be found out is not well: a pipeline must not go on because a permission was missing. */
export const wellEnough = (results: readonly { readonly verdict: Verdict }[]): boolean =>
  results.every(({ verdict }) => verdict !== 'fail' && verdict !== 'unknown');
