// What a role may do: every statement of every policy attached to it, wherever the policy stands.
import { type Assembly, at, isUnresolved, literal, type Resource, textOf, type Value } from '../../assembly/graph.ts';
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
  const inline = listOf(role.properties.Policies).flatMap((_, index) =>
    grantsIn(role, ['Policies', index, 'PolicyDocument']),
  );
  const attached = [
    ...ofType(graph, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').filter(({ properties }) =>
      pointsAt(properties.Roles, role),
    ),
    ...ofType(graph, 'AWS::IAM::RolePolicy').filter(({ properties }) => pointsAt(properties.RoleName, role)),
    ...ofType(graph, 'AWS::IAM::ManagedPolicy').filter((policy) => pointsAt(role.properties.ManagedPolicyArns, policy)),
  ];
  return [...inline, ...[...new Set(attached)].flatMap((policy) => grantsIn(policy, ['PolicyDocument']))];
}

function grantsIn(resource: Resource, path: PropertyPath): Grant[] {
  const statements = at(resource.properties, ...path, 'Statement');
  return listOf(statements).flatMap((statement, index) => {
    if (at(statement, 'Effect') !== 'Allow') return [];
    const actions = at(statement, 'NotAction') === undefined ? listOf(at(statement, 'Action')) : ['*'];
    const resources = at(statement, 'NotResource') === undefined ? listOf(at(statement, 'Resource')) : ['*'];
    return [{ resource, path: [...path, 'Statement', index], actions: actions.map(textOf), resources }];
  });
}

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
 * Whether a policy's resource is one thing, not a family of them: its name has no star, except after a bucket's or table's own.
 * `undefined` when the templates do not say.
 */
export function isSpecific(resource: Value): boolean | undefined {
  if (isUnresolved(resource) && resource.about.length === 0) return undefined;
  const text = textOf(resource).replace(/:\*$/, '');
  // What begins with a reference is that resource, or something within it.
  if (text.startsWith('$')) return true;
  const [name = ''] = text.slice(text.lastIndexOf(':') + 1).split('/');
  return name !== '' && !name.includes('*');
}
