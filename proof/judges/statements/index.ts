// Every judge of statements.
import { costClaims } from '../../cost/claims.ts';
import type { StatementJudge } from '../judge.ts';
import { accountInputs } from './account-inputs.ts';
import { alarms } from './alarms.ts';
import { alertEmail } from './alert-email.ts';
import { backupAurora } from './backup-aurora.ts';
import { backupCache } from './backup-cache.ts';
import { backupS3 } from './backup-s3.ts';
import { dashboards } from './dashboards.ts';
import { defaultRoutes } from './default-routes.ts';
import { documentItself } from './document-itself.ts';
import { domainJudges } from './domain.ts';
import { endpoints } from './endpoints.ts';
import { logs } from './logs.ts';
import { procedures } from './procedures.ts';
import { recoveryJudges } from './recovery.ts';
import { replication } from './replication.ts';
import { roleStatements } from './role-statements.ts';
import { roles } from './roles.ts';
import { securityGroups } from './security-groups.ts';
import { severalZones } from './several-zones.ts';
import { sizes } from './sizes.ts';
import { stackResources } from './stack-resources.ts';
import { stacks } from './stacks.ts';
import { subnetUses } from './subnet-uses.ts';
import { subnets } from './subnets.ts';
import { tagJudges } from './tags.ts';
import { traffic } from './traffic.ts';
import { homeRegion, vpcCidr } from './vpc.ts';
import { workingHours } from './working-hours.ts';
import { workloadInputs } from './workload-inputs.ts';

export const statementJudges: readonly StatementJudge[] = [
  ...documentItself,
  ...tagJudges,
  alertEmail,
  ...domainJudges,
  ...workloadInputs,
  ...accountInputs,
  ...workingHours,
  homeRegion,
  vpcCidr,
  ...subnets,
  defaultRoutes,
  ...subnetUses,
  ...sizes,
  severalZones,
  traffic,
  ...endpoints,
  ...stacks,
  stackResources,
  ...securityGroups,
  ...roles,
  ...roleStatements,
  ...alarms,
  ...dashboards,
  ...backupAurora,
  ...backupCache,
  ...backupS3,
  replication,
  ...recoveryJudges,
  ...logs,
  ...procedures,
  ...costClaims,
];
