// IAM-1…4: each role of the document with its trust, its managed policies and no others, and used for what it is meant for.
import { at, isSettled, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import type { Role, RoleKey } from '../../../design/schema.ts';
import { adrs } from '../deviations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { grantsOf, managedPoliciesOf, roleNamed } from '../permissions.ts';
import { listOf, ofType, pointsAt } from '../relations.ts';

const ids = { 'task-execution': 'IAM-1', task: 'IAM-2', lambda: 'IAM-3', 'rds-monitoring': 'IAM-4' } as const;

const wantedRole = ({ design, indices }: JudgeCase): Role | undefined => design.roles[indices[0] ?? 0];
export const roleId = (judgeCase: JudgeCase): string => ids[wantedRole(judgeCase)?.key ?? 'task'];

/** Runs a judge on the document's role and the one found, or says that there is none. */
export function onRole(judge: (judgeCase: JudgeCase, wanted: Role, role: Resource) => Finding) {
  return (judgeCase: JudgeCase): Finding => {
    const wanted = wantedRole(judgeCase);
    const role = wanted === undefined ? undefined : roleNamed(judgeCase.graph, wanted);
    if (wanted === undefined || role === undefined) return [nothing(`a role ${wanted?.name ?? ''}`)];
    return judge(judgeCase, wanted, role);
  };
}

const aspects = ['', '.key', '.name', '.title'] as const;

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
function judgeTrust({ graph }: JudgeCase, { principal }: Role, role: Resource): Finding {
  const statements = listOf(at(role.properties, 'AssumeRolePolicyDocument', 'Statement'));
  const path = ['AssumeRolePolicyDocument', 'Statement'];
  if (statements.length === 0) return [seen(graph, role, path, 'nobody', principal, false)];
  return statements.map((statement, index) => {
    const who = at(statement, 'Principal');
    const services = listOf(at(who, 'Service'));
    const alone = services.length === 1 && textOf(who) === textOf({ Service: at(who, 'Service') ?? '' });
    const allows = at(statement, 'Effect') === 'Allow' && textOf(at(statement, 'Action')) === 'sts:AssumeRole';
    const held = services.every(isSettled) ? alone && allows && literal(services[0]) === principal : undefined;
    return seen(graph, role, [...path, index], statement, `${principal} alone may assume it`, held);
  });
}

function judgeManagedPolicy(judgeCase: JudgeCase, wanted: Role, role: Resource): Finding {
  const name = wanted.managedPolicies[judgeCase.indices[1] ?? 0];
  return name === undefined ? [nothing('a managed policy of the design')] : [attached(judgeCase, role, name)];
}

function attached({ graph }: JudgeCase, role: Resource, name: string): Evidence {
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
const additions: Readonly<Record<RoleKey, readonly string[]>> = {
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

/** Actions that their services know no resource for; all others must name one. */
const withoutResource = [
  'ecr:GetAuthorizationToken',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

/** The role's own line: it exists, and holds no managed policy, action or family of resources beyond document and listed deviations. */
function judgeWhole({ graph, everywhere }: JudgeCase, wanted: Role, role: Resource): Finding {
  const documented = wanted.statements.flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`));
  const known = [...documented, ...additions[wanted.key]];
  const strange = managedPoliciesOf(everywhere, role).filter((name) => !wanted.managedPolicies.includes(name));
  const grants = grantsOf(everywhere, role);
  return [
    seen(graph, role, ['Tags'], wanted.name, wanted.name, true),
    ...strange.map((name) => seen(graph, role, ['ManagedPolicyArns'], name, 'no further managed policy', false)),
    ...grants.flatMap(({ resource, path, actions, resources }) => [
      ...actions
        .filter((action) => !known.includes(action))
        .map((action) =>
          seen(everywhere, resource, [...path, 'Action'], action, 'no action beyond the document', false),
        ),
      ...actions
        .filter((action) => resources.some((item) => textOf(item) === '*') && !withoutResource.includes(action))
        .map((action) =>
          seen(everywhere, resource, [...path, 'Resource'], `${action} on *`, 'a named resource', false),
        ),
    ]),
  ];
}

/** What a role is for is seen by who uses it. */
function judgePurpose({ graph, design }: JudgeCase, { key }: Role, role: Resource): Finding {
  const users: Readonly<Record<RoleKey, readonly (readonly [type: string, property: string])[]>> = {
    'task-execution': [['AWS::ECS::TaskDefinition', 'ExecutionRoleArn']],
    task: [['AWS::ECS::TaskDefinition', 'TaskRoleArn']],
    lambda: [['AWS::Lambda::Function', 'Role']],
    'rds-monitoring': [
      ['AWS::RDS::DBInstance', 'MonitoringRoleArn'],
      ['AWS::RDS::DBCluster', 'MonitoringRoleArn'],
    ],
  };
  if (key === 'lambda' && !design.functions) return { notApplicable: 'the design has no functions' };
  const evidence = users[key].flatMap(([type, property]) =>
    ofType(graph, type)
      .filter(({ properties }) => pointsAt(properties[property], role))
      .map((user) => seen(graph, user, [property], user.properties[property], role.path, true)),
  );
  return evidence.length > 0
    ? evidence
    : [nothing(`${users[key].map(([type]) => type).join(' or ')} with ${role.path}`)];
}
