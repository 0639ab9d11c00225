// Every criterion of the form. The list is only a list.

import type { CriterionJudge } from './criterion.ts';
import { alarmMail } from './parts/alarm/ac-ops-2-alarm-mail.ts';
import { databaseZones } from './parts/aurora/ac-rel-1-database-zones.ts';
import { databaseFailover } from './parts/aurora/ac-rel-4-database-failover.ts';
import { databaseEncryption } from './parts/aurora/ac-sec-2-database-encryption.ts';
import { databaseCredentials } from './parts/aurora/ac-sec-6-database-credentials.ts';
import { backupRetention } from './parts/backup/ac-rel-5-backup-retention.ts';
import { glacier } from './parts/bucket/ac-cost-3-glacier.ts';
import { bucketEncryption } from './parts/bucket/ac-sec-1-bucket-encryption.ts';
import { budget } from './parts/budget/ac-cost-4-budget.ts';
import { queryCache } from './parts/cache/ac-perf-5-query-cache.ts';
import { dashboards } from './parts/dashboard/ac-ops-5-dashboards.ts';
import { staticCache } from './parts/edge/ac-perf-4-static-cache.ts';
import { responseTime } from './parts/load-balancer/ac-perf-1-response-time.ts';
import { applicationLogs } from './parts/log/ac-ops-1-application-logs.ts';
import { endpoints } from './parts/network/ac-cost-5-endpoints.ts';
import { leastPrivilege } from './parts/role/ac-sec-5-least-privilege.ts';
import { openPorts } from './parts/security-group/ac-sec-4-open-ports.ts';
import { tracing } from './parts/service/ac-ops-3-tracing.ts';
import { scaleOut } from './parts/service/ac-perf-2-scale-out.ts';
import { scaleIn } from './parts/service/ac-perf-3-scale-in.ts';
import { taskZones } from './parts/service/ac-rel-2-task-zones.ts';
import { taskReplacement } from './parts/service/ac-rel-3-task-replacement.ts';
import { leastTasks } from './parts/service/ac-rel-6-least-tasks.ts';
import { tags } from './parts/stack/ac-ops-4-tags.ts';
import { auditTrail } from './parts/trail/ac-sec-7-audit-trail.ts';
import { transport } from './parts/transport/ac-sec-3-transport.ts';
import { eveningStop } from './parts/working-hours/ac-cost-1-evening-stop.ts';
import { morningStart } from './parts/working-hours/ac-cost-2-morning-start.ts';

export const criterionJudges: readonly CriterionJudge[] = [
  bucketEncryption,
  databaseEncryption,
  transport,
  openPorts,
  leastPrivilege,
  databaseCredentials,
  auditTrail,
  databaseZones,
  taskZones,
  taskReplacement,
  databaseFailover,
  backupRetention,
  leastTasks,
  responseTime,
  scaleOut,
  scaleIn,
  staticCache,
  queryCache,
  applicationLogs,
  alarmMail,
  tracing,
  tags,
  dashboards,
  eveningStop,
  morningStart,
  glacier,
  budget,
  endpoints,
];
