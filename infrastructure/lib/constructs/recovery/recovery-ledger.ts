// The ledger of failovers: which region serves, and how far the last move came (DR-8).
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * One item for the environment. A table of the standby region alone: a ledger that were lost with the region that it is about would be
 * none. It is restorable to any second of the last 35 days.
 *
 * Day 2: `aws dynamodb get-item --consistent-read` shows the latch and the last run. Nobody writes it by hand but in need: the latch is
 * its attribute `serving`, and its `entry` is what the functions read.
 *
 * @cost us-west-2: $0.625 per million writes, $0.125 per million reads; one read a minute and some writes in a failover: less than $0.02.
 */
export function recoveryLedger(scope: Construct, id: string, props: { encryptionKey: IKey; kept: boolean }): Table {
  return new Table(scope, id, {
    partitionKey: { name: 'environment', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: props.encryptionKey,
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  });
}
