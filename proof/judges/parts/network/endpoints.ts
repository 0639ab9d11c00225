// NET-5, NET-6: gateway endpoints in the route tables of all that would go through a NAT gateway; interface endpoints when asked for.
import { isSettled, type Resource } from '../../../../assembly/graph.ts';
import {
  type EndpointKind,
  endpointName,
  endpointsFor,
  isOfKind,
  serves,
} from '../../../../assembly/questions/endpoints.ts';
import { groupNamed, homelessRules, lets, rulesOf, wornBy } from '../../../../assembly/questions/security-groups.ts';
import { routeTablesOf, subnetAt } from '../../../../assembly/questions/subnets.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { hasInterfaceEndpoints } from '../../../../design/parts.ts';
import { evidenceIn, type Finding, type Observation, type StatementCase, type StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { said } from '../../words/network.ts';
import { parts } from '../../words/parts.ts';
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

function gatewayEvidence(judgeCase: StatementCase, service: string | undefined): readonly Observation[] {
  const { graph, design } = judgeCase;
  if (service === undefined) return [missing(parts.inTheDesign)];
  const { found, possible } = endpointsFor(graph, 'Gateway', service, design.region);
  if (found.length === 0) return missingUnless(possible, said.gatewayEndpoint({ service }));
  const routed = design.network.subnets.flatMap(({ defaultRoute }, index) =>
    defaultRoute === 'nat-gateway' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const tables = [...new Set(routed.flatMap((subnet) => routeTablesOf(graph, subnet)))];
  return found.flatMap((endpoint) => [
    on(endpoint)
      .property('ServiceName')
      .holds(true, { expected: endpointName(service, design.region) }),
    ...tables.map((table) =>
      on(endpoint)
        .property('RouteTableIds')
        .refersTo(table, said.withRouteTable({ table: table.path })),
    ),
  ]);
}

function interfaceEvidence(judgeCase: StatementCase, service: string | undefined): Finding {
  const { graph, design } = judgeCase;
  if (service === undefined) return [missing(parts.inTheDesign)];
  const { found, possible } = endpointsFor(graph, 'Interface', service, design.region);
  if (!hasInterfaceEndpoints(judgeCase.design)) {
    if (found.length + possible.length === 0) return { notApplicable: said.endpointsOff };
    const seen = (endpoint: Resource, truth: Truth) =>
      on(endpoint).holds(truth, { expected: said.noneSwitchedOff, observed: service });
    return [
      ...found.map((endpoint) => seen(endpoint, false)),
      ...possible.map((endpoint) => seen(endpoint, undefined)),
    ];
  }
  if (found.length === 0) return missingUnless(possible, said.interfaceEndpoint({ service }));
  const homes = design.network.subnets.flatMap(({ tier }, index) =>
    tier === 'private' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  return found.flatMap((endpoint) => [
    on(endpoint).property('PrivateDnsEnabled').is(true),
    ...homes.map((home) =>
      on(endpoint)
        .property('SubnetIds')
        .refersTo(home, said.inSubnet({ subnet: home.path })),
    ),
    ...letsIn(judgeCase, endpoint),
  ]);
}

/** The endpoint's own group must let tasks and functions reach it; the group itself is a listed deviation from the five of the document. */
function letsIn({ graph, design }: StatementCase, endpoint: Resource): readonly Observation[] {
  const { path, groups: own, isOpen: mayBeMore } = wornBy(graph, endpoint);
  const isKnown =
    !mayBeMore &&
    homelessRules(graph, 'ingress').length === 0 &&
    own.every((group) => rulesOf(graph, group, 'ingress').every(({ rule }) => isSettled(rule)));
  const callers = design.securityGroups
    .filter(({ key }) => key === 'ecs' || (key === 'lambda' && design.functions.length > 0))
    .flatMap(({ name }) => groupNamed(graph, name) ?? []);
  return callers.map((caller) => {
    const isOpen = own.some((group) => lets(graph, group, caller, 'ingress', 443));
    const expected = said.groupLetsIn({ port: 443, caller: caller.path });
    return on(endpoint)
      .property(...path)
      .holds(isOpen || (isKnown ? false : undefined), { expected });
  });
}

/** The block's own line: nothing beyond what it lists, and nothing at all when switched off. */
function judgeOption(judgeCase: StatementCase): Finding {
  const { interfaceEndpoints } = judgeCase.design.network;
  const wanted = !hasInterfaceEndpoints(judgeCase.design) ? [] : interfaceEndpoints.services;
  const more = surplus(judgeCase, 'Interface', wanted);
  if (more.length > 0) return more;
  if (!hasInterfaceEndpoints(judgeCase.design)) return { notApplicable: said.endpointsOff };
  return wanted.flatMap((service) => evidenceIn(interfaceEvidence(judgeCase, service)));
}

/** INP-1: the input alone. Endpoints that the document does not call optional stand whatever it says. */
export function judgeInterfaceInput(judgeCase: StatementCase): Finding {
  if (!judgeCase.design.network.interfaceEndpoints.optional) return { notApplicable: said.endpointsStay };
  if (hasInterfaceEndpoints(judgeCase.design)) return judgeOption(judgeCase);
  const vpc = vpcOf(judgeCase);
  if (vpc === undefined) return [missing(said.vpcWithoutEndpoints)];
  const more = surplus(judgeCase, 'Interface', []);
  return more.length > 0
    ? more
    : [on(vpc).holds(true, { expected: said.noneSwitchedOff, observed: said.noInterfaceEndpoint })];
}

const surplus = (judgeCase: StatementCase, kind: EndpointKind, wanted: readonly string[]): readonly Observation[] =>
  ofType(judgeCase.graph, 'AWS::EC2::VPCEndpoint').flatMap((endpoint) => {
    const isWanted = any(wanted.map((service) => serves(endpoint, service, judgeCase.design.region)));
    const isStrange = all([isOfKind(endpoint, kind), not(isWanted)]);
    if (isStrange === false) return [];
    return [on(endpoint).property('ServiceName').holds(not(isStrange), { expected: said.noFurtherEndpoint })];
  });
