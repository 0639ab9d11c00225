// Every judge of statements.
import { costClaims } from '../cost/claims.ts';
import type { StatementJudge } from './judge.ts';
import { alarms } from './parts/alarm/alarms.ts';
import { backupAurora } from './parts/backup/backup-aurora.ts';
import { backupCache } from './parts/backup/backup-cache.ts';
import { backupS3 } from './parts/backup/backup-s3.ts';
import { budgetInput } from './parts/budget/budget.ts';
import { dashboards } from './parts/dashboard/dashboards.ts';
import { documentItself } from './parts/document/document-itself.ts';
import { procedures } from './parts/document/procedures.ts';
import { domainJudges } from './parts/edge/domain.ts';
import { logs } from './parts/log/logs.ts';
import { defaultRoutes } from './parts/network/default-routes.ts';
import { endpoints } from './parts/network/endpoints.ts';
import { severalZones } from './parts/network/several-zones.ts';
import { subnetUseJudges } from './parts/network/subnet-uses.ts';
import { subnets } from './parts/network/subnets.ts';
import { traffic } from './parts/network/traffic.ts';
import { homeRegion, vpcCidr } from './parts/network/vpc.ts';
import { recoveryJudges } from './parts/recovery/recovery.ts';
import { replication } from './parts/recovery/replication.ts';
import { roleStatements } from './parts/role/role-statements.ts';
import { roles } from './parts/role/roles.ts';
import { securityGroups } from './parts/security-group/security-groups.ts';
import { workloadInputs } from './parts/service/workload-inputs.ts';
import { sizes } from './parts/stack/sizes.ts';
import { stackResources } from './parts/stack/stack-resources.ts';
import { stacks } from './parts/stack/stacks.ts';
import { tagJudges } from './parts/stack/tags.ts';
import { alertEmail } from './parts/topic/alert-email.ts';
import { accounts } from './parts/trail/accounts.ts';
import { workingHours } from './parts/working-hours/working-hours.ts';

export const statementJudges: readonly StatementJudge[] = [
  ...documentItself,
  ...tagJudges,
  alertEmail,
  ...domainJudges,
  ...workloadInputs,
  ...budgetInput,
  accounts,
  ...workingHours,
  homeRegion,
  vpcCidr,
  ...subnets,
  defaultRoutes,
  ...subnetUseJudges,
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
