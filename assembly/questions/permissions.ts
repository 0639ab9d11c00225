// What a role may do: every statement of every policy attached to it, wherever the policy stands.

import { covers } from '../../aws/permissions.ts';
import { unknownMark } from '../../design/messages/said.ts';
import { type Assembly, at, isSettled, isUnresolved, type Resource, textOf, type Value } from '../graph.ts';
import type { Placed } from '../properties.ts';
import { listOf, named, nameless, ofType, pointsAt, refersTo } from '../relations.ts';
import { allows, type PlacedStatement, statementsAt, statementsOfRole } from './policies.ts';

/** What holds it is the role, or a policy. */
export interface Grant extends Placed {
  /** Actions as written, e.g. `s3:GetObject` or `s3:*`; `NotAction` counts as `*`. */
  readonly actions: readonly string[];
  /** `NotResource` counts as `*`. */
  readonly resources: readonly Value[];
}

/** The role whose Name tag, or else role name, is this one. */
export const roleNamed = (graph: Assembly, name: string): Resource | undefined =>
  named(graph, 'AWS::IAM::Role', 'RoleName', name);

/** Roles that may be the one of a name, where none is found. */
export const namelessRoles = (graph: Assembly): readonly Resource[] => nameless(graph, 'AWS::IAM::Role', 'RoleName');

/** Everything that a role's own, inline and customer-managed policies allow. */
export const grantsOf = (graph: Assembly, role: Resource): readonly Grant[] =>
  statementsOfRole(graph, role)
    .filter(allows)
    .map(({ resource, path, statement }) => {
      const resources = at(statement, 'NotResource') === undefined ? listOf(at(statement, 'Resource')) : ['*'];
      return { resource, path, actions: actionsOf(statement), resources };
    });

const actionsOf = (statement: Value) =>
  at(statement, 'NotAction') === undefined ? listOf(at(statement, 'Action')).map(textOf) : ['*'];

/** What of a role's grants is about an action. */
export const grantsOfAction = (graph: Assembly, role: Resource, action: string): readonly Grant[] =>
  grantsOf(graph, role).filter(({ actions }) => actions.some((written) => covers(written, action)));

/** Statements that take an action on a thing away from a role again, whatever else allows it. What hangs on a condition may not. */
export function denialsOf(graph: Assembly, role: Resource, action: string, on: Value): readonly PlacedStatement[] {
  return statementsOfRole(graph, role).filter(({ statement }) => {
    if (at(statement, 'Effect') !== 'Deny' || at(statement, 'Condition') !== undefined) return false;
    const excepted = at(statement, 'NotAction');
    const actions = listOf(excepted ?? at(statement, 'Action')).some((written) => covers(textOf(written), action));
    const others = at(statement, 'NotResource');
    const resources = listOf(others ?? at(statement, 'Resource')).some((item) => covers(textOf(item), textOf(on)));
    return actions === (excepted === undefined) && resources === (others === undefined);
  });
}

const deciding = ['Effect', 'Action', 'NotAction'] as const;

/** Statements and policies of which the templates do not say what they allow or deny, or whether they are a role's. */
export function openGrants(graph: Assembly, role: Resource): readonly Placed[] {
  const statements = statementsOfRole(graph, role).filter(
    ({ statement }) => !deciding.every((name) => isSettled(at(statement, name))),
  );
  const policies = ofType(graph, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy').filter(
    ({ properties: { RoleName, Roles = RoleName } }) => refersTo(Roles, role) === undefined,
  );
  const managed = isSettled(role.properties.ManagedPolicyArns) ? [] : [{ resource: role, path: ['ManagedPolicyArns'] }];
  return [...statements, ...policies.map((resource) => ({ resource, path: [] })), ...managed];
}

/** Where resources that are no roles hold the policies of who may use them. */
const documents = ['PolicyDocument', 'KeyPolicy', 'ResourcePolicy', 'RepositoryPolicyText'] as const;

/** Actions that the policies of other things (buckets, queues, keys) allow a role by its name. */
export const grantsByOthers = (graph: Assembly, role: Resource): readonly Grant[] =>
  graph.resources.flatMap((resource) => {
    const property = documents.find((name) => name in resource.properties);
    if (property === undefined || resource.type.startsWith('AWS::IAM::')) return [];
    return statementsAt(resource, [property])
      .filter((placed) => allows(placed) && pointsAt(at(placed.statement, 'Principal'), role))
      .map(({ path, statement }) => ({ resource, path, actions: actionsOf(statement), resources: [] }));
  });

/** A policy attached to a role that the templates do not hold. */
export interface ForeignPolicy {
  /** Its place in the role's list. */
  readonly index: number;
  /** Of AWS's own policies their name; the whole ARN of any other. */
  readonly name: string;
  readonly isAws: boolean;
  /** Whether AWS keeps it for one service's own work. */
  readonly isForService: boolean;
  readonly arn: string;
  /** Whether the templates do not say which it is. */
  readonly isUnknown: boolean;
}

/** AWS's managed policies, and others that the templates do not hold. */
export function foreignPoliciesOf(graph: Assembly, role: Resource): readonly ForeignPolicy[] {
  const own = ofType(graph, 'AWS::IAM::ManagedPolicy');
  return listOf(role.properties.ManagedPolicyArns).flatMap((value, index) => {
    if (own.some((policy) => pointsAt(value, policy))) return [];
    const arn = textOf(value);
    const [, path = '', name] = /^arn:[^:]*:iam::aws:policy\/((?:[^/]+\/)*)([^/]+)$/.exec(arn) ?? [];
    const isForService = path === 'service-role/';
    const isUnknown = isUnresolved(value);
    return [{ index, name: name ?? arn, isAws: name !== undefined, isForService, arn, isUnknown }];
  });
}

/** The names of those. */
export const managedPoliciesOf = (graph: Assembly, role: Resource): readonly string[] =>
  foreignPoliciesOf(graph, role).map(({ name }) => name);

/**
 * Whether a policy's resource is one thing, not a family of them: its name has no star, except for what is within it (objects of a
 * bucket, streams of a log group, indices of a table). `undefined` when the templates do not say.
 */
export function isSpecific(resource: Value): boolean | undefined {
  const text = textOf(resource);
  // What begins with a reference is that resource, or something within it.
  if (text.startsWith(unknownMark) || (isUnresolved(resource) && resource.about.length === 0)) return undefined;
  if (text.startsWith('$')) return !/^\$\{[^}]*\}[^:/]*\*/.test(text);
  const [, , service = '', , , ...rest] = text.replace(/\$\{[^}]*\}/g, 'x').split(':');
  const name = nameOf(service, rest.join(':'));
  return name !== '' && !name.includes('*');
}

/** `repository/app` → app, `log-group:/app:*` → /app, `bucket/prefix/*` → bucket, `table/answers/index/*` → answers. */
function nameOf(service: string, resource: string): string {
  if (service === 's3') return resource.split('/', 1)[0] ?? '';
  const [, kind, name] = /^([a-z-]+)[:/](.+)$/.exec(resource) ?? [];
  if (name === undefined) return resource;
  if (kind === 'table') return name.split('/', 1)[0] ?? '';
  return kind === 'log-group' ? name.replace(/:\*$|:log-stream:.*$/, '') : name;
}
