// IAM-1…4: each role of the document with its trust, its managed policies and no others, and used for what it is meant for.
import { at, isSettled, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { instancesOf, servicesOf } from '../../../assembly/questions/compute.ts';
import {
  grantsByOthers,
  grantsOf,
  isSpecific,
  managedPoliciesOf,
  roleNamed,
} from '../../../assembly/questions/permissions.ts';
import { policiesOf, trustOf } from '../../../assembly/questions/policies.ts';
import { listOf, nameless, ofType, pointsAt } from '../../../assembly/relations.ts';
import { actionsWithoutResource } from '../../../aws/permissions.ts';
import type { Role, RoleKind } from '../../../design/schema.ts';
import { adrs } from '../deviations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { missing, missingUnless } from '../on.ts';
import { parts } from '../words/parts.ts';
import { said } from '../words/roles.ts';

const ids = { 'task-execution': 'IAM-1', task: 'IAM-2', lambda: 'IAM-3', 'rds-monitoring': 'IAM-4' } as const;

const wantedRole = ({ design, indices }: StatementCase): Role | undefined => design.roles[indices[0] ?? 0];
export const roleId = (judgeCase: StatementCase): string => ids[wantedRole(judgeCase)?.kind ?? 'task'];

/** Runs a judge on the document's role and the one found, or says that there is none. */
export function onRole(judge: (judgeCase: StatementCase, wanted: Role, role: Resource) => Finding) {
  return (judgeCase: StatementCase): Finding => {
    const wanted = wantedRole(judgeCase);
    const role = wanted === undefined ? undefined : roleNamed(judgeCase.graph, wanted.name);
    if (wanted === undefined) return [missing(parts.inTheDesign)];
    if (role === undefined)
      return missingUnless(nameless(judgeCase.graph, 'AWS::IAM::Role', 'RoleName'), said.role(wanted));
    return judge(judgeCase, wanted, role);
  };
}

const aspects = ['', '.kind', '.name', '.title'] as const;

export const roles: readonly StatementJudge[] = [
  ...aspects.map((aspect) => ({
    id: roleId,
    path: `roles.*${aspect}`,
    deviation: adrs.permissions,
    judge: onRole(judgeWhole),
  })),
  { id: roleId, path: 'roles.*.principal', judge: onRole(judgeTrust) },
  { id: roleId, path: 'roles.*.purpose', judge: onRole(judgePurpose) },
  { id: roleId, path: 'roles.*.managedPolicies.*', judge: onRole(judgeManagedPolicy) },
  {
    id: roleId,
    path: 'roles.*.managedPolicies',
    judge: onRole((judgeCase, wanted, role) => wanted.managedPolicies.map((name) => attached(judgeCase, role, name))),
  },
];

/** The role may be assumed by the document's service and by nobody else. */
function judgeTrust({ graph }: StatementCase, { principal }: Role, role: Resource): Finding {
  const statements = trustOf(role);
  if (statements.length === 0)
    return [seen(graph, role, ['AssumeRolePolicyDocument', 'Statement'], 'nobody', principal, false)];
  return statements.map(({ path, statement }) => {
    const who = at(statement, 'Principal');
    const services = listOf(at(who, 'Service'));
    const alone = services.length === 1 && textOf(who) === textOf({ Service: at(who, 'Service') ?? '' });
    const allows = at(statement, 'Effect') === 'Allow' && textOf(at(statement, 'Action')) === 'sts:AssumeRole';
    const held = services.every(isSettled) ? alone && allows && literal(services[0]) === principal : undefined;
    return seen(graph, role, path, statement, `${principal} alone may assume it`, held);
  });
}

function judgeManagedPolicy(judgeCase: StatementCase, wanted: Role, role: Resource): Finding {
  const name = wanted.managedPolicies[judgeCase.indices[1] ?? 0];
  return name === undefined ? [nothing('a managed policy of the design')] : [attached(judgeCase, role, name)];
}

function attached({ graph }: StatementCase, role: Resource, name: string): Evidence {
  const { ManagedPolicyArns } = role.properties;
  return seen(
    graph,
    role,
    ['ManagedPolicyArns'],
    ManagedPolicyArns,
    name,
    managedPoliciesOf(graph, role).includes(name),
  );
}

/** Actions beyond the document that a role may hold, since those of the document do not work without them (IAM-5). */
const additions: Readonly<Record<RoleKind, readonly string[]>> = {
  'task-execution': ['kms:Decrypt', 'ecr:GetDownloadUrlForLayer'],
  task: [
    'secretsmanager:GetSecretValue',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
  ],
  lambda: [
    'sqs:SendMessage',
    'sqs:GetQueueAttributes',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
  ],
  'rds-monitoring': [],
};

/** The role's own line: it exists, and holds no managed policy, action or family of resources beyond document and listed deviations. */
function judgeWhole({ graph, everywhere }: StatementCase, wanted: Role, role: Resource): Finding {
  const documented = wanted.statements.flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`));
  const known = [...documented, ...additions[wanted.kind]];
  const strange = managedPoliciesOf(everywhere, role).filter((name) => !wanted.managedPolicies.includes(name));
  const grants = [...grantsOf(everywhere, role), ...grantsByOthers(everywhere, role)];
  return [
    seen(graph, role, ['Tags'], wanted.name, wanted.name, true),
    ...strange.map((name) => seen(graph, role, ['ManagedPolicyArns'], name, 'no further managed policy', false)),
    ...namesakes(everywhere, role),
    ...grants.flatMap(({ resource, path, actions, resources }) => [
      ...actions
        .filter((action) => !known.includes(action))
        .map((action) =>
          seen(everywhere, resource, [...path, 'Action'], action, 'no action beyond the document', false),
        ),
      ...resources
        .filter(
          (item) => isSpecific(item) === false && !actions.every((action) => actionsWithoutResource.includes(action)),
        )
        .map((item) => seen(everywhere, resource, [...path, 'Resource'], textOf(item), 'a named resource', false)),
    ]),
  ];
}

/** Inline policies of one name on one role: only the last that is deployed would be left. */
function namesakes(graph: StatementCase['everywhere'], role: Resource): readonly Evidence[] {
  const inline = policiesOf(graph, role).filter(({ type }) => type !== 'AWS::IAM::ManagedPolicy');
  const names = inline.map(({ properties }) => textOf(properties.PolicyName));
  return inline
    .filter((_, index) => names.indexOf(names[index] ?? '') !== index)
    .map((policy) =>
      seen(
        graph,
        policy,
        ['PolicyName'],
        policy.properties.PolicyName,
        'a name that no other policy of the role has',
        false,
      ),
    );
}

/** What a role is for is seen by who uses it: every task of a service, every instance of the cluster, and functions at all. */
function judgePurpose({ graph, design }: StatementCase, { kind }: Role, role: Resource): Finding {
  if (kind === 'lambda' && design.functions.length === 0) return { notApplicable: 'the design has no functions' };
  const users = usersOf(graph, kind);
  const evidence = users.flatMap(({ user, property }) => {
    const used = pointsAt(user.properties[property], role);
    // Other functions than the workload's, such as CDK's own, have roles of their own.
    if (!used && kind === 'lambda') return [];
    return [seen(graph, user, [property], user.properties[property], role.path, used)];
  });
  return evidence.length > 0
    ? [...evidence, ...(kind === 'rds-monitoring' ? monitored(graph) : [])]
    : [nothing(`something that runs as ${role.path}`)];
}

interface User {
  readonly user: Resource;
  readonly property: string;
}

function usersOf(graph: StatementCase['graph'], kind: RoleKind): readonly User[] {
  switch (kind) {
    case 'task-execution':
    case 'task': {
      const tasks = servicesOf(graph).flatMap(({ task }) => task ?? []);
      const property = kind === 'task' ? 'TaskRoleArn' : 'ExecutionRoleArn';
      return [...new Set(tasks)].map((user) => ({ user, property }));
    }
    case 'lambda':
      return ofType(graph, 'AWS::Lambda::Function').map((user) => ({ user, property: 'Role' }));
    case 'rds-monitoring':
      return watched(graph).map((user) => ({ user, property: 'MonitoringRoleArn' }));
  }
}

/** Where enhanced monitoring is set: on the cluster for all its instances, or else on each. */
function watched(graph: StatementCase['graph']): readonly Resource[] {
  return ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) =>
    cluster.properties.MonitoringRoleArn === undefined ? instancesOf(graph, cluster) : [cluster],
  );
}

/** An interval of zero switches it off. */
function monitored(graph: StatementCase['graph']): readonly Evidence[] {
  return watched(graph).map((one) => {
    const interval = one.properties.MonitoringInterval ?? 0;
    return seen(graph, one, ['MonitoringInterval'], interval, 'an interval in seconds', Number(interval) > 0);
  });
}
