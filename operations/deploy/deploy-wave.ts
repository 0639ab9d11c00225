// The stacks that wait for none of each other, at once, with the migrations at their place among them.
import { deployStack, type StackAttempt } from './deploy-stack.ts';
import { type DeployableStack, placeIn } from './deployable.ts';
import type { DeploymentRun, Ended } from './deployment-run.ts';
import { faultOf } from './fault.ts';
import { isComputeStack, migrationTask } from './migrations.ts';
import type { StackPlan } from './plan.ts';
import { settleStack } from './settle-stack.ts';

/** A wave to its end: stacks beside one that fails are awaited all the same. */
export async function deployWave(run: DeploymentRun, wave: readonly StackPlan[]): Promise<Ended> {
  const { deployable, commit } = run.input.plan;
  const busy = wave.filter(({ does }) => does !== 'nothing');
  if (busy.length > 0) run.ports.tell({ at: 'wave', stacks: busy.map(({ stack }) => stack.id) });
  const turn: StackAttempt = { token: run.token, commit, placeIn: (region) => placeIn(deployable.stacks, region) };
  const compute = wave.find(({ stack }) => isComputeStack(stack, deployable.environment));
  // The schema comes before the release that needs it. A first release has nothing to start the task with before it is there, and
  // nobody to serve until the edge is.
  const isFirst = compute?.does === 'create' || compute?.does === 'recreate';
  if (compute !== undefined && !isFirst && !run.migrated && !(await migrate(run, compute.stack))) return 'failed';
  const ended = await Promise.all(wave.map((one) => takeTurn(run, one, turn)));
  if (ended.includes('failed')) return 'failed';
  if (ended.includes('moving')) return 'moving';
  return compute === undefined || run.migrated || (await migrate(run, compute.stack)) ? 'well' : 'failed';
}

async function takeTurn(run: DeploymentRun, planned: StackPlan, turn: StackAttempt): Promise<Ended> {
  const { stack } = planned;
  if (planned.does === 'nothing') {
    run.stand(stack, { result: 'unchanged' });
    return 'well';
  }
  run.begin(stack);
  return settleStack(run, stack, await deployStack(run.ports, planned, turn).catch(faultOf));
}

/** @returns whether it passed */
async function migrate(run: DeploymentRun, stack: DeployableStack): Promise<boolean> {
  const { ports, input } = run;
  ports.tell({ at: 'migrating' });
  run.beginMigrations();
  try {
    const task = await migrationTask(ports.cloudFormation, stack, input.plan.deployable.account);
    run.endMigrations(await ports.migrations.run(task, input.run));
  } catch (error) {
    run.endMigrations({ passed: false, message: faultOf(error).said });
  }
  return run.migrated;
}
