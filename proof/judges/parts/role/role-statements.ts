// IAM-1…3, IAM-5: each action that the document gives a role is allowed, on the things that it says and on nothing wider.
import {
  type Assembly,
  at,
  isSettled,
  isUnresolved,
  type Resource,
  textOf,
  type Value,
} from '../../../../assembly/graph.ts';
import type { Placed } from '../../../../assembly/properties.ts';
import {
  denialsOf,
  type Grant,
  grantsOfAction,
  isSpecific,
  openGrants,
} from '../../../../assembly/questions/permissions.ts';
import { cacheSecrets, databaseSecrets } from '../../../../assembly/questions/secrets.ts';
import { pointsAt, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { any, type Truth } from '../../../../assembly/truth.ts';
import type { Design, Role } from '../../../../design/schema.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said as evidenceWords } from '../../words/evidence.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/roles.ts';
import { onRole, roleId } from './roles.ts';

type RoleStatement = Role['statements'][number];

export const roleStatements: readonly StatementJudge[] = [
  {
    id: roleId,
    path: 'roles.*.statements.*',
    deviation: ({ design, indices: [role = 0, statement = 0] }) =>
      isDatabaseSecret(design.roles[role]?.statements[statement]) ? adrs.permissions : undefined,
    judge: onRole((judgeCase, wanted, role) => {
      const statement = wanted.statements[judgeCase.indices[1] ?? 0];
      return statement === undefined ? [missing(parts.inTheDesign)] : judgeStatement(judgeCase, statement, role);
    }),
  },
];

const isDatabaseSecret = (statement: RoleStatement | undefined) =>
  statement?.prefix === 'secretsmanager' && statement.scope !== undefined;

function judgeStatement({ everywhere, design }: StatementCase, statement: RoleStatement, role: Resource): Finding {
  const open = openGrants(everywhere, role);
  return statement.actions.flatMap((name) => {
    const action = `${statement.prefix}:${name}`;
    const expected = said.allowed({ action });
    const found = grantsOfAction(everywhere, role, action);
    const unknown = (some: readonly Placed[]) =>
      some.map(({ resource, path }) =>
        on(resource)
          .property(...path)
          .holds(undefined, { expected }),
      );
    if (found.length === 0)
      return open.length > 0
        ? unknown(open)
        : [on(role).holds(false, { expected, observed: evidenceWords.nothingFound })];
    return [
      ...found.flatMap((grant) => [
        ...grantEvidence(everywhere, design, statement, action, grant),
        ...grant.resources
          .flatMap((item) => denialsOf(everywhere, role, action, item))
          .map(({ resource, path }) =>
            on(resource)
              .property(...path)
              .holds(false, { expected, observed: said.denied({ action }) }),
          ),
      ]),
      // What may deny it again.
      ...unknown(open.filter(({ resource, path }) => at(resource.properties, ...path, 'Effect') !== 'Allow')),
    ];
  });
}

function grantEvidence(
  graph: Assembly,
  design: Design,
  statement: RoleStatement,
  action: string,
  grant: Grant,
): readonly Observation[] {
  const { resource, path, actions, resources } = grant;
  const { scope } = statement;
  const isWritten = on(resource)
    .property(...path, 'Action')
    .holds(actions.includes(action), { expected: action, observed: actions });
  // IAM refuses a statement that is on nothing.
  if (resources.length === 0)
    return [
      isWritten,
      on(resource)
        .property(...path, 'Resource')
        .isThere(),
    ];
  if (scope === undefined) return [isWritten];
  return [
    isWritten,
    ...resources.map((item) =>
      on(resource)
        .property(...path, 'Resource')
        .holds(fits(graph, statement, item, scope.prefixed), { expected: scope.text, observed: textOf(item) }),
    ),
    ...databaseSecretEvidence(graph, design, statement, action, grant),
  ];
}

const types: Readonly<Record<string, readonly string[]>> = {
  s3: ['AWS::S3::Bucket'],
  dynamodb: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  sqs: ['AWS::SQS::Queue'],
  sns: ['AWS::SNS::Topic'],
  secretsmanager: ['AWS::SecretsManager::Secret', 'AWS::SecretsManager::SecretTargetAttachment'],
};

/** Whether a resource is one specific thing of the service's kind, below a prefix where the document wants one. */
function fits(graph: Assembly, { prefix }: RoleStatement, item: Value, prefixed: boolean): Truth {
  const specific = isSpecific(item);
  const target = targetOf(graph, item);
  const kinds = types[prefix];
  if (specific !== true) return specific;
  if (target !== undefined && kinds !== undefined && !kinds.includes(target.type)) return false;
  // `<bucket>/*` is the whole bucket; a prefix has at least one character of its own before the star.
  if (!prefixed) return true;
  return isSettled(item) ? /[^/]\/[^*/]+.*\*?$/.test(textOf(item).replace(/^\$\{[^}]*\}/, 'bucket')) : undefined;
}

/** The database's secret must be among what may be read. Others that a role needs to start are the listed deviation. */
function databaseSecretEvidence(
  graph: Assembly,
  design: Design,
  statement: RoleStatement,
  action: string,
  { resource, path, resources }: Grant,
): readonly Observation[] {
  if (!isDatabaseSecret(statement) || statement.scope?.database !== true) return [];
  const excused = design.stacks.some(({ name }) => name === 'CacheStack') ? cacheSecrets(graph) : [];
  const secrets = [...databaseSecrets(graph), ...excused];
  return resources.map((item) =>
    on(resource)
      .property(...path, 'Resource')
      .holds(isOneOf(item, secrets), {
        expected: said.databaseSecret,
        observed: said.actionOn({ action, resource: textOf(item) }),
      }),
  );
}

/** An ARN with a part that only AWS knows, such as the account, is still none of a resource that it does not name. */
const isOneOf = (item: Value, secrets: readonly Resource[]): Truth =>
  any(secrets.map((secret) => (isUnresolved(item) ? refersTo(item, secret) : pointsAt(item, secret))));
