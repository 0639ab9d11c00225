// The secret by which the load balancer knows CloudFront: without it, whoever finds the load balancer would walk round the firewall.
import { CfnParameter, RemovalPolicy, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { replicaArn } from '../secret-replica.ts';

export interface OriginHeaderProps {
  /** Where CloudFormation reads the value for CloudFront. */
  readonly edgeRegion: string;
  /** Where another load balancer knows CloudFront by the same values; absent: there is none. */
  readonly standbyRegion: string | undefined;
  /** Whether the secrets outlive their stack. */
  readonly kept: boolean;
}

/** What a load balancer of one region knows CloudFront by: ARNs of that region. */
export interface OriginHeaderArns {
  readonly current: string;
  readonly next: string;
}

/**
 * Two values, both accepted: the one that CloudFront sends, and the one that it will send next. So a rotation has no moment in which
 * a request is refused: CloudFront changes over to a value that the load balancer knows already.
 *
 * They stand in the key that AWS keeps for secrets: whoever may read the distribution or the listener sees them there in any case.
 *
 * Day 2, every 90 days or when somebody who knew leaves; CloudFront changes before the load balancer does:
 * 1. `aws secretsmanager put-secret-value`: `OriginHeaderCurrent…` gets the value of `OriginHeaderNext…`, and that one a new value from
 *    `aws secretsmanager get-random-password --password-length 64 --exclude-punctuation`.
 * 2. `npx cdk deploy <Environment>EdgeStack --exclusively --parameters OriginHeaderStage=`, which makes CloudFormation read anew.
 * 3. The same for `<Environment>ComputeStack`, and `<Environment>StandbyComputeStack` where there is one: the value that CloudFront sent
 *    until step 2 is refused from now on. Replicas follow their originals by themselves, within seconds.
 *
 * At the next rotation the parameter goes back to `AWSCURRENT`, and so on. A secret cannot be deleted before its replica:
 * `aws secretsmanager remove-regions-from-replication`.
 *
 * @cost $0.40 for each secret and each replica: $1.20 a month, $2.00 where another region stands by.
 */
export class OriginHeader extends Construct {
  /** What CloudFront sends. */
  readonly current: Secret;
  /** What it will send after the next rotation. */
  readonly next: Secret;
  private readonly edgeRegion: string;

  constructor(scope: Construct, id: string, { edgeRegion, standbyRegion, kept }: OriginHeaderProps) {
    super(scope, id);
    this.edgeRegion = edgeRegion;
    // A secret is no replica of itself, and a region takes one of it.
    const { region: home } = Stack.of(this);
    const replicas = (...regions: readonly (string | undefined)[]) =>
      [...new Set(regions)].flatMap((region) => (region === undefined || region === home ? [] : [{ region }]));
    const make = (name: string, description: string, replicaRegions: { region: string }[]) => {
      const secret = new Secret(this, name, {
        description,
        replicaRegions,
        removalPolicy: kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
        // The load balancer takes * and ? for wildcards and does not tell capitals from small letters: 36^64 values are left.
        generateSecretString: { passwordLength: 64, excludePunctuation: true },
      });
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason:
          'Rotated by hand: a function that rotates it would have to be allowed to change distribution and listener.',
      });
      return secret;
    };
    this.current = make('Current', 'What CloudFront shows to the load balancer', replicas(edgeRegion, standbyRegion));
    this.next = make(
      'Next',
      'What CloudFront will show to the load balancer after the next rotation',
      replicas(standbyRegion),
    );
  }

  /** The ARN of the current value where the edge is. */
  get edgeArn(): string {
    return replicaArn(this.current, this.edgeRegion);
  }

  /** The ARNs of both values in a region that has them. */
  arnsIn(region: string): OriginHeaderArns {
    return { current: replicaArn(this.current, region), next: replicaArn(this.next, region) };
  }
}

/**
 * Gives the values of secrets for properties of a stack, by their ARNs: CloudFormation reads them when it makes or changes what has the
 * property, and no template holds them.
 *
 * It does not look again while the template stays as it is. So the stack gets a parameter that stands in the reference and has two
 * values that mean the same: giving it the other one is a change.
 */
export function originHeaderReader(scope: Construct): (secretArn: string) => string {
  const stage = new CfnParameter(Stack.of(scope), 'OriginHeaderStage', {
    description: 'Both values mean the same; the other one makes CloudFormation read the secret header anew',
    allowedValues: ['AWSCURRENT', ''],
    default: 'AWSCURRENT',
  });
  return (secretArn) => SecretValue.secretsManager(secretArn, { versionStage: stage.valueAsString }).unsafeUnwrap();
}
