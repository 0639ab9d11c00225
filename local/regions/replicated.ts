// The secrets that Secrets Manager keeps in both regions: the same names and values, in each region by an ARN of its own.
import type { Directory } from '../blueprint/directory.ts';
import type { SecretPlan } from '../blueprint/stores.ts';

/** A secret's ARN and value, by the key of its resource. */
export type SecretValues = Readonly<Record<string, { readonly arn: string; readonly value: string }>>;

/** Of the region that made them. */
export function secretsFor(directory: Directory, plans: readonly SecretPlan[]): SecretValues {
  return Object.fromEntries(
    plans.flatMap(({ key }) => {
      const arn = directory.textIfKnown({ $ref: key }) ?? '';
      const value = directory.secret(arn);
      return value === undefined ? [] : [[key, { arn, value }]];
    }),
  );
}

/** Enters those that the templates replicate to a region as that region has them: by the same name, under its own code. */
export function inheritSecrets(
  directory: Directory,
  region: string,
  plans: readonly SecretPlan[],
  values: SecretValues,
): void {
  for (const { key, attachments, replicas } of plans) {
    const secret = values[key];
    if (secret === undefined || !replicas.includes(region)) continue;
    const arn = secret.arn.replace(/^(arn:aws:secretsmanager:)[^:]+/, `$1${region}`);
    directory.enterSecret(arn, secret.value);
    for (const each of [key, ...attachments]) directory.enter(each, { '': arn, Id: arn });
  }
}
