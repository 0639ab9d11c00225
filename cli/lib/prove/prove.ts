// `hashira prove --account NUMBER`: what only an account can show, in a sandbox: a disposable environment deployed, a creation that fails on purpose, the
// smoke test, drift, and all of it taken away again; what was seen stays as a file of the repository (ADR-050).

import { randomBytes } from 'node:crypto';
import { environmentTitle } from '../../../design/environments.ts';
import { namedReasonsOf } from '../../../design/refusal.ts';
import type { Environment } from '../../../design/schema.ts';
import { awsClients } from '../../../operations/aws/clients.ts';
import type { DeployPorts } from '../../../operations/deploy/ports.ts';
import { runId } from '../../../operations/deploy/records.ts';
import { runDrift, type StackDrift } from '../../../operations/drift/drift.ts';
import { type Evidence, masked } from '../../../operations/prove/evidence.ts';
import { type ProofPlan, planProof } from '../../../operations/prove/plan.ts';
import { type ProveInput, prove as proveIn } from '../../../operations/prove/prove.ts';
import { costOfHours } from '../../../proof/cost/hours.ts';
import { approveDigest } from '../approve-digest.ts';
import { type AskedEnvironment, disposableEnvironment } from '../build/asked-environment.ts';
import type { BuiltOptions } from '../build/built-assembly.ts';
import { type JudgedBuild, withJudged } from '../build/judged-build.ts';
import { checkCatalogues } from '../checks/messages.ts';
import { type Commit, commitOf } from '../commit.ts';
import { migrationsOf, openDeployment } from '../deploy/deploy.ts';
import { refuseHindrances, withDisplay } from '../deploy/deploy-run.ts';
import { type DeployDependencies, realSurroundings } from '../deploy/deploy-surroundings.ts';
import type { DeployedOptions } from '../deploy/deployed-target.ts';
import { deployCatalogues } from '../deploy/messages.ts';
import { printAside } from '../output.ts';
import { typedAgain } from '../typed-again.ts';
import { UsageError } from '../usage-error.ts';
import { evidenceFile, openEvidence } from './evidence-files.ts';
import { evidenceFolder } from './evidence-folder.ts';
import { proveCatalogues } from './messages.ts';
import { type ProveRequest, printProven, showProof, stepPrinter } from './print-prove.ts';

export interface ProveOptions extends BuiltOptions, DeployedOptions {
  readonly account?: string;
  /** Absent: the first one that is disposable. */
  readonly environment?: string;
  readonly hours: string;
  readonly out: string;
  readonly plan?: boolean;
  readonly approve?: string;
  readonly smoke: boolean;
  readonly allowCode?: boolean;
}

export interface ProveSurroundings extends DeployDependencies {
  drift(built: Omit<JudgedBuild, 'verdicts'>): Promise<readonly StackDrift[]>;
  commit(): Commit | undefined;
}

const realProveSurroundings = (): ProveSurroundings => ({
  ...realSurroundings(),
  drift: (built) => runDrift({ ...built, clients: awsClients(), region: built.design.region }),
  commit: () => commitOf(process.cwd()),
});

/** A week; whoever lets a sandbox stand longer wants `hashira cost`. */
const mostHours = 168;

/** Exit code 0: all was as believed and is gone; 1: something was not; 2: refused, nothing was touched; 130: interrupted. */
export async function prove(
  document: string | undefined,
  options: ProveOptions,
  surroundings: ProveSurroundings = realProveSurroundings(),
): Promise<number> {
  const words = proveCatalogues[options.lang ?? 'en'];
  const { account: meant } = options;
  if (meant === undefined) throw new UsageError(words.accountNeeded);
  if (!/^\d{12}$/.test(meant)) throw new UsageError(checkCatalogues[options.lang ?? 'en'].badAccount(meant));
  const hours = /^\d{1,3}$/.test(options.hours) ? Number(options.hours) : Number.NaN;
  if (!(hours >= 1 && hours <= mostHours)) throw new UsageError(words.badHours(options.hours, mostHours));
  const commit = surroundings.commit();
  if (commit === undefined) throw new UsageError(words.noCommit);
  const askedEnvironment: AskedEnvironment = (design, lang) => disposableEnvironment(design, options.environment, lang);
  return withDisplay(options.environment ?? '', options, surroundings, (display, halt, whom) =>
    withJudged(
      askedEnvironment,
      document,
      options,
      (lang) => deployCatalogues[lang],
      async (judged) => {
        const { environment, design, lang, graph } = judged;
        whom.environment = environment;
        const say = proveCatalogues[lang];
        const { account, deployable, ports } = await openDeployment(judged, options, surroundings, {
          display,
          halt,
          whom,
        });
        if (account !== meant) throw new UsageError(say.otherAccount(account, meant));
        const run = newRun();
        const asked: ProveRequest = {
          ...{ environment, account, commit, hours, lang, say, deployable },
          title: environmentTitle(design, environment, lang),
          ...commandsOf(document, environment, account, options),
          file: evidenceFile(options.out, run),
          smoke: options.smoke,
        };
        const plan = await planned(ports, asked);
        refuseHindrances(await surroundings.hindrances(judged, account), lang);
        const cost = costOfHours({ graph, environment, design }, hours);
        if ('problems' in cost)
          throw new UsageError(say.noCost(cost.problems.map(({ message }) => message[lang]).join(' ')));
        await display.pause();
        showProof(plan, cost.cost, asked, options);
        if (options.plan) return 0;
        const question = say.ask(account, plan.digest);
        const toApprove = { digest: plan.digest, question, command: asked.command };
        await approveDigest(toApprove, options.approve, surroundings, halt.signal, say);
        // An approval may take an hour.
        await planned(ports, asked);
        const head = headOf(run, plan, asked, design.region, ports);
        const write = openEvidence(options.out, { ...head, steps: [], seen: {} }, say);
        let isKept = true;
        const keep = (evidence: Evidence) => {
          try {
            write(evidence);
            isKept = true;
          } catch (error) {
            // What stands in an account matters more than a file.
            printAside(say.notKept(asked.file, say.told(namedReasonsOf(error))));
            isKept = false;
          }
        };
        const input = await inputOf(ports, plan, asked, head, judged.verdicts);
        const shown = stepPrinter(display, asked, options);
        const drift = () => surroundings.drift(judged);
        const proven = await proveIn({ ...ports, stores: surroundings.stores(ports), drift, keep, ...shown }, input);
        await display.pause();
        printProven(proven, asked, { ...options, isKept });
        return { well: isKept ? 0 : 1, otherwise: 1, interrupted: 130 }[proven.ended];
      },
    ),
  );
}

const newRun = () => runId(Date.now(), randomBytes(4).toString('hex'));

/** @throws UsageError when stacks of the environment stand already */
async function planned(
  ports: Pick<DeployPorts, 'cloudFormation'>,
  { title, deployable, say, takeAway }: ProveRequest,
): Promise<ProofPlan> {
  const plan = await planProof(ports, deployable);
  if (!('standing' in plan)) return plan;
  const stacks = plan.standing.map(({ stack, region, status }) => `${stack} (${region}, ${status})`);
  throw new UsageError(say.standing(title, stacks.join(', '), takeAway));
}

/** What was typed, without the option of approval, and what takes the environment away. */
function commandsOf(document: string | undefined, environment: Environment, account: string, options: ProveOptions) {
  const { out, lenient = false } = options;
  const words = [...(document === undefined ? [] : [document]), '--account', account];
  const which = options.environment === undefined ? [] : ['--environment', environment];
  const more = [...which, ...typedAgain(options), ...(out === evidenceFolder ? [] : ['--out', out])];
  return {
    command: ['hashira prove', ...words, ...more].join(' '),
    takeAway: ['hashira destroy', environment, ...words, ...typedAgain({ lenient })].join(' '),
  };
}

const headOf = (
  run: string,
  { templates }: ProofPlan,
  { environment, account, commit }: ProveRequest,
  region: string,
  { clock }: Pick<DeployPorts, 'clock'>,
): ProveInput['head'] => ({
  ...{ run, environment, region, templates },
  account: masked(account),
  commit: commit.id,
  clean: commit.clean,
  began: new Date(clock.now()).toISOString(),
});

async function inputOf(
  ports: DeployPorts,
  { failing }: ProofPlan,
  { deployable, commit, smoke }: ProveRequest,
  head: ProveInput['head'],
  verdicts: JudgedBuild['verdicts'],
): Promise<ProveInput> {
  const { fresh, all, incompatible } = await migrationsOf(ports, deployable);
  return {
    ...{ deployable, failing, fresh, incompatible, verdicts, smoke, head },
    migrations: all,
    runs: [newRun(), newRun(), newRun()],
    // A stack names its commit only where it is what was deployed.
    commit: commit.clean ? commit.id : undefined,
  };
}
