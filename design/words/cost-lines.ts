// What the lines of a document's estimate speak of: which prices each is to be held against, and which figures of use it states. Lines
// are known by the service above them and by their label.
import type { Design } from '../schema.ts';
import type { UsageKey } from './usage-keys.ts';

type Service = Design['cost']['groups'][number]['services'][number];
export type DocumentLine = Service['lines'][number];

export interface KnownLine {
  /** Items of the price table; one that ends in `.` stands for all below it. Empty for what costs nothing. */
  readonly items: readonly string[];
  /** What charges of the items are for, where one item serves several purposes (see Charge). */
  readonly purpose?: string;
  /** Figures of use that the line states, by the unit of the factor. */
  readonly usage?: Partial<Record<UsageKey, RegExp>>;
}

const calls = /^(?:回|リクエスト|件|コール)?$/;
const requests = /リクエスト|件|回/;
const gigabytes = /^G(?:i)?B$/;

const line = (
  service: RegExp,
  label: RegExp,
  items: readonly string[],
  usage?: KnownLine['usage'],
  purpose?: string,
): readonly [RegExp, RegExp, KnownLine] => [service, label, { items, usage, purpose }];

/** Sold by where viewers are, whatever that is for the document's region. */
const cloudFront = (what: string): readonly string[] =>
  ['japan', 'united-states'].map((place) => `cloudfront.${place}.${what}`);

/** The first that fits counts. */
const table: readonly (readonly [service: RegExp, label: RegExp, known: KnownLine])[] = [
  line(/Fargate|ECS/, /vCPU/i, ['fargate.x86.vcpu-hour', 'fargate.arm.vcpu-hour']),
  line(/Fargate|ECS/, /Memory|メモリ/i, ['fargate.x86.gb-hour', 'fargate.arm.gb-hour']),
  line(/Lambda/, /実行時間|Duration/i, ['lambda.x86.gb-second', 'lambda.arm.gb-second'], {
    functionInvocations: requests,
    functionMs: /^ms$/,
  }),
  line(/Lambda/, /リクエスト/, ['lambda.request'], { functionInvocations: requests }),
  line(/SQS/, /./, ['sqs.request'], { queueRequests: requests }),
  line(/SNS/, /発行|Publish/i, ['sns.publish'], { topicPublishes: requests }),
  line(/SNS/, /メール|Email/i, ['sns.email'], { emails: /通|件|回/ }),
  line(/Aurora|RDS/, /^db\./, ['aurora.instance.', 'aurora.io-optimized.instance.', 'aurora.serverless.']),
  line(/Aurora|RDS/, /バックアップ/, ['aurora.backup.gb-month'], { databaseBackupGb: gigabytes }),
  line(/Aurora|RDS/, /ストレージ/, ['aurora.storage.gb-month', 'aurora.io-optimized.storage.gb-month'], {
    databaseGb: gigabytes,
  }),
  line(/Aurora|RDS/, /I\/O/, ['aurora.io'], { databaseIos: calls }),
  line(/ElastiCache|Redis|Valkey/, /^cache\./, ['elasticache.redis.', 'elasticache.valkey.']),
  line(/ElastiCache|Redis|Valkey/, /バックアップ/, ['elasticache.backup.gb-month']),
  line(/DynamoDB/, /書き?込み/, ['dynamodb.write'], { tableWrites: calls }),
  line(/DynamoDB/, /読み?取り|読み?込み/, ['dynamodb.read'], { tableReads: calls }),
  line(/DynamoDB/, /ストレージ/, ['dynamodb.storage.gb-month'], { tableGb: gigabytes }),
  line(/Load Balancer|ALB/, /LCU/, ['alb.lcu-hour'], { lcus: /^LCU$/ }),
  line(/Load Balancer|ALB/, /時間/, ['alb.hour']),
  line(/NAT/, /時間/, ['nat.hour']),
  line(/NAT/, /データ|GB/, ['nat.gb'], { natGb: gigabytes }),
  line(/データ転送|CloudFront/, /ALB/, []),
  line(/データ転送|CloudFront/, /リクエスト/, cloudFront('https-request'), { requests }),
  line(/データ転送|CloudFront/, /CloudFront|Internet|インターネット/, [...cloudFront('gb'), 'egress.gb'], {
    egressGb: gigabytes,
  }),
  line(/IPv4/, /./, ['ipv4.hour']),
  line(/Route ?53/, /ゾーン/, ['route53.zone']),
  line(/Route ?53/, /ヘルスチェック/, ['route53.health-check']),
  line(/Route ?53/, /クエリ/, ['route53.query'], { dnsQueries: /クエリ|件|回/ }),
  line(/S3.*ログ/, /Standard/, ['s3.standard.gb-month'], { logBucketGb: gigabytes }, 'logs'),
  line(/S3/, /Standard$/, ['s3.standard.gb-month'], { objectGb: gigabytes }, 'data'),
  line(/S3/, /PUT|POST/, ['s3.put'], { objectPuts: requests }, 'data'),
  line(/S3/, /GET/, ['s3.get'], { objectGets: requests }, 'data'),
  line(/EBS/, /gp3/, ['ebs.gp3.gb-month']),
  line(/ECR/, /./, ['ecr.gb-month'], { imageGb: gigabytes }),
  line(/CloudWatch/, /Logs?.*保[管存]/, ['logs.stored.gb-month'], { logsStoredGb: gigabytes }),
  line(/CloudWatch/, /アクセスログ/, ['logs.vended-s3.gb'], { accessLogGb: gigabytes }),
  line(/CloudWatch/, /Logs?/, ['logs.ingest.gb', 'logs.ingest-infrequent.gb'], { logsIngestedGb: gigabytes }),
  line(/CloudWatch/, /Metrics|メトリクス/, ['cloudwatch.metric']),
  line(/CloudWatch/, /Alarms|アラーム/, ['cloudwatch.alarm', 'cloudwatch.alarm-high-resolution']),
  line(/CloudWatch/, /Dashboards|ダッシュボード/, ['cloudwatch.dashboard']),
  line(/CloudTrail/, /データイベント/, ['cloudtrail.data-event'], { trailDataEvents: /イベント|件|回/ }),
  line(/X-Ray/, /./, ['xray.trace'], { traces: /トレース|件/ }),
  line(/Secrets Manager/, /API|呼び出し/, ['secrets.call'], { secretCalls: calls }),
  line(/Secrets Manager/, /シークレット/, ['secrets.secret']),
  line(/KMS/, /API|呼び出し/, ['kms.request'], { keyCalls: calls }),
  line(/KMS/, /キー/, ['kms.key']),
  line(/WAF/, /ACL/, ['waf.web-acl']),
  line(/WAF/, /ルール/, ['waf.rule']),
  line(/WAF/, /リクエスト/, ['waf.request'], { requests }),
];

/** What a line speaks of; `undefined` when nothing here knows it. */
export function knownLine(service: string, label: string): KnownLine | undefined {
  return table.find(([services, labels]) => services.test(service) && labels.test(label))?.[2];
}

/** Whether a charge of an item, made for some purpose, is what a line speaks of. */
export function speaksOf(known: KnownLine, item: string, purpose: string | undefined): boolean {
  const named = known.items.some((wanted) => (wanted.endsWith('.') ? item.startsWith(wanted) : item === wanted));
  return named && known.purpose === purpose;
}
