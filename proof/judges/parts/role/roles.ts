// IAM-1…4: each role of the document with its trust, its managed policies and no others, and used for what it is meant for.
import { at, hasUnknownPart, isSettled, isUnresolved, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { instancesOf, tasksOf } from '../../../../assembly/questions/compute.ts';
import {
  type ForeignPolicy,
  foreignPoliciesOf,
  type Grant,
  grantsByOthers,
  grantsOf,
  isSpecific,
  managedPoliciesOf,
  namelessRoles,
  openGrants,
  roleNamed,
} from '../../../../assembly/questions/permissions.ts';
import { policiesOf, trustOf } from '../../../../assembly/questions/policies.ts';
import { listOf, ofType, refersTo } from '../../../../assembly/relations.ts';
import { all } from '../../../../assembly/truth.ts';
import { actionsWithoutResource } from '../../../../aws/permissions.ts';
import type { Role, RoleKind } from '../../../../design/schema.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/roles.ts';

const ids = { 'task-execution': 'IAM-1', task: 'IAM-2', lambda: 'IAM-3', 'rds-monitoring': 'IAM-4' } as const;

const wantedRole = ({ design, indices }: StatementCase): Role | undefined => design.roles[indices[0] ?? 0];
export const roleId = (judgeCase: StatementCase): string => ids[wantedRole(judgeCase)?.kind ?? 'task'];

/** Runs a judge on the document's role and the one found, or says that there is none. */
export function onRole(judge: (judgeCase: StatementCase, wanted: Role, role: Resource) => Finding) {
  return (judgeCase: StatementCase): Finding => {
    const wanted = wantedRole(judgeCase);
    const role = wanted === undefined ? undefined : roleNamed(judgeCase.graph, wanted.name);
    if (wanted === undefined) return [missing(parts.inTheDesign)];
    if (role === undefined) return missingUnless(namelessRoles(judgeCase.graph), said.role(wanted));
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
function judgeTrust(_: StatementCase, { principal }: Role, role: Resource): Finding {
  const statements = trustOf(role);
  const expected = said.aloneMayAssume({ principal });
  if (statements.length === 0) {
    return [
      on(role).property('AssumeRolePolicyDocument', 'Statement').holds(false, { expected, observed: said.nobody }),
    ];
  }
  return statements.map(({ path, statement }) => {
    const who = at(statement, 'Principal');
    const services = listOf(at(who, 'Service'));
    const isAlone = services.length === 1 && textOf(who) === textOf({ Service: at(who, 'Service') ?? '' });
    const held = all([
      isUnresolved(who) ? undefined : isAlone,
      isLiteral(services[0], principal),
      isLiteral(at(statement, 'Effect'), 'Allow'),
      isLiteral(at(statement, 'Action'), 'sts:AssumeRole'),
    ]);
    return on(role)
      .property(...path)
      .holds(held, { expected });
  });
}

function judgeManagedPolicy(judgeCase: StatementCase, wanted: Role, role: Resource): Finding {
  const name = wanted.managedPolicies[judgeCase.indices[1] ?? 0];
  return name === undefined ? [missing(parts.inTheDesign)] : [attached(judgeCase, role, name)];
}

function attached({ graph }: StatementCase, role: Resource, name: string): Observation {
  const isThere = managedPoliciesOf(graph, role).includes(name);
  const otherwise = isSettled(role.properties.ManagedPolicyArns) ? false : undefined;
  return on(role)
    .property('ManagedPolicyArns')
    .holds(isThere || otherwise, { expected: name });
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
function judgeWhole({ everywhere }: StatementCase, wanted: Role, role: Resource): Finding {
  const documented = wanted.statements.flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`));
  const known = [...documented, ...additions[wanted.kind]];
  const isKnown = ({ name, isUnknown }: ForeignPolicy) => isUnknown || wanted.managedPolicies.includes(name);
  const strange = foreignPoliciesOf(everywhere, role).filter((policy) => !isKnown(policy));
  const grants = [...grantsOf(everywhere, role), ...grantsByOthers(everywhere, role)];
  return [
    on(role).property('Tags').holds(true, { expected: wanted.name, observed: wanted.name }),
    ...strange.map(({ name }) =>
      on(role).property('ManagedPolicyArns').holds(false, { expected: said.noFurtherPolicy, observed: name }),
    ),
    ...namesakes(everywhere, role),
    ...grants.flatMap((grant) => [
      ...strangeActions(grant, known).map((observed) =>
        onGrant(grant, 'Action').holds(false, { expected: said.noFurtherAction, observed }),
      ),
      ...wideResources(grant).map((item) =>
        onGrant(grant, 'Resource').holds(isSpecific(item), { expected: said.namedResource, observed: textOf(item) }),
      ),
    ]),
    ...openGrants(everywhere, role).map(({ resource, path }) =>
      on(resource)
        .property(...path)
        .holds(undefined, { expected: said.noFurtherAction }),
    ),
  ];
}

const onGrant = ({ resource, path }: Grant, name: string) => on(resource).property(...path, name);

/** What is not known is among the open grants. */
const strangeActions = ({ actions }: Grant, known: readonly string[]) =>
  actions.filter((action) => !known.includes(action) && !hasUnknownPart(action));

const wideResources = ({ actions, resources }: Grant) =>
  actions.every((action) => actionsWithoutResource.includes(action))
    ? []
    : resources.filter((item) => isSpecific(item) !== true);

/** Inline policies of one name on one role: only the last that is deployed would be left. */
function namesakes(graph: StatementCase['everywhere'], role: Resource): readonly Observation[] {
  const inline = policiesOf(graph, role).filter(({ type }) => type !== 'AWS::IAM::ManagedPolicy');
  const settled = inline.filter(({ properties }) => isSettled(properties.PolicyName));
  const names = settled.map(({ properties }) => textOf(properties.PolicyName));
  return settled
    .filter((_, index) => names.indexOf(names[index] ?? '') !== index)
    .map((policy) => on(policy).property('PolicyName').holds(false, { expected: said.ownPolicyName }));
}

/** What a role is for is seen by who uses it: every task of a service, every instance of the cluster, and functions at all. */
function judgePurpose({ graph, design }: StatementCase, { kind }: Role, role: Resource): Finding {
  if (kind === 'lambda' && design.functions.length === 0) return { notApplicable: parts.noFunctions };
  const { users, property, possible } = usersOf(graph, kind);
  const uses = users.map((user) => ({ user, truth: refersTo(user.properties[property], role) }));
  // Other functions than the workload's, such as CDK's own, have roles of their own.
  const counted = kind === 'lambda' ? uses.filter(({ truth }) => truth) : uses;
  const open = [...possible, ...uses.flatMap(({ user, truth }) => (truth === undefined ? [user] : []))];
  if (counted.length === 0) return missingUnless(open, said.runsAs({ role: role.path }));
  return [
    ...counted.map(({ user }) => on(user).property(property).refersTo(role)),
    ...possible.map((one) => on(one).holds(undefined, { expected: said.runsAs({ role: role.path }) })),
    ...(kind === 'rds-monitoring' ? monitored(graph) : []),
  ];
}

interface Users {
  readonly users: readonly Resource[];
  readonly property: string;
  /** Things of which the templates do not say what they run. */
  readonly possible: readonly Resource[];
}

function usersOf(graph: StatementCase['graph'], kind: RoleKind): Users {
  switch (kind) {
    case 'task-execution':
    case 'task': {
      const { tasks, open } = tasksOf(graph);
      return { users: tasks, property: kind === 'task' ? 'TaskRoleArn' : 'ExecutionRoleArn', possible: open };
    }
    case 'lambda':
      return { users: ofType(graph, 'AWS::Lambda::Function'), property: 'Role', possible: [] };
    case 'rds-monitoring':
      return { users: watched(graph), property: 'MonitoringRoleArn', possible: [] };
  }
}

/** Where enhanced monitoring is set: on the cluster for all its instances, or else on each. */
function watched(graph: StatementCase['graph']): readonly Resource[] {
  return ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) =>
    cluster.properties.MonitoringRoleArn === undefined ? instancesOf(graph, cluster) : [cluster],
  );
}

/** An interval of zero switches it off. */
const monitored = (graph: StatementCase['graph']): readonly Observation[] =>
  watched(graph).map((one) => on(one).property('MonitoringInterval').otherwise(0).isAtLeast(1));
