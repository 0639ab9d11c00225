// AC-SEC-4: a security group rule that is open to everybody is for the ports that the sentence names, and for no other. A rule may stand
// in its group or be a resource of its own, and EC2 adds one by itself to a group that has none for the way out.
import { type Assembly, at, isSettled, literal, textOf } from '../../../../assembly/graph.ts';
import {
  type FoundRule,
  homelessRules,
  isForAll,
  opensByDefault,
  rulesIn,
} from '../../../../assembly/questions/security-groups.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { any, not, type Truth } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/security.ts';

export const openPorts: CriterionJudge = {
  id: 'AC-SEC-4',
  of: ['security-group'],
  about: ['anywhere'],
  judge: judgeRules,
};

function judgeRules({ everywhere: graph, criterion }: CriterionCase): Finding {
  const { ports } = criterion.figures;
  if (ports.length === 0) return unread('figurePorts');
  const groups = ofType(graph, 'AWS::EC2::SecurityGroup');
  const rules = rulesIn(graph);
  if (groups.length === 0 && rules.length === 0) return noneOf(graph, said.noSecurityGroup);
  // A rule for a group that is not known may be the one that takes the added rule away.
  const holds = homelessRules(graph).some(({ type }) => type === 'AWS::EC2::SecurityGroupEgress') ? undefined : false;
  return [
    ...groups
      .filter((group) => opensByDefault(graph, group))
      .map((group) =>
        on(group)
          .property('SecurityGroupEgress')
          .holds(holds, { expected: said.onlyPorts({ ports }), observed: said.everyPortOpen }),
      ),
    ...rules.map((rule) => ruleEvidence(graph, rule, ports)),
  ];
}

/** Evidence on every rule: one that is not open to everybody holds by that. */
function ruleEvidence(graph: Assembly, found: FoundRule, ports: readonly number[]): Observation {
  const { resource, path, rule, protocol, peers } = found;
  const [written, from, to] = ['IpProtocol', 'FromPort', 'ToPort'].map((name) => at(rule, name) ?? '');
  const isOnePort =
    String(literal(from)) === String(literal(to)) && ports.includes(Number(literal(from) || Number.NaN));
  const isKnown = isSettled([written ?? '', from ?? '', to ?? '']);
  const isAllowed: Truth = isKnown ? (protocol === 'tcp' || protocol === 'udp') && isOnePort : undefined;
  const observed = said.ruleAsWritten({
    protocol: textOf(written),
    ports: [from, to].map(textOf).filter(Boolean).join('-'),
    peers: peers.map(({ value }) => textOf(value)),
  });
  return on(resource)
    .property(...path)
    .holds(any([not(isForAll(graph, found)), isAllowed]), { expected: said.portsOrClosed({ ports }), observed });
}
