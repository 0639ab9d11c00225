// Says to cdk-nag that a policy means the star at the end of a prefix.
import { Stack, Validations } from 'aws-cdk-lib';
import type { Policy } from 'aws-cdk-lib/aws-iam';

/**
 * Acknowledges the wildcard of one resource of a policy, and of no other. cdk-nag knows it by the text that the template will hold,
 * and how a stack refers to another's resource is settled only when the whole app is: so this waits until CDK has done that.
 */
export function acknowledgePrefix(policy: Policy, arn: string, reason: string): void {
  policy.node.addValidation({
    validate: () => {
      const text = flat(Stack.of(policy).resolve(arn));
      Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${text}]`, reason });
      return [];
    },
  });
}

/** A value of a template in one line, as cdk-nag writes it. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const named: unknown = Reflect.get(value, 'Ref');
  if (typeof named === 'string') return `<${named}>`;
  const attribute: unknown = Reflect.get(value, 'Fn::GetAtt');
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  const join: unknown = Reflect.get(value, 'Fn::Join');
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map(flat).join(String(join[0]));
  const imported: unknown = Reflect.get(value, 'Fn::ImportValue');
  return imported === undefined ? JSON.stringify(value) : flat(imported);
}
