// How verdicts on criteria look on a terminal: one line an environment, then whatever failed with its evidence.

import { type Assembly, textOf } from '../../../assembly/graph.ts';
import { shownIn } from '../../../design/messages/said.ts';
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import type { Challenge } from '../../../proof/judges/challenge.ts';
import type { CriterionVerdict } from '../../../proof/judges/judge-criteria.ts';
import { catalogues } from '../messages.ts';
import { print } from '../output.ts';
import { table } from '../print.ts';
import { criteriaCatalogues } from './messages.ts';

const verdicts = ['pass', 'fail', 'needs-runtime', 'unresolved', 'not-applicable', 'not-judged'] as const;
const shownEvidence = 10;

/** One line an environment: how many criteria have which verdict. */
export function criteriaTable(criteria: readonly CriterionVerdict[], lang: Language): readonly string[] {
  const say = catalogues[lang];
  const environments = [...new Set(criteria.map(({ environment }) => environment))];
  const shown = verdicts.filter(
    (verdict) => verdict === 'pass' || verdict === 'fail' || criteria.some((one) => one.verdict === verdict),
  );
  const count = (environment: Environment, verdict: string) =>
    criteria.filter((one) => one.environment === environment && one.verdict === verdict).length;
  return table(
    [criteriaCatalogues[lang].heading, ...shown.map((verdict) => say.verdicts[verdict])],
    environments.map((environment) => [environment, ...shown.map((verdict) => String(count(environment, verdict)))]),
    shown.map((_, index) => index + 1),
  );
}

/** One line a criterion: its verdict in each environment, and whether the pass was withdrawn or has not been tried. */
export function verdictTable(
  criteria: readonly CriterionVerdict[],
  challenge: Challenge | undefined,
  lang: Language,
): readonly string[] {
  const say = catalogues[lang];
  const environments = [...new Set(criteria.map(({ environment }) => environment))];
  const ids = [...new Set(criteria.map(({ id }) => id))];
  const verdictOf = (id: string, environment: Environment) =>
    criteria.find((one) => one.id === id && one.environment === environment)?.verdict ?? 'not-judged';
  const { id: heading, withdrawn, untried } = criteriaCatalogues[lang];
  const noteOn = (id: string, environment: Environment) => {
    const isIn = (list: Challenge['untried'] = []) =>
      list.some((one) => one.id === id && one.environment === environment);
    return isIn(challenge?.withdrawn) ? withdrawn : isIn(challenge?.untried) ? untried : '';
  };
  return table(
    [heading, ...environments],
    ids.map((id) => [
      id,
      ...environments.map((environment) => say.verdicts[verdictOf(id, environment)] + noteOn(id, environment)),
    ]),
  );
}

/** Every criterion that failed, with what was seen and what was expected. */
export function printFailedCriteria(criteria: readonly CriterionVerdict[], lang: Language): void {
  const say = catalogues[lang];
  const own = criteriaCatalogues[lang];
  const failures = criteria.filter(({ verdict }) => verdict === 'fail');
  if (failures.length === 0) return;
  print('', own.failures(failures.length));
  for (const { id, line, environment, text, evidence, reason } of failures) {
    print(`  ${id} · ${environment} · ${line === 0 ? own.noLine : say.line(line)}: ${text}`);
    if (reason !== undefined) print(`    ${own.reason}: ${inLanguage(reason, lang)}`);
    const wrong = evidence.filter(({ verdict }) => verdict === 'fail');
    for (const found of wrong.slice(0, shownEvidence)) {
      const where = [found.stack, found.resource, found.property].filter((part) => part !== '').join(' ');
      if (where !== '') print(`    ${where}`);
      print(
        `      ${say.observed} ${shownIn(found.observed, lang)} · ${say.expected} ${shownIn(found.expected, lang)}`,
      );
    }
    if (wrong.length > shownEvidence) print(`    ${say.more(wrong.length - shownEvidence)}`);
  }
}

/** Judges of the team's own that failed, once for each environment, with the place where they did. */
export function printFailedJudges(criteria: readonly CriterionVerdict[], lang: Language): void {
  const failed = criteria.filter(({ judgeFailed }) => judgeFailed);
  if (failed.length === 0) return;
  print('', criteriaCatalogues[lang].judgesFailed(failed.length));
  print(...failed.map(({ id, environment, reason = '' }) => `  ${id} · ${environment}: ${inLanguage(reason, lang)}`));
}

/** Verdicts that rest on the defaults of parameters, with those: a deployment may give others. */
export function printAssumed(criteria: readonly CriterionVerdict[], lang: Language): void {
  const own = criteriaCatalogues[lang];
  const resting = criteria.flatMap(({ id, environment, verdict, evidence }) => {
    const defaults = evidence.flatMap((one) =>
      one.verdict === verdict || verdict !== 'fail' ? (one.defaults ?? []) : [],
    );
    const named = [...new Set(defaults.map(({ parameter, value }) => `${parameter}=${textOf(value)}`))];
    return named.length === 0 ? [] : [`  ${id} · ${environment}: ${named.join(', ')}`];
  });
  if (resting.length > 0) print('', own.restOnDefaults(resting.length), ...resting);
}

/** How many hold, do not, and were not told, of which regions, and which passes were withdrawn. */
export function printLastLine(
  criteria: readonly CriterionVerdict[],
  { stacks }: Assembly,
  challenge: Challenge | undefined,
  lang: Language,
): void {
  const own = criteriaCatalogues[lang];
  const count = (...wanted: readonly string[]) => criteria.filter(({ verdict }) => wanted.includes(verdict)).length;
  const regions = [...new Set(stacks.map(({ region }) => region))].filter((region) => region !== 'unknown-region');
  const counts = own.counts({
    hold: count('pass'),
    fail: count('fail'),
    untold: count('unresolved', 'needs-runtime', 'not-judged'),
    not: count('not-applicable'),
  });
  const line = own.lastLine(counts, regions);
  print('', challenge === undefined ? line : own.challenged(line, challenge));
}

/** What is neither passed nor failed nor left to a running platform, with the reason. */
export function printOpenCriteria(criteria: readonly CriterionVerdict[], lang: Language): void {
  const say = catalogues[lang];
  const open = criteria.filter(
    ({ verdict, judgeFailed }) => ['unresolved', 'not-judged'].includes(verdict) && !judgeFailed,
  );
  if (open.length === 0) return;
  print('', criteriaCatalogues[lang].open(open.length));
  for (const { id, environment, verdict, evidence, reason } of open) {
    const [first] = evidence.filter((found) => found.verdict === 'unresolved');
    const seen = first === undefined ? '' : `${first.resource} ${first.property}: ${shownIn(first.observed, lang)}`;
    const why = reason === undefined ? seen : inLanguage(reason, lang);
    print(`  ${id} · ${environment} · ${say.verdicts[verdict]}: ${why}`);
  }
}
