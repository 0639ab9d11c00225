// Verdicts on criteria as JUnit XML, the way that CI systems read tests: an environment is a suite, a criterion a case.

import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import { show } from '../../../design/show.ts';
import type { CriterionVerdict } from '../../../proof/judges/judge-criteria.ts';
import { inBoth, said } from './words.ts';

const suitesName = 'acceptance criteria';

/** By the beginning of a file, whether it is a report that `junitXml` made. */
export const isJunitOfOurs = (beginning: string): boolean => beginning.includes(`<testsuites name="${suitesName}" `);

export function junitXml(criteria: readonly CriterionVerdict[], lang: Language): string {
  const environments = [...new Set(criteria.map(({ environment }) => environment))];
  const suites = environments.map((environment) => {
    const own = criteria.filter((one) => one.environment === environment);
    const failures = own.filter(({ verdict }) => verdict === 'fail').length;
    const errors = own.filter(({ judgeFailed }) => judgeFailed).length;
    const skipped = own.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'pass').length - errors;
    return [
      `  <testsuite name="${escaped(environment)}" tests="${own.length}" failures="${failures}" errors="${errors}" skipped="${skipped}">`,
      ...own.map((one) => caseOf(one, lang)),
      '  </testsuite>',
    ].join('\n');
  });
  const count = (verdict: string) => criteria.filter((one) => one.verdict === verdict).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${suitesName}" tests="${criteria.length}" failures="${count('fail')}" errors="${criteria.filter(({ judgeFailed }) => judgeFailed).length}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(criterion: CriterionVerdict, lang: Language): string {
  const { id, text, environment, line, verdict, evidence, judgeFailed } = criterion;
  const reason = criterion.reason && inLanguage(criterion.reason, lang);
  const head = `    <testcase classname="${escaped(`${environment}.${id}`)}" name="${escaped(`${id} ${text}`)}"${line === 0 ? '' : ` line="${line}"`}`;
  if (verdict === 'pass') return `${head}/>`;
  if (judgeFailed) return `${head}><error message="${escaped(reason ?? verdict)}"/></testcase>`;
  if (verdict !== 'fail') return `${head}><skipped message="${escaped(reason ?? verdict)}"/></testcase>`;
  const wrong = evidence.filter((found) => found.verdict === 'fail');
  const body = wrong.map(
    ({ template, property, observed, expected }) =>
      said.seen({ place: `${template}#${property}`, observed: inBoth(observed), expected: inBoth(expected) })[lang],
  );
  const message = reason ?? said.observationsFail({ wrong: wrong.length, all: evidence.length })[lang];
  return `${head}><failure message="${escaped(message)}">${body.map(escaped).join('\n')}</failure></testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML. What version 1.0 has no way to write, a reader would not see either: it is shown by number. */
const escaped = (text: string) => show(text).replace(/[&<>"']/g, (one) => entities[one] ?? one);
