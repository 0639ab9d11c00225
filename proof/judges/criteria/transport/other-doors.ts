// Ways in that the platform of the form does not have, as far as they can be judged; what cannot is named as such.
import { at } from '../../../../assembly/graph.ts';
import { listOf, ofType } from '../../../../assembly/relations.ts';
import { seen } from '../../evidence.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';
import { gatewayMinimum } from './versions.ts';

export const otherHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::ApiGateway::DomainName').map((name) => {
    const policy = textSetting(name.properties.SecurityPolicy);
    return versionEvidence(graph, name, ['SecurityPolicy'], policy ?? 'not said', {
      wanted,
      least: gatewayMinimum(policy),
    });
  }),
  ...ofType(graph, 'AWS::ApiGatewayV2::DomainName').flatMap((name) =>
    listOf(name.properties.DomainNameConfigurations).map((configuration, index) => {
      const policy = textSetting(at(configuration, 'SecurityPolicy'));
      const path = ['DomainNameConfigurations', index, 'SecurityPolicy'];
      return versionEvidence(graph, name, path, policy ?? 'TLS_1_2, the only one there is', {
        wanted,
        least: gatewayMinimum(policy ?? 'TLS_1_2'),
      });
    }),
  ),
  ...ofType(graph, ...unknown).map((door) => seen(graph, door, [], door.type, `TLS ${wanted} or newer`, undefined)),
];

/** Doors of which this judge does not know what they let through. */
const unknown = [
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::ApiGateway::RestApi',
  'AWS::AppSync::GraphQLApi',
  'AWS::GlobalAccelerator::Listener',
  'AWS::OpenSearchService::Domain',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Redshift::Cluster',
] as const;
