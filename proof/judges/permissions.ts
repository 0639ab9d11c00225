// What a role may do: every statement of every policy attached to it, wherever the policy stands.
import {
  type Assembly,
  at,
  isList,
  isUnresolved,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../assembly/graph.ts';
import type { Role } from '../../design/schema.ts';
import type { PropertyPath } from './evidence.ts';
import { listOf, ofType, pointsAt, tagOf } from './relations.ts';

export interface Grant {
  /** What holds the statement: the role, or a policy. */
  readonly resource: Resource;
  readonly path: PropertyPath;
  /** Actions as written, e.g. `s3:GetObject` or `s3:*`; `NotAction` counts as `*`. */
  readonly actions: readonly string[];
  /** `NotResource` counts as `*`. */
  readonly resources: readonly Value[];
}

/** The role of the document: the one whose Name tag, or else role name, is the document's short name. */
export function roleNamed(graph: Assembly, { name }: Pick<Role, 'name'>): Resource | undefined {
  const roles = ofType(graph, 'AWS::IAM::Role');
  return (
    roles.find((role) => literal(tagOf(role, 'Name')) === name) ??
    roles.find(({ properties }) => literal(properties.RoleName) === name)
  );
}

/** Everything that a role's own, inline and customer-managed policies allow. */
export function grantsOf(graph: Assembly, role: Resource): readonly Grant[] {
  return statementsOn(graph, role).flatMap(({ resource, path, statement }) => {
    if (at(statement, 'Effect') !== 'Allow') return [];
    const resources = at(statement, 'NotResource') === undefined ? listOf(at(statement, 'Resource')) : ['*'];
    return [{ resource, path, actions: actionsOf(statement), resources }];
  });
}

const actionsOf = (statement: Value) =>
  at(statement, 'NotAction') === undefined ? listOf(at(statement, 'Action')).map(textOf) : ['*'];

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

interface PolicyStatement {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly statement: Value;
}

function statementsOn(graph: Assembly, role: Resource): readonly PolicyStatement[] {
  const inline = listOf(role.properties.Policies).flatMap((_, index) =>
    statementsIn(role, ['Policies', index, 'PolicyDocument']),
  );
  return [...inline, ...policiesOf(graph, role).flatMap((policy) => statementsIn(policy, ['PolicyDocument']))];
}

const statementsIn = (resource: Resource, path: PropertyPath): readonly PolicyStatement[] => {
  const written = at(resource.properties, ...path, 'Statement');
  if (!isList(written))
    return written === undefined ? [] : [{ resource, path: [...path, 'Statement'], statement: written }];
  return written.map((statement, index) => ({ resource, path: [...path, 'Statement', index], statement }));
};

/** Statements that take an action on a thing away from a role again, whatever else allows it. What hangs on a condition may not. */
export function denialsOf(graph: Assembly, role: Resource, action: string, on: Value): readonly PolicyStatement[] {
  return statementsOn(graph, role).filter(({ statement }) => {
    if (at(statement, 'Effect') !== 'Deny' || at(statement, 'Condition') !== undefined) return false;
    const named = at(statement, 'NotAction');
    const actions = listOf(named ?? at(statement, 'Action')).some((written) => covers(textOf(written), action));
    const others = at(statement, 'NotResource');
    const resources = listOf(others ?? at(statement, 'Resource')).some((item) => covers(textOf(item), textOf(on)));
    return actions === (named === undefined) && resources === (others === undefined);
  });
}

/** Actions that the policies of other things (buckets, queues, keys) allow a role by its name. */
export function grantsByOthers(graph: Assembly, role: Resource): readonly Grant[] {
  return graph.resources.flatMap((resource) => {
    const property = documents.find((name) => name in resource.properties);
    if (property === undefined || resource.type.startsWith('AWS::IAM::')) return [];
    return statementsIn(resource, [property]).flatMap(({ path, statement }) => {
      if (at(statement, 'Effect') !== 'Allow' || !pointsAt(at(statement, 'Principal'), role)) return [];
      return [{ resource, path, actions: actionsOf(statement), resources: [] }];
    });
  });
}

/** Where resources that are no roles hold the policies of who may use them. */
const documents = ['PolicyDocument', 'KeyPolicy', 'ResourcePolicy', 'RepositoryPolicyText'] as const;

/** Names of AWS's managed policies attached to a role; the whole ARN of any other that the templates do not hold. */
export function managedPoliciesOf(graph: Assembly, role: Resource): readonly string[] {
  const own = ofType(graph, 'AWS::IAM::ManagedPolicy');
  return listOf(role.properties.ManagedPolicyArns).flatMap((arn) => {
    if (own.some((policy) => pointsAt(arn, policy))) return [];
    const text = textOf(arn);
    return [/^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(text)?.[1] ?? text];
  });
}

/** Whether a written action covers one: `s3:*` and `s3:Get*` cover `s3:GetObject`. */
export function covers(written: string, action: string): boolean {
  const pattern = written
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'i').test(action);
}

/**
 * Whether a policy's resource is one thing, not a family of them: its name has no star, except for what is within it (objects of a
 * bucket, streams of a log group, indices of a table). `undefined` when the templates do not say.
 */
export function isSpecific(resource: Value): boolean | undefined {
  const text = textOf(resource);
  // What begins with a reference is that resource, or something within it.
  if (text.startsWith(`\${?}`) || (isUnresolved(resource) && resource.about.length === 0)) return undefined;
  if (text.startsWith('$')) return !/^\$\{[^}]*\}[^:/]*\*/.test(text);
  const [, , service = '', , , ...rest] = text.replace(/\$\{[^}]*\}/g, 'x').split(':');
  const name = nameOf(service, rest.join(':'));
  return name !== '' && !name.includes('*');
}

/** `repository/app` → app, `log-group:/app:*` → /app, `bucket/prefix/*` → bucket, `table/answers/index/*` → answers. */
function nameOf(service: string, resource: string): string {
  if (service === 's3') return resource.split('/', 1)[0] ?? '';
  const [, kind, named] = /^([a-z-]+)[:/](.+)$/.exec(resource) ?? [];
  if (named === undefined) return resource;
  if (kind === 'table') return named.split('/', 1)[0] ?? '';
  return kind === 'log-group' ? named.replace(/:\*$|:log-stream:.*$/, '') : named;
}
