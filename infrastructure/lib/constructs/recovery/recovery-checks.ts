// The health checks that decide between two regions (DR-2, DR-8).
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { readinessCheck } from '../edge/readiness-check.ts';
import { alarmCheck, type WatchedAlarm } from './alarm-check.ts';

export interface RecoveryChecksProps {
  /** Id of the check that asks the first region whether it is ready. */
  readonly primaryReady: string;
  readonly standbyLoadBalancer: string;
  readonly encrypted: boolean;
  /** Alarms in the standby region: traffic is held there; writes of the first region arrive there late or not at all. */
  readonly alarms: Readonly<Record<'latch' | 'replication', WatchedAlarm>>;
  readonly alarmsRegion: string;
}

/**
 * - `primaryLost`: healthy while the first region is ready or its database sends. A bad release fails the one alone, a silent database the
 *   other: neither is a region that is lost.
 * - `primaryServes`: healthy while the first region is ready and no latch is held. It decides over the first of the two records, so that a
 *   region that comes back does not answer with a database that is no longer the writer.
 * - `standbyReady`: asks the other region, and decides over the second record.
 *
 * No data about the database is as bad as too old data: they come from the region that may be lost. No data about the latch changes
 * nothing: it is as it was last known. Route 53 reads the alarms' metrics by itself, with their thresholds: see `alarmCheck`.
 *
 * Day 2: `aws route53 get-health-check-status --health-check-id <id>`. None of them is changed in a failover: that would need the control
 * plane of us-east-1.
 *
 * @cost two of metrics $0.50 each, two calculated $0.50 each, and the one that asks every 10 seconds over HTTPS $2.50: $4.50 a month.
 */
export class RecoveryChecks extends Construct {
  readonly primaryLost: string;
  readonly primaryServes: string;
  readonly standbyReady: string;

  constructor(scope: Construct, id: string, props: RecoveryChecksProps) {
    super(scope, id);
    const { primaryReady, alarms, alarmsRegion: region } = props;
    const calculated = (id: string, childHealthChecks: string[], healthThreshold: number) =>
      new CfnHealthCheck(this, id, {
        healthCheckConfig: { type: 'CALCULATED', childHealthChecks, healthThreshold },
      }).attrHealthCheckId;

    const databaseReplicates = alarmCheck(this, 'DatabaseReplicates', {
      ...{ alarm: alarms.replication, region, withoutData: 'Unhealthy' },
    }).attrHealthCheckId;
    const latchIsOpen = alarmCheck(this, 'LatchIsOpen', {
      ...{ alarm: alarms.latch, region, withoutData: 'LastKnownStatus' },
    }).attrHealthCheckId;
    this.primaryLost = calculated('PrimaryLost', [primaryReady, databaseReplicates], 1);
    this.primaryServes = calculated('PrimaryServes', [primaryReady, latchIsOpen], 2);
    this.standbyReady = readinessCheck(this, 'StandbyReady', {
      domainName: props.standbyLoadBalancer,
      encrypted: props.encrypted,
      every: 10,
    }).attrHealthCheckId;
  }
}
