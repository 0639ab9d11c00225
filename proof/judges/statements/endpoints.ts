// NET-5, NET-6: gateway endpoints in the route tables of all that would go through a NAT gateway; interface endpoints when asked for.
import { literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { groupNamed, groupsOf, lets } from '../../../assembly/questions/security-groups.ts';
import { routeTablesOf, subnetAt } from '../../../assembly/questions/subnets.ts';
import { ofType, pointsAt } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import { type Evidence, evidenceIn, type Finding, type StatementCase, type StatementJudge } from '../judge.ts';
import { vpcOf } from './vpc.ts';

export const endpoints: readonly StatementJudge[] = [
  {
    id: 'NET-5',
    path: 'network.gatewayEndpoints.*',
    judge: (judgeCase) => {
      const wanted = judgeCase.design.network.gatewayEndpoints;
      return [
        ...gatewayEvidence(judgeCase, wanted[judgeCase.indices[0] ?? 0]),
        ...surplus(judgeCase, 'Gateway', wanted),
      ];
    },
  },
  {
    id: 'NET-5',
    path: 'network.gatewayEndpoints',
    judge(judgeCase) {
      const wanted = judgeCase.design.network.gatewayEndpoints;
      return [
        ...wanted.flatMap((service) => gatewayEvidence(judgeCase, service)),
        ...surplus(judgeCase, 'Gateway', wanted),
      ];
    },
  },
  {
    id: 'NET-6',
    path: 'network.interfaceEndpoints.services.*',
    judge: (judgeCase) =>
      interfaceEvidence(judgeCase, judgeCase.design.network.interfaceEndpoints.services[judgeCase.indices[0] ?? 0]),
  },
  { id: 'NET-6', path: 'network.interfaceEndpoints.optional', judge: judgeOption },
  { id: 'NET-6', path: 'network.interfaceEndpoints', judge: judgeOption },
];

function gatewayEvidence(judgeCase: StatementCase, service: string | undefined): readonly Evidence[] {
  const { graph, design } = judgeCase;
  if (service === undefined) return [nothing('a service of the design')];
  const found = endpointsOf(judgeCase, 'Gateway').filter((endpoint) => serves(judgeCase, endpoint, service));
  if (found.length === 0) return [nothing(`a gateway endpoint for ${service}`)];
  const routed = design.network.subnets.flatMap(({ defaultRoute }, index) =>
    defaultRoute === 'nat-gateway' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const tables = [...new Set(routed.flatMap((subnet) => routeTablesOf(judgeCase.graph, subnet)))];
  return found.flatMap((endpoint) => [
    seen(graph, endpoint, ['ServiceName'], endpoint.properties.ServiceName, serviceName(judgeCase, service), true),
    ...tables.map((table) => {
      const listed = pointsAt(endpoint.properties.RouteTableIds, table);
      return seen(graph, endpoint, ['RouteTableIds'], endpoint.properties.RouteTableIds, `with ${table.path}`, listed);
    }),
  ]);
}

function interfaceEvidence(judgeCase: StatementCase, service: string | undefined): Finding {
  const { graph, design } = judgeCase;
  if (service === undefined) return [nothing('a service of the design')];
  const found = endpointsOf(judgeCase, 'Interface').filter((endpoint) => serves(judgeCase, endpoint, service));
  if (isOff(judgeCase)) {
    if (found.length > 0)
      return found.map((endpoint) => seen(graph, endpoint, [], service, 'none: switched off', false));
    return { notApplicable: 'interface endpoints are optional in the document and switched off' };
  }
  if (found.length === 0) return [nothing(`an interface endpoint for ${service}`)];
  const homes = design.network.subnets.flatMap(({ tier }, index) =>
    tier === 'private' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  return found.flatMap((endpoint) => {
    const { PrivateDnsEnabled, SubnetIds } = endpoint.properties;
    return [
      seen(graph, endpoint, ['PrivateDnsEnabled'], PrivateDnsEnabled, true, literal(PrivateDnsEnabled) === true),
      ...homes.map((home) =>
        seen(graph, endpoint, ['SubnetIds'], SubnetIds, `in ${home.path}`, pointsAt(SubnetIds, home)),
      ),
      ...letsIn(judgeCase, endpoint),
    ];
  });
}

/** The endpoint's own group must let tasks and functions reach it; the group itself is a listed deviation from the five of the document. */
function letsIn({ graph, design }: StatementCase, endpoint: Resource): readonly Evidence[] {
  const own = groupsOf(graph, endpoint);
  const callers = design.securityGroups
    .filter(({ key }) => key === 'ecs' || (key === 'lambda' && design.functions.length > 0))
    .flatMap(({ name }) => groupNamed(graph, name) ?? []);
  const { SecurityGroupIds } = endpoint.properties;
  return callers.map((caller) => {
    const open = own.some((group) => lets(graph, group, caller, 'ingress', 443));
    const expected = `a group that lets in 443 from ${caller.path}`;
    return seen(graph, endpoint, ['SecurityGroupIds'], SecurityGroupIds, expected, open);
  });
}

/** The block's own line: nothing beyond what it lists, and nothing at all when switched off. */
function judgeOption(judgeCase: StatementCase): Finding {
  const { interfaceEndpoints } = judgeCase.design.network;
  const wanted = isOff(judgeCase) ? [] : interfaceEndpoints.services;
  const more = surplus(judgeCase, 'Interface', wanted);
  if (more.length > 0) return more;
  if (isOff(judgeCase)) return { notApplicable: 'interface endpoints are optional in the document and switched off' };
  return wanted.flatMap((service) => evidenceIn(interfaceEvidence(judgeCase, service)));
}

/** INP-1: the input alone. Endpoints that the document does not call optional stand whatever it says. */
export function judgeInterfaceInput(judgeCase: StatementCase): Finding {
  const { graph, design } = judgeCase;
  if (!design.network.interfaceEndpoints.optional) {
    return { notApplicable: 'the document does not leave its interface endpoints out' };
  }
  if (!isOff(judgeCase)) return judgeOption(judgeCase);
  const vpc = vpcOf(judgeCase);
  if (vpc === undefined) return [nothing('a VPC without interface endpoints')];
  const more = surplus(judgeCase, 'Interface', []);
  return more.length > 0 ? more : [seen(graph, vpc, [], 'no interface endpoint', 'none: switched off', true)];
}

const isOff = ({ design }: StatementCase) =>
  design.network.interfaceEndpoints.optional && !design.inputs.interfaceEndpoints;

function surplus(
  judgeCase: StatementCase,
  kind: 'Gateway' | 'Interface',
  wanted: readonly string[],
): readonly Evidence[] {
  const strange = endpointsOf(judgeCase, kind).filter(
    (endpoint) => !wanted.some((service) => serves(judgeCase, endpoint, service)),
  );
  return strange.map((endpoint) =>
    seen(judgeCase.graph, endpoint, ['ServiceName'], endpoint.properties.ServiceName, 'no further endpoint', false),
  );
}

const endpointsOf = ({ graph }: StatementCase, kind: 'Gateway' | 'Interface') =>
  ofType(graph, 'AWS::EC2::VPCEndpoint').filter(({ properties }) => (properties.VpcEndpointType ?? 'Gateway') === kind);

const serviceName = ({ design }: StatementCase, service: string) => `com.amazonaws.${design.region}.${service}`;

/** A template whose region is unknown has it as an unresolved part in the middle of the name. */
const serves = (judgeCase: StatementCase, { properties }: Resource, service: string) =>
  [serviceName(judgeCase, service), `com.amazonaws.\${?}.${service}`].includes(textOf(properties.ServiceName));
