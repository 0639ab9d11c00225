// Resource lines of NetworkStack and SecurityStack.
import { textOf } from '../../../../assembly/graph.ts';
import { roleNamed } from '../../../../assembly/questions/permissions.ts';
import { groupNamed } from '../../../../assembly/questions/security-groups.ts';
import { isAttached, subnetAt, tierByRoutes } from '../../../../assembly/questions/subnets.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { groupCalled } from '../../../../design/grammar/security-groups.ts';
import { rolesOf, says, tierOf } from '../../../../design/words/resource-line.ts';
import { equals, nothing, onStack, seen } from '../../evidence.ts';
import type { Finding } from '../../judge.ts';
import { vpcOf } from '../vpc.ts';
import { inStack, type LineCase } from './line.ts';

export function vpc(line: LineCase): Finding {
  const { graph, design } = line.judgeCase;
  const [found] = inStack(line, 'AWS::EC2::VPC');
  if (found === undefined) return [nothing(`a VPC ${design.network.cidr}`, line.stack)];
  return [equals(graph, found, ['CidrBlock'], design.network.cidr)];
}

export function subnetLine(line: LineCase): Finding {
  const { judgeCase, stack, said } = line;
  const { graph, design } = judgeCase;
  const tier = tierOf(said);
  const named = design.network.subnets.map((subnet, index) => ({
    tier: subnet.tier,
    found: subnetAt(judgeCase, index),
  }));
  // A subnet beyond the document's counts for what its routes make of it, in whichever stack it is hidden.
  const found = ofType(graph, 'AWS::EC2::Subnet').filter((subnet) => {
    const known = named.find((entry) => entry.found === subnet);
    return (known?.tier ?? tierByRoutes(judgeCase.graph, subnet)) === tier;
  });
  if (found.length === 0) return [nothing(said.text, stack)];
  const wanted = said.count;
  const zones = new Set(found.map(({ properties }) => textOf(properties.AvailabilityZone)));
  const count = found.length;
  return [
    onStack(graph, stack, '/Resources', count, wanted ?? 1, wanted === undefined || count === wanted),
    ...found
      .filter((subnet) => subnet.stack !== stack)
      .map((subnet) => seen(graph, subnet, [], subnet.stack, stack, false)),
    ...(says(said, 'several-zones')
      ? [onStack(graph, stack, '/Resources', [...zones], 'more than one zone', zones.size > 1)]
      : []),
  ];
}

export function internetGateway(line: LineCase): Finding {
  const { judgeCase, stack } = line;
  const found = inStack(line, 'AWS::EC2::InternetGateway');
  if (found.length === 0) return [nothing('an internet gateway', stack)];
  const home = vpcOf(judgeCase);
  return found.map((gateway) => {
    const attached = home !== undefined && isAttached(judgeCase.graph, gateway, { $ref: home.key });
    return seen(judgeCase.graph, gateway, [], attached ? 'attached' : 'not attached', 'attached to the VPC', attached);
  });
}

/** SIZE-4: the line gives production's number; an environment of one zone has fewer. */
export function natGateway(line: LineCase): Finding {
  const { judgeCase, stack, said } = line;
  const { graph, design, environment } = judgeCase;
  const found = ofType(graph, 'AWS::EC2::NatGateway');
  const counted = environment === 'production' ? said.count : undefined;
  const wanted = counted ?? design.sizes[environment].natGateways;
  if (found.length === 0) return [nothing(`${wanted} NAT gateways`, stack)];
  return [onStack(graph, stack, '/Resources', found.length, wanted, found.length === wanted)];
}

export function securityGroup(line: LineCase): Finding {
  const { judgeCase, stack, said } = line;
  const wanted = groupCalled(said.name, judgeCase.design.securityGroups);
  if (wanted === undefined) return [nothing(`a group of the design that is “${said.text}”`, stack)];
  const found = groupNamed(judgeCase.graph, wanted.name);
  if (found === undefined) return [nothing(`security group ${wanted.name}`, stack)];
  return [seen(judgeCase.graph, found, [], found.stack, stack, found.stack === stack)];
}

export function roles(line: LineCase): Finding {
  const { judgeCase, stack, said } = line;
  const whose = rolesOf(said);
  const wanted = judgeCase.design.roles.filter(({ kind }) => whose.includes(kind));
  if (wanted.length === 0) return [nothing(`a role of the design that is in “${said.text}”`, stack)];
  return wanted.map((role) => {
    const found = roleNamed(judgeCase.graph, role.name);
    if (found === undefined) return nothing(`role ${role.name}`, stack);
    return seen(judgeCase.graph, found, [], found.stack, stack, found.stack === stack);
  });
}
