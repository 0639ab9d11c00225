// The cache stack: a Redis (or Valkey) replication group and its token (STK-4). Built only when the document has a CacheStack.

import type { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Policy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { perEnvironment } from '../../../design/environments.ts';
import { ReplicationGroup } from '../constructs/cache/replication-group.ts';
import { dataKey } from '../constructs/data-key.ts';
import { portOf, quietHour } from '../document-values.ts';
import { allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import type { SecurityStack } from './security-stack.ts';

export interface CacheStackProps extends PlatformStackProps {
  readonly network: NetworkStack;
  readonly security: SecurityStack;
}

/**
 * Read results that were read before (ARC-4).
 *
 * @cost one KMS key $1.00 a month, besides the nodes and the token (see `ReplicationGroup`).
 */
export class CacheStack extends PlatformStack {
  readonly cluster: CfnReplicationGroup;
  /** Host name of the primary, wherever it is after a failover. */
  readonly endpoint: string;
  readonly port: number;
  /** The AUTH token as plain text. */
  readonly secret: ISecret;
  readonly nodes: number;
  readonly kmsKey: IKey;

  constructor(scope: Construct, id: string, props: CacheStackProps) {
    super(scope, id, props);
    const { design, environment, network, security } = props;
    const { kept } = this;
    const size = this.sizes.cache;
    const backup = design.backup.cache;
    const securityGroup = security.cacheSecurityGroup;
    if (size === undefined || backup === undefined || securityGroup === undefined) {
      throw new Error(
        'A CacheStack needs a size, a backup rule and a security group; the design has a CacheStack without them',
      );
    }

    this.port = portOf(design, 'cache');
    const key = dataKey(this, 'Key', { description: 'Cache and its token', kept });
    const group = new ReplicationGroup(this, 'Redis', {
      description: `${design.inputs.project} ${environment}`,
      engine: design.inputs.cacheEngine,
      nodeType: size.nodeType,
      nodes: size.nodes,
      port: this.port,
      subnets: network.dataSubnets,
      securityGroup,
      encryptionKey: key,
      backup: {
        retentionDays: backup.automatic ? perEnvironment(backup.retentionDays, environment) : null,
        window: backup.window,
      },
      maintenance: quietHour(design, environment),
      logRetentionDays: perEnvironment(design.logs, environment).application,
      kept,
    });
    this.cluster = group.cluster;
    this.endpoint = group.cluster.attrPrimaryEndPointAddress;
    this.secret = group.secret;
    this.nodes = size.nodes;
    this.kmsKey = key;

    // The document lets a starting task read the database's secret only; the token comes by the same way (IAM-5).
    new Policy(this, 'TaskExecutionPolicy', {
      // A role's policies of one name overwrite each other, and CDK would give those of two stacks the same.
      policyName: this.stackName,
      roles: [security.roles['task-execution']],
      statements: [
        ...allow('ReadCacheToken', ['secretsmanager:GetSecretValue'], group.secret.secretArn),
        ...allowKey('DecryptWithCacheKey', ['kms:Decrypt'], key.keyArn, this.region, ['secretsmanager']),
      ],
    });
  }
}
