// Resource lines of NetworkStack and SecurityStack.
import { textOf } from '../../../../assembly/graph.ts';
import { equals, nothing, onStack, seen } from '../../evidence.ts';
import type { Finding } from '../../judge.ts';
import { isAttached, subnetAt, tierByRoutes } from '../../network.ts';
import { roleNamed } from '../../permissions.ts';
import { ofType } from '../../relations.ts';
import { groupNamed } from '../../security-group-rules.ts';
import { vpcOf } from '../vpc.ts';
import { inStack, numberIn, type ResourceLine } from './line.ts';

export function vpc(line: ResourceLine): Finding {
  const { graph, design } = line.judgeCase;
  const [found] = inStack(line, 'AWS::EC2::VPC');
  if (found === undefined) return [nothing(`a VPC ${design.network.cidr}`, line.stack)];
  return [equals(graph, found, ['CidrBlock'], design.network.cidr)];
}

export function subnetLine(line: ResourceLine): Finding {
  const { judgeCase, stack, text } = line;
  const { graph, design } = judgeCase;
  const tier = text.split(' ', 1)[0]?.toLowerCase();
  const named = design.network.subnets.map((subnet, index) => ({
    tier: subnet.tier,
    found: subnetAt(judgeCase, index),
  }));
  // A subnet beyond the document's counts for what its routes make of it, in whichever stack it is hidden.
  const found = ofType(graph, 'AWS::EC2::Subnet').filter((subnet) => {
    const known = named.find((entry) => entry.found === subnet);
    return (known?.tier ?? tierByRoutes(judgeCase, subnet)) === tier;
  });
  if (found.length === 0) return [nothing(text, stack)];
  const wanted = numberIn(text);
  const zones = new Set(found.map(({ properties }) => textOf(properties.AvailabilityZone)));
  const count = found.length;
  return [
    onStack(
      graph,
      stack,
      '/Resources',
      count,
      Number.isNaN(wanted) ? 1 : wanted,
      Number.isNaN(wanted) || count === wanted,
    ),
    ...found
      .filter((subnet) => subnet.stack !== stack)
      .map((subnet) => seen(graph, subnet, [], subnet.stack, stack, false)),
    ...(text.includes('Multi-AZ')
      ? [onStack(graph, stack, '/Resources', [...zones], 'more than one zone', zones.size > 1)]
      : []),
  ];
}

export function internetGateway(line: ResourceLine): Finding {
  const { judgeCase, stack } = line;
  const found = inStack(line, 'AWS::EC2::InternetGateway');
  if (found.length === 0) return [nothing('an internet gateway', stack)];
  const home = vpcOf(judgeCase);
  return found.map((gateway) => {
    const attached = home !== undefined && isAttached(judgeCase, gateway, { $ref: home.key });
    return seen(judgeCase.graph, gateway, [], attached ? 'attached' : 'not attached', 'attached to the VPC', attached);
  });
}

/** SIZE-4: the line gives production's number; an environment of one zone has fewer. */
export function natGateway(line: ResourceLine): Finding {
  const { judgeCase, stack, text } = line;
  const { graph, design, environment } = judgeCase;
  const found = ofType(graph, 'AWS::EC2::NatGateway');
  const said = environment === 'production' ? numberIn(text) : Number.NaN;
  const wanted = Number.isNaN(said) ? design.sizes[environment].natGateways : said;
  if (found.length === 0) return [nothing(`${wanted} NAT gateways`, stack)];
  return [onStack(graph, stack, '/Resources', found.length, wanted, found.length === wanted)];
}

export function securityGroup(line: ResourceLine): Finding {
  const { judgeCase, stack, text } = line;
  const wanted = judgeCase.design.securityGroups.find(({ title, key: short }) => {
    const words = text.toLowerCase();
    return title.toLowerCase() === words || words.startsWith(`${short} `);
  });
  if (wanted === undefined) return [nothing(`a group of the design that is “${text}”`, stack)];
  const found = groupNamed(judgeCase.graph, wanted.name);
  if (found === undefined) return [nothing(`security group ${wanted.name}`, stack)];
  return [seen(judgeCase.graph, found, [], found.stack, stack, found.stack === stack)];
}

export function roles(line: ResourceLine): Finding {
  const { judgeCase, stack, text } = line;
  const wanted = judgeCase.design.roles.filter(
    ({ key: role }) =>
      (role === 'lambda' && /lambda/i.test(text)) ||
      (/^task/.test(role) && /ECS|task/i.test(text)) ||
      !text.includes('('),
  );
  if (wanted.length === 0) return [nothing(`a role of the design that is in “${text}”`, stack)];
  return wanted.map((role) => {
    const found = roleNamed(judgeCase.graph, role);
    if (found === undefined) return nothing(`role ${role.name}`, stack);
    return seen(judgeCase.graph, found, [], found.stack, stack, found.stack === stack);
  });
}
