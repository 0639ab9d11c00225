// AC-SEC-4: a security group rule that is open to everybody is for the ports that the sentence names, and for no other. A rule may stand
// in its group or be a resource of its own, and EC2 adds one by itself to a group that has none for the way out.
import { type Assembly, at, isSettled, literal, textOf, type Value } from '../../../assembly/graph.ts';
import { type FoundRule, opensByDefault, rulesIn } from '../../../assembly/questions/security-groups.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';

export const openPorts: CriterionJudge = {
  id: 'AC-SEC-4',
  about: ['anywhere'],
  judge: judgeRules,
};

function judgeRules({ everywhere: graph, criterion }: CriterionCase): Finding {
  const ports = criterion.figures.ports;
  if (ports.length === 0) return unread('ports');
  const groups = ofType(graph, 'AWS::EC2::SecurityGroup');
  const rules = rulesIn(graph);
  if (groups.length === 0 && rules.length === 0) return { notApplicable: 'there is no security group' };
  const added = groups.filter((group) => opensByDefault(graph, group));
  return [
    ...added.map((group) =>
      seen(
        graph,
        group,
        ['SecurityGroupEgress'],
        'nothing said: EC2 opens every port to everybody',
        `only ports ${ports.join(', ')}`,
        false,
      ),
    ),
    ...rules.flatMap((rule) => ruleEvidence(graph, rule, ports)),
  ];
}

/** Evidence on every rule: one that is not open to everybody holds by that. */
function ruleEvidence(graph: Assembly, found: FoundRule, ports: readonly number[]): readonly Evidence[] {
  const { resource, path, rule, protocol, peers } = found;
  const expected = `ports ${ports.join(', ')}, or not open to everybody`;
  const open = isOpen(graph, found);
  const from = at(rule, 'FromPort');
  const to = at(rule, 'ToPort');
  const whom = peers.map(({ value }) => textOf(value)).join(' and ') || 'nobody';
  const observed = `${textOf(at(rule, 'IpProtocol'))} ${textOf(from)}-${textOf(to)}, ${whom}`;
  if (open === false) return [seen(graph, resource, path, observed, expected, true)];
  const settled = isSettled([from ?? '', to ?? '', at(rule, 'IpProtocol') ?? '']);
  const allowed =
    (protocol === 'tcp' || protocol === 'udp') &&
    from !== undefined &&
    String(literal(from)) === String(literal(to)) &&
    ports.includes(Number(literal(from)));
  const holds = !settled ? undefined : allowed ? true : open === undefined ? undefined : false;
  return [seen(graph, resource, path, observed, expected, holds)];
}

/** Whether a rule is for everybody; `undefined` when the templates do not settle it. Two halves of the internet are all of it. */
function isOpen(graph: Assembly, { peers }: FoundRule): boolean | undefined {
  const found = peers.map(({ name, value }) => {
    if (name.startsWith('CidrIp')) return isEverybody(value);
    return name.endsWith('PrefixListId') ? listIsOpen(graph, value) : false;
  });
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

/** A range of a 256th of all addresses or more, outside what is private anyway (10.0.0.0/8), is nobody's own. */
function isEverybody(address: Value): boolean | undefined {
  const written = literal(address);
  if (written === undefined) return undefined;
  const size = Number(/\/(\d+)$/.exec(String(written))?.[1]);
  return Number.isNaN(size) ? undefined : size < 8;
}

function listIsOpen(graph: Assembly, list: Value): boolean | undefined {
  const own = targetOf(graph, list);
  if (own?.type !== 'AWS::EC2::PrefixList') return undefined;
  const found = listOf(own.properties.Entries).map((entry) => isEverybody(at(entry, 'Cidr') ?? ''));
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}
