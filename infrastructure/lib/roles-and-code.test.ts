// Roles and code agree (IAM-2, IAM-3, IAM-5): what the workload calls it may do; what it may do it calls, or the document says.
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { permissionsOf } from '../../services/testing/permissions.ts';
import { additions } from './permissions.ts';
import { actionsOf, statements } from './testing/data-stacks.ts';
import { platformOf, stacksOf } from './testing/environment.ts';

const outputs = { task: /OutputRefTaskRole/, lambda: /OutputRefFunctionRole/ } as const;
type WorkloadRole = keyof typeof outputs;
const roles = Object.keys(outputs) as WorkloadRole[];

/** Actions that the policies of all stacks give a role. */
function allowed(role: WorkloadRole): string[] {
  const all = stacksOf(platformOf(exampleDesign, ['production'])).flatMap((stack) =>
    statements(Template.fromStack(stack)),
  );
  const own = all.filter((found) => outputs[role].test(found.role)).flatMap(({ statement }) => actionsOf(statement));
  return [...new Set(own)].sort();
}

const documented = (role: WorkloadRole) =>
  exampleDesign.roles
    .filter(({ kind }) => kind === role)
    .flatMap((wanted) => wanted.statements)
    .flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`));

/** What is used without a call in the code: keys behind encrypted parts, the collector beside the task, Lambda's own tracing. */
const withoutCall = /^(kms|xray|logs):/;

describe('roles and code agree', () => {
  test.each(roles)('%s may do all that its code calls', (role) => {
    const called = permissionsOf(role).map(({ action }) => action);
    expect(called.length).toBeGreaterThan(3);
    expect(called.filter((action) => !allowed(role).includes(action))).toEqual([]);
  });

  test.each(roles)('%s may do nothing beyond the document that its code does not call', (role) => {
    const called = permissionsOf(role).map(({ action }) => action);
    const idle = allowed(role).filter(
      (action) => !documented(role).includes(action) && !called.includes(action) && !withoutCall.test(action),
    );
    expect(idle).toEqual([]);
  });

  test.each(roles)('whatever %s may do beyond the document is a listed deviation', (role) => {
    const beyond = allowed(role).filter((action) => !documented(role).includes(action));
    expect(beyond.filter((action) => additions[role][action] === undefined)).toEqual([]);
  });

  test.each(roles)('every permission that the document gives %s has code that uses it', (role) => {
    const called = permissionsOf(role).map(({ action }) => action);
    expect(documented(role).filter((action) => !called.includes(action) && !withoutCall.test(action))).toEqual([]);
  });
});
