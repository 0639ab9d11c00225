// Who answers for the platform's name, as the templates have it: the failover pair of records, and the health checks that decide it.

import { ofEnvironment } from '../../assembly/environments.ts';
import {
  type Assembly,
  at,
  isProperties,
  literal,
  type Resource,
  referencesIn,
  resourceOf,
  type Value,
} from '../../assembly/graph.ts';
import type { Environment } from '../../design/schema.ts';
import type { RegionRole } from '../../design/stack-names.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { localProblem } from '../problems.ts';

/** Seconds for intervals; a check's children and alarm by the keys of their resources. */
export type CheckPlan =
  | {
      readonly kind: 'endpoint';
      readonly key: string;
      readonly inverted: boolean;
      /** The region whose load balancer it asks. */
      readonly region: RegionRole;
      readonly path: string;
      readonly encrypted: boolean;
      readonly interval: number;
      readonly threshold: number;
      /** From how many places it is asked. */
      readonly checkers: number;
    }
  | {
      readonly kind: 'calculated';
      readonly key: string;
      readonly inverted: boolean;
      readonly children: readonly string[];
      /** So many of them must be healthy. */
      readonly threshold: number;
    }
  | {
      readonly kind: 'alarm';
      readonly key: string;
      readonly inverted: boolean;
      readonly alarm: string;
      readonly withoutData: 'Healthy' | 'Unhealthy' | 'LastKnownStatus';
    };

export interface FailoverPlan {
  readonly checks: readonly CheckPlan[];
  /**
   * The check of each record; absent where a record has none, and counts as healthy. A document without a domain has no records: there,
   * somebody moves the traffic by hand.
   */
  readonly records: Readonly<Record<RegionRole, string | undefined>> | undefined;
  /** The check that finds the primary lost, and seconds until the alarm on it calls somebody; absent where no alarm is on such a check. */
  readonly lost: { readonly check: string; readonly toldAfter: number } | undefined;
  /** Seconds for which those who ask may keep the answer: the records are aliases of load balancers, which have no time of their own. */
  readonly keptFor: number;
}

const roles: readonly RegionRole[] = ['primary', 'standby'];
/** Route 53 asks from eight regions where a check names none, and answers for a load balancer's alias are kept for a minute. */
const everywhere = 8;
const aliasKept = 60;

/** Keys of the two regions' load balancers. */
export const loadBalancersIn = ({
  primary,
  standby,
}: Readonly<Record<RegionRole, Pick<Blueprint, 'loadBalancer'>>>) => ({
  primary: primary.loadBalancer.key,
  standby: standby.loadBalancer.key,
});

/**
 * The pair of records of an environment with its health checks.
 * @throws LocalProblem `noFailover` when no health check asks both load balancers.
 */
export function readFailover(
  graph: Assembly,
  environment: Environment,
  loadBalancers: Readonly<Record<RegionRole, string>>,
): FailoverPlan {
  const ours = ofEnvironment(graph, environment).resources;
  const regionOf = (name: Value | undefined) =>
    roles.find((role) => referencesIn(name).some(({ $ref }) => $ref === loadBalancers[role]));
  const checks = ours
    .filter(({ type }) => type === 'AWS::Route53::HealthCheck')
    .flatMap((check) => readCheck(check, ours, regionOf));
  for (const role of roles)
    if (!checks.some((check) => check.kind === 'endpoint' && check.region === role))
      throw localProblem('noFailover', {
        environment,
        what: `AWS::Route53::HealthCheck (${role})`,
      });
  return { checks, ...readRecords(ours), lost: lostOf(checks, ours) };
}

function readRecords(resources: readonly Resource[]): Pick<FailoverPlan, 'records' | 'keptFor'> {
  const records = resources.flatMap(({ type, properties }) => {
    if (type === 'AWS::Route53::RecordSet') return [properties];
    const several = type === 'AWS::Route53::RecordSetGroup' ? at(properties, 'RecordSets') : undefined;
    return Array.isArray(several) ? several : [];
  });
  const [primary, secondary] = ['PRIMARY', 'SECONDARY'].map((kind) =>
    records.find((each) => literal(at(each, 'Failover')) === kind),
  );
  const keptFor = Number(literal(at(primary, 'TTL')) ?? aliasKept);
  if (primary === undefined || secondary === undefined) return { records: undefined, keptFor };
  const checkOf = (value: Value) => resourceOf(at(value, 'HealthCheckId'));
  return { records: { primary: checkOf(primary), standby: checkOf(secondary) }, keptFor };
}

/** The alarm on a calculated check that the primary's load balancer has a part in. */
function lostOf(checks: readonly CheckPlan[], resources: readonly Resource[]): FailoverPlan['lost'] {
  const loadBalancers = checks
    .filter((check) => check.kind === 'endpoint' && check.region === 'primary')
    .map(({ key }) => key);
  for (const check of checks) {
    if (check.kind !== 'calculated' || !check.children.some((child) => loadBalancers.includes(child))) continue;
    const alarm = resources.find(
      ({ type, properties }) =>
        type === 'AWS::CloudWatch::Alarm' &&
        literal(properties.MetricName) === 'HealthCheckStatus' &&
        referencesIn(properties.Dimensions).some(({ $ref }) => $ref === check.key),
    );
    if (alarm === undefined) continue;
    const { Period, EvaluationPeriods } = alarm.properties;
    return { check: check.key, toldAfter: Number(literal(Period)) * Number(literal(EvaluationPeriods)) };
  }
  return undefined;
}

function readCheck(
  { key, properties }: Resource,
  resources: readonly Resource[],
  regionOf: (name: Value | undefined) => RegionRole | undefined,
): CheckPlan[] {
  const config = at(properties, 'HealthCheckConfig');
  const value = (name: string) => literal(at(config, name));
  const type = String(value('Type') ?? '');
  const common = { key, inverted: String(value('Inverted')) === 'true' };
  if (type === 'CALCULATED') {
    const children = at(config, 'ChildHealthChecks');
    const keys = Array.isArray(children) ? children.flatMap((each: Value) => resourceOf(each) ?? []) : [];
    return [
      { ...common, kind: 'calculated', children: keys, threshold: Number(value('HealthThreshold') ?? keys.length) },
    ];
  }
  if (type === 'CLOUDWATCH_METRIC') {
    const status = value('InsufficientDataHealthStatus');
    const withoutData = status === 'Healthy' || status === 'LastKnownStatus' ? status : 'Unhealthy';
    return [
      { ...common, kind: 'alarm', alarm: alarmNamed(at(config, 'AlarmIdentifier', 'Name'), resources), withoutData },
    ];
  }
  const region = regionOf(at(config, 'FullyQualifiedDomainName'));
  // A check of something else, the edge for one, has no part in this.
  if (region === undefined) return [];
  const regions = at(config, 'Regions');
  return [
    {
      ...common,
      kind: 'endpoint',
      region,
      path: String(value('ResourcePath') ?? '/'),
      encrypted: type.startsWith('HTTPS'),
      interval: Number(value('RequestInterval') ?? 30),
      threshold: Number(value('FailureThreshold') ?? 3),
      checkers: Array.isArray(regions) ? regions.length : everywhere,
    },
  ];
}

/** An alarm by reference, or by the name that both say. */
function alarmNamed(name: Value | undefined, resources: readonly Resource[]): string {
  const text = literal(name);
  const byName = resources.find(
    (each) =>
      each.type === 'AWS::CloudWatch::Alarm' && text !== undefined && literal(each.properties.AlarmName) === text,
  );
  return byName?.key ?? resourceOf(name) ?? (isProperties(name) ? '' : String(text ?? ''));
}
