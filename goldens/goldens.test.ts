// What the command gives for five documents and ten templates of others, kept as it was last looked at. A difference says that something
// changed, not that it is wrong: whoever renews a golden (`npx vitest run --update=all goldens/goldens.test.ts`) has read the difference, and the commit says why.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, hashira } from '../cli/testing/hashira.ts';
import { documents } from './documents.ts';
import { inOtherLanguage, pageData, saidIn, sentencesIn } from './languages.ts';
import { costText, criteriaText, linesText, statementsText, templatesText } from './render.ts';

const scratch = mkdtempSync(join(process.env.TEST_SCRATCH ?? '.', 'goldens-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const golden = (...names: readonly string[]) => join(import.meta.dirname, 'kept', ...names);
const keep = (text: string, ...names: readonly string[]) => expect(`${text}\n`).toMatchFileSnapshot(golden(...names));

describe.each(documents)('the document $name', ({ name, text, options, quoted }) => {
  const file = join(scratch, `${name}.md`);
  const out = join(scratch, name);
  let built: CommandResult;
  let refused: boolean;

  beforeAll(() => {
    writeFileSync(file, text);
    built = hashira(['build', file, '--out', out, '--no-validation', ...options]);
    refused = built.code === 2;
  });

  const words = ({ code, stdout, stderr }: CommandResult): string =>
    [`exit code ${code}`, ...[stdout, stderr].map((text) => linesText(text.replaceAll(scratch, ''), quoted))].join(
      '\n',
    );
  const report = () => JSON.parse(readFileSync(join(out, 'build.json'), 'utf8'));

  it('is read and built with the same words', async () => {
    await keep(words(built), name, 'build.txt');
    if (name === 'own' || refused) await keep(words(hashira(['read', file, ...options])), name, 'read.txt');
  });

  it('gives the same templates', async () => {
    expect(existsSync(join(out, 'cdk.out'))).toBe(!refused);
    if (!refused) await keep(templatesText(join(out, 'cdk.out')), name, 'templates.txt');
  });

  it('gets the same verdicts', async () => {
    if (refused) return expect(existsSync(join(out, 'build.json'))).toBe(false);
    const { statements, criteria } = report();
    await keep(statementsText(statements), name, 'statements.txt');
    await keep(criteriaText(criteria), name, 'criteria.txt');
  });

  it('says what was seen in the one language and in the other', () => {
    if (refused) return expect(sentencesIn(built.stderr, 'ja')).toEqual([]);
    const { statements, criteria } = report();
    const told = saidIn({ statements, criteria });
    expect(told.length).toBeGreaterThan(100);
    expect(told.flatMap((said) => inOtherLanguage(said))).toEqual([]);
    const { texts, evidence } = pageData(readFileSync(join(out, 'report.html'), 'utf8'));
    const shown = [...new Set(evidence.flatMap(([, , observed, expected]) => [observed, expected]))].map(
      (at) => texts[at],
    );
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.flatMap((text) => (typeof text === 'string' ? sentencesIn(text, 'ja') : []))).toEqual([]);
  });

  it('costs the same', async () => {
    if (refused) return expect(hashira(['cost', file, ...options]).code).toBe(2);
    await keep(costText(report().cost), name, 'cost.txt');
  });
});

// The project's own document is held against what is written in cli/documented.test.ts.
const written = documents.filter(({ name }) => name === 'form' || name === 'least');

it.each(written)('the document $name is written back the same', async ({ name, text, options, quoted }) => {
  const file = join(scratch, `${name}-written.md`);
  writeFileSync(file, text);
  const { code, stdout } = hashira(['document', file, ...options]);
  expect(code).toBe(0);
  await keep(linesText(stdout, quoted), name, 'document.txt');
});

const cases = join(import.meta.dirname, '..', '..', 'shared', 'cases', 'templates');
/** Of each kind of trouble one: stacks, conditions, nesting, transforms, transport, secrets, alarms, scaling, files. */
const others = [
  '01-stack-not-named-by-environment',
  '02-nested-stack-of-an-assembly',
  '03-fn-if-as-a-rule',
  '06-sam-function-beside-a-role',
  '08-search-domain-over-http',
  '09-password-under-another-name',
  '20-cache-and-usual-egress',
  '21-alarm-by-balancer-and-targets',
  '33-cluster-without-subnet-group',
  '60-form-amount',
];

describe.runIf(existsSync(cases))('templates of others', () => {
  it.each(others)('%s is judged the same', async (name) => {
    const directory = join(cases, name, 'in');
    const { code, stdout, stderr } = hashira(['accept', directory, '--json'], scratch);
    const judged = code === 2 ? stderr : criteriaText(JSON.parse(stdout).criteria);
    await keep(`exit code ${code}\n${judged}`.replaceAll(directory, 'in'), 'accept', `${name}.txt`);
  });
});
