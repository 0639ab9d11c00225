// Every judge of statements.
import type { StatementJudge } from '../judge.ts';
import { alarms } from './alarms.ts';
import { backupAurora } from './backup-aurora.ts';
import { backupCache } from './backup-cache.ts';
import { backupS3 } from './backup-s3.ts';
import { dashboards } from './dashboards.ts';
import { defaultRoutes } from './default-routes.ts';
import { endpoints } from './endpoints.ts';
import { logs } from './logs.ts';
import { roleStatements } from './role-statements.ts';
import { roles } from './roles.ts';
import { securityGroups } from './security-groups.ts';
import { sizes } from './sizes.ts';
import { stackResources } from './stack-resources.ts';
import { stacks } from './stacks.ts';
import { subnetUses } from './subnet-uses.ts';
import { subnets } from './subnets.ts';
import { homeRegion, vpcCidr } from './vpc.ts';

export const statementJudges: readonly StatementJudge[] = [
  homeRegion,
  vpcCidr,
  ...subnets,
  defaultRoutes,
  ...subnetUses,
  ...sizes,
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
  ...logs,
];
