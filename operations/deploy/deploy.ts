// A deployment: what was approved, wave by wave, and nothing else. Whatever happens, it ends with where every stack stands and what to
// type next.
import type { Environment } from '../../design/schema.ts';
import { deployStack, type StackResult, type Turn } from './deploy-stack.ts';
import { type DeployableStack, oneByOne, wavesOf } from './deployable.ts';
import { AwsFault, faultOf } from './fault.ts';
import type { JournalEntry } from './journal.ts';
import { isComputeStack, migrationTask } from './migrations.ts';
import { type Plan, placeIn, type StackPlan } from './plan.ts';
import type { Ports, SmokeReport } from './ports.ts';
import type { DeploymentRecord, Outcome, Templates } from './records.ts';
import { type NotRestored, restore } from './restore.ts';
import { type Remedy, standingOf } from './statuses.ts';

export interface DeployInput {
  readonly plan: Plan;
  /** Unique to the run: letters, digits and hyphens; sorts by time. */
  readonly run: string;
  /** Names of stacks in the document's order: one after another instead of in waves. */
  readonly sequential?: readonly string[];
  /** Whether assets are built and published first: not for a rollback, whose sources are gone. */
  readonly publish: boolean;
  readonly smoke: boolean;
  /** Migrations that the database has seen once this is through, for the record. */
  readonly migrations: readonly string[];
  /**
   * Names of migrations after which the release before does not run. Where nobody says which these are, nothing goes back by itself once
   * a migration was begun: the older release might not bear what it finds.
   */
  readonly incompatible?: readonly string[];
  /** Counts of the document's verdicts, for the record. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** What becomes of it in the record when it goes well. */
  readonly good: 'deployed' | 'rolled-back';
  /** The interrupted run that this one goes on with. */
  readonly resumed?: JournalEntry;
}

export interface StackStanding {
  readonly id: string;
  readonly region: string;
  readonly result: StackResult['kind'] | 'not-begun' | 'restored' | 'fault';
  /** CloudFormation's word for where it left the stack. */
  readonly status?: string;
  /** What failed first, and why. */
  readonly why?: string;
  readonly remedy?: Remedy;
}

/** What to type next; the command puts it into words. */
export type NextStep =
  | { readonly do: 'resume' | 'deploy-again' | 'history' | 'look-at-smoke' }
  /** `to`: id of the record; absent: the one before. */
  | { readonly do: 'rollback'; readonly to?: string }
  | { readonly do: Remedy; readonly stack: string; readonly region: string };

export interface DeployResult {
  readonly outcome: Outcome;
  readonly stacks: readonly StackStanding[];
  readonly migration?: { readonly passed: boolean; readonly message: string };
  readonly smoke?: SmokeReport;
  /** Id of the record; absent when it could not be kept, with `recordFault` saying why. */
  readonly record?: string;
  readonly recordFault?: string;
  /** Absent where nothing was to go back, or all went. */
  readonly notRestored?: NotRestored;
  readonly next: readonly NextStep[];
}

/** Why nothing may be deployed now (DR-8); `undefined` when nothing stands in the way. */
export async function recoveryUnderWay({
  recovery,
}: Pick<Ports, 'recovery'>): Promise<{ readonly serving: string; readonly phase: string } | undefined> {
  const state = await recovery.state();
  if (state === undefined) return undefined;
  const idle = state.serving === 'primary' && state.phase !== 'running' && state.phase !== 'stopped';
  return idle ? undefined : state;
}

/** Never throws for what AWS does: that is in the result. */
export async function deploy(ports: Ports, input: DeployInput): Promise<DeployResult> {
  const { plan, resumed } = input;
  const started = resumed?.started ?? ports.clock.now();
  const course = new Course(ports, input, started);
  let ended = await course.publish();
  for (const wave of wavesFor(input)) {
    // A stack that nobody knows the end of holds up the others as one that failed does: they read what it has not said yet.
    if (ended !== 'well' || ports.signal.aborted) break;
    ended = await course.go(wave);
  }
  let outcome: Outcome = ended === 'failed' ? 'failed' : course.isThrough ? input.good : 'interrupted';
  if (outcome === input.good && input.smoke) {
    await course.smokeTest();
    if (course.smoke?.passed === false) outcome = 'failed';
  }
  if (outcome === 'failed' && plan.onFailure === 'restore') outcome = await course.goBack();
  // What is interrupted goes on under the same record; everything else is over. A rollback is planned anew: it keeps no old checkout.
  if (outcome === 'interrupted' && plan.backTo === undefined) {
    return { ...course.result(outcome), next: [{ do: 'resume' }] };
  }
  ports.journal.clear();
  if (outcome === 'interrupted') return { ...course.result(outcome), next: backAgain(plan) };
  return { ...course.result(outcome), ...(await course.keep(outcome)), next: nextSteps(outcome, course, plan) };
}

/** Stacks that do something, in the waves of all of them: one that does nothing holds nobody up. */
function wavesFor({ plan, sequential }: DeployInput): readonly (readonly StackPlan[])[] {
  const { stacks } = plan.deployable;
  const waves = sequential === undefined ? wavesOf(stacks) : oneByOne(stacks, sequential);
  const planned = new Map(plan.stacks.map((one) => [one.stack.id, one]));
  return waves.map((wave) => wave.flatMap(({ id }) => planned.get(id) ?? []));
}

/** How a stack's turn, or a wave, has ended. `moving`: waiting has ended, and perhaps the work has not. */
type Ended = 'well' | 'failed' | 'moving';

/** One run: what it has done so far, written into the journal at each step. */
class Course {
  readonly standings = new Map<string, StackStanding>();
  migration: { readonly passed: boolean; readonly message: string } | undefined;
  smoke: SmokeReport | undefined;
  readonly #ports: Ports;
  readonly #input: DeployInput;
  readonly #started: number;
  /** Unique to the run and to this attempt at it: CloudFormation takes a token once. */
  readonly #token: string;
  /** Ids of stacks whose turn has come, also in the attempts before. */
  readonly #begun: Set<string>;
  /** Names of migrations that were begun, also in the attempts before. */
  #ran: readonly string[];
  #migrated: boolean;
  #notRestored: NotRestored | undefined;

  constructor(ports: Ports, input: DeployInput, started: number) {
    this.#ports = ports;
    this.#input = input;
    this.#started = started;
    this.#token = `hashira-${input.run}-${ports.clock.now().toString(36)}`;
    this.#begun = new Set(input.resumed?.begun);
    this.#ran = input.resumed?.ran ?? [];
    this.#migrated = input.resumed?.migrated ?? input.plan.migrations.length === 0;
    this.#note();
  }

  get isThrough(): boolean {
    const ended = [...this.standings.values()].filter(({ result }) => result !== 'moving');
    return ended.length === this.#input.plan.stacks.length && this.#migrated;
  }

  /** Everything is published before anything is changed: a build that fails then has changed nothing. */
  async publish(): Promise<Ended> {
    const { plan, publish } = this.#input;
    if (!publish) return 'well';
    for (const { stack, does } of plan.stacks) {
      if (does === 'nothing') continue;
      this.#ports.tell({ at: 'publishing', stack: stack.id });
      try {
        await this.#ports.assets.publish(stack);
      } catch (error) {
        this.#stand(stack, { result: 'fault', why: faultOf(error).message });
        return 'failed';
      }
    }
    return 'well';
  }

  /** A wave to its end: stacks beside one that fails are awaited all the same. */
  async go(wave: readonly StackPlan[]): Promise<Ended> {
    const { plan } = this.#input;
    const { tell } = this.#ports;
    const busy = wave.filter(({ does }) => does !== 'nothing');
    if (busy.length > 0) tell({ at: 'wave', stacks: busy.map(({ stack }) => stack.id) });
    const turn: Turn = {
      token: this.#token,
      commit: plan.commit,
      placeIn: (region) => placeIn(plan.deployable.stacks, region),
      since: this.#started,
    };
    const compute = wave.find(({ stack }) => isComputeStack(stack, plan.deployable.environment));
    // The schema comes before the release that needs it. A first release has nothing to start the task with before it is there, and
    // nobody to serve until the edge is.
    const isFirst = compute?.does === 'create' || compute?.does === 'recreate';
    if (compute !== undefined && !isFirst && !this.#migrated && !(await this.#migrate(compute.stack))) return 'failed';
    const ended = await Promise.all(wave.map((one) => this.#turn(one, turn)));
    if (ended.includes('failed')) return 'failed';
    if (ended.includes('moving')) return 'moving';
    return compute === undefined || this.#migrated || (await this.#migrate(compute.stack)) ? 'well' : 'failed';
  }

  async smokeTest(): Promise<void> {
    const { environment, directory } = this.#input.plan.deployable;
    this.#ports.tell({ at: 'smoke' });
    this.smoke = await this.#ports.smoke({ environment, assembly: directory }).catch((error: unknown) => ({
      passed: false,
      checks: [{ id: 'smoke', verdict: 'fail' as const, observed: faultOf(error).message }],
    }));
  }

  /** Takes what holds no data back to the last release that served people, if this run has begun to change anything and if that can be. */
  async goBack(): Promise<Outcome> {
    const { plan, run, incompatible } = this.#input;
    const barriers = this.#ran.filter((name) => incompatible?.includes(name) ?? true);
    if (this.#begun.size === 0) return 'failed';
    if (barriers.length > 0) this.#notRestored = { why: 'migrations', what: barriers };
    else if (this.#ports.signal.aborted) this.#notRestored = { why: 'interrupted', what: [] };
    if (this.#notRestored !== undefined) return 'failed';
    // One that failed and is at rest was taken back by CloudFormation, and may still read what is about to change. Others are for a person.
    const isOut = (id: string) => {
      const { result, status } = this.standings.get(id) ?? {};
      return result === 'failed' && standingOf(status) !== 'settled';
    };
    const back = await restore(this.#ports, {
      plan,
      run,
      started: this.#started,
      stacks: plan.deployable.stacks.filter(({ id }) => !isOut(id)),
      settle: (stack, result) => this.#settleBack(stack, result),
    });
    if (back.outcome !== 'restored') this.#notRestored = back.because;
    return back.outcome;
  }

  #settleBack(stack: DeployableStack, result: StackResult | AwsFault): void {
    if (result instanceof AwsFault) this.#fault(stack, result);
    else if (result.kind === 'done' || result.kind === 'unchanged') {
      this.#stand(stack, { result: 'restored' });
      this.#ports.tell({ at: 'stack', stack: stack.id, does: 'restored' });
    } else this.#settle(stack, result);
  }

  result(outcome: Outcome): Omit<DeployResult, 'next'> {
    const { plan } = this.#input;
    const stacks = plan.stacks.map(
      ({ stack }): StackStanding =>
        this.standings.get(stack.id) ?? { id: stack.id, region: stack.place.region, result: 'not-begun' },
    );
    return {
      outcome,
      stacks,
      ...(this.migration === undefined ? {} : { migration: this.migration }),
      ...(this.smoke === undefined ? {} : { smoke: this.smoke }),
      ...(this.#notRestored === undefined ? {} : { notRestored: this.#notRestored }),
    };
  }

  /** Keeps the record. That it cannot be kept undoes nothing. */
  async keep(outcome: Outcome): Promise<Pick<DeployResult, 'record' | 'recordFault'>> {
    const { plan, migrations, verdicts } = this.#input;
    const { environment, account } = plan.deployable;
    const templates: Templates = Object.fromEntries(
      plan.stacks.map(({ stack }) => [stack.id, JSON.stringify(stack.template)]),
    );
    const record: DeploymentRecord = {
      id: this.#input.run,
      environment,
      account,
      ...(plan.commit === undefined ? {} : { commit: plan.commit }),
      started: new Date(this.#started).toISOString(),
      seconds: Math.round((this.#ports.clock.now() - this.#started) / 1000),
      outcome,
      digest: plan.digest,
      stacks: plan.stacks.map(({ stack, changes }) => {
        const { result = 'not-begun', status } = this.standings.get(stack.id) ?? {};
        return {
          id: stack.id,
          region: stack.place.region,
          hash: stack.hash,
          result,
          ...(status === undefined ? {} : { status }),
          changes: changes.map(({ action, logicalId, type, risks }) => ({
            action,
            logicalId,
            type,
            risks: [...risks],
          })),
        };
      }),
      // What was not run to its end has to be run by the next one.
      migrations: migrations.filter((name) => this.#migrated || !plan.migrations.includes(name)),
      ...(this.#migrated || this.#ran.length === 0 ? {} : { tried: [...this.#ran] }),
      ...(plan.backTo === undefined ? {} : { backTo: plan.backTo }),
      verdicts: { ...verdicts },
      ...(this.smoke === undefined ? {} : { smoke: this.smoke.passed }),
    };
    try {
      await this.#ports.records.write(record, templates);
      return { record: record.id };
    } catch (error) {
      return { recordFault: faultOf(error).message };
    }
  }

  async #turn(planned: StackPlan, turn: Turn): Promise<Ended> {
    const { stack } = planned;
    if (planned.does === 'nothing') {
      this.#stand(stack, { result: 'unchanged' });
      return 'well';
    }
    this.#begun.add(stack.id);
    this.#note();
    try {
      return this.#settle(stack, await deployStack(this.#ports, planned, turn));
    } catch (error) {
      return this.#fault(stack, faultOf(error));
    }
  }

  #fault(stack: DeployableStack, { kind, code, message }: AwsFault): 'failed' | 'moving' {
    // Nobody knows whether AWS goes on: that is for the next run to find out.
    const lost = kind !== 'refused';
    this.#stand(stack, { result: lost ? 'moving' : 'fault', why: `${code}: ${message}` });
    return lost ? 'moving' : 'failed';
  }

  #settle(stack: DeployableStack, result: StackResult): Ended {
    const { tell } = this.#ports;
    switch (result.kind) {
      case 'moving':
        this.#stand(stack, { result: 'moving', status: result.status });
        return 'moving';
      case 'not-begun':
        return 'moving';
      case 'done':
      case 'unchanged':
        this.#stand(stack, { result: result.kind });
        tell({ at: 'stack', stack: stack.id, does: result.kind });
        return 'well';
      case 'failed': {
        const { status, remedy, cause, reason } = result;
        const why = cause === undefined ? reason : `${cause.logicalId} (${cause.type}): ${cause.reason}`;
        this.#stand(stack, { result: 'failed', status, why, ...(remedy === undefined ? {} : { remedy }) });
        break;
      }
      case 'beyond-approval':
        this.#stand(stack, { result: result.kind, why: result.changes.map(({ logicalId }) => logicalId).join(', ') });
        break;
      case 'unreadable':
        this.#stand(stack, { result: result.kind, why: result.reads.join(', ') });
        break;
    }
    tell({ at: 'stack', stack: stack.id, does: 'failed' });
    return 'failed';
  }

  /** @returns whether it passed */
  async #migrate(stack: DeployableStack): Promise<boolean> {
    this.#ports.tell({ at: 'migrating' });
    this.#ran = this.#input.plan.migrations;
    this.#note();
    try {
      const task = await migrationTask(this.#ports.cloudFormation, stack, this.#input.plan.deployable.account);
      this.migration = await this.#ports.migrations.run(task, `${this.#input.run}`);
    } catch (error) {
      this.migration = { passed: false, message: faultOf(error).message };
    }
    this.#migrated = this.migration.passed;
    this.#note();
    return this.#migrated;
  }

  #stand({ id, place }: DeployableStack, standing: Omit<StackStanding, 'id' | 'region'>): void {
    this.standings.set(id, { id, region: place.region, ...standing });
    this.#note();
  }

  #note(): void {
    const { plan, run } = this.#input;
    const { environment, account } = plan.deployable;
    this.#ports.journal.write({
      run,
      environment,
      account,
      started: this.#started,
      digest: plan.digest,
      onFailure: plan.onFailure,
      approved:
        this.#input.resumed?.approved ?? Object.fromEntries(plan.deployable.stacks.map(({ id, hash }) => [id, hash])),
      risks: [...(this.#input.resumed?.risks ?? risksOf(plan))],
      done: [...this.standings.values()]
        .filter(({ result }) => result === 'done' || result === 'unchanged')
        .map(({ id }) => id),
      begun: [...this.#begun],
      ran: [...this.#ran],
      migrated: this.#migrated,
    });
  }
}

const backAgain = ({ backTo }: Pick<Plan, 'backTo'>): readonly NextStep[] => [
  { do: 'rollback', ...(backTo === undefined ? {} : { to: backTo }) },
];

function nextSteps(outcome: Outcome, course: Course, plan: Plan): readonly NextStep[] {
  const stuck = [...course.standings.values()].flatMap(({ id, region, remedy }) =>
    remedy === undefined ? [] : [{ do: remedy, stack: id, region }],
  );
  if (outcome === 'deployed' || outcome === 'rolled-back') return [{ do: 'history' }];
  if (stuck.length > 0) return stuck;
  if (course.smoke?.passed === false)
    return [{ do: 'look-at-smoke' }, ...(outcome === 'failed' ? [{ do: 'rollback' as const }] : [])];
  return plan.backTo === undefined ? [{ do: 'deploy-again' }] : backAgain(plan);
}

/** An id that sorts by time. @param random eight hexadecimal digits, so that two of a second are two */
export const runId = (now: number, random: string): string =>
  `${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}-${random}`;

/** The grave changes of a plan, one line each: `<stack> <logical id> <risk>`. */
export const risksOf = ({ stacks }: Pick<Plan, 'stacks'>): readonly string[] =>
  stacks.flatMap(({ stack, changes }) =>
    changes.flatMap(({ logicalId, risks }) => risks.map((risk) => `${stack.id} ${logicalId} ${risk}`)),
  );

/** What a plan would do beyond what the interrupted run was approved for: somebody has changed the account meanwhile. */
export const beyond = (
  { risks }: { readonly risks: readonly string[] },
  plan: Pick<Plan, 'stacks'>,
): readonly string[] => risksOf(plan).filter((risk) => !risks.includes(risk));

/** Whether what is built now is what the interrupted run was allowed to deploy. */
export function isAllowed(entry: JournalEntry, environment: Environment, stacks: readonly DeployableStack[]): boolean {
  return entry.environment === environment && stacks.every(({ id, hash }) => entry.approved[id] === hash);
}
