// The statements of policies, wherever they stand: within a role, in a policy of their own, on a bucket, queue, topic or key. One reading
// of where they are, and of whom, what and when one speaks.
import { covers } from '../../aws/permissions.ts';
import {
  type Assembly,
  at,
  isComposite,
  isProperties,
  isUnresolved,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../graph.ts';
import type { Placed, PropertyPath } from '../properties.ts';
import { listOf, ofType, pointsAt, textHolds } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';

/** A statement with where it stands. */
export interface PlacedStatement extends Placed {
  readonly statement: Value;
}

/** The statements of a policy document that stands in a property: a list of them, or one alone. */
export function statementsAt(resource: Resource, path: PropertyPath): readonly PlacedStatement[] {
  const inner = [...path, 'Statement'];
  const written = at(resource.properties, ...inner);
  return listOf(written).map((statement, index) => ({
    resource,
    path: Array.isArray(written) ? [...inner, index] : inner,
    statement,
  }));
}

/** Who may take a role on. */
export const trustOf = (role: Resource): readonly PlacedStatement[] => statementsAt(role, ['AssumeRolePolicyDocument']);

/** Who may use a key. */
export const keyStatements = (key: Resource): readonly PlacedStatement[] => statementsAt(key, ['KeyPolicy']);

/** The policies that a role carries within itself. */
const inlineStatements = (role: Resource): readonly PlacedStatement[] =>
  listOf(role.properties.Policies).flatMap((_, index) => statementsAt(role, ['Policies', index, 'PolicyDocument']));

/** The statements of every role's policies, within roles and in policies of their own. */
export const identityStatements = (graph: Assembly): readonly PlacedStatement[] => [
  ...ofType(graph, 'AWS::IAM::Role').flatMap(inlineStatements),
  ...ofType(graph, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy').flatMap((policy) =>
    statementsAt(policy, ['PolicyDocument']),
  ),
];

/** The statements of one role's policies. */
export const statementsOfRole = (graph: Assembly, role: Resource): readonly PlacedStatement[] => [
  ...inlineStatements(role),
  ...policiesOf(graph, role).flatMap((policy) => statementsAt(policy, ['PolicyDocument'])),
];

/** Policies of a role that are resources of their own. AWS keeps one policy of a name on a role: the later takes the place of the first. */
export function policiesOf(graph: Assembly, role: Resource): readonly Resource[] {
  const name = literal(role.properties.RoleName);
  const isOn = (value: Value | undefined) =>
    listOf(value).some((item) => pointsAt(item, role) || (name !== undefined && literal(item) === name));
  const attached = [
    ...ofType(graph, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').filter(({ properties }) => isOn(properties.Roles)),
    ...ofType(graph, 'AWS::IAM::RolePolicy').filter(({ properties }) => isOn(properties.RoleName)),
    ...ofType(graph, 'AWS::IAM::ManagedPolicy').filter((policy) => pointsAt(role.properties.ManagedPolicyArns, policy)),
  ];
  return [...new Set(attached)];
}

/** Where the policies of things stand: type of the policy, and the property that names the thing. */
const resourcePolicies: Readonly<Record<string, readonly (readonly [type: string, property: string])[]>> = {
  'AWS::S3::Bucket': [['AWS::S3::BucketPolicy', 'Bucket']],
  'AWS::SQS::Queue': [
    ['AWS::SQS::QueuePolicy', 'Queues'],
    ['AWS::SQS::QueueInlinePolicy', 'Queue'],
  ],
  'AWS::SNS::Topic': [
    ['AWS::SNS::TopicPolicy', 'Topics'],
    ['AWS::SNS::TopicInlinePolicy', 'TopicArn'],
  ],
};

/** Statements of the policies on a bucket, queue or topic. */
export function statementsOn(graph: Assembly, thing: Resource): readonly PlacedStatement[] {
  const names = ['BucketName', 'TopicName'].flatMap((property) => literal(thing.properties[property]) ?? []);
  return (resourcePolicies[thing.type] ?? []).flatMap(([policyType, property]) =>
    ofType(graph, policyType)
      .filter(({ properties }) =>
        listOf(properties[property]).some((item) => pointsAt(item, thing) || names.includes(literal(item) ?? '')),
      )
      .flatMap((policy) => statementsAt(policy, ['PolicyDocument'])),
  );
}

export const allows = ({ statement }: Pick<PlacedStatement, 'statement'>): boolean => isAllowing(statement) === true;

/** Whether a statement allows, and does not deny. */
export const isAllowing = (statement: Value): Truth => textHolds(at(statement, 'Effect'), (text) => text === 'Allow');

/** Whether a statement speaks of everybody. */
export function isForEverybody(statement: Value): Truth {
  const principal = at(statement, 'Principal');
  return any([principal, ...listOf(at(principal, 'AWS'))].map(isStar));
}

const isStar = (value: Value | undefined): Truth =>
  isUnresolved(value) && value.about.length === 0 ? undefined : value === '*';

/** The services of AWS that a statement speaks of. */
export const servicesIn = (statement: Value): readonly string[] =>
  listOf(at(statement, 'Principal', 'Service')).map(textOf);

/** Whether a statement covers every one of these actions, without `NotAction`. */
export const coversActions = (statement: Value, actions: readonly string[]): boolean =>
  actions.every((action) => listOf(at(statement, 'Action')).some((written) => covers(textOf(written), action)));

/** The conditions of a statement as `operator key` → values, keys in lower case. */
export function conditionsOf(statement: Value): ReadonlyMap<string, readonly Value[]> {
  const conditions = at(statement, 'Condition');
  if (!isProperties(conditions)) return new Map();
  return new Map(
    Object.entries(conditions).flatMap(([operator, keys]) =>
      isProperties(keys)
        ? Object.entries(keys).map(([key, value]) => [`${operator} ${key.toLowerCase()}`, listOf(value)] as const)
        : [],
    ),
  );
}

/** Whether the templates do not say under which conditions a statement holds. */
export function hasUnknownConditions(statement: Value): boolean {
  const conditions = at(statement, 'Condition');
  return isUnresolved(conditions) || (isProperties(conditions) && Object.values(conditions).some(isUnresolved));
}

/** Whether a resource's policy lets an AWS service do something to it, and the statement that does so or may. */
export function letsService(
  statements: readonly PlacedStatement[],
  service: string,
  action: string,
): { readonly truth: Truth; readonly placed: PlacedStatement | undefined } {
  const truths = statements.map(({ statement }) => lets(statement, service, action));
  const truth = any(truths);
  return { truth, placed: truth === false ? undefined : statements[truths.indexOf(truth)] };
}

const lets = (statement: Value, service: string, action: string): Truth =>
  all([
    isAllowing(statement),
    any([
      isForEverybody(statement),
      ...listOf(at(statement, 'Principal', 'Service')).map((one) => isService(one, service)),
    ]),
    any(listOf(at(statement, 'Action')).map((written) => textHolds(written, (text) => covers(text, action)))),
  ]);

/** A service's name with a part that is not known, such as the region, is the name of another. */
const isService = (value: Value, service: string): Truth =>
  isComposite(value) ? textOf(value) === service : textHolds(value, (text) => text === service);

/** Whether a condition says which things of the action's service are meant: by a key of that service, or by a tag. */
export function isNarrowed(statement: Value, action: string): boolean {
  const service = (action.split(':', 1)[0] ?? '').toLowerCase();
  return [...conditionsOf(statement).keys()].some((condition) => {
    const [operator = '', key = ''] = condition.split(' ');
    return !/Not|Null|IfExists/.test(operator) && (key.startsWith(`${service}:`) || key.startsWith('aws:resourcetag/'));
  });
}
