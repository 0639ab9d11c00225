// Physical names of what CloudFormation replaces when a property changes: the new one is made before the old one goes, so the two may not
// have a name in common.
import { createHash } from 'node:crypto';
import { Lazy } from 'aws-cdk-lib';

/** Values of the properties that CloudFormation cannot change in place, by their names in the template. */
export type CreateOnly = Readonly<Record<string, unknown>>;

/** `<name>-<hash>`, for a resource whose name AWS forces: the hash is of what would replace it, as the template has it. */
export function replaceableName(name: string, createOnly: CreateOnly): string {
  return Lazy.uncachedString({ produce: ({ resolve }) => `${name}-${createOnlyHash(resolve(createOnly))}` });
}

/** Eight hexadecimal digits, the same for the same values in any order. */
export function createOnlyHash(resolved: CreateOnly): string {
  const sorted = Object.entries(resolved).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 8);
}
