// Verdicts on criteria as JUnit XML, the way that CI systems read tests: an environment is a suite, a criterion a case.
import type { CriterionVerdict } from '../../proof/judges/criteria/judge-criteria.ts';

export function junitXml(criteria: readonly CriterionVerdict[]): string {
  const environments = [...new Set(criteria.map(({ environment }) => environment))];
  const suites = environments.map((environment) => {
    const own = criteria.filter((one) => one.environment === environment);
    const failures = own.filter(({ verdict }) => verdict === 'fail').length;
    const skipped = own.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'pass').length;
    return [
      `  <testsuite name="${escaped(environment)}" tests="${own.length}" failures="${failures}" errors="0" skipped="${skipped}">`,
      ...own.map(caseOf),
      '  </testsuite>',
    ].join('\n');
  });
  const count = (verdict: string) => criteria.filter((one) => one.verdict === verdict).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="acceptance criteria" tests="${criteria.length}" failures="${count('fail')}" errors="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf({ id, text, environment, line, verdict, evidence, reason }: CriterionVerdict): string {
  const head = `    <testcase classname="${escaped(`${environment}.${id}`)}" name="${escaped(`${id} ${text}`)}"${line === 0 ? '' : ` line="${line}"`}`;
  if (verdict === 'pass') return `${head}/>`;
  if (verdict !== 'fail') return `${head}><skipped message="${escaped(reason ?? verdict)}"/></testcase>`;
  const wrong = evidence.filter((found) => found.verdict === 'fail');
  const body = wrong.map(
    ({ template, property, observed, expected }) =>
      `${template}#${property}: observed ${JSON.stringify(observed)}, expected ${JSON.stringify(expected)}`,
  );
  const message = reason ?? `${wrong.length} of ${evidence.length} observations fail`;
  return `${head}><failure message="${escaped(message)}">${escaped(body.join('\n'))}</failure></testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML: without the characters that version 1.0 has no way to write. */
const escaped = (text: string) =>
  [...text]
    .filter((one) => one >= ' ' || one === '\t' || one === '\n' || one === '\r')
    .filter((one) => one !== '\ufffe' && one !== '\uffff')
    .map((one) => entities[one] ?? one)
    .join('');
