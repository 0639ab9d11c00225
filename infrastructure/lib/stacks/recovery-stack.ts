// The recovery stack: the steps by which the other region takes over and gives back, and all that they need, in that region (DR-2…6, DR-8).

import { CfnOutput } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { perEnvironment } from '../../../design/environments.ts';
import { DeletionProtection, guardedTable } from '../constructs/aurora/deletion-protection.ts';
import { dataKey } from '../constructs/data-key.ts';
import { settingsOf, type WatchedAlarm } from '../constructs/recovery/alarm-check.ts';
import { RecoveryAlarms } from '../constructs/recovery/recovery-alarms.ts';
import { RecoveryFunction } from '../constructs/recovery/recovery-function.ts';
import { latchMetric, RecoveryLatch } from '../constructs/recovery/recovery-latch.ts';
import { recoveryLedger } from '../constructs/recovery/recovery-ledger.ts';
import { RecoveryMachine } from '../constructs/recovery/recovery-machine.ts';
import {
  type RecoveryFunctionName,
  recoveryFunctions,
  statementsOf,
} from '../constructs/recovery/recovery-permissions.ts';
import { capacityOf, only, placeOf, type RecoveryPlace } from '../constructs/recovery/recovery-places.ts';
import { RecoveryTrigger } from '../constructs/recovery/recovery-trigger.ts';
import { acknowledgePrefix } from '../constructs/role/acknowledged-prefix.ts';
import { siteNames } from '../edge.ts';
import { allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { RegionStacks } from '../region-stacks.ts';

export interface RecoveryStackProps extends PlatformStackProps {
  readonly primary: RegionStacks;
  readonly standby: RegionStacks;
}

/** Of the reports, in the standby region's log bucket. */
const reportsPrefix = 'recovery/';

/**
 * Everything a failover needs lives in the region that takes over; what is named of the other one is for a switchover and a failback, when
 * both are well. A person starts it, unless the document says `failover: automatic`.
 *
 * Without a domain no name leads CloudFront to a region, so nothing can move it: the failover is the same, waits for no name, and its
 * report says that a person has to point the distribution's API origin at this region's load balancer. With a domain whose zone the
 * document does not name, the failover pair of `origin.<domain>` is entered by hand, like its other records.
 *
 * Day 2: `docs/runbooks/failover.md`. Nothing is deployed while the ledger says that a run is under way or that the standby serves.
 *
 * @cost one KMS key $1.00, the latch some $1.00 and alarms $0.40 a month (see `RecoveryLatch`, `RecoveryAlarms`); the rest next to
 * nothing (see `RecoveryMachine`, `RecoveryFunction`, `recoveryLedger`, `RecoveryTrigger`).
 */
export class RecoveryStack extends PlatformStack {
  /** For Route 53: on while traffic is held here, and off while writes of the other region arrive. */
  readonly alarms: Readonly<Record<'latch' | 'replication', WatchedAlarm>>;
  /** For the trail: ARNs, by names, of what every call is recorded of. */
  readonly recorded: Readonly<Record<'functionArns' | 'tableArns', Readonly<Record<string, string>>>>;
  /** Where the edge says that the primary region is lost; absent where a person decides. */
  readonly busArn?: string;

  constructor(scope: Construct, id: string, props: RecoveryStackProps) {
    super(scope, id, { ...props, region: props.standby.compute.region });
    const { design, environment, primary, standby } = props;
    const { recovery, inputs } = design;
    if (recovery === undefined) throw new Error('A document without a second region has no failover');
    const { kept } = this;
    const { application: logRetentionDays } = perEnvironment(design.logs, environment);
    const { topics, idleAlarms } = standby.monitoring;
    const key = dataKey(this, 'Key', { description: 'The ledger of failovers', kept });
    const ledger = recoveryLedger(this, 'Ledger', { encryptionKey: key, kept });
    if (kept) new DeletionProtection(this, 'Protection', { guarded: [guardedTable(ledger)] });
    const places = { primary: placeOf(this, primary), standby: placeOf(this, standby) };

    const globalCluster = this.readFrom(primary.database, 'GlobalCluster', globalClusterOf(primary));
    const reportsArn = standby.storage.logBucket.arnForObjects(`${reportsPrefix}*`);
    const statements = statementsOf({
      ...places,
      globalClusterArn: this.globalClusterArn(globalCluster),
      latchNamespace: latchMetric.namespace,
      topicArn: topics.critical.topicArn,
      topicKeyArn: keyOf(topics.critical.masterKey),
      reportsArn,
      reportsKeyArn: standby.storage.kmsKey.keyArn,
    });
    const common = [
      ...allow('KeepLedger', ['dynamodb:GetItem', 'dynamodb:PutItem'], ledger.tableArn),
      ...allowKey('EncryptLedger', ['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn, this.region, ['dynamodb']),
    ];
    const variables = {
      ENVIRONMENT: environment,
      LEDGER_TABLE: ledger.tableName,
      GLOBAL_CLUSTER: globalCluster,
      LATCH_NAMESPACE: latchMetric.namespace,
      LATCH_METRIC: latchMetric.name,
      ORIGIN: siteNames(design, environment)?.origin ?? '',
      TOPIC: topics.critical.topicArn,
      REPORTS_BUCKET: standby.storage.logBucket.bucketName,
      REPORTS_PREFIX: reportsPrefix,
      PLACES: this.toJsonString({ primary: places.primary.values, standby: places.standby.values }),
      // Production's, in either region: a standby that carries less would be no standby.
      SIZE: JSON.stringify({ minimum: this.sizes.task.minimum, maximum: this.sizes.task.maximum }),
      CAPACITY: JSON.stringify(capacityOf(standby.database)),
    };
    const made = new Map(
      recoveryFunctions.map((name) => {
        const own = [...statements[name], ...common];
        return [name, this.function(name, own, variables, starred(places, reportsArn), props)] as const;
      }),
    );
    const functionOf = (name: RecoveryFunctionName): RecoveryFunction => {
      const found = made.get(name);
      if (found === undefined) throw new Error(`${name} is a function of this stack`);
      return found;
    };

    const { stateMachine } = new RecoveryMachine(this, 'Failover', {
      functionOf: (name) => functionOf(name).function,
      schedules: standby.messaging.schedules,
      idleAlarms,
      timeoutSeconds: recovery.rtoSeconds,
      logRetentionDays,
      kept,
    });
    new Policy(this, 'SeeExecutions', {
      // Apart from the function's own policy, for which the state machine waits.
      roles: [functionOf('claim').role],
      statements: allow('SeeExecutions', ['states:ListExecutions'], stateMachine.stateMachineArn),
    });

    const latch = new RecoveryLatch(this, 'Latch', {
      environment,
      publisher: functionOf('publish-latch').function,
      topics,
    });
    const alarms = new RecoveryAlarms(this, 'Alarms', {
      stateMachine,
      databaseCluster: standby.database.cluster.clusterIdentifier,
      rpoSeconds: recovery.rpoSeconds,
      topics,
    });
    if (inputs.failover === 'automatic') this.busArn = new RecoveryTrigger(this, 'Trigger', { stateMachine }).busArn;

    this.recorded = {
      functionArns: Object.fromEntries(
        [...made].map(([name, one]) => [pascal(name), only(one.function, CfnFunction.isCfnFunction).attrArn]),
      ),
      tableArns: { Ledger: only(ledger, CfnTable.isCfnTable).attrArn },
    };
    this.alarms = {
      latch: watched(only(latch.alarm, CfnAlarm.isCfnAlarm)),
      replication: watched(only(alarms.replication, CfnAlarm.isCfnAlarm)),
    };
    new CfnOutput(this, 'StateMachine', {
      value: stateMachine.stateMachineArn,
      description: 'Moves production to this region, and home again: see docs/runbooks/failover.md',
    });
    new CfnOutput(this, 'LedgerTable', { value: ledger.tableName, description: 'Which region serves' });
  }

  private function(
    source: RecoveryFunctionName,
    statements: readonly PolicyStatement[],
    environment: Readonly<Record<string, string>>,
    stars: Readonly<Record<string, string>>,
    { design, environment: of }: RecoveryStackProps,
  ): RecoveryFunction {
    const made = new RecoveryFunction(this, pascal(source), {
      source,
      description: `Failover: ${source}`,
      statements,
      environment,
      architecture: design.inputs.architecture,
      logRetentionDays: perEnvironment(design.logs, of).application,
      kept: this.kept,
    });
    for (const [arn, reason] of Object.entries(stars)) {
      if (statements.some(({ resources }) => resources.includes(arn))) acknowledgePrefix(made.policy, arn, reason);
    }
    return made;
  }

  private globalClusterArn(identifier: string): string {
    return `arn:${this.partition}:rds::${this.account}:global-cluster:${identifier}`;
  }
}

const watched = (alarm: CfnAlarm): WatchedAlarm => ({ name: alarm.ref, settings: settingsOf(alarm) });

function globalClusterOf({ database }: RegionStacks): string {
  const { globalCluster } = database;
  if (globalCluster === undefined) throw new Error('A region stands by, and the first one has no global database');
  return globalCluster.ref;
}

function keyOf(key: { readonly keyArn: string } | undefined): string {
  if (key === undefined) throw new Error('The topics of alarms are encrypted with a key of the platform');
  return key.keyArn;
}

/** Why a star stands at the end of an ARN. */
function starred(
  places: Readonly<Record<'primary' | 'standby', RecoveryPlace>>,
  reportsArn: string,
): Readonly<Record<string, string>> {
  return {
    [reportsArn]: 'All reports, below their one prefix.',
    ...Object.fromEntries(
      Object.values(places).flatMap((place) => [
        [
          place.scalableTargetsArn,
          'Nobody can know the ARN of a scalable target beforehand; the conditions leave those of ECS services.',
        ],
        [place.tasksArn, 'One-off tasks of the one cluster, whose names nobody knows beforehand.'],
        [place.taskDefinitionArn, 'Every revision of the one task definition.'],
        [place.dataObjectsArn, 'All that the workload writes, below its one prefix.'],
      ]),
    ),
  };
}

const pascal = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
