// Where the actions of a statement come from: the document, then the additions that have a reason (IAM-5).
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { actionsFor, additions, allow, allowKey } from './permissions.ts';

describe('the actions of a role for a service', () => {
  test("are the document's and the additions", () => {
    expect(actionsFor(exampleDesign, 'lambda', 'sqs')).toEqual([
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:SendMessage',
      'sqs:GetQueueAttributes',
    ]);
  });

  test('are none for a role that the document does not have', () => {
    const design = { ...exampleDesign, roles: exampleDesign.roles.filter(({ kind }) => kind !== 'lambda') };
    expect(actionsFor(design, 'lambda', 'sqs')).toEqual([]);
  });

  test('name an action once when the document has an addition too', () => {
    const roles = exampleDesign.roles.map((role) =>
      role.kind === 'task'
        ? {
            ...role,
            statements: [{ service: 'SQS', prefix: 'sqs', actions: ['DeleteMessage', 'PurgeQueue'] }],
          }
        : role,
    );
    expect(actionsFor({ ...exampleDesign, roles }, 'task', 'sqs')).toEqual([
      'sqs:DeleteMessage',
      'sqs:PurgeQueue',
      'sqs:ChangeMessageVisibility',
    ]);
  });
});

test('every addition is one action with a reason, and none is in the document already', () => {
  for (const role of exampleDesign.roles) {
    const documented = role.statements.flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`));
    for (const [action, reason] of Object.entries(additions[role.kind])) {
      expect(action).toMatch(/^[a-z]+:[A-Z][A-Za-z]+$/);
      expect(reason).toMatch(/\w.*\.$/);
      expect(documented).not.toContain(action);
    }
  }
});

describe('a statement', () => {
  test('is left out when there is nothing to allow', () => {
    expect(allow('Nothing', [], 'arn')).toEqual([]);
  });

  test('for a key holds for calls through the named services only', () => {
    const [statement] = allowKey('Key', ['kms:Decrypt'], 'arn', 'eu-west-1', ['sqs', 'sns']);
    expect(statement?.toStatementJson()).toMatchObject({
      Condition: { StringEquals: { 'kms:ViaService': ['sqs.eu-west-1.amazonaws.com', 'sns.eu-west-1.amazonaws.com'] } },
    });
  });
});
