// IAM-1…3, IAM-5: each action that the document gives a role is allowed, on the things that it says and on nothing wider.
import { at, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { denialsOf, type Grant, grantsOfAction, isSpecific } from '../../../assembly/questions/permissions.ts';
import { ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import type { Role } from '../../../design/schema.ts';
import { adrs } from '../deviations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
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
      return statement === undefined
        ? [nothing('a statement of the design')]
        : judgeStatement(judgeCase, statement, role);
    }),
  },
];

const isDatabaseSecret = (statement: RoleStatement | undefined) =>
  statement?.prefix === 'secretsmanager' && statement.scope !== undefined;

function judgeStatement(judgeCase: StatementCase, statement: RoleStatement, role: Resource): Finding {
  const { everywhere } = judgeCase;
  return statement.actions.flatMap((name) => {
    const action = `${statement.prefix}:${name}`;
    const found = grantsOfAction(everywhere, role, action);
    if (found.length === 0) {
      return [{ ...nothing(`${action} allowed`, role.stack), resource: role.path, logicalId: role.logicalId }];
    }
    return found.flatMap((grant) => [
      ...grantEvidence(judgeCase, statement, action, grant),
      ...grant.resources
        .flatMap((item) => denialsOf(everywhere, role, action, item))
        .map(({ resource, path }) => seen(everywhere, resource, path, `${action} denied`, `${action} allowed`, false)),
    ]);
  });
}

function grantEvidence(
  { everywhere: graph, design }: StatementCase,
  statement: RoleStatement,
  action: string,
  { resource, path, actions, resources }: Grant,
): readonly Evidence[] {
  const plain = actions.includes(action);
  const asWritten = seen(graph, resource, [...path, 'Action'], actions, action, plain);
  const { scope } = statement;
  if (scope === undefined) return [asWritten];
  return [
    asWritten,
    ...resources.map((item) => {
      const held = fits(graph, statement, item, scope.prefixed);
      return seen(graph, resource, [...path, 'Resource'], textOf(item), scope.text, held);
    }),
    ...databaseSecretEvidence(graph, design, statement, action, { resource, path, actions, resources }),
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
function fits(
  graph: StatementCase['graph'],
  { prefix }: RoleStatement,
  item: Value,
  prefixed: boolean,
): boolean | undefined {
  const specific = isSpecific(item);
  const target = targetOf(graph, item);
  const kinds = types[prefix];
  if (specific !== true) return specific;
  if (target !== undefined && kinds !== undefined && !kinds.includes(target.type)) return false;
  // `<bucket>/*` is the whole bucket; a prefix has at least one character of its own before the star.
  return !prefixed || /[^/]\/[^*/]+.*\*?$/.test(textOf(item).replace(/^\$\{[^}]*\}/, 'bucket'));
}

/** The database's secret must be among what may be read. Others that a role needs to start are the listed deviation. */
function databaseSecretEvidence(
  graph: StatementCase['graph'],
  design: StatementCase['design'],
  statement: RoleStatement,
  action: string,
  grant: Grant,
): readonly Evidence[] {
  if (!isDatabaseSecret(statement) || statement.scope?.database !== true) return [];
  const database = databaseSecrets(graph);
  const tokens = cacheSecrets(graph);
  const excused = design.stacks.some(({ name }) => name === 'CacheStack') ? tokens : [];
  return grant.resources.map((item) => {
    const held = [...database, ...excused].some((secret) => pointsAt(item, secret));
    return seen(
      graph,
      grant.resource,
      [...grant.path, 'Resource'],
      `${action} on ${textOf(item)}`,
      "the database's secret",
      held,
    );
  });
}

/** Secrets that the cluster takes its password from, and their attachments to it. */
function databaseSecrets(graph: StatementCase['graph']): readonly Resource[] {
  const attachments = ofType(graph, 'AWS::SecretsManager::SecretTargetAttachment');
  const attached = ofType(graph, 'AWS::SecretsManager::Secret').filter(
    (secret) =>
      attachments.some(({ properties }) => pointsAt(properties.SecretId, secret)) ||
      ofType(graph, 'AWS::RDS::DBCluster').some(({ properties }) => pointsAt(properties.MasterUserPassword, secret)),
  );
  return [...attached, ...attachments];
}

/** Secrets that the cache takes its token from. */
function cacheSecrets(graph: StatementCase['graph']): readonly Resource[] {
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::User');
  return ofType(graph, 'AWS::SecretsManager::Secret').filter((secret) =>
    groups.some(({ properties }) =>
      [properties.AuthToken, properties.Passwords, at(properties, 'AuthenticationMode', 'Passwords')].some((value) =>
        pointsAt(value, secret),
      ),
    ),
  );
}
