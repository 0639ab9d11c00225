// Why what the NIST 800-53 and PCI DSS packs of cdk-nag find stays as it is. `docs/security.md` is made from this table and their reports;
// a rule that finds something and has no reason here fails a test, and so does a reason that nothing is left for.

/** By the rule's name, without its pack. */
export const reasons: Readonly<Record<string, string>> = {
  ALBWAFEnabled:
    "The firewall stands in front of CloudFront, where it sees the client's own address; the load balancer answers only requests that carry CloudFront's secret header. A second one here would cost $8 a month and $0.60 per million requests to read what the first has let through.",
  CloudWatchAlarmAction:
    'No task runs in the region that stands by, so these two alarms of too few tasks would be told without end. Their actions are switched on when the region takes over (DR-4), and off again when it gives back.',
  CloudWatchLogGroupEncrypted:
    'CloudWatch encrypts every log group with a key that AWS keeps. A key of ours would be one more way to shut readers out, for a dollar a month in each stack and a line in its policy for each writer; logs hold no secrets and no personal data by design.',
  DynamoDBInBackupPlan:
    'The ledger of the recovery is one item that says which region serves. It can be restored to any second of the last 35 days; a week-old one would be worse than none.',
  ELBDeletionProtectionEnabled:
    "The document's way back destroys ComputeStack and deploys it anew (RBK-2); a load balancer holds nothing that would be lost.",
  ELBLoggingEnabled:
    "Access logs are on, by CloudWatch's vended delivery, which the rule does not know: a load balancer's own way cannot write to a bucket that is encrypted with a KMS key (AC-SEC-1).",
  ELBv2ACMCertificateRequired:
    'The listener on port 80 only redirects to 443, whose listener has a certificate of ACM.',
  ElastiCacheRedisClusterAutomaticBackup:
    'The document keeps backups of the cache for seven days, one, and none (BKP-6). A cache that is lost is filled again from the database.',
  IAMNoInlinePolicy:
    'Each policy belongs to one role and names the resources of one stack; a managed policy, which others could attach, would spread it. AWS deletes an inline policy with its role.',
  LambdaConcurrency:
    'The function behind the queue is held to ten batches at a time by its event source, the others by the few calls that they get. Reserved concurrency would take its share from all other functions of the account, also when nothing runs.',
  LambdaDLQ:
    'Nothing is lost without one: the queue has a dead-letter queue, asynchronous calls have a destination for what failed, the load balancer tells its caller, and the steps of a failover and of a deployment are called by a state machine and by CloudFormation, which wait for the answer.',
  LambdaInsideVPC:
    'The steps of a failover call operations of AWS and the address of the load balancer that everybody sees. In the VPC they would need its NAT gateway, one more thing that must work on that day.',
  RDSInBackupPlan:
    "The cluster is in the plan of its stack, by its ARN; Aurora's snapshots are the cluster's, and its instances hold nothing. The rule looks at instances. The cluster that stands by is no second database: the first one's snapshots are copied to its region (BKP-3), and it keeps automatic backups of its own.",
  RDSInstanceDeletionProtectionEnabled:
    'Development goes with its stack, database and all. Production and staging are protected by a schedule once their stack stands, so that a creation that fails can be taken back (ADR-047).',
  S3BucketLoggingEnabled:
    'Data events of CloudTrail record every call on an object, for certain and within minutes; server access logs come late and without guarantee, and cannot be written to a bucket under a KMS key.',
  S3BucketReplicationEnabled:
    "Production's buckets of data and logs are replicated to the other region (BKP-5). The copies themselves, what the standby logs, static files and the other environments are not: the document asks for none of it, and every copy costs its storage again.",
  SecretsManagerRotationEnabled:
    "The cache's token changes on both sides at once only by a command and a new deployment of the tasks; the header between CloudFront and the load balancer is changed by a command that keeps the old one valid meanwhile. The database's password changes by itself every 30 days.",
  SecretsManagerUsingKMSKey:
    'The header is read by CloudFormation in two regions. It is no key to data: it only proves that a request came through CloudFront.',
  VPCDefaultSecurityGroupClosed:
    'CloudFormation cannot change the default group of a VPC, only a function could. Nothing wears that group: every resource names its own.',
  VPCFlowLogsEnabled: 'The document keeps no flow log in development (LOG-3).',
  VPCNoUnrestrictedRouteToIGW:
    'Only the public subnets have such a route, which makes them public; the load balancer and the NAT gateways stand there, and nothing else (NET-2).',
};
