// Ways in that the platform of the form does not have, as far as they can be judged; what cannot is named as such.
import { at, textOf, type Value } from '../../../../assembly/graph.ts';
import { listOf, ofType, textHolds } from '../../../../assembly/relations.ts';
import type { Truth } from '../../../../assembly/truth.ts';
import { gatewayMinimum, searchMinimum } from '../../../../aws/tls-versions.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/transport.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';

export const otherHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::ApiGateway::DomainName').map((name) => {
    const policy = textSetting(name.properties.SecurityPolicy);
    const observed = policy ?? shared.unsaid;
    return versionEvidence(name, ['SecurityPolicy'], observed, { wanted, least: gatewayMinimum(policy) });
  }),
  ...ofType(graph, 'AWS::ApiGatewayV2::DomainName').flatMap((name) =>
    listOf(name.properties.DomainNameConfigurations).map((configuration, index) => {
      const policy = textSetting(at(configuration, 'SecurityPolicy'));
      const path = ['DomainNameConfigurations', index, 'SecurityPolicy'];
      const observed = policy ?? said.onlyTls12;
      return versionEvidence(name, path, observed, { wanted, least: gatewayMinimum(policy ?? 'TLS_1_2') });
    }),
  ),
  ...ofType(graph, 'AWS::Elasticsearch::Domain', 'AWS::OpenSearchService::Domain').flatMap((domain) => {
    const path = ['DomainEndpointOptions', 'TLSSecurityPolicy'];
    const policy = textSetting(at(domain.properties, ...path));
    return [
      on(domain).property('DomainEndpointOptions', 'EnforceHTTPS').otherwise(false).is(true),
      versionEvidence(domain, path, policy ?? shared.unsaid, { wanted, least: searchMinimum(policy) }),
    ];
  }),
  ...ofType(graph, 'AWS::Transfer::Server').flatMap((server) =>
    listOf(server.properties.Protocols ?? ['SFTP']).map((protocol, index) =>
      on(server)
        .property('Protocols', index)
        .holds(textHolds(protocol, (name) => name !== 'FTP') === false ? false : undefined, {
          expected: said.anyButFtp,
          observed: protocol,
        }),
    ),
  ),
  ...integrations.flatMap(({ type, path }) =>
    ofType(graph, type)
      .filter(({ properties }) => at(properties, ...path) !== undefined)
      .map((one) =>
        on(one)
          .property(...path)
          .holds(isNotPlain(at(one.properties, ...path)), { expected: said.notPlainAddress }),
      ),
  ),
  ...ofType(graph, ...unknown).map((entrance) =>
    on(entrance).holds(undefined, { expected: said.tlsOrNewer({ wanted }), observed: entrance.type }),
  ),
];

/** Where API Gateway is told whom to call. */
const integrations = [
  { type: 'AWS::ApiGatewayV2::Integration', path: ['IntegrationUri'] },
  { type: 'AWS::ApiGateway::Method', path: ['Integration', 'Uri'] },
] as const;

/** Whether an address is not one in plain. */
function isNotPlain(value: Value | undefined): Truth {
  const text = textOf(value);
  if (/^(http|ws):\/\//i.test(text)) return false;
  return /^(https|wss):\/\/|^arn:/i.test(text) ? true : undefined;
}

/** Entrances of which this judge does not know what they let through. */
const unknown = [
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::ApiGateway::RestApi',
  'AWS::AppSync::GraphQLApi',
  'AWS::GlobalAccelerator::Listener',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Workgroup',
  'AWS::Neptune::DBCluster',
  'AWS::AmazonMQ::Broker',
  'AWS::ApiGatewayV2::Api',
  'AWS::AppRunner::Service',
  'AWS::EKS::Cluster',
  'AWS::ElasticBeanstalk::Environment',
  'AWS::MSK::ServerlessCluster',
  'AWS::Timestream::InfluxDBInstance',
] as const;
