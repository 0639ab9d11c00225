// A platform is started from templates that hold: what an earlier one did under load is no reason to refuse the next.
import { expect, test } from 'vitest';
import type { Evidence } from '../../../proof/judges/judge.ts';
import { templatesFailed } from './build.ts';

const evidence = (template: string, verdict: Evidence['verdict']): Evidence => ({
  ...{ resource: '', logicalId: '', stack: '', property: '', observed: '', expected: '' },
  ...{ template, verdict },
});
const said = (...found: readonly Evidence[]) => ({ verdict: 'fail' as const, evidence: found });
const stated = (path: string) => ({ ...said(template), path });
const run = evidence('runtime/development-load.json', 'fail');
const template = evidence('DevelopmentComputeStack.template.json', 'fail');
const good = evidence('DevelopmentComputeStack.template.json', 'pass');

test.each([
  ['a criterion that a run did not meet', { criteria: [said(good, run)] }, false],
  ['a criterion that the templates do not meet', { criteria: [said(template)] }, true],
  ['one that neither meets', { criteria: [said(run, template)] }, true],
  ['a statement that the templates do not carry out', { statements: [stated('region')] }, true],
  ['a stack that is not built', { statements: [stated('stacks.0.name')] }, true],
  ['a link to a file that is not there', { statements: [stated('relatedAdr.0'), stated('basedOn')] }, false],
  [
    'a file of a stack that is not there',
    { statements: [stated('stacks.0.file'), stated('stacks.0.outputs.1')] },
    false,
  ],
  ['a finding of the validator', { findings: ['F1'] }, true],
  ['nothing', {}, false],
])('%s', (_, report, failed) => {
  expect(templatesFailed({ statements: [], criteria: [], findings: [], ...report })).toBe(failed);
});
