// The security rules as EC2 and a reviewer would take them: ranges that exist, no rule twice, nothing but the web open to the world,
// and no rule that lets traffic out where nobody lets it in, or in where nobody lets it out.
import { type Cidr, overlaps, readCidr } from '../cidr.ts';
import type { Ledger } from '../lines.ts';
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
export function checkSecurityGroups(design: Design, vpc: Cidr | undefined, ledger: Ledger): void {
  for (const [index, group] of design.securityGroups.entries()) {
    for (const direction of directions) {
      const lineOf = (rule: number) => ledger.lineOf(`securityGroups.${index}.${direction}.${rule}`);
      for (const [place, rule] of group[direction].entries()) {
        const line = lineOf(place);
        checkRange(rule, direction, line, ledger);
        const twin = group[direction].slice(0, place).findIndex((earlier) => isSame(earlier, rule));
        if (twin >= 0) ledger.refuse(line, 'row-twice', { what: textOf(rule, direction, design), line: lineOf(twin) });
        checkCounterpart(design, group, direction, rule, vpc, line, ledger);
      }
    }
  }
}

function checkRange(rule: SecurityGroupRule, direction: Direction, line: number, ledger: Ledger): void {
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
const isSame = (one: SecurityGroupRule, other: SecurityGroupRule): boolean =>
  one.protocol === other.protocol && portsOf(one) === portsOf(other) && otherEnd(one) === otherEnd(other);

const otherEnd = ({ peer }: SecurityGroupRule): string => (peer.kind === 'cidr' ? peer.cidr : `group ${peer.group}`);

/** A rule between two groups works when the other group's rules the other way cover its ports. */
function checkCounterpart(
  design: Design,
  group: SecurityGroup,
  direction: Direction,
  rule: SecurityGroupRule,
  vpc: Cidr | undefined,
  line: number,
  ledger: Ledger,
): void {
  const { peer } = rule;
  if (peer.kind !== 'group') return;
  const other = design.securityGroups.find(({ key }) => key === peer.group);
  const { opposite } = words[direction];
  const answers = (other?.[opposite] ?? []).filter(
    (answer) => answer.protocol === rule.protocol && reaches(answer, group, vpc),
  );
  if (other === undefined || covers(answers, rule)) return;
  ledger.refuse(line, 'rule-alone', {
    rule: textOf(rule, direction, design),
    other: `${other.title} ${words[opposite].title}`,
    counterpart: textOf({ ...rule, peer: { kind: 'group', group: group.key } }, opposite, design),
  });
}

/** Whether a rule speaks of a group: by name, or by a range in which its members can be. */
function reaches({ peer }: SecurityGroupRule, group: SecurityGroup, vpc: Cidr | undefined): boolean {
  if (peer.kind === 'group') return peer.group === group.key;
  const cidr = readCidr(peer.cidr);
  return cidr !== undefined && (vpc === undefined || overlaps(cidr, vpc));
}

function covers(answers: readonly SecurityGroupRule[], { fromPort, toPort }: SecurityGroupRule): boolean {
  const next = answers
    .toSorted((one, other) => one.fromPort - other.fromPort)
    .reduce((open, answer) => (answer.fromPort <= open ? Math.max(open, answer.toPort + 1) : open), fromPort);
  return next > toPort;
}

/** The rule in the document's own words. */
function textOf(rule: SecurityGroupRule, direction: Direction, { securityGroups }: Design): string {
  const { peer } = rule;
  const end =
    peer.kind === 'cidr' ? peer.cidr : (securityGroups.find(({ key }) => key === peer.group)?.title ?? peer.group);
  return `Protocol: ${rule.protocol.toUpperCase()}, Port: ${portsOf(rule)}, ${words[direction].peer}: ${end}`;
}
