// `hashira deploy <environment>`: built, judged, planned, approved, done. Nothing is deployed that fails, and nothing but what was approved.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beyond, isAllowed } from '../../../operations/deploy/approval.ts';
import { awaitMoving } from '../../../operations/deploy/await-stack.ts';
import { type Deployable, readDeployable } from '../../../operations/deploy/deployable.ts';
import { refuseDuringFailover } from '../../../operations/deploy/failover.ts';
import type { JournalEntry } from '../../../operations/deploy/journal.ts';
import { makePlan } from '../../../operations/deploy/make-plan.ts';
import { isComputeStack, readMigrations } from '../../../operations/deploy/migrations.ts';
import { discard, isEmpty, type OnFailure } from '../../../operations/deploy/plan.ts';
import type { DeployPorts } from '../../../operations/deploy/ports.ts';
import { runId } from '../../../operations/deploy/records.ts';
import type { EnvironmentAccount } from '../aws-access.ts';
import type { BuiltOptions } from '../build/built-assembly.ts';
import { type JudgedBuild, withJudged } from '../build/judged-build.ts';
import { currentCommit } from '../commit.ts';
import type { Halt } from '../halt.ts';
import { printAside } from '../output.ts';
import { root } from '../root.ts';
import { typedAgain } from '../typed-again.ts';
import { UsageError } from '../usage-error.ts';
import type { ProgressDisplay } from './deploy-progress.ts';
import {
  approved,
  carryOut,
  type RunOptions,
  refuseHindrances,
  refuseObstacles,
  showPlan,
  withDisplay,
} from './deploy-run.ts';
import { type DeployDependencies, realSurroundings } from './deploy-surroundings.ts';
import type { DeployedOptions } from './deployed-target.ts';
import { type DeployMessages, deployCatalogues } from './messages.ts';

export interface DeployOptions extends BuiltOptions, Pick<RunOptions, 'plan' | 'approve'>, DeployedOptions {
  readonly onFailure: OnFailure;
  readonly resume?: boolean;
  readonly sequential?: boolean;
  readonly smoke: boolean;
  readonly allowCode?: boolean;
}

/** Exit code 0: done, or nothing to do; 1: it failed; 2: refused, nothing was done; 130: interrupted. */
export async function deploy(
  environment: string,
  document: string | undefined,
  options: DeployOptions,
  surroundings: DeployDependencies = realSurroundings(),
): Promise<number> {
  const say = deployCatalogues[options.lang ?? 'en'];
  if (options.resume && (options.plan || options.approve !== undefined)) throw new UsageError(say.resumeAlone);
  return withDisplay(environment, options, surroundings, (display, halt, whom) =>
    withJudged(
      environment,
      document,
      options,
      (lang) => deployCatalogues[lang],
      async (judged) => {
        const { design, lang } = judged;
        const words = deployCatalogues[lang];
        const { account, deployable, ports } = await openDeployment(judged, options, surroundings, {
          display,
          halt,
          whom,
        });
        await refuseDuringFailover(ports);
        const resumed = options.resume ? interrupted(ports, deployable, words) : undefined;
        // What the interrupted run began, AWS has gone on with.
        if (resumed !== undefined) await awaitMoving(ports, deployable.stacks);
        if (halt.signal.aborted) return 130;
        refuseHindrances(await surroundings.hindrances(judged, account), lang);
        const migrations = await migrationsOf(ports, deployable);
        const onFailure = resumed?.onFailure ?? options.onFailure;
        const id = resumed?.run ?? runId(Date.now(), randomBytes(4).toString('hex'));
        const commit = currentCommit(process.cwd());
        const plan = await makePlan(ports, {
          deployable,
          run: id,
          commit,
          migrations: resumed?.migrated ? [] : migrations.fresh,
          onFailure,
        });
        if ('obstacles' in plan) return refuseObstacles(plan.obstacles, words);
        const graver = resumed === undefined ? [] : beyond(resumed, plan);
        if (graver.length > 0) {
          await discard(ports, plan);
          throw new UsageError(words.graver(graver));
        }
        const shown = { plan, command: commandOf(judged.environment, document, { ...options, onFailure }) };
        await display.pause();
        // What goes on was read and approved when it began.
        if (resumed === undefined) showPlan(shown, words, options);
        if (options.plan || (isEmpty(plan) && resumed === undefined)) {
          await discard(ports, plan);
          return 0;
        }
        if (resumed === undefined) await approved(ports, shown, options, surroundings, words);
        return carryOut(
          ports,
          display,
          {
            plan,
            run: id,
            publish: true,
            smoke: options.smoke,
            migrations: migrations.all,
            incompatible: migrations.incompatible,
            verdicts: judged.verdicts,
            good: 'deployed',
            ...(options.sequential ? { sequential: design.stacks.map(({ name }) => name) } : {}),
            resumed,
          },
          { ...options, lang },
        );
      },
    ),
  );
}

/** The account that is signed in to, what would be deployed to it, and the ports to it. Nothing of it is touched yet. */
export async function openDeployment(
  judged: JudgedBuild,
  options: DeployedOptions & Pick<DeployOptions, 'smoke' | 'plan'>,
  surroundings: DeployDependencies,
  {
    display,
    halt,
    whom,
  }: { readonly display: ProgressDisplay; readonly halt: Halt; readonly whom: EnvironmentAccount },
): Promise<{ readonly account: string; readonly deployable: Deployable; readonly ports: DeployPorts }> {
  const { design, lang, assembly, environment } = judged;
  const say = deployCatalogues[lang];
  const smoke = smokeOf(judged, options, surroundings, say);
  const account = await surroundings.account(design.region);
  whom.account = account;
  const deployable = readDeployable(assembly, environment, account);
  const ports = surroundings.ports(deployable, design.region, {
    tell: display.tell,
    signal: halt.signal,
    smoke,
    unreadable: (key) => printAside(say.unreadable(key)),
  });
  return { account, deployable, ports };
}

/** Asked for before anything is planned: a deployment that cannot be tested must not find out when it is done. */
function smokeOf(
  judged: JudgedBuild,
  options: DeployedOptions & Pick<DeployOptions, 'smoke' | 'plan'>,
  surroundings: DeployDependencies,
  say: DeployMessages,
): DeployPorts['smoke'] {
  if (!options.smoke || options.plan) return async () => ({ passed: true, checks: [] });
  try {
    return surroundings.smoke(options, judged.lang)(judged);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(say.smokeNeedsToken(error.message));
    throw error;
  }
}

/** The run to go on with. @throws UsageError when there is none, or it was of something else */
function interrupted(ports: DeployPorts, deployable: Deployable, say: DeployMessages): JournalEntry {
  const entry = ports.journal.read();
  if (entry === undefined) throw new UsageError(say.nothingToResume(deployable.environment));
  const { environment, account, stacks } = deployable;
  if (entry.account !== account || !isAllowed(entry, environment, stacks)) throw new UsageError(say.otherTemplates);
  return entry;
}

/** Names of the migrations that this checkout has, and of those that no recorded deployment has run. */
export async function migrationsOf(ports: DeployPorts, { environment, stacks }: Deployable) {
  const records = await ports.records.list();
  const seen = new Set(records.flatMap(({ migrations }) => migrations));
  const own = stacks.some((stack) => isComputeStack(stack, environment))
    ? readMigrations(join(root, 'services', 'migrations'))
    : [];
  const names = own.map(({ name }) => name);
  return {
    fresh: names.filter((name) => !seen.has(name)),
    all: [...new Set([...seen, ...names])].sort(),
    incompatible: own.flatMap(({ name, incompatible }) => (incompatible === undefined ? [] : [name])),
  };
}

function commandOf(environment: string, document: string | undefined, options: DeployOptions): string {
  const words = ['hashira deploy', environment, ...(document === undefined ? [] : [document])];
  // The digest is of what happens after a failure as well.
  const policy = options.onFailure === 'keep' ? ['--on-failure keep'] : [];
  return [...words, ...policy, ...typedAgain(options)].join(' ');
}
