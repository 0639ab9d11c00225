// Whether the account has room for what the templates make, region by region: what they need beyond what is there already, against the
// quota and what others use of it. Codes of quotas: AWS's "endpoints and quotas" page of each service.

import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas';
import { around } from '../../design/messages/words.ts';
import { namedReasonsOf, Refusal } from '../../design/refusal.ts';
import { isNamed } from '../aws/clients.ts';
import { refusals } from '../refusals.ts';
import type { Context, RegionContext } from './context.ts';
import * as count from './count.ts';
import { type Need, needsOf } from './needs.ts';
import { finding, type PreflightFinding, type QuotaName } from './result.ts';

/** How much there may be, and how much of it is taken, by us and by others. */
interface Allowance {
  readonly limit: number;
  readonly used: number;
}

const allowances: Readonly<Record<QuotaName, (place: RegionContext) => Promise<Allowance>>> = {
  vpcs: quota('vpc', 'L-F678F1CE', count.vpcs),
  internetGateways: quota('vpc', 'L-A4707A72', count.internetGateways),
  natGatewaysPerZone: quota('vpc', 'L-FE5A380F', count.natGatewaysOfFullestZone),
  networkInterfaces: quota('vpc', 'L-DF5E4CA3', count.networkInterfaces),
  elasticIps: quota('ec2', 'L-0263D0A3', count.elasticIps),
  loadBalancers: quota('elasticloadbalancing', 'L-53DA6B97', count.loadBalancers),
  fargateVcpus: quota('fargate', 'L-3032A538', count.usage),
  cacheNodes: quota('elasticache', 'L-DFE45DF3', count.cacheNodes),
  // RDS and Lambda tell their own limits with what is used of them.
  dbClusters: (place) => count.databaseAllowance(place, 'DBClusters'),
  dbInstances: (place) => count.databaseAllowance(place, 'DBInstances'),
  functionConcurrency: count.functionAllowance,
};

export async function checkQuotas(context: Context): Promise<readonly PreflightFinding[]> {
  return Promise.all(
    context.environmentGraph.regions.flatMap((region) =>
      needsOf(context, region)
        .filter(({ most }) => most > 0)
        .map((need) => lookAt({ ...context, region }, need)),
    ),
  );
}

async function lookAt(place: RegionContext, { quota: name, least, most, there }: Need): Promise<PreflightFinding> {
  const { region } = place;
  try {
    const [{ limit, used }, ours] = await Promise.all([allowances[name](place), there(place)]);
    const room = {
      quota: name,
      region,
      need: Math.max(0, least - ours),
      most: Math.max(0, most - ours),
      free: limit - used,
      limit,
    };
    if (room.need > room.free) return finding('noRoom', 'fail', room);
    return room.most > room.free ? finding('tightRoom', 'warn', room) : finding('room', 'ok', room);
  } catch (error) {
    return finding('unread', 'unknown', { why: around(namedReasonsOf(error), (text) => `${name} ${region}: ${text}`) });
  }
}

/** A quota that Service Quotas keeps, and how what is used of it is counted. */
function quota(
  ServiceCode: string,
  QuotaCode: string,
  used: (place: RegionContext, quota: ServiceQuota) => Promise<number>,
): (place: RegionContext) => Promise<Allowance> {
  return async (place) => {
    const client = place.clients.quotas(place.region);
    const asked = { ServiceCode, QuotaCode };
    const { Quota } = await client.send(new GetServiceQuotaCommand(asked)).catch((error: unknown) => {
      // An account that never asked for more may have nothing but the default.
      if (isNamed(error, 'NoSuchResourceException')) return client.send(new GetAWSDefaultServiceQuotaCommand(asked));
      throw error;
    });
    if (Quota?.Value === undefined) throw new Refusal(refusals.noQuota({ service: ServiceCode, quota: QuotaCode }));
    return { limit: Quota.Value, used: await used(place, Quota) };
  };
}
