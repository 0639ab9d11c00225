// AC-COST-5: whatever goes out by a NAT gateway has a shorter way to the services that the sentence names: a gateway endpoint in the same
// route table, which costs nothing.
import { type Assembly, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { allows, statementsAt } from '../../../assembly/questions/policies.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';

export const endpoints: CriterionJudge = {
  id: 'AC-COST-5',
  about: ['endpoint'],
  judge: judgeEndpoints,
};

/** Services that AWS has gateway endpoints for, and what of theirs a sentence names. */
const services = { s3: 'bucket', dynamodb: 'table' } as const;

function judgeEndpoints({ everywhere: graph, criterion, design }: CriterionCase): Finding {
  const named = Object.entries(services).flatMap(([service, part]) =>
    criterion.subjects.includes(part) ? [service] : [],
  );
  if (named.length === 0) return unread('S3 or DynamoDB');
  const wanted = named.filter((service) => design.network.gatewayEndpoints.some((one) => one === service));
  if (wanted.length === 0) return { notApplicable: `the document has no gateway endpoint for ${named.join(' or ')}` };
  const tables = natTables(graph);
  if (tables.length === 0) {
    return ofType(graph, 'AWS::EC2::NatGateway').length > 0
      ? [nothing('a route table that leads to the NAT gateway')]
      : { notApplicable: 'nothing goes out by a NAT gateway' };
  }
  return tables.flatMap((table) => wanted.map((service) => tableEvidence(graph, table, service)));
}

/** Route tables that lead to a NAT gateway. */
function natTables(graph: Assembly): readonly Resource[] {
  const found = ofType(graph, 'AWS::EC2::Route')
    .filter(({ properties }) => properties.NatGatewayId !== undefined)
    .flatMap(({ properties }) => targetOf(graph, properties.RouteTableId) ?? []);
  return [...new Set(found)];
}

function tableEvidence(graph: Assembly, table: Resource, service: string): Evidence {
  const own = ofType(graph, 'AWS::EC2::VPCEndpoint').filter(({ properties }) =>
    new RegExp(`(^|\\.)${service}$`).test(textOf(properties.ServiceName)),
  );
  const gateway = own.find(
    ({ properties }) =>
      String(literal(properties.VpcEndpointType) ?? 'Gateway') === 'Gateway' &&
      listOf(properties.RouteTableIds).some((item) => pointsAt(item, table)),
  );
  const expected = `a gateway endpoint of ${service}`;
  if (gateway === undefined) {
    return seen(
      graph,
      table,
      [],
      own.length > 0 ? 'the endpoint is not in this table' : 'no endpoint',
      expected,
      false,
    );
  }
  const statements = statementsAt(gateway, ['PolicyDocument']);
  const open = statements.length === 0 || statements.some(allows);
  return seen(
    graph,
    gateway,
    ['RouteTableIds'],
    `in ${table.path}${open ? '' : ', and lets nothing through'}`,
    expected,
    open,
  );
}
