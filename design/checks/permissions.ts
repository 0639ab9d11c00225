// A permission for something that the platform does not have would be dropped in silence: it is refused where it stands.

import { actionsWithoutResource } from '../../aws/permissions.ts';
import { roleServices } from '../catalogue/role-services.ts';
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';

/** Refuses the lines of roles that speak of a service of which no stack has anything (IAM-5). */
export function checkPermissions(design: Design, ledger: LineLedger): void {
  for (const [index, { kind, name, statements }] of design.roles.entries()) {
    const services = roleServices[kind].filter((service) => design.tables.length > 0 || service !== 'dynamodb');
    for (const [place, { service, prefix, actions }] of statements.entries()) {
      const homeless = actions.filter((action) => !actionsWithoutResource.includes(`${prefix}:${action}`));
      if (services.includes(prefix) || homeless.length === 0) continue;
      const line = ledger.lineOf(`roles.${index}.statements.${place}`);
      ledger.refuse(line, 'permission-homeless', { role: name, service, actions: homeless, known: services });
    }
  }
}
