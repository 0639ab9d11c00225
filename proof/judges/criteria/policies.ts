// Policies as criteria read them: who may do what to which thing, and what is refused.
import {
  type Assembly,
  at,
  isProperties,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../../assembly/graph.ts';
import type { PropertyPath } from '../evidence.ts';
import { covers } from '../permissions.ts';
import { listOf, ofType, pointsAt } from '../relations.ts';

/** A statement with where it stands. */
export interface PlacedStatement {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly statement: Value;
}

/** The statements of a policy document that stands in a property. */
export function statementsAt(resource: Resource, path: PropertyPath): readonly PlacedStatement[] {
  const written = at(resource.properties, ...path, 'Statement');
  const inner = [...path, 'Statement'];
  return listOf(written).map((statement, index) => ({
    resource,
    path: Array.isArray(written) ? [...inner, index] : inner,
    statement,
  }));
}

/** Where the policies of things stand: type of the policy, and the property that names the thing. */
const resourcePolicies = {
  'AWS::S3::Bucket': [['AWS::S3::BucketPolicy', 'Bucket']],
  'AWS::SQS::Queue': [
    ['AWS::SQS::QueuePolicy', 'Queues'],
    ['AWS::SQS::QueueInlinePolicy', 'Queue'],
  ],
  'AWS::SNS::Topic': [
    ['AWS::SNS::TopicPolicy', 'Topics'],
    ['AWS::SNS::TopicInlinePolicy', 'TopicArn'],
  ],
} as const;

export type PoliciedType = keyof typeof resourcePolicies;

/** Statements of the policies on a bucket, queue or topic. */
export function statementsOn(graph: Assembly, thing: Resource, type: PoliciedType): readonly PlacedStatement[] {
  const names = ['BucketName', 'TopicName'].flatMap((property) => literal(thing.properties[property]) ?? []);
  return resourcePolicies[type].flatMap(([policyType, property]) =>
    ofType(graph, policyType)
      .filter(({ properties }) =>
        listOf(properties[property]).some((item) => pointsAt(item, thing) || names.includes(literal(item) ?? '')),
      )
      .flatMap((policy) => statementsAt(policy, ['PolicyDocument'])),
  );
}

/** Whether a statement speaks of everybody. */
export function isForEverybody(statement: Value): boolean {
  const principal = at(statement, 'Principal');
  return principal === '*' || listOf(at(principal, 'AWS')).includes('*');
}

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

/** Whether a resource's policy lets an AWS service do something to it. A topic or key without a policy lets nobody but its account. */
export function letsService(
  statements: readonly PlacedStatement[],
  service: string,
  action: string,
): PlacedStatement | undefined {
  return statements.find(
    ({ statement }) =>
      at(statement, 'Effect') === 'Allow' &&
      (isForEverybody(statement) ||
        listOf(at(statement, 'Principal', 'Service')).some((name) => textOf(name) === service)) &&
      coversActions(statement, [action]),
  );
}
