// The DynamoDB table of answers already given, so that a repeated request gets the first answer again.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type ITable, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** Attribute that holds the request's `Idempotency-Key`. */
const answerKey = 'idempotencyKey';
/** Attribute that holds the second since 1970 after which an answer may go. */
const answerExpiry = 'expiresAt';

export interface AnswersTableProps {
  readonly encryptionKey: IKey;
  /** Whether the table is guarded against deletion and outlives its stack. */
  readonly kept: boolean;
}

/**
 * On demand, since load follows the orders; restorable to any second of the last 35 days; answers leave by themselves.
 *
 * Day 2: `aws dynamodb restore-table-to-point-in-time` into a new table, never over this one.
 *
 * @cost Tokyo: $0.715 per million writes of 1 KB, $0.1425 per million reads of 4 KB, $0.285 per GB a month, and restore points by the
 * GB. A million orders a month, each written once and read once, kept for a day (0.03 GB): $0.715 + $0.1425 + $0.01 = $0.87.
 */
export function answersTable(scope: Construct, id: string, props: AnswersTableProps): ITable {
  const table = new Table(scope, id, {
    partitionKey: { name: answerKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: answerExpiry,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: props.encryptionKey,
    deletionProtection: props.kept,
    removalPolicy: props.kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  // Its optional stream may be undefined, which `exactOptionalPropertyTypes` tells apart from absent.
  return table as ITable;
}
