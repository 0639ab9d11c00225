// AC-COST-5: whatever goes out by a NAT gateway has a shorter way to the services that the sentence names: a gateway endpoint in the same
// route table, which costs nothing.

import { type Assembly, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { isAllowing, statementsAt } from '../../../../assembly/questions/policies.ts';
import { ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { all, any, type Truth } from '../../../../assembly/truth.ts';
import { unknownMark } from '../../../../design/messages/said.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/cost-criteria.ts';

export const endpoints: CriterionJudge = {
  id: 'AC-COST-5',
  of: ['nat-gateway'],
  about: ['endpoint'],
  judge: judgeEndpoints,
};

/** Services that AWS has gateway endpoints for, and what of theirs a sentence names. */
const services = { s3: 'bucket', dynamodb: 'table' } as const;

function judgeEndpoints({ everywhere: graph, criterion, design }: CriterionCase): Finding {
  const named = Object.entries(services).flatMap(([service, part]) =>
    criterion.subjects.includes(part) ? [service] : [],
  );
  if (named.length === 0) return unread('figureEndpoints');
  const wanted = named.filter((service) => design.network.gatewayEndpoints.some((one) => one === service));
  if (wanted.length === 0) return { notApplicable: said.noEndpointInDocument({ services: named }) };
  const ways = natRoutes(graph);
  if (ways.length === 0) {
    return ofType(graph, 'AWS::EC2::NatGateway').length > 0
      ? [missing(said.natRouteTable)]
      : noneOf(graph, said.noNatWay);
  }
  const tables = new Set(ways.flatMap(({ table }) => table ?? []));
  return [
    ...[...tables].flatMap((table) => wanted.map((service) => tableEvidence(graph, table, service))),
    ...ways
      .filter(({ table }) => table === undefined)
      .map(({ route }) => on(route).property('RouteTableId').holds(undefined, { expected: said.natRouteTable })),
  ];
}

/** Routes to a NAT gateway, each with its table where the templates hold that. */
const natRoutes = (graph: Assembly) =>
  ofType(graph, 'AWS::EC2::Route')
    .filter(({ properties }) => properties.NatGatewayId !== undefined)
    .map((route) => ({ route, table: targetOf(graph, route.properties.RouteTableId) }));

function tableEvidence(graph: Assembly, table: Resource, service: string): Observation {
  const own = ofType(graph, 'AWS::EC2::VPCEndpoint').filter(({ properties }) =>
    new RegExp(`(^|\\.)${service}$`).test(textOf(properties.ServiceName)),
  );
  const truths = own.map(({ properties }) =>
    all([isLiteral(properties.VpcEndpointType ?? 'Gateway', 'Gateway'), refersTo(properties.RouteTableIds, table)]),
  );
  const expected = said.endpointOf({ service });
  const gateway = own[truths.indexOf(true)];
  if (gateway === undefined) {
    const truth = any([...truths, ...unknownEndpoints(graph)]);
    const observed =
      truth === undefined ? said.endpointPerhaps : own.length > 0 ? said.endpointElsewhere : said.noEndpoint;
    return on(table).holds(truth, { expected, observed });
  }
  const statements = statementsAt(gateway, ['PolicyDocument']);
  const isOpen = any([statements.length === 0, ...statements.map(({ statement }) => isAllowing(statement))]);
  const place = { table: table.path };
  return on(gateway)
    .property('RouteTableIds')
    .holds(isOpen, { expected, observed: isOpen === false ? said.endpointClosed(place) : said.endpointIn(place) });
}

/** Endpoints of a service that is not known: each may be the one that is looked for. */
const unknownEndpoints = (graph: Assembly): readonly Truth[] =>
  ofType(graph, 'AWS::EC2::VPCEndpoint').flatMap(({ properties }) =>
    textOf(properties.ServiceName).endsWith(unknownMark) ? [undefined] : [],
  );
