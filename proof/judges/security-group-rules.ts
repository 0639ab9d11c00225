// The rules of security groups as templates have them, wherever they stand: within the group, or as resources of their own.
import {
  type Assembly,
  at,
  isSettled,
  literal,
  type Resource,
  resourceOf,
  textOf,
  type Value,
} from '../../assembly/graph.ts';
import type { Design, SecurityGroup, SecurityGroupRule } from '../../design/schema.ts';
import type { PropertyPath } from './evidence.ts';
import { listOf, ofType, pointsAt, tagOf, targetOf } from './relations.ts';

export type Direction = 'ingress' | 'egress';

export interface FoundRule {
  /** The group, or the rule's own resource. */
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly rule: Value;
  /** `tcp 443 from 0.0.0.0/0 "…"`, as far as the template settles it. */
  readonly text: string;
}

const names = {
  ingress: { inline: 'SecurityGroupIngress', own: 'AWS::EC2::SecurityGroupIngress', peer: 'Source' },
  egress: { inline: 'SecurityGroupEgress', own: 'AWS::EC2::SecurityGroupEgress', peer: 'Destination' },
} as const;

/** The group of the document: the one whose Name tag, or else group name, is the document's short name. */
export function groupNamed(graph: Assembly, name: string): Resource | undefined {
  const groups = ofType(graph, 'AWS::EC2::SecurityGroup');
  return (
    groups.find((group) => literal(tagOf(group, 'Name')) === name) ??
    groups.find(({ properties }) => literal(properties.GroupName) === name)
  );
}

/** Every rule of a group in one direction; the placeholder that stands for "none" is left out. */
export function rulesOf(graph: Assembly, group: Resource, direction: Direction): readonly FoundRule[] {
  const { inline, own } = names[direction];
  const within = listOf(group.properties[inline]).map((rule, index) => ({
    resource: group,
    path: [inline, index],
    rule,
  }));
  const alone = ofType(graph, own)
    .filter(({ properties }) => pointsAt(properties.GroupId, group))
    .map((resource) => ({ resource, path: [], rule: resource.properties }));
  return [...within, ...alone]
    .filter(({ rule }) => !isPlaceholder(rule, direction))
    .map((found) => ({ ...found, text: ruleText(found.rule, direction) }));
}

/** Rules of which the templates do not say what group they are for: it may be any. */
export function homelessRules(graph: Assembly): readonly Resource[] {
  return ofType(graph, names.ingress.own, names.egress.own).filter(({ properties }) => isOpen(properties.GroupId));
}

const isOpen = (groupId: Value | undefined) =>
  groupId !== undefined && !isSettled(groupId) && resourceOf(groupId) === undefined;

/** Rules for a group that is none of the templates' own, such as the one that every VPC is born with. */
export function foreignRules(graph: Assembly): readonly Resource[] {
  return ofType(graph, names.ingress.own, names.egress.own).filter(
    ({ properties: { GroupId } }) => !isOpen(GroupId) && targetOf(graph, GroupId)?.type !== 'AWS::EC2::SecurityGroup',
  );
}

/**
 * Whether EC2 adds its own allow-all: it does to a group that gets no egress rule. A rule that is a resource of its own takes the
 * added one away too (aws/aws-cdk#987; CDK's own security groups stand on it).
 */
export function opensByDefault(graph: Assembly, group: Resource): boolean {
  const inline = listOf(group.properties.SecurityGroupEgress);
  return inline.length === 0 && rulesOf(graph, group, 'egress').length === 0;
}

/** Whether a rule is the document's; `undefined` when its values are unresolved. */
export function matches(
  graph: Assembly,
  design: Design,
  { rule }: FoundRule,
  wanted: SecurityGroupRule,
  direction: Direction,
): boolean | undefined {
  const held = [
    sameText(protocolOf(rule), wanted.protocol),
    sameText(at(rule, 'FromPort'), wanted.fromPort),
    sameText(at(rule, 'ToPort'), wanted.toPort),
    sameText(at(rule, 'Description'), wanted.description),
    samePeer(graph, design, rule, wanted, direction),
  ];
  return held.includes(false) ? false : held.includes(undefined) ? undefined : true;
}

/** How many of a rule's five parts are the document's: which of several rules is the one that a line meant. */
export function likeness(
  graph: Assembly,
  design: Design,
  { rule }: FoundRule,
  wanted: SecurityGroupRule,
  direction: Direction,
): number {
  return [
    sameText(at(rule, 'FromPort'), wanted.fromPort),
    sameText(at(rule, 'ToPort'), wanted.toPort),
    sameText(at(rule, 'Description'), wanted.description),
    samePeer(graph, design, rule, wanted, direction),
    sameText(protocolOf(rule), wanted.protocol),
  ].filter((held) => held !== false).length;
}

/** A rule of the document in the same words as `FoundRule.text`. */
export function wantedText(design: Design, wanted: SecurityGroupRule, direction: Direction): string {
  const { protocol, fromPort, toPort, peer, description } = wanted;
  const other = peer.kind === 'cidr' ? peer.cidr : (groupOf(design, peer.group)?.name ?? peer.group);
  return sentence(protocol, String(fromPort), String(toPort), direction, other, description);
}

const groupOf = (design: Design, key: string): SecurityGroup | undefined =>
  design.securityGroups.find((group) => group.key === key);

/**
 * CDK's way to have no rule where EC2 would otherwise add its own: an ICMP type that does not exist, to an address that nobody has
 * (`MATCH_NO_TRAFFIC` in aws-ec2/lib/security-group.ts). Anything less than the whole of it is a rule like another.
 */
function isPlaceholder(rule: Value, direction: Direction): boolean {
  const peers = peersOf(rule, direction);
  return (
    protocolOf(rule) === 'icmp' &&
    sameText(at(rule, 'FromPort'), 252) === true &&
    sameText(at(rule, 'ToPort'), 86) === true &&
    peers.length === 1 &&
    at(rule, 'CidrIp') === '255.255.255.255/32'
  );
}

const protocols: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '-1': 'all', '1': 'icmp' };
const protocolOf = (rule: Value): string | undefined => {
  const written = literal(at(rule, 'IpProtocol'));
  return written === undefined ? undefined : (protocols[String(written)] ?? String(written).toLowerCase());
};

function sameText(value: Value | undefined, wanted: string | number): boolean | undefined {
  if (value === undefined) return false;
  return isSettled(value) ? String(literal(value)) === String(wanted) : undefined;
}

function samePeer(
  graph: Assembly,
  design: Design,
  rule: Value,
  { peer }: SecurityGroupRule,
  direction: Direction,
): boolean | undefined {
  const others = peersOf(rule, direction);
  const [other] = others;
  if (other === undefined || others.length > 1) return false;
  if (peer.kind === 'cidr') return other.name === 'CidrIp' ? sameText(other.value, peer.cidr) : false;
  if (!other.name.endsWith('SecurityGroupId')) return false;
  const wanted = groupNamed(graph, groupOf(design, peer.group)?.name ?? '');
  if (wanted !== undefined && pointsAt(other.value, wanted)) return true;
  return isSettled(other.value) || resourceOf(other.value) !== undefined ? false : undefined;
}

function peersOf(rule: Value, direction: Direction): readonly { readonly name: string; readonly value: Value }[] {
  const { peer } = names[direction];
  return ['CidrIp', 'CidrIpv6', `${peer}SecurityGroupId`, `${peer}PrefixListId`, `${peer}SecurityGroupName`].flatMap(
    (name) => {
      const value = at(rule, name);
      return value === undefined ? [] : [{ name, value }];
    },
  );
}

function ruleText(rule: Value, direction: Direction): string {
  const other = peersOf(rule, direction)
    .map(({ value }) => textOf(value))
    .join(' and ');
  const description = textOf(at(rule, 'Description'));
  return sentence(
    protocolOf(rule) ?? 'all',
    textOf(at(rule, 'FromPort')),
    textOf(at(rule, 'ToPort')),
    direction,
    other,
    description,
  );
}

function sentence(
  protocol: string,
  from: string,
  to: string,
  direction: Direction,
  peer: string,
  description: string,
): string {
  const ports = from === to ? from : `${from}-${to}`;
  return `${protocol} ${ports} ${direction === 'ingress' ? 'from' : 'to'} ${peer} "${description}"`;
}
