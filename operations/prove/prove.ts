// The day there is an account: an environment is deployed with one creation that fails on purpose, deployed again as the printed command would,
// tested, compared and taken away. Whatever happens, what was begun is taken away where that is safe, and what was seen is kept.

import { inLanguage, type Words } from '../../design/messages/words.ts';
import { deploy } from '../deploy/deploy.ts';
import type { DeployResult } from '../deploy/deploy-result.ts';
import type { Deployable } from '../deploy/deployable.ts';
import type { DeployInput } from '../deploy/deployment-run.ts';
import { faultOf, namedFault } from '../deploy/fault.ts';
import { makePlan } from '../deploy/make-plan.ts';
import type { Plan } from '../deploy/plan.ts';
import type { DeployPorts } from '../deploy/ports.ts';
import { type Destroyed, destroy } from '../destroy/destroy.ts';
import { planDestroy } from '../destroy/plan.ts';
import type { Stores } from '../destroy/stores.ts';
import type { StackDrift } from '../drift/drift.ts';
import { refusals } from '../refusals.ts';
import { steps as allSteps, type Evidence, type ProofStep, publishable, type SeenFacts } from './evidence.ts';
import type { FailingCreation } from './failing-creation.ts';
import * as found from './findings.ts';
import { type RemainingStack, standingStacks } from './standing.ts';

/** What there is to show of a step. */
export type StepOutput =
  | { readonly of: 'deployment'; readonly result: DeployResult }
  | { readonly of: 'drift'; readonly stacks: readonly StackDrift[] }
  | { readonly of: 'deletion'; readonly result: Destroyed };

export interface ProvePorts extends DeployPorts {
  readonly stores: Stores;
  /** Compares the account with the templates and those with the document. */
  drift(): Promise<readonly StackDrift[]>;
  /** Keeps what was seen so far. Called after each step. */
  keep(evidence: Evidence): void;
  /** Told each step as it begins, and how it ended with whatever there is to show of it. */
  begin(step: ProofStep['step']): Promise<void>;
  end(step: ProofStep, result: StepOutput | undefined): Promise<void>;
}

export interface ProveInput
  extends Pick<DeployInput, 'migrations' | 'incompatible' | 'verdicts' | 'smoke'>,
    Pick<Plan, 'commit'> {
  readonly deployable: Deployable;
  readonly failing: FailingCreation;
  /** Migrations that no deployment has run. */
  readonly fresh: readonly string[];
  /** Ids of the two deployments and the deletion, as `runId` makes them. */
  readonly runs: readonly [failing: string, whole: string, deletion: string];
  /** What is known before the first step. */
  readonly head: Omit<Evidence, 'steps' | 'seen' | 'standing' | 'ended'>;
}

export interface Proven {
  readonly evidence: Evidence;
  /** Stacks that stand now; `undefined` where nobody could find out. */
  readonly standing: readonly RemainingStack[] | undefined;
  /** Whether all came to its end, all was as believed, and nothing stands. */
  readonly ended: 'well' | 'otherwise' | 'interrupted';
}

/** How a step came out, with what of it can be shown. */
interface Outcome {
  readonly ended: ProofStep['ended'];
  readonly why?: Words | string;
  readonly seen?: SeenFacts;
  readonly shown?: StepOutput;
}

/** @param input of an account in which no stack of the environment stands */
export async function prove(ports: ProvePorts, input: ProveInput): Promise<Proven> {
  const { deployable, head } = input;
  const steps: ProofStep[] = [];
  const begun = new Set<string>();
  let evidence: Evidence = { ...head, steps: [], seen: {} };
  const keep = (more: Partial<Evidence>) => {
    evidence = { ...evidence, ...more };
    ports.keep(evidence);
  };
  const take = async (step: ProofStep['step'], work: () => Promise<Outcome>): Promise<ProofStep['ended']> => {
    await ports.begin(step);
    const outcome = await work().catch(outcomeOf);
    const why = outcome.why === undefined ? {} : { why: publishable(outcome.why) };
    const ended = ports.signal.aborted && outcome.ended === 'failed' ? 'interrupted' : outcome.ended;
    steps.push({ step, ended, ...why });
    keep({ steps: [...steps], seen: { ...evidence.seen, ...outcome.seen } });
    await ports.end({ step, ended, ...why }, outcome.shown);
    return ended;
  };
  const goesOn = (ended: ProofStep['ended']) => ended === 'well' || ended === 'otherwise';

  keep({});
  const whole =
    goesOn(await take('fail', () => failOnPurpose(ports, input, begun))) &&
    goesOn(await take('deploy', () => deployWhole(ports, input, begun)));
  if (whole) await take('drift', () => compare(ports, deployable));
  // Whoever stops wants nothing begun any more, and what AWS is in the middle of cannot be deleted.
  if (begun.size > 0 && !steps.some(({ ended }) => ended === 'interrupted'))
    await take('destroy', () => takeAway(ports, input, { begun, whole }));
  const all = allSteps.map((step) => steps.find((one) => one.step === step) ?? { step, ended: 'not-begun' as const });
  const standing = await standingStacks(ports, deployable).catch(() => undefined);
  const ended = new Date(ports.clock.now()).toISOString();
  keep({ ended, steps: all, ...(standing === undefined ? {} : { standing: [...standing] }) });
  const isInterrupted = steps.some((one) => one.ended === 'interrupted');
  const isWell = whole && steps.every((one) => one.ended === 'well') && standing?.length === 0;
  return { evidence, standing, ended: isInterrupted ? 'interrupted' : isWell ? 'well' : 'otherwise' };
}

/** Nobody may be left with an environment that costs for an error of AWS's or of ours: it is noted, and the way to the deletion goes on. */
function outcomeOf(error: unknown): Outcome {
  return { ended: 'failed', why: namedFault(faultOf(error)) };
}

async function failOnPurpose(ports: ProvePorts, input: ProveInput, begun: Set<string>): Promise<Outcome> {
  const { deployable, stack } = input.failing;
  const run = await deployed(ports, input, { deployable, run: input.runs[0], smoke: false }, begun);
  if (!('plan' in run)) return run;
  const { result } = run;
  const events = await ports.cloudFormation.events(stack.place);
  const isTakenBack = found.statusOf(result, stack) === 'ROLLBACK_COMPLETE';
  const left = isTakenBack ? Object.keys(await ports.cloudFormation.resources(stack.place)) : undefined;
  const seen = found.ofFailure(input.failing, result, events, left);
  return { ended: found.endOfFailure(seen, result, stack), seen, shown: { of: 'deployment', result } };
}

async function deployWhole(ports: ProvePorts, input: ProveInput, begun: Set<string>): Promise<Outcome> {
  const { deployable, failing, smoke } = input;
  const run = await deployed(ports, input, { deployable, run: input.runs[1], smoke }, begun);
  if (!('plan' in run)) return run;
  const { plan, result } = run;
  const again = plan.stacks.find(({ stack }) => stack.id === failing.stack.id);
  const seen = again === undefined ? {} : found.ofDeployment(deployable, again, result);
  return { ended: found.endOfDeployment(result), seen, shown: { of: 'deployment', result } };
}

/** Plans and deploys, as `hashira deploy` does. @returns how the step ends where it did not come to an end of its own */
async function deployed(
  ports: ProvePorts,
  { commit, fresh, migrations, incompatible, verdicts }: ProveInput,
  { deployable, run, smoke }: { readonly deployable: Deployable; readonly run: string; readonly smoke: boolean },
  begun: Set<string>,
): Promise<{ readonly plan: Plan; readonly result: DeployResult } | Outcome> {
  const plan = await makePlan(ports, { deployable, run, commit, migrations: fresh, onFailure: 'keep' });
  if ('obstacles' in plan) return { ended: 'failed', why: refusals.noPlan({ obstacles: plan.obstacles }) };
  const result = await deploy(ports, {
    ...{ plan, run, smoke, migrations, verdicts },
    ...(incompatible === undefined ? {} : { incompatible }),
    publish: true,
    good: 'deployed',
  });
  for (const { id, result: how } of result.stacks) if (how !== 'not-begun') begun.add(id);
  if (result.outcome === 'interrupted') return { ended: 'interrupted', shown: { of: 'deployment', result } };
  return { plan, result };
}

async function compare(ports: ProvePorts, deployable: Deployable): Promise<Outcome> {
  const stacks = await ports.drift();
  const seen = found.ofDrift(deployable.stacks.length, stacks);
  const shown: StepOutput = { of: 'drift', stacks };
  const reasons = stacks.flatMap((stack) => stack.reasons);
  const whyIn = (language: keyof Words) => reasons.map((reason) => inLanguage(reason, language)).join(' ');
  const why = { en: whyIn('en'), ja: whyIn('ja') };
  return Object.keys(seen).length === 0 ? { ended: 'failed', why, shown } : { ended: found.endOf(seen), seen, shown };
}

/** Only what this run has begun: none of it stood before. */
async function takeAway(
  ports: ProvePorts,
  { deployable, runs }: ProveInput,
  { begun, whole }: { readonly begun: ReadonlySet<string>; readonly whole: boolean },
): Promise<Outcome> {
  const plan = await planDestroy(ports, deployable);
  if ('refusals' in plan) return { ended: 'failed', why: refusals.noPlan({ obstacles: plan.refusals }) };
  const own = plan.stacks.filter(({ stack }) => begun.has(stack.id));
  const result = await destroy(ports, { ...plan, stacks: own }, runs[2]);
  // What an interrupted deployment would go on with is gone.
  if (result.outcome === 'destroyed') ports.journal.clear();
  const ended = { destroyed: 'well', failed: 'failed', interrupted: 'interrupted' } as const;
  const standing = await standingStacks(ports, deployable).catch(() => undefined);
  // That the environment goes in one go is shown by the whole of it alone.
  const isShown = whole && standing !== undefined && result.outcome !== 'interrupted';
  const seen = isShown ? found.ofDeletion(deployable, own, result, standing) : {};
  return { ended: ended[result.outcome], seen, shown: { of: 'deletion', result } };
}
