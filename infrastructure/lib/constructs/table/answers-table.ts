// The DynamoDB table of answers already given, so that a repeated request gets the first answer again.
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  type ITable,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** Attribute that holds the request's `Idempotency-Key`. */
const answerKey = 'idempotencyKey';
/** Attribute that holds the second since 1970 after which an answer may go. */
const answerExpiry = 'expiresAt';

export interface AnswersTableProps {
  readonly encryptionKey: IKey;
  /** Whether the table outlives its stack, which guards it against deletion. */
  readonly kept: boolean;
  /** Where another region keeps the same answers, under a key of its own; absent: nowhere. */
  readonly replica: { readonly region: string; readonly keyArn: string } | undefined;
}

/**
 * On demand, since load follows the orders; restorable to any second of the last 35 days; answers leave by themselves. A replica has
 * the same name in its region, takes writes as well, and is behind by a second or so: the last to write an answer wins.
 *
 * It is a global table from the first day on, of one region where no other stands by: CloudFormation cannot make one of a table.
 *
 * Day 2: `aws dynamodb restore-table-to-point-in-time` into a new table, never over this one.
 *
 * @cost Tokyo: $0.715 per million writes of 1 KB, $0.1425 per million reads of 4 KB, $0.285 per GB a month, and restore points by the
 * GB. A million orders a month, each written once and read once, kept for a day (0.03 GB): $0.715 + $0.1425 + $0.01 = $0.87. The same
 * writes again in Oregon $0.625, and $0.09 per GB on the way there.
 */
export function answersTable(scope: Construct, id: string, props: AnswersTableProps): ITable {
  const { replica } = props;
  const table = new TableV2(scope, id, {
    partitionKey: { name: answerKey, type: AttributeType.STRING },
    billing: Billing.onDemand(),
    timeToLiveAttribute: answerExpiry,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryptionV2.customerManagedKey(
      props.encryptionKey,
      replica === undefined ? {} : { [replica.region]: replica.keyArn },
    ),
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    ...(replica === undefined ? {} : { replicas: [{ region: replica.region }] }),
  });
  return table;
}

/** A table's name for other regions, where its replicas have the same: CDK lets no other region have it of the table itself. */
export function tableNameAnywhere({ node }: ITable): string {
  const { defaultChild } = node;
  if (!CfnGlobalTable.isCfnGlobalTable(defaultChild))
    throw new Error('A table of CDK is a global table of CloudFormation');
  return defaultChild.ref;
}
