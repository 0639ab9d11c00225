// The steps by the names that the state machine has for them, for whoever runs it: AWS by a function for each, a drill or a test at once.
import { awaitTargets } from './steps/await-targets.ts';
import { awaitTraffic } from './steps/await-traffic.ts';
import { carryFiles } from './steps/carry-files.ts';
import { carryWork } from './steps/carry-work.ts';
import { claim } from './steps/claim.ts';
import { freezeWriters } from './steps/freeze-writers.ts';
import { promoteDatabase } from './steps/promote-database.ts';
import { raiseCapacity } from './steps/raise-capacity.ts';
import { report } from './steps/report.ts';
import { restStandby } from './steps/rest-standby.ts';
import { resumeOrders } from './steps/resume-orders.ts';
import { smokeTest } from './steps/smoke-test.ts';
import { startTasks } from './steps/start-tasks.ts';
import { stop } from './steps/stop.ts';
import { switchTraffic } from './steps/switch-traffic.ts';

export { NotYet, Refused } from './errors.ts';
export { firstEntry } from './ledger.ts';

export const steps = {
  Claim: claim,
  StartTasks: startTasks,
  FreezeWriters: freezeWriters,
  PromoteDatabase: promoteDatabase,
  SwitchTraffic: switchTraffic,
  RaiseCapacity: raiseCapacity,
  ResumeOrders: resumeOrders,
  AwaitTargets: awaitTargets,
  SmokeTest: smokeTest,
  AwaitTraffic: awaitTraffic,
  CarryWork: carryWork,
  CarryFiles: carryFiles,
  RestStandby: restStandby,
  Report: report,
  Stop: stop,
} as const;
