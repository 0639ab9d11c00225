// Where load balancers' access logs go, however they are sent there.
import { type Assembly, at, isSettled, type Resource, textOf, type Value } from '../graph.ts';
import { isEqual, isLiteral } from '../properties.ts';
import { listOf, ofType, refersTo, targetOf } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';

export interface LogPlace {
  /** The load balancer that writes. */
  readonly from: Resource | undefined;
  readonly bucket: Resource;
  /** Absent where the templates do not say. */
  readonly prefix?: string;
}

/** Where load balancers' access logs go: vended delivery (source → delivery → destination), or the load balancer's own attributes. */
export function accessLogPlaces(graph: Assembly): readonly LogPlace[] {
  const vended = deliveriesIn(graph).flatMap(({ isSent, source, delivery }): readonly LogPlace[] => {
    const destination = targetOf(graph, delivery.properties.DeliveryDestinationArn);
    const arn = destination?.properties.DestinationResourceArn;
    const bucket = targetOf(graph, arn);
    if (!isSent || bucket === undefined) return [];
    const suffix = at(delivery.properties, 'S3SuffixPath') ?? '';
    const from = targetOf(graph, source.properties.ResourceArn);
    if (!isSettled(arn) || !isSettled(suffix)) return [{ from, bucket }];
    const within = textOf(arn).split('}').at(-1)?.replace(/^\//, '') ?? '';
    return [{ from, bucket, prefix: [within, textOf(suffix)].filter((part) => part !== '').join('/') }];
  });
  const classic = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((from): readonly LogPlace[] => {
    const bucket = targetOf(graph, attribute(from, 'access_logs.s3.bucket'));
    if (bucket === undefined || !isLiteral(attribute(from, 'access_logs.s3.enabled'), true)) return [];
    const prefix = attribute(from, 'access_logs.s3.prefix') ?? '';
    return [isSettled(prefix) ? { from, bucket, prefix: textOf(prefix) } : { from, bucket }];
  });
  return [...vended, ...classic];
}

const attribute = ({ properties }: Resource, key: string): Value | undefined =>
  at(
    listOf(properties.LoadBalancerAttributes).find((item) => at(item, 'Key') === key),
    'Value',
  );

/** What may send a load balancer's logs somewhere: attributes and deliveries that the templates do not settle. */
export const possibleSenders = (graph: Assembly, balancer: Resource): readonly Resource[] => [
  ...(isSettled(balancer.properties.LoadBalancerAttributes) ? [] : [balancer]),
  ...deliveriesIn(graph).flatMap(({ isSent, source, delivery }) => {
    const isOwn = all([isSent, refersTo(source.properties.ResourceArn, balancer)]);
    const destination = targetOf(graph, delivery.properties.DeliveryDestinationArn);
    const isKnown = destination !== undefined && isSettled(destination.properties.DestinationResourceArn);
    return isOwn === undefined || (isOwn && !isKnown) ? [delivery] : [];
  }),
];

/** Pairs of a source of access logs and what delivers from it, or may. */
const deliveriesIn = (graph: Assembly) =>
  ofType(graph, 'AWS::Logs::DeliverySource').flatMap((source) =>
    ofType(graph, 'AWS::Logs::Delivery').flatMap((delivery) => {
      const isSent = all([isLiteral(source.properties.LogType, 'ALB_ACCESS_LOGS'), isFrom(delivery, source)]);
      return isSent === false ? [] : [{ source, delivery, isSent }];
    }),
  );

const isFrom = ({ properties: { DeliverySourceName } }: Resource, source: Resource): Truth =>
  any([refersTo(DeliverySourceName, source), isEqual(DeliverySourceName, source.properties.Name)]);
