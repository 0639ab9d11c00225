// Secrets of one region in another: a replica has its original's name, so its ARN is known before there is one.
import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnSecret, type Secret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * The ARN of a secret's replica; the secret's own in its own region. CDK lets no other region have the ARN of its own construct unless
 * somebody has chosen the name, so it is taken of what CloudFormation makes.
 */
export function replicaArn(secret: Secret, region: string): string {
  const { defaultChild } = secret.node;
  if (!CfnSecret.isCfnSecret(defaultChild)) throw new Error('A secret of CDK is a secret of CloudFormation');
  const stack = Stack.of(secret);
  if (region === stack.region) return defaultChild.ref;
  const { resourceName = '' } = Arn.split(defaultChild.ref, ArnFormat.COLON_RESOURCE_NAME);
  return stack.formatArn({
    service: 'secretsmanager',
    region,
    resource: 'secret',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
