// Every criterion of the form. The list is only a list.

import { eveningStop } from './ac-cost-1-evening-stop.ts';
import { morningStart } from './ac-cost-2-morning-start.ts';
import { glacier } from './ac-cost-3-glacier.ts';
import { budget } from './ac-cost-4-budget.ts';
import { endpoints } from './ac-cost-5-endpoints.ts';
import { applicationLogs } from './ac-ops-1-application-logs.ts';
import { alarmMail } from './ac-ops-2-alarm-mail.ts';
import { tracing } from './ac-ops-3-tracing.ts';
import { tags } from './ac-ops-4-tags.ts';
import { dashboards } from './ac-ops-5-dashboards.ts';
import { responseTime } from './ac-perf-1-response-time.ts';
import { scaleOut } from './ac-perf-2-scale-out.ts';
import { scaleIn } from './ac-perf-3-scale-in.ts';
import { staticCache } from './ac-perf-4-static-cache.ts';
import { queryCache } from './ac-perf-5-query-cache.ts';
import { databaseZones } from './ac-rel-1-database-zones.ts';
import { taskZones } from './ac-rel-2-task-zones.ts';
import { taskReplacement } from './ac-rel-3-task-replacement.ts';
import { databaseFailover } from './ac-rel-4-database-failover.ts';
import { backupRetention } from './ac-rel-5-backup-retention.ts';
import { leastTasks } from './ac-rel-6-least-tasks.ts';
import { bucketEncryption } from './ac-sec-1-bucket-encryption.ts';
import { databaseEncryption } from './ac-sec-2-database-encryption.ts';
import { transport } from './ac-sec-3-transport.ts';
import { openPorts } from './ac-sec-4-open-ports.ts';
import { leastPrivilege } from './ac-sec-5-least-privilege.ts';
import { databaseCredentials } from './ac-sec-6-database-credentials.ts';
import { auditTrail } from './ac-sec-7-audit-trail.ts';
import type { CriterionJudge } from './criterion.ts';

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
