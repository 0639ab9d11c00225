// The rules of security groups as templates have them, wherever they stand: within the group, or as resources of their own.

import type { Design, SecurityGroup, SecurityGroupRule } from '../../design/schema.ts';
import {
  type Assembly,
  at,
  isSettled,
  isUnresolved,
  literal,
  type Resource,
  resourceOf,
  textOf,
  type Value,
} from '../graph.ts';
import type { Placed, PropertyPath } from '../properties.ts';
import { listOf, named, nameless, ofType, pointsAt, refersTo, targetOf, textHolds } from '../relations.ts';
import { all, any, type Truth, unknownIf } from '../truth.ts';

const directions = ['ingress', 'egress'] as const;
export type Direction = (typeof directions)[number];

/** A rule with where it stands: in its group, or as a resource of its own. */
export interface FoundRule extends Placed {
  readonly direction: Direction;
  readonly rule: Value;
  /** `tcp`, `udp`, `icmp`, `all`, or AWS's number for another. */
  readonly protocol: string | undefined;
  /** Who is on the other end, by the properties that say so. */
  readonly peers: readonly { readonly name: string; readonly value: Value }[];
}

const names = {
  ingress: { inline: 'SecurityGroupIngress', own: 'AWS::EC2::SecurityGroupIngress', peer: 'Source' },
  egress: { inline: 'SecurityGroupEgress', own: 'AWS::EC2::SecurityGroupEgress', peer: 'Destination' },
} as const;

/** The group of the document: the one whose Name tag, or else group name, is the document's short name. */
export const groupNamed = (graph: Assembly, name: string): Resource | undefined =>
  named(graph, 'AWS::EC2::SecurityGroup', 'GroupName', name);

/** Groups that may be the one of a name, where none is found. */
export const namelessGroups = (graph: Assembly): readonly Resource[] =>
  nameless(graph, 'AWS::EC2::SecurityGroup', 'GroupName');

/** Every rule of a group in one direction; the placeholder that stands for "none" is left out. */
export function rulesOf(graph: Assembly, group: Resource, direction: Direction): readonly FoundRule[] {
  const alone = loneRules(graph, direction).filter(({ resource }) => pointsAt(resource.properties.GroupId, group));
  return [...inlineRules(group, direction), ...alone].filter((found) => !isPlaceholder(found));
}

/** Every rule that the templates have, for whichever group. */
export const rulesIn = (graph: Assembly): readonly FoundRule[] =>
  directions.flatMap((direction) => [
    ...ofType(graph, 'AWS::EC2::SecurityGroup').flatMap((group) => inlineRules(group, direction)),
    ...loneRules(graph, direction),
  ]);

const inlineRules = (resource: Resource, direction: Direction): readonly FoundRule[] => {
  const { inline } = names[direction];
  return listOf(resource.properties[inline]).map((rule, index) =>
    foundRule({ resource, path: [inline, index] }, rule, direction),
  );
};

const loneRules = (graph: Assembly, direction: Direction): readonly FoundRule[] =>
  ofType(graph, names[direction].own).map((resource) =>
    foundRule({ resource, path: [] }, resource.properties, direction),
  );

function foundRule(placed: Placed, rule: Value, direction: Direction): FoundRule {
  const written = literal(at(rule, 'IpProtocol'));
  const protocol = written === undefined ? undefined : (protocols[String(written)] ?? String(written).toLowerCase());
  const { peer } = names[direction];
  const peers = ['CidrIp', 'CidrIpv6', `${peer}SecurityGroupId`, `${peer}PrefixListId`, `${peer}SecurityGroupName`];
  return {
    ...placed,
    direction,
    rule,
    protocol,
    peers: peers.flatMap((name) => {
      const value = at(rule, name);
      return value === undefined ? [] : [{ name, value }];
    }),
  };
}

const wornAt: Readonly<Record<string, PropertyPath>> = {
  'AWS::EC2::VPCEndpoint': ['SecurityGroupIds'],
  'AWS::ECS::Service': ['NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'],
  'AWS::ElastiCache::CacheCluster': ['VpcSecurityGroupIds'],
  'AWS::ElastiCache::ReplicationGroup': ['SecurityGroupIds'],
  'AWS::ElastiCache::ServerlessCache': ['SecurityGroupIds'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['SecurityGroups'],
  'AWS::Lambda::Function': ['VpcConfig', 'SecurityGroupIds'],
  'AWS::RDS::DBCluster': ['VpcSecurityGroupIds'],
};

/** Which groups a resource wears. */
export interface Worn {
  /** The property that says so. */
  readonly path: PropertyPath;
  /** Absent where it says nothing. */
  readonly value: Value | undefined;
  /** Those in the templates. */
  readonly groups: readonly Resource[];
  /** Whether it may wear others too, of which nothing is known. */
  readonly isOpen: boolean;
}

export function wornBy(graph: Assembly, { type, properties }: Resource): Worn {
  const path = wornAt[type];
  if (path === undefined) return { path: [], value: undefined, groups: [], isOpen: false };
  const value = at(properties, ...path);
  const members = listOf(value);
  const groups = members
    .flatMap((member) => targetOf(graph, member) ?? [])
    .filter((target) => target.type === 'AWS::EC2::SecurityGroup');
  return { path, value, groups, isOpen: groups.length < members.length };
}

/** Whether a group's rules let a port through from another group, or out to it; any port where none is said. */
export const lets = (graph: Assembly, group: Resource, other: Resource, direction: Direction, port?: number): Truth =>
  any([
    ...rulesOf(graph, group, direction).map((rule) =>
      all([isOn(rule, port), any(rule.peers.map((peer) => isPeer(peer, other)))]),
    ),
    direction === 'egress' && opensByDefault(graph, group),
    unknownIf(homelessRules(graph).some(({ type }) => type === names[direction].own)),
  ]);

/** Whether a rule is for a port of TCP. One that is an attribute of a resource is not known. */
function isOn({ rule, protocol }: FoundRule, port: number | undefined): Truth {
  if (port === undefined || protocol === 'all') return true;
  return all([
    textHolds(at(rule, 'IpProtocol'), () => protocol === 'tcp'),
    textHolds(at(rule, 'FromPort'), (first) => Number(first) <= port),
    textHolds(at(rule, 'ToPort'), (last) => port <= Number(last)),
  ]);
}

/** Whether who is on the other end of a rule is a group; of a range of addresses it is not known who has them. */
function isPeer({ name, value }: FoundRule['peers'][number], group: Resource): Truth {
  if (name.endsWith('SecurityGroupId')) return refersTo(value, group);
  return value === '0.0.0.0/0' || undefined;
}

/** Rules of which the templates do not say what group they are for: it may be any. */
export const homelessRules = (graph: Assembly, ...wanted: readonly Direction[]): readonly Resource[] =>
  (wanted.length > 0 ? wanted : directions).flatMap((direction) =>
    ofType(graph, names[direction].own).filter(({ properties }) => isUnknown(properties.GroupId)),
  );

const isUnknown = (groupId: Value | undefined) =>
  groupId !== undefined && !isSettled(groupId) && resourceOf(groupId) === undefined;

/** Rules for a group that is none of the templates' own, such as the one that every VPC is born with. */
export function foreignRules(graph: Assembly): readonly Resource[] {
  return ofType(graph, names.ingress.own, names.egress.own).filter(
    ({ properties: { GroupId } }) =>
      !isUnknown(GroupId) && targetOf(graph, GroupId)?.type !== 'AWS::EC2::SecurityGroup',
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
export function matches(site: Site, found: FoundRule, wanted: SecurityGroupRule): boolean | undefined {
  const held = partsHeld(site, found, wanted);
  return held.includes(false) ? false : held.includes(undefined) ? undefined : true;
}

/** How many of a rule's five parts are the document's: which of several rules is the one that a line meant. */
export const likeness = (site: Site, found: FoundRule, wanted: SecurityGroupRule): number =>
  partsHeld(site, found, wanted).filter((held) => held !== false).length;

interface Site {
  readonly graph: Assembly;
  readonly design: Design;
}

const partsHeld = (site: Site, found: FoundRule, wanted: SecurityGroupRule): readonly (boolean | undefined)[] => [
  isSettled(at(found.rule, 'IpProtocol')) ? sameText(found.protocol, wanted.protocol) : undefined,
  sameText(at(found.rule, 'FromPort'), wanted.fromPort),
  sameText(at(found.rule, 'ToPort'), wanted.toPort),
  sameText(at(found.rule, 'Description'), wanted.description),
  samePeer(site, found, wanted),
];

/** A rule of the document in the same words as `textOfRule`. */
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
function isPlaceholder({ rule, protocol, peers }: FoundRule): boolean {
  return (
    protocol === 'icmp' &&
    sameText(at(rule, 'FromPort'), 252) === true &&
    sameText(at(rule, 'ToPort'), 86) === true &&
    peers.length === 1 &&
    at(rule, 'CidrIp') === '255.255.255.255/32'
  );
}

const protocols: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '-1': 'all', '1': 'icmp' };

function sameText(value: Value | undefined, wanted: string | number): boolean | undefined {
  if (value === undefined) return false;
  return isSettled(value) ? String(literal(value)) === String(wanted) : undefined;
}

function samePeer(
  { graph, design }: Site,
  { rule, peers }: FoundRule,
  { peer }: SecurityGroupRule,
): boolean | undefined {
  const [other] = peers;
  if (isUnresolved(rule)) return undefined;
  if (other === undefined || peers.length > 1) return false;
  if (peer.kind === 'cidr') return other.name === 'CidrIp' ? sameText(other.value, peer.cidr) : false;
  if (!other.name.endsWith('SecurityGroupId')) return false;
  const wanted = groupNamed(graph, groupOf(design, peer.group)?.name ?? '');
  if (wanted !== undefined && pointsAt(other.value, wanted)) return true;
  return isSettled(other.value) || resourceOf(other.value) !== undefined ? false : undefined;
}

/** `tcp 443 from 0.0.0.0/0 "…"`, as far as the template settles it. */
export function textOfRule({ rule, protocol = 'all', peers, direction }: FoundRule): string {
  const other = peers.map(({ value }) => textOf(value)).join(' and ');
  const [from, to] = [textOf(at(rule, 'FromPort')), textOf(at(rule, 'ToPort'))];
  return sentence(protocol, from, to, direction, other, textOf(at(rule, 'Description')));
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

/** Whether a rule is for everybody. Two halves of the internet are all of it. */
export const isForAll = (graph: Assembly, { peers }: FoundRule): Truth =>
  any(
    peers.map(({ name, value }) => {
      if (name.startsWith('CidrIp')) return isEverybody(value);
      return name.endsWith('PrefixListId') ? listIsOpen(graph, value) : false;
    }),
  );

/** A range of a 256th of all addresses or more, outside what is private anyway (10.0.0.0/8), is nobody's own. */
function isEverybody(address: Value | undefined): Truth {
  const written = literal(address);
  if (written === undefined) return undefined;
  const size = Number(/\/(\d+)$/.exec(String(written))?.[1]);
  return Number.isNaN(size) ? undefined : size < 8;
}

function listIsOpen(graph: Assembly, list: Value): Truth {
  const own = targetOf(graph, list);
  if (own?.type !== 'AWS::EC2::PrefixList') return undefined;
  return any(listOf(own.properties.Entries).map((entry) => isEverybody(at(entry, 'Cidr'))));
}
