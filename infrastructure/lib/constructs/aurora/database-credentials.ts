// The database's master credentials: made here, kept in Secrets Manager, replaced every 30 days (AC-SEC-6).
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Connections, type ISecurityGroup, type ISubnet, type IVpc, Port } from 'aws-cdk-lib/aws-ec2';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret, SecretRotation, SecretRotationApplication } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Characters that connection URLs, shells or psql treat as their own. */
const awkwardCharacters = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\';

export interface DatabaseSecretProps {
  readonly username: string;
  readonly encryptionKey: IKey;
  /** Whether the secret outlives its stack. */
  readonly kept: boolean;
  /** Where another region has the same credentials, under a key of its own; absent: nowhere. */
  readonly replica: { readonly region: string; readonly keyArn: string } | undefined;
}

/**
 * A user name and a generated password as JSON; the cluster adds host, port and database name when it takes the secret. It is made
 * here and not by RDS, since a global database excludes passwords that RDS manages (DR-7). A replica follows each rotation within
 * seconds; the host in it is the first region's, so whoever reads it takes no more than name and password of it.
 *
 * @cost $0.40 a month for it and for its replica, and $0.05 per 10,000 calls.
 */
export function databaseSecret(scope: Construct, id: string, props: DatabaseSecretProps): Secret {
  const { replica } = props;
  return new Secret(scope, id, {
    description: 'Master credentials of the database',
    encryptionKey: props.encryptionKey,
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    ...(replica === undefined
      ? {}
      : {
          replicaRegions: [
            { region: replica.region, encryptionKey: Key.fromKeyArn(scope, `${id}ReplicaKey`, replica.keyArn) },
          ],
        }),
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: props.username }),
      generateStringKey: 'password',
      passwordLength: 40,
      excludeCharacters: awkwardCharacters,
    },
  });
}

export interface SecretRotationProps {
  /** The secret as the cluster attached it, so with host and port. */
  readonly secret: ISecret;
  readonly port: number;
  readonly vpc: IVpc;
  /** Where the rotating function runs: it needs the database and, through NAT or an endpoint, Secrets Manager. */
  readonly subnets: readonly ISubnet[];
  /** The functions' group: it may reach the database already, so that no rule is added (SG-3). */
  readonly securityGroup: ISecurityGroup;
}

/**
 * Replaces the password every 30 days by AWS's own application (a nested stack from the Serverless Application Repository, its
 * version pinned by aws-cdk-lib). The hosted rotation of Secrets Manager would be shorter to write, but follows whatever version AWS
 * publishes; both need a transform, which the CDK CLI allows by default.
 *
 * A rotation does not start at deploy, since running tasks would hold the old password at the moment when everything else changes.
 * Day 2: `aws secretsmanager rotate-secret --secret-id <arn>` rotates at once.
 *
 * @cost one invocation of a few seconds a month: below $0.01.
 */
export function rotateSecret(scope: Construct, id: string, props: SecretRotationProps): void {
  new SecretRotation(scope, id, {
    application: SecretRotationApplication.POSTGRES_ROTATION_SINGLE_USER,
    secret: props.secret,
    // A target without groups of its own: the rules between the two groups are the document's, and CDK adds none.
    target: { connections: new Connections({ defaultPort: Port.tcp(props.port) }) },
    vpc: props.vpc,
    vpcSubnets: { subnets: [...props.subnets] },
    securityGroup: props.securityGroup,
    automaticallyAfter: Duration.days(30),
    rotateImmediatelyOnUpdate: false,
    excludeCharacters: awkwardCharacters,
  });
}

/** A document without a group for functions lets nobody but the tasks reach the database, and so nobody who could rotate its password. */
export function acknowledgeNoRotation(secret: Secret): void {
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'The document has no security group for functions, and the group of the database lets in no other that could rotate.',
  });
}
