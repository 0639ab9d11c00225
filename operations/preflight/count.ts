// What is used of each quota in a region, counted as AWS counts it.

import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeAddressesCommand,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { paginateDescribeLoadBalancers } from '@aws-sdk/client-elastic-load-balancing-v2';
import { paginateDescribeCacheClusters } from '@aws-sdk/client-elasticache';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { DescribeAccountAttributesCommand } from '@aws-sdk/client-rds';
import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import { textAt } from '../../assembly/properties.ts';
import { Refusal } from '../../design/refusal.ts';
import { refusals } from '../refusals.ts';
import type { RegionContext } from './context.ts';

const network = ({ clients, region }: RegionContext) => ({ client: clients.network(region) });

export const vpcs = (place: RegionContext): Promise<number> =>
  countOf(paginateDescribeVpcs(network(place), {}), ({ Vpcs }) => Vpcs?.length);

export const internetGateways = (place: RegionContext): Promise<number> =>
  countOf(paginateDescribeInternetGateways(network(place), {}), ({ InternetGateways }) => InternetGateways?.length);

export const networkInterfaces = (place: RegionContext): Promise<number> =>
  countOf(
    paginateDescribeNetworkInterfaces(network(place), { MaxResults: 1000 }),
    ({ NetworkInterfaces }) => NetworkInterfaces?.length,
  );

export async function elasticIps(place: RegionContext): Promise<number> {
  const { Addresses = [] } = await place.clients.network(place.region).send(new DescribeAddressesCommand({}));
  return Addresses.length;
}

export async function natGatewaysOfFullestZone(place: RegionContext): Promise<number> {
  const zones = new Map<string | undefined, string | undefined>();
  for await (const { Subnets = [] } of paginateDescribeSubnets(network(place), {}))
    for (const { SubnetId, AvailabilityZone } of Subnets) zones.set(SubnetId, AvailabilityZone);
  // Zones that nothing of ours is in may be as full as they like.
  const ours = place.environmentGraph
    .all('AWS::EC2::Subnet', place.region)
    .map((each) => textAt(each, ['AvailabilityZone']));
  const counts = new Map<string | undefined, number>();
  const Filter = [{ Name: 'state', Values: ['pending', 'available'] }];
  for await (const { NatGateways = [] } of paginateDescribeNatGateways(network(place), { Filter })) {
    for (const { SubnetId } of NatGateways) {
      const zone = zones.get(SubnetId);
      if (ours.includes(zone)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
    }
  }
  return Math.max(0, ...counts.values());
}

export const loadBalancers = ({ clients, region }: RegionContext): Promise<number> =>
  countOf(
    paginateDescribeLoadBalancers({ client: clients.loadBalancing(region) }, {}),
    ({ LoadBalancers = [] }) => LoadBalancers.filter(({ Type }) => Type === 'application').length,
  );

export const cacheNodes = ({ clients, region }: RegionContext): Promise<number> =>
  countOf(paginateDescribeCacheClusters({ client: clients.cache(region) }, {}), ({ CacheClusters = [] }) =>
    CacheClusters.reduce((sum, { NumCacheNodes = 0 }) => sum + NumCacheNodes, 0),
  );

/** The highest of the last hour, from the metric that the quota names. Where nothing ran, CloudWatch has no point. */
export async function usage({ clients, region, now }: RegionContext, { UsageMetric }: ServiceQuota): Promise<number> {
  const { MetricNamespace, MetricName, MetricDimensions = {} } = UsageMetric ?? {};
  if (MetricNamespace === undefined || MetricName === undefined) throw new Refusal(refusals.noUsageMetric);
  const { Datapoints = [] } = await clients.cloudWatch(region).send(
    new GetMetricStatisticsCommand({
      Namespace: MetricNamespace,
      MetricName,
      Dimensions: Object.entries(MetricDimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(now.getTime() - 3_600_000),
      EndTime: now,
      Period: 300,
      Statistics: ['Maximum'],
    }),
  );
  return Math.max(0, ...Datapoints.map(({ Maximum = 0 }) => Maximum));
}

export async function databaseAllowance(
  { clients, region }: RegionContext,
  name: 'DBClusters' | 'DBInstances',
): Promise<{ readonly limit: number; readonly used: number }> {
  const { AccountQuotas = [] } = await clients.database(region).send(new DescribeAccountAttributesCommand({}));
  const found = AccountQuotas.find(({ AccountQuotaName }) => AccountQuotaName === name);
  if (found?.Max === undefined) throw new Refusal(refusals.noDatabaseQuota({ quota: name }));
  return { limit: found.Max, used: found.Used ?? 0 };
}

/** What others have reserved is used; what runs unreserved is not counted, for it comes and goes. */
export async function functionAllowance({
  clients,
  region,
}: RegionContext): Promise<{ readonly limit: number; readonly used: number }> {
  const { AccountLimit } = await clients.functions(region).send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {};
  if (limit === undefined || unreserved === undefined) throw new Refusal(refusals.noConcurrency);
  return { limit, used: limit - unreserved };
}

async function countOf<Page>(pages: AsyncIterable<Page>, count: (page: Page) => number | undefined): Promise<number> {
  let sum = 0;
  for await (const page of pages) sum += count(page) ?? 0;
  return sum;
}
