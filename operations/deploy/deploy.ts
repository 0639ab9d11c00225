// A deployment: what was approved, wave by wave, and nothing else. Whatever happens, it ends with where every stack stands and what to
// type next.
import { type DeployResult, resultOf } from './deploy-result.ts';
import { deployWave } from './deploy-wave.ts';
import { oneByOne, wavesOf } from './deployable.ts';
import { type DeployInput, DeploymentRun } from './deployment-run.ts';
import { refuseDuringFailover } from './failover.ts';
import { goBack } from './go-back.ts';
import { keepRecord } from './keep-record.ts';
import { nextSteps } from './next-steps.ts';
import { discard, type StackPlan } from './plan.ts';
import type { DeployPorts } from './ports.ts';
import { publish } from './publish.ts';
import { smokeTest } from './smoke-test.ts';

/**
 * Once anything is executed, whatever AWS does is in the result.
 * @throws FailoverUnderWay when a failover has begun since the plan was made, AwsFault when nobody can tell; nothing was executed then
 */
export async function deploy(ports: DeployPorts, input: DeployInput): Promise<DeployResult> {
  const run = new DeploymentRun(ports, input);
  let ended = await publish(run);
  if (ended === 'well' && !ports.signal.aborted) await askAgain(ports, input);
  for (const wave of wavesFor(input)) {
    // A stack that nobody knows the end of holds up the others as one that failed does: they read what it has not said yet.
    if (ended !== 'well' || ports.signal.aborted) break;
    ended = await deployWave(run, wave);
  }
  let outcome: DeployResult['outcome'] = ended === 'failed' ? 'failed' : run.isThrough ? input.good : 'interrupted';
  if (outcome === input.good && input.smoke) {
    run.smoke = await smokeTest(run);
    if (!run.smoke.passed) outcome = 'failed';
  }
  if (outcome === 'failed' && input.plan.onFailure === 'restore') outcome = await goBack(run);
  const next = nextSteps(outcome, run);
  if (outcome !== 'interrupted') {
    ports.journal.clear();
    return { ...resultOf(run, outcome), ...(await keepRecord(run, outcome)), next };
  }
  // Of a rollback nobody keeps the checkout that it could go on from.
  if (input.plan.backTo !== undefined) ports.journal.clear();
  return { ...resultOf(run, outcome), next };
}

/** An approval may take an hour, and images many minutes: who serves is asked once more when all that is left is to do it. */
async function askAgain(ports: DeployPorts, { plan, resumed }: DeployInput): Promise<void> {
  try {
    await refuseDuringFailover(ports);
  } catch (error) {
    // That a change set stays behind is no reason to say less of why.
    await discard(ports, plan).catch(() => {});
    // An interrupted run can go on when the failover is over.
    if (resumed === undefined) ports.journal.clear();
    throw error;
  }
}

/** Stacks that do something, in the waves of all of them: one that does nothing holds nobody up. */
function wavesFor({ plan, sequential }: DeployInput): readonly (readonly StackPlan[])[] {
  const { stacks } = plan.deployable;
  const waves = sequential === undefined ? wavesOf(stacks) : oneByOne(stacks, sequential);
  const planned = new Map(plan.stacks.map((one) => [one.stack.id, one]));
  return waves.map((wave) => wave.flatMap(({ id }) => planned.get(id) ?? []));
}
