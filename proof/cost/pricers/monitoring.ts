// CloudWatch, CloudTrail and X-Ray: logs taken in and kept, deliveries, alarms by the metric they watch, dashboards, events, traces.
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { containersOf, sendsItself, sendsTraces } from '../../../assembly/questions/containers.ts';
import { hasDataEvents } from '../../../assembly/questions/trails.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { isTraced } from './functions.ts';
import { type Charge, type Pricer, partOf, type Site, settledNumber, sharedEverywhere } from './site.ts';

export const logGroup: Pricer = {
  type: 'AWS::Logs::LogGroup',
  price(group, site) {
    const isInfrequent = literal(group.properties.LogGroupClass) === 'INFREQUENT_ACCESS';
    return [
      {
        item: isInfrequent ? 'logs.ingest-infrequent.gb' : 'logs.ingest.gb',
        quantity: partOf(site, group, 'logsIngestedGb'),
      },
      { item: 'logs.stored.gb-month', quantity: partOf(site, group, 'logsStoredGb') },
    ];
  },
};

/** Logs that a service hands over itself. To a bucket they have a price of their own; to a log group they are counted there. */
export const logDelivery: Pricer = {
  type: 'AWS::Logs::Delivery',
  price(delivery, site) {
    const destination = targetOf(site.graph, delivery.properties.DeliveryDestinationArn);
    const toGroup = textOf(destination?.properties.DestinationResourceArn).includes(':log-group');
    if (toGroup) return [];
    return [{ item: 'logs.vended-s3.gb', quantity: sharedByTraffic(delivery, site) }];
  },
};

/** Every delivery records each request once: the load balancer's, the distribution's. A region without traffic records nothing. */
function sharedByTraffic(delivery: Resource, site: Site): number {
  const region = site.regionOf(delivery);
  const standsBy = region !== site.home && !carriesEdge(site, region);
  return standsBy ? 0 : site.usage.read('accessLogGb');
}

const carriesEdge = (site: Site, region: string) =>
  ofType(site.graph, 'AWS::CloudFront::Distribution').some((one) => site.regionOf(one) === region);

export const flowLog: Pricer = {
  type: 'AWS::EC2::FlowLog',
  price(log, site) {
    if (literal(log.properties.LogDestinationType) !== 's3') return [];
    return [{ item: 'logs.vended-s3.gb', quantity: partOf(site, log, 'flowLogGb'), purpose: 'flowLogs' }];
  },
};

/** An alarm is charged for each metric that it watches, and at three times the price when it looks more often than once a minute. */
export const alarm: Pricer = {
  type: 'AWS::CloudWatch::Alarm',
  price(resource) {
    const queries = listOf(resource.properties.Metrics);
    const watched = Math.max(1, queries.filter((query) => at(query, 'MetricStat') !== undefined).length);
    const isFast = settledNumber(resource, ['Period'], 60) < 60;
    return [{ item: isFast ? 'cloudwatch.alarm-high-resolution' : 'cloudwatch.alarm', quantity: watched }];
  },
};

export const compositeAlarm: Pricer = {
  type: 'AWS::CloudWatch::CompositeAlarm',
  price: () => [{ item: 'cloudwatch.composite-alarm', quantity: 1 }],
};

/** Target tracking makes two alarms of its own, which no template shows. */
export const scalingPolicy: Pricer = {
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  price: ({ properties }) =>
    literal(properties.PolicyType) === 'TargetTrackingScaling' ? [{ item: 'cloudwatch.alarm', quantity: 2 }] : [],
};

export const dashboard: Pricer = {
  type: 'AWS::CloudWatch::Dashboard',
  price: () => [{ item: 'cloudwatch.dashboard', quantity: 1 }],
};

/** The first copy of management events is free; data events are not. */
export const trail: Pricer = {
  type: 'AWS::CloudTrail::Trail',
  price: (resource, site) =>
    // What is not known is counted: never as nothing.
    hasDataEvents(resource) === false
      ? []
      : [{ item: 'cloudtrail.data-event', quantity: sharedEverywhere(site, resource, 'trailDataEvents') }],
};

/** Tasks with a collector beside them send traces, unless functions that are traced carry the figure already. */
export const tracesOfTasks = (task: Resource, site: Site): readonly Charge[] => {
  const collects = containersOf(task).some(({ container }) => sendsTraces(container) || sendsItself(container));
  const functionsTraced = ofType(site.graph, 'AWS::Lambda::Function').some(
    (one) => isTraced(one) && site.regionOf(one) === site.home,
  );
  return collects && !functionsTraced ? [{ item: 'xray.trace', quantity: partOf(site, task, 'traces') }] : [];
};
