// The record of a run that is over.
import type { DeployResult } from './deploy-result.ts';
import type { DeploymentRun } from './deployment-run.ts';
import { faultOf } from './fault.ts';
import type { DeploymentRecord, Outcome, Templates } from './records.ts';

/** Keeps the record. That it cannot be kept undoes nothing. */
export async function keepRecord(
  run: DeploymentRun,
  outcome: Outcome,
): Promise<Pick<DeployResult, 'record' | 'recordFault'>> {
  const record = recordOf(run, outcome);
  const templates: Templates = Object.fromEntries(
    run.input.plan.stacks.map(({ stack }) => [stack.id, JSON.stringify(stack.template)]),
  );
  try {
    await run.ports.records.write(record, templates);
    return { record: record.id };
  } catch (error) {
    return { recordFault: faultOf(error).said };
  }
}

function recordOf(run: DeploymentRun, outcome: Outcome): DeploymentRecord {
  const { input, started, smoke, migrated, ran } = run;
  const { plan, migrations, verdicts } = input;
  const { environment, account } = plan.deployable;
  return {
    id: input.run,
    environment,
    account,
    commit: plan.commit,
    started: new Date(started).toISOString(),
    seconds: Math.round((run.ports.clock.now() - started) / 1000),
    outcome,
    digest: plan.digest,
    stacks: plan.stacks.map(({ stack, changes }) => {
      const { result = 'not-begun', status } = run.standings.get(stack.id) ?? {};
      return {
        id: stack.id,
        region: stack.place.region,
        hash: stack.hash,
        result,
        status,
        changes: changes.map(({ action, logicalId, type, risks }) => ({ action, logicalId, type, risks: [...risks] })),
      };
    }),
    // What was not run to its end has to be run by the next one.
    migrations: migrations.filter((name) => migrated || !plan.migrations.includes(name)),
    ...(migrated || ran.length === 0 ? {} : { tried: [...ran] }),
    backTo: plan.backTo,
    verdicts: { ...verdicts },
    smoke: smoke?.passed,
  };
}
