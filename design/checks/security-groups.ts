// The security rules as EC2 and a reviewer would take them: ranges that exist, no rule twice, nothing but the web open to the world,
// and no rule that lets traffic out where nobody lets it in, or in where nobody lets it out.
import { type Cidr, overlaps, readCidr } from '../cidr.ts';
import type { LineLedger } from '../lines.ts';
import type { Design, SecurityGroup, SecurityGroupRule } from '../schema.ts';

const directions = ['ingress', 'egress'] as const;
type Direction = (typeof directions)[number];
const words = {
  ingress: { title: 'Ingress', peer: 'Source', opposite: 'egress' },
  egress: { title: 'Egress', peer: 'Destination', opposite: 'ingress' },
} as const;

/** Ports that may be open to everybody (AC-SEC-4). */
const webPorts = [80, 443];

/** Refuses rules that cannot be made, or that nothing answers; `vpc` is the VPC's range when it is a sound one. */
export function checkSecurityGroups(design: Design, vpc: Cidr | undefined, ledger: LineLedger): void {
  const answered = answersIn(design, vpc);
  for (const [index, group] of design.securityGroups.entries()) {
    for (const direction of directions) {
      const lines = new Map<string, number>();
      for (const [place, rule] of group[direction].entries()) {
        const line = ledger.lineOf(`securityGroups.${index}.${direction}.${place}`);
        checkRange(rule, direction, line, ledger);
        const earlier = lines.get(identityOf(rule));
        if (earlier === undefined) lines.set(identityOf(rule), line);
        else ledger.refuse(line, 'row-twice', { what: textOf(rule, direction, design), line: earlier });
        checkCounterpart(design, group, direction, rule, answered, line, ledger);
      }
    }
  }
}

function checkRange(rule: SecurityGroupRule, direction: Direction, line: number, ledger: LineLedger): void {
  if (rule.peer.kind !== 'cidr') return;
  const found = rule.peer.cidr;
  const cidr = readCidr(found);
  if (cidr === undefined) ledger.refuse(line, 'cidr-malformed', { found });
  else if (cidr.canonical !== found) ledger.refuse(line, 'cidr-host-bits', { found, canonical: cidr.canonical });
  else if (cidr.prefix === 0 && direction === 'ingress' && !webPorts.some((port) => isPort(rule, port))) {
    ledger.refuse(line, 'open-to-world', { ports: portsOf(rule) });
  }
}

const isPort = ({ fromPort, toPort }: SecurityGroupRule, port: number): boolean => fromPort === port && toPort === port;

const portsOf = ({ fromPort, toPort }: SecurityGroupRule): string =>
  fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;

/** EC2 tells rules apart by all but their descriptions. */
const identityOf = (rule: SecurityGroupRule): string => `${rule.protocol} ${portsOf(rule)} ${otherEnd(rule)}`;

const otherEnd = ({ peer }: SecurityGroupRule): string => (peer.kind === 'cidr' ? peer.cidr : `group ${peer.group}`);

/** The ports from a first to a last one. */
type Ports = Pick<SecurityGroupRule, 'fromPort' | 'toPort'>;
type Answers = (other: SecurityGroup, direction: Direction, protocol: string, group: SecurityGroup) => readonly Ports[];

/** A rule between two groups works when the other group's rules the other way cover its ports. */
function checkCounterpart(
  design: Design,
  group: SecurityGroup,
  direction: Direction,
  rule: SecurityGroupRule,
  answered: Answers,
  line: number,
  ledger: LineLedger,
): void {
  const { peer } = rule;
  if (peer.kind !== 'group') return;
  const other = design.securityGroups.find(({ key }) => key === peer.group);
  const { opposite } = words[direction];
  if (other === undefined || covers(answered(other, opposite, rule.protocol, group), rule)) return;
  ledger.refuse(line, 'rule-alone', {
    rule: textOf(rule, direction, design),
    other: `${other.title} ${words[opposite].title}`,
    counterpart: textOf({ ...rule, peer: { kind: 'group', group: group.key } }, opposite, design),
  });
}

/** The ports of a group's rules that speak of another one, in order and apart; each question is answered once. */
function answersIn(design: Design, vpc: Cidr | undefined): Answers {
  const known = new Map<string, readonly Ports[]>();
  return (other, direction, protocol, group) => {
    const key = `${design.securityGroups.indexOf(other)} ${direction} ${protocol} ${group.key}`;
    const ports =
      known.get(key) ??
      apart(other[direction].filter((answer) => answer.protocol === protocol && reaches(answer, group, vpc)));
    known.set(key, ports);
    return ports;
  };
}

/** Whether a rule speaks of a group: by name, or by a range in which its members can be. */
function reaches({ peer }: SecurityGroupRule, group: SecurityGroup, vpc: Cidr | undefined): boolean {
  if (peer.kind === 'group') return peer.group === group.key;
  const cidr = readCidr(peer.cidr);
  return cidr !== undefined && (vpc === undefined || overlaps(cidr, vpc));
}

/** Ranges of ports in order, those that touch as one. */
function apart(rules: readonly Ports[]): readonly Ports[] {
  const ranges: Ports[] = [];
  for (const { fromPort, toPort } of rules.toSorted((one, other) => one.fromPort - other.fromPort)) {
    const last = ranges.at(-1);
    if (last === undefined || fromPort > last.toPort + 1) ranges.push({ fromPort, toPort });
    else ranges[ranges.length - 1] = { fromPort: last.fromPort, toPort: Math.max(last.toPort, toPort) };
  }
  return ranges;
}

/** Whether one of some ranges, in order and apart, holds all ports of another: the last that begins no later, found by halving. */
function covers(ranges: readonly Ports[], { fromPort, toPort }: Ports): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.fromPort ?? 0) <= fromPort) low = middle + 1;
    else high = middle;
  }
  return (ranges[low - 1]?.toPort ?? -1) >= toPort;
}

/** The rule in the document's own words. */
function textOf(rule: SecurityGroupRule, direction: Direction, { securityGroups }: Design): string {
  const { peer } = rule;
  const end =
    peer.kind === 'cidr' ? peer.cidr : (securityGroups.find(({ key }) => key === peer.group)?.title ?? peer.group);
  return `Protocol: ${rule.protocol.toUpperCase()}, Port: ${portsOf(rule)}, ${words[direction].peer}: ${end}`;
}
