// Where load balancers' access logs go, however they are sent there.
import { type Assembly, at, type Resource, textOf } from '../../assembly/graph.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../assembly/relations.ts';

export interface LogPlace {
  /** The load balancer that writes. */
  readonly from: Resource | undefined;
  readonly bucket: Resource;
  readonly prefix: string;
}

/** Where load balancers' access logs go: vended delivery (source → delivery → destination), or the load balancer's own attributes. */
export function accessLogPlaces(graph: Assembly): readonly LogPlace[] {
  const vended = ofType(graph, 'AWS::Logs::DeliverySource')
    .filter(({ properties }) => properties.LogType === 'ALB_ACCESS_LOGS')
    .flatMap((source) =>
      ofType(graph, 'AWS::Logs::Delivery')
        .filter(({ properties }) => isFrom(properties, source))
        .map(({ properties }) => ({ properties, from: targetOf(graph, source.properties.ResourceArn) })),
    )
    .flatMap(({ properties, from }): readonly LogPlace[] => {
      const destination = targetOf(graph, properties.DeliveryDestinationArn);
      const arn = destination?.properties.DestinationResourceArn;
      const bucket = targetOf(graph, arn);
      if (bucket === undefined) return [];
      const within = textOf(arn).split('}').at(-1)?.replace(/^\//, '') ?? '';
      const suffix = textOf(at(properties, 'S3SuffixPath') ?? '');
      return [{ from, bucket, prefix: [within, suffix].filter((part) => part !== '').join('/') }];
    });
  const classic = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((from) => {
    const { properties } = from;
    const attribute = (key: string) =>
      at(
        listOf(properties.LoadBalancerAttributes).find((item) => at(item, 'Key') === key),
        'Value',
      );
    const bucket = targetOf(graph, attribute('access_logs.s3.bucket'));
    if (bucket === undefined || String(attribute('access_logs.s3.enabled')) !== 'true') return [];
    return [{ from, bucket, prefix: textOf(attribute('access_logs.s3.prefix') ?? '') }];
  });
  return [...vended, ...classic];
}

const isFrom = (delivery: Resource['properties'], source: Resource) =>
  pointsAt(delivery.DeliverySourceName, source) ||
  (source.properties.Name !== undefined && textOf(delivery.DeliverySourceName) === textOf(source.properties.Name));
