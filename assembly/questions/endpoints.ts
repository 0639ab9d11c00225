// Which VPC endpoints lead to which services of AWS.
import { unknownMark } from '../../design/messages/said.ts';
import { type Assembly, type Resource, textOf } from '../graph.ts';
import { isLiteral } from '../properties.ts';
import { ofType } from '../relations.ts';
import { all, sift, type Truth } from '../truth.ts';

export type EndpointKind = 'Gateway' | 'Interface';

/** The endpoints for a service, and those of which the templates do not say whether they are. */
export const endpointsFor = (graph: Assembly, kind: EndpointKind, service: string, region: string) =>
  sift(ofType(graph, 'AWS::EC2::VPCEndpoint'), (endpoint) =>
    all([isOfKind(endpoint, kind), serves(endpoint, service, region)]),
  );

export const isOfKind = ({ properties }: Resource, kind: EndpointKind): Truth =>
  isLiteral(properties.VpcEndpointType ?? 'Gateway', kind);

export const endpointName = (service: string, region: string): string => `com.amazonaws.${region}.${service}`;

/** A template whose region is unknown has it as an unresolved part in the middle of the name. */
export function serves({ properties: { ServiceName } }: Resource, service: string, region: string): Truth {
  const names = [endpointName(service, region), endpointName(service, unknownMark)];
  return names.includes(textOf(ServiceName)) || isLiteral(ServiceName, endpointName(service, region));
}
