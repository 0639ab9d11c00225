// Whether the service-linked roles are there that the first resource of a fresh account does not come up without.
import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { rolesToMakeFirst, type ServiceLinkedRole } from '../../aws/service-linked-roles.ts';
import { isNamed } from '../aws/clients.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

export async function checkRoles(context: Context): Promise<readonly PreflightFinding[]> {
  const needed = rolesToMakeFirst.filter(({ types }) =>
    types.some((type) => context.environmentGraph.all(type).length > 0),
  );
  if (needed.length === 0) return [finding('noRoleNeeded', 'ok', {})];
  return Promise.all(needed.map((role) => lookAt(context, role)));
}

async function lookAt(
  { clients, makesRoles }: Context,
  { name, service }: ServiceLinkedRole,
): Promise<PreflightFinding> {
  // IAM has one address for all regions.
  const client = clients.roles('us-east-1');
  try {
    await client.send(new GetRoleCommand({ RoleName: name }));
    return finding('roleThere', 'ok', { role: name });
  } catch (error) {
    if (!isNamed(error, 'NoSuchEntityException', 'NoSuchEntity')) throw error;
  }
  if (!makesRoles) return finding('roleMissing', 'fail', { role: name, service });
  await client.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service }));
  return finding('roleMade', 'ok', { role: name });
}
