// What deploying and going back have in common: asking, doing it while telling about it, and where everything stands afterwards.
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import { deploy } from '../../../operations/deploy/deploy.ts';
import type { DeployResult } from '../../../operations/deploy/deploy-result.ts';
import type { DeployInput } from '../../../operations/deploy/deployment-run.ts';
import { FailoverUnderWay } from '../../../operations/deploy/failover.ts';
import { AwsFault, namedFault } from '../../../operations/deploy/fault.ts';
import type { NextStep } from '../../../operations/deploy/next-steps.ts';
import { discard, isEmpty, type Obstacle, type Plan } from '../../../operations/deploy/plan.ts';
import type { DeployPorts } from '../../../operations/deploy/ports.ts';
import type { PreflightResult } from '../../../operations/preflight/result.ts';
import { accessSentence, type EnvironmentAccount } from '../aws-access.ts';
import { checkCatalogues } from '../checks/messages.ts';
import { preflightSentence } from '../checks/print-checks.ts';
import type { Halt } from '../halt.ts';
import { print, printAside, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { lineDisplay, liveDisplay, type ProgressDisplay } from './deploy-progress.ts';
import type { DeployDependencies } from './deploy-surroundings.ts';
import { type DeployMessages, deployCatalogues } from './messages.ts';
import { planJson, planTable, remedyCommand, resultTable } from './print-deploy.ts';

export interface RunOptions {
  readonly lang?: Language;
  readonly json?: boolean;
  readonly plan?: boolean;
  readonly approve?: string;
}

/**
 * Does the work with a display to tell on, and listens for Ctrl-C. The work notes whose account it is as soon as it knows.
 * @throws UsageError when AWS says no before anything is done, or a failover stands in the way
 */
export async function withDisplay(
  environment: string,
  { json, lang = 'en' }: RunOptions,
  surroundings: Pick<DeployDependencies, 'halt'>,
  work: (display: ProgressDisplay, halt: Halt, whom: EnvironmentAccount) => Promise<number | undefined>,
): Promise<number> {
  const say = deployCatalogues[lang];
  const whom: EnvironmentAccount = { environment };
  const display = process.stdout.isTTY && process.stderr.isTTY && !json ? liveDisplay(say) : lineDisplay(say);
  const halt = surroundings.halt();
  try {
    return (await work(display, halt, whom)) ?? 2;
  } catch (error) {
    if (error instanceof FailoverUnderWay) throw new UsageError(say.failover(error.state));
    const sentence = accessSentence(error, lang, whom);
    if (sentence !== undefined) throw new UsageError(sentence);
    if (error instanceof AwsFault) throw new UsageError(say.awsRefused(say.told(namedFault(error))));
    throw error;
  } finally {
    await display.pause();
    halt.dispose();
  }
}

/** @throws UsageError always */
export function refuseObstacles(obstacles: readonly Obstacle[], say: DeployMessages): never {
  throw new UsageError(...obstacles.map((obstacle) => obstacleSentence(obstacle, say)));
}

/**
 * @throws UsageError when the database would refuse something; what else is not well is said, and does not stop a deployment that may
 * well succeed, or be taken back and succeed the second time
 */
export function refuseHindrances(results: readonly PreflightResult[], lang: Language): void {
  const say = checkCatalogues[lang];
  const refuses = ({ check, verdict }: PreflightResult) => check === 'database' && verdict === 'fail';
  const said = results.filter((each) => each.verdict !== 'ok' && !refuses(each));
  printAside(...said.map((each) => `hashira: ${preflightSentence(each, say)}`));
  const failing = results.filter(refuses);
  if (failing.length > 0) throw new UsageError(...failing.map((each) => preflightSentence(each, say)));
}

function obstacleSentence(obstacle: Obstacle, { obstacles: say }: DeployMessages): string {
  switch (obstacle.kind) {
    case 'moving':
      return say.moving(obstacle);
    case 'no-change-set':
      return say['no-change-set'](obstacle);
    case 'stuck': {
      const { remedy, stack, region } = obstacle;
      return say.stuck(obstacle, remedyCommand({ do: remedy ?? 'continue-rollback', stack, region }));
    }
  }
}

export interface ShownPlan {
  readonly plan: Plan;
  /** The command that led here, without options of approval. */
  readonly command: string;
  /** Lines above the plan. */
  readonly head?: readonly string[];
}

/** Shows a plan. Its change sets stay; see `approved`. */
export function showPlan(
  { plan, head = [], command }: ShownPlan,
  say: DeployMessages,
  { json, plan: only }: RunOptions,
): void {
  const nothing = isEmpty(plan);
  if (json && (only || nothing)) {
    writeJson(planJson(plan));
    return;
  }
  // With --json, standard output is for the result.
  const write = json ? printAside : print;
  write(...head);
  write(...planTable(plan.stacks, say));
  if (plan.migrations.length > 0) write('', say.migrations(plan.migrations.join(', ')));
  if (nothing) return;
  write('', say.digest(plan.digest));
  if (only) write(say.approveWith(`${command} --approve ${plan.digest}`));
}

/**
 * Whether exactly this may be done.
 * @throws UsageError when not; the plan's change sets are then thrown away
 */
export async function approved(
  ports: DeployPorts,
  { plan, command }: ShownPlan,
  { approve }: RunOptions,
  { ask }: DeployDependencies,
  say: DeployMessages,
): Promise<void> {
  const { digest } = plan;
  const refuse = async (why: string): Promise<never> => {
    await discard(ports, plan);
    throw new UsageError(why);
  };
  if (approve !== undefined) {
    if (approve !== digest) await refuse(say.otherDigest(approve, digest));
  } else if (ask === undefined) {
    await refuse(say.needsApproval(`${command} --approve ${digest}`));
  } else {
    const answer = (await ask(say.ask(digest), ports.signal)).trim().toLowerCase();
    if (answer !== 'yes' && !(answer.length >= 4 && digest.startsWith(answer))) await refuse(say.notApproved);
  }
}

/** Does what was approved, and says where everything stands. Exit code 0: well; 1: failed; 130: interrupted. */
export async function carryOut(
  ports: DeployPorts,
  display: ProgressDisplay,
  input: DeployInput,
  { json, lang }: RunOptions & { readonly lang: Language },
): Promise<number> {
  const result = await deploy(ports, input);
  await display.pause();
  const { environment } = input.plan.deployable;
  if (json)
    writeJson({ environment, digest: input.plan.digest, ...result, next: result.next.map(commandFor(environment)) });
  else printResult(result, environment, deployCatalogues[lang]);
  if (result.outcome === input.good) return 0;
  return result.outcome === 'interrupted' ? 130 : 1;
}

/** Says where everything stands, and what to type next. */
export function printResult(result: DeployResult, environment: Environment, say: DeployMessages): void {
  const { outcome, stacks, migration, smoke, record, recordFault, notRestored, next } = result;
  print('', ...resultTable(stacks, say));
  if (migration !== undefined) print('', say.migration(migration.passed, say.told(migration.message)));
  if (smoke !== undefined) print('', ...smoke.checks.map(({ observed }) => say.told(observed)));
  print('', say.outcomes[outcome]);
  if (notRestored !== undefined) print(say.notRestored[notRestored.why](notRestored.what.map(say.told).join(', ')));
  if (record !== undefined) print(say.recordKept(record));
  if (recordFault !== undefined) print(say.recordLost(say.told(recordFault)));
  print(...next.map((step) => say.next(commandFor(environment)(step))));
}

const commandFor =
  (environment: Environment) =>
  (step: NextStep): string => {
    if ('stack' in step) return remedyCommand(step);
    const commands: Readonly<Record<typeof step.do, string>> = {
      resume: `hashira deploy ${environment} --resume`,
      'deploy-again': `hashira deploy ${environment} --plan`,
      history: `hashira history ${environment}`,
      rollback: `hashira rollback ${environment}${'to' in step && step.to !== undefined ? ` --to ${step.to}` : ''} --plan`,
      'look-at-smoke': `hashira smoke ${environment}`,
    };
    return commands[step.do];
  };
