// Keys' policies held against what AWS documents of the services that use the keys (aws/key-uses.ts).

import { type KeyUse, keyPlaces, keyUses } from '../../aws/key-uses.ts';
import { covers } from '../../aws/permissions.ts';
import { unknownMark } from '../../design/messages/said.ts';
import {
  type Assembly,
  at,
  hasUnknownPart,
  isList,
  isProperties,
  type Resource,
  textOf,
  type Value,
} from '../graph.ts';
import { accountOf, listOf, ofType, pointsAt, regionOf, targetOf } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';
import { type KeyUser, keyUsers } from './key-users.ts';
import {
  allows,
  conditionsOf,
  coversActions,
  hasUnknownConditions,
  isAllowing,
  isForEverybody,
  keyStatements,
  servicesIn,
} from './policies.ts';

/** What is wrong with the keys of a graph, each as a sentence; nothing where every service has what it needs and no more. */
export function keyComplaints(graph: Assembly): readonly string[] {
  const users = keyUsers(graph);
  return [
    ...new Set([
      ...users.flatMap((user) => {
        const { missing, unsure } = grantsTo(graph, user);
        return [
          ...missing.map((action) => `${user.key.path}: ${useOf(user).en} and may not ${action}`),
          ...unsure.map((action) => `${user.key.path}: ${useOf(user).en} and perhaps may not ${action}`),
        ];
      }),
      ...ofType(graph, 'AWS::KMS::Key').flatMap((key) => needless(graph, key, users)),
      ...graph.resources.flatMap((resource) => holderComplaints(graph, resource, [], resource.properties)),
    ]),
  ];
}

/** Actions that a use needs: those that the key's policy does not give, and those of which the templates do not say. */
export function grantsTo(graph: Assembly, user: KeyUser): Record<'missing' | 'unsure', readonly string[]> {
  const judged = keyStatements(user.key).map(({ statement }) => ({
    statement,
    isFor: isFor(graph, statement, user),
  }));
  const given = (action: string, verdicts: readonly Truth[]) =>
    judged.some((one) => verdicts.includes(one.isFor) && coversActions(one.statement, [action]));
  const open = useOf(user).actions.filter((action) => !given(action, [true]));
  return {
    missing: open.filter((action) => !given(action, [undefined])),
    unsure: open.filter((action) => given(action, [undefined])),
  };
}

const useOf = ({ use }: Pick<KeyUser, 'use'>): KeyUse => keyUses[use];

const serviceOf = (graph: Assembly, user: KeyUser): string =>
  useOf(user).service.replace('<region>', regionOf(graph, user.source));

/** Whether a statement lets the service in on behalf of this source: every condition is one that AWS documents, and met. */
function isFor(graph: Assembly, statement: Value, user: KeyUser): Truth {
  return all([
    isAllowing(statement),
    any([servicesIn(statement).includes(serviceOf(graph, user)), isForEverybody(statement)]),
    hasUnknownConditions(statement) ? undefined : true,
    ...[...conditionsOf(statement)].map(([condition, values]) => {
      const [operator = '', key = ''] = condition.split(' ');
      if (!useOf(user).conditions.includes(key)) return false;
      return any(values.map((value) => meets(operator, key, value, user, accountOf(graph, user.source))));
    }),
  ]);
}

/** Where the account's number is not known, a text in its place may be the number or not. */
function meets(operator: string, key: string, value: Value, { source, arn }: KeyUser, account: string): Truth {
  if (!/^(String|Arn)(Equals|Like)$/.test(operator)) return undefined;
  const written = textOf(value);
  if (key === 'aws:sourceaccount') return isAccount(written, account);
  return pointsAt(value, source) ? true : isArn(written, arn, account);
}

/** @param account as `accountOf` has it: what is not known on both sides is the one number that a template asks for */
function isAccount(written: string, account: string): Truth {
  if (written === account || written === '*') return true;
  return account === unknownMark || hasUnknownPart(written) ? undefined : covers(written, account);
}

/** Whether an ARN, or a pattern of one, is the source's: by service and region for certain, by account and name where these are told. */
function isArn(written: string, arn: string, own: string): Truth {
  const [pattern, known] = [written, arn].map((text) => text.split(':'));
  if (pattern === undefined || known === undefined || pattern.length < 6) return covers(written, arn) || undefined;
  const [account = '', ...name] = pattern.slice(4);
  return all([
    ...[1, 2, 3].map((place) =>
      hasUnknownPart(pattern[place] ?? '') ? undefined : covers(pattern[place] ?? '', known[place] ?? ''),
    ),
    known[4] === '' || isAccount(account, own),
    covers(name.join(':'), known.slice(5).join(':')) || undefined,
  ]);
}

/** What a key's policy gives to services that nothing in the graph has them do. */
function needless(graph: Assembly, key: Resource, users: readonly KeyUser[]): readonly string[] {
  const own = users.filter((user) => user.key === key);
  const isNeeded = (service: string, action: string) =>
    own.some(
      (user) => serviceOf(graph, user) === service && useOf(user).actions.some((needed) => covers(needed, action)),
    );
  return keyStatements(key)
    .filter(allows)
    .flatMap(({ statement }) =>
      servicesIn(statement).flatMap((service) =>
        listOf(at(statement, 'Action'))
          .map(textOf)
          .filter((action) => !isNeeded(service, action))
          .map((action) => `${key.path}: ${service} may ${action}, which nothing here needs`),
      ),
    );
}

/** A key given where nobody knows who uses it, or to be used by callers whose policies do not count. */
function holderComplaints(
  graph: Assembly,
  resource: Resource,
  path: readonly string[],
  value: Value,
): readonly string[] {
  if (/^AWS::(IAM|KMS)::/.test(resource.type)) return [];
  if (isList(value)) return value.flatMap((item) => holderComplaints(graph, resource, [...path, '[]'], item));
  if (isProperties(value)) {
    return Object.entries(value).flatMap(([name, item]) =>
      holderComplaints(graph, resource, [...path, `.${name}`], item),
    );
  }
  const key = targetOf(graph, value);
  if (key?.type !== 'AWS::KMS::Key') return [];
  const place = keyPlaces[`${resource.type}${path.join('')}`];
  if (place === undefined) return [`${resource.path}: nobody knows who uses the key in ${path.join('').slice(1)}`];
  if (place.usedBy === 'service' || trustsAccount(key)) return [];
  return [`${key.path}: policies of the account do not count, and ${resource.path} is used by its callers`];
}

/** Whether policies of the account decide over a key: without this statement only the key's own does. */
function trustsAccount(key: Resource): boolean {
  return keyStatements(key).some(
    ({ statement }) =>
      allows({ statement }) &&
      at(statement, 'Condition') === undefined &&
      listOf(at(statement, 'Principal', 'AWS')).some((principal) => textOf(principal).endsWith(':root')) &&
      coversActions(statement, ['kms:Decrypt', 'kms:CreateGrant']),
  );
}
