// The edge stack: everything between people and the load balancer (ARC-1, ARC-6, AC-PERF-4, AC-SEC-3, DR-8).

import { CfnOutput } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { perEnvironment, rests } from '../../../design/environments.ts';
import { EdgeAlarms } from '../constructs/alarm/edge-alarms.ts';
import { StaticAssets } from '../constructs/bucket/static-assets.ts';
import { Firewall } from '../constructs/edge/firewall.ts';
import { readinessCheck } from '../constructs/edge/readiness-check.ts';
import { siteCertificate } from '../constructs/edge/site-certificates.ts';
import { siteDistribution } from '../constructs/edge/site-distribution.ts';
import { SiteRecords } from '../constructs/edge/site-records.ts';
import { originHeaderReader } from '../constructs/load-balancer/origin-header.ts';
import { EdgeLogs } from '../constructs/log/edge-logs.ts';
import { logPrefixes } from '../constructs/log/log-bucket.ts';
import { RecoveryChecks } from '../constructs/recovery/recovery-checks.ts';
import { LossReport } from '../constructs/recovery/recovery-loss-report.ts';
import { AlertTopics, type Severity } from '../constructs/topic/alert-topics.ts';
import { edgeRegion, siteNames } from '../edge.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { RegionStacks } from '../region-stacks.ts';
import type { ComputeStack } from './compute-stack.ts';
import type { RecoveryStack } from './recovery-stack.ts';
import type { SecurityStack } from './security-stack.ts';
import type { StorageStack } from './storage-stack.ts';

export interface EdgeStackProps extends Omit<PlatformStackProps, 'region'> {
  readonly security: SecurityStack;
  readonly storage: StorageStack;
  readonly compute: ComputeStack;
  /** Absent where no other region stands by. */
  readonly standby?: Pick<RegionStacks, 'compute'>;
  readonly recovery?: RecoveryStack;
}

/**
 * It lives where CloudFront wants its certificate, firewall and alarms, whatever the document's region; nothing that serves waits for it.
 * What it reads of other regions comes through its references stack.
 *
 * Without a domain people come by CloudFront's own name, and CloudFront speaks to the load balancer in plain: a build for a try, of
 * which AC-SEC-3 says that it fails. Nothing then leads CloudFront from one region to another either: see RecoveryStack. An environment that sleeps at night is not asked whether it is ready: it is not.
 *
 * Day 2: `npx cdk bootstrap aws://<account>/us-east-1` once, before the first deploy. A load balancer that was destroyed and deployed
 * again (RBK-2) has another name: its references stack is deployed after it with the other value of `Reading`, and this one then with the other
 * value of `OriginHeaderStage` when nothing else in it has changed, since CloudFormation reads other stacks' outputs only when it changes
 * something.
 *
 * @cost see `siteDistribution`, `Firewall`, `StaticAssets`, `EdgeLogs`, `SiteRecords`, `readinessCheck`, `RecoveryChecks`,
 * `LossReport`, `AlertTopics` and `EdgeAlarms`;
 * without traffic some $16 a month in production.
 */
export class EdgeStack extends PlatformStack {
  readonly distribution: IDistribution;
  /** Of the bucket of static files, for other regions. */
  readonly assetsBucketArn: string;
  /** What alarms of this region are heard on. */
  readonly topics: Readonly<Record<Severity, ITopic>>;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, { ...props, region: edgeRegion });
    const { design, environment, security, storage, compute } = props;
    const { inputs, requestsPerSecond } = design;
    const balancerOf = (of: ComputeStack) => ({
      dnsName: this.readFrom(of, 'LoadBalancerName', of.loadBalancer.loadBalancerDnsName),
      // Asked for where there is a record: what nobody reads is not repeated.
      hostedZoneId: () => this.readFrom(of, 'LoadBalancerZone', of.loadBalancer.loadBalancerCanonicalHostedZoneId),
    });
    const balancer = balancerOf(compute);
    const { kept } = this;
    const names = siteNames(design, environment);
    const certificate = siteCertificate(this, 'Certificate', { design, environment, place: 'site' });
    const encrypted = names !== undefined;

    const firewall = new Firewall(this, 'Firewall', {
      requestsPerSecond,
      logRetentionDays: perEnvironment(design.logs, environment).albAccess,
      kept,
    });
    const assets = new StaticAssets(this, 'Assets', { versioned: design.backup.s3.versioning, kept });
    const header = originHeaderReader(this)(
      this.readFrom(security, 'OriginHeaderCurrentArn', security.originHeader.edgeArn),
    );
    const distribution = siteDistribution(this, 'Distribution', {
      description: this.stackName,
      site: names === undefined || certificate === undefined ? undefined : { name: names.site, certificate },
      assets: assets.origin,
      origin: { domainName: names?.origin ?? balancer.dnsName, encrypted, header },
      firewall: firewall.arn,
    });
    new EdgeLogs(this, 'AccessLogs', {
      distribution,
      bucketArn: this.readFrom(storage, 'LogBucketArn', storage.logBucketArn),
      prefix: logPrefixes.cloudFront,
    });

    const { standby, recovery } = props;
    const every = recovery === undefined ? 30 : 10;
    const readiness = rests(design, environment)
      ? undefined
      : readinessCheck(this, 'Readiness', { domainName: balancer.dnsName, encrypted, every }).attrHealthCheckId;
    const elsewhere = standby && balancerOf(standby.compute);
    const checks =
      readiness === undefined || elsewhere === undefined || recovery === undefined
        ? undefined
        : new RecoveryChecks(this, 'RecoveryChecks', {
            primaryReady: readiness,
            standbyLoadBalancer: elsewhere.dnsName,
            encrypted,
            alarms: this.alarmsOf(recovery),
            alarmsRegion: recovery.region,
          });
    if (names !== undefined && inputs.hostedZoneId !== undefined) {
      new SiteRecords(this, 'Records', {
        hostedZoneId: inputs.hostedZoneId,
        names,
        distribution,
        loadBalancer: { dnsName: balancer.dnsName, hostedZoneId: balancer.hostedZoneId() },
        failover:
          checks === undefined || elsewhere === undefined
            ? undefined
            : {
                standby: { dnsName: elsewhere.dnsName, hostedZoneId: elsewhere.hostedZoneId() },
                primaryServes: checks.primaryServes,
                standbyReady: checks.standbyReady,
              },
      });
    }

    const { topics } = new AlertTopics(this, 'Alerts', { email: inputs.alertEmail });
    const { primaryLost } = new EdgeAlarms(this, 'Alarms', {
      topics,
      distributionId: distribution.distributionId,
      firewall: firewall.metricName,
      requestsPerSecond,
      healthCheckId: readiness,
      primaryLostId: checks?.primaryLost,
    });
    if (primaryLost !== undefined && recovery?.busArn !== undefined) {
      const busArn = this.readFrom(recovery, 'BusArn', recovery.busArn);
      new LossReport(this, 'LossReport', { alarm: primaryLost, busArn });
    }

    this.assetsBucketArn = assets.bucketArn;
    this.topics = topics;
    this.distribution = distribution;
    new CfnOutput(this, 'Address', {
      value: `https://${names?.site ?? distribution.distributionDomainName}`,
      description: 'Where people find the platform',
    });
  }

  private alarmsOf(recovery: RecoveryStack): RecoveryStack['alarms'] {
    const { latch, replication } = recovery.alarms;
    return {
      latch: { ...latch, name: this.readFrom(recovery, 'LatchAlarm', latch.name) },
      replication: { ...replication, name: this.readFrom(recovery, 'ReplicationAlarm', replication.name) },
    };
  }
}
