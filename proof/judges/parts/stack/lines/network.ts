// Resource lines of NetworkStack and SecurityStack.
import type { Resource } from '../../../../../assembly/graph.ts';
import { namelessRoles, roleNamed } from '../../../../../assembly/questions/permissions.ts';
import { groupNamed, namelessGroups } from '../../../../../assembly/questions/security-groups.ts';
import { isAttached, isTier, subnetAt } from '../../../../../assembly/questions/subnets.ts';
import { atLeast, zonesOf } from '../../../../../assembly/questions/zones.ts';
import { ofType } from '../../../../../assembly/relations.ts';
import { isProduction, perEnvironment } from '../../../../../design/environments.ts';
import { groupCalled } from '../../../../../design/grammar/security-groups.ts';
import type { Said } from '../../../../../design/messages/said.ts';
import { rolesOf, says, tierOf } from '../../../../../design/words/resource-line.ts';
import type { Finding, Observation } from '../../../judge.ts';
import { missing, missingUnless, on, onStack } from '../../../on.ts';
import { said as words } from '../../../words/evidence.ts';
import { said as network } from '../../../words/network.ts';
import { said as roleWords } from '../../../words/roles.ts';
import { said } from '../../../words/stacks.ts';
import { vpcOf } from '../../network/vpc.ts';
import { counted, inStack, type LineCase, whether } from './line.ts';

export function vpc(line: LineCase): Finding {
  const { cidr } = line.judgeCase.design.network;
  const [found] = inStack(line, 'AWS::EC2::VPC');
  return [
    found === undefined ? missing(network.vpcOf({ cidr }), line.stack) : on(found).property('CidrBlock').is(cidr),
  ];
}

export function subnetLine(line: LineCase): Finding {
  const { judgeCase, stack, wanted } = line;
  const { graph, design } = judgeCase;
  const tier = tierOf(wanted);
  const named = design.network.subnets.map((subnet, index) => ({
    tier: subnet.tier,
    found: subnetAt(judgeCase, index),
  }));
  // A subnet beyond the document's counts for what its routes make of it, in whichever stack it is hidden.
  const every = ofType(graph, 'AWS::EC2::Subnet').map((subnet) => {
    const known = named.find((entry) => entry.found === subnet);
    const isMeant = known === undefined ? tier !== undefined && isTier(graph, subnet, tier) : known.tier === tier;
    return { subnet, isMeant };
  });
  const found = every.flatMap(({ subnet, isMeant }) => (isMeant ? [subnet] : []));
  const possible = every.flatMap(({ subnet, isMeant }) => (isMeant === undefined ? [subnet] : []));
  if (found.length === 0) return missingUnless(possible, wanted.text, stack);
  const zones = zonesOf(
    graph,
    found.map(({ key }) => ({ $ref: key })),
  );
  return [
    counted(line, found.length, wanted.count ?? found.length),
    ...possible.map((subnet) => on(subnet).holds(undefined, { expected: wanted.text, observed: words.mayBeIt })),
    ...found.filter((subnet) => subnet.stack !== stack).map((subnet) => inOwnStack(subnet, stack)),
    ...(says(wanted, 'several-zones')
      ? [onStack(stack, '/Resources', atLeast(zones, 2), { expected: said.severalZones, observed: zones.names })]
      : []),
  ];
}

const inOwnStack = (resource: Resource, stack: string) =>
  on(resource).holds(resource.stack === stack, { expected: stack, observed: resource.stack });

export function internetGateway(line: LineCase): Finding {
  const { judgeCase, stack } = line;
  const found = inStack(line, 'AWS::EC2::InternetGateway');
  if (found.length === 0) return [missing(said.internetGateway, stack)];
  const home = vpcOf(judgeCase);
  return found.map((gateway) => {
    const attached = home !== undefined && isAttached(judgeCase.graph, gateway, { $ref: home.key });
    const observed = whether(attached, network.attached, network.notAttached);
    return on(gateway).holds(attached, { expected: network.attachedToVpc, observed });
  });
}

/** SIZE-4: the line gives production's number; an environment of one zone has fewer. */
export function natGateway(line: LineCase): Finding {
  const { judgeCase, stack, wanted } = line;
  const { graph, design, environment } = judgeCase;
  const found = ofType(graph, 'AWS::EC2::NatGateway').length;
  const written = isProduction(design, environment) ? wanted.count : undefined;
  const count = written ?? perEnvironment(design.sizes, environment).natGateways;
  return [found === 0 ? missing(network.natGateways({ count }), stack) : counted(line, found, count)];
}

export function securityGroup(line: LineCase): Finding {
  const { judgeCase, stack, wanted } = line;
  const group = groupCalled(wanted.name, judgeCase.design.securityGroups);
  if (group === undefined) return [missing(said.groupOfLine({ text: wanted.text }), stack)];
  const { name } = group;
  const { graph } = judgeCase;
  return standing(stack, groupNamed(graph, name), namelessGroups(graph), said.securityGroupCalled({ name }));
}

export function roles(line: LineCase): Finding {
  const { judgeCase, stack, wanted } = line;
  const { graph, design } = judgeCase;
  const whose = rolesOf(wanted);
  const named = design.roles.filter(({ kind }) => whose.includes(kind));
  if (named.length === 0) return [missing(said.roleOfLine({ text: wanted.text }), stack)];
  return named.flatMap(({ name }) =>
    standing(stack, roleNamed(graph, name), namelessRoles(graph), roleWords.role({ name })),
  );
}

/** What is called so stands in the stack; where nothing surely is, what may be. */
const standing = (
  stack: string,
  found: Resource | undefined,
  possible: readonly Resource[],
  expected: Said,
): readonly Observation[] =>
  found === undefined ? missingUnless(possible, expected, stack) : [inOwnStack(found, stack)];
