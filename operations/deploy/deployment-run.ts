// One run of a deployment: what was approved, and what has been done of it so far, written into the journal at each step.
import type { Words } from '../../design/messages/words.ts';
import { risksOf } from './approval.ts';
import type { StackResult } from './deploy-stack.ts';
import type { DeployableStack } from './deployable.ts';
import type { JournalEntry } from './journal.ts';
import type { Plan } from './plan.ts';
import type { DeployPorts, SmokeReport } from './ports.ts';
import type { NotRestored } from './restore.ts';
import type { Remedy } from './statuses.ts';

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
  readonly why?: Words | string;
  readonly remedy?: Remedy;
}

/** How a stack's turn, or a wave, has ended. `moving`: waiting has ended, and perhaps the work has not. */
export type Ended = 'well' | 'failed' | 'moving';

export class DeploymentRun {
  readonly ports: DeployPorts;
  readonly input: DeployInput;
  /** Milliseconds since 1970; of an interrupted run, when that one began. */
  readonly started: number;
  /** Unique to the run and to this attempt at it: CloudFormation takes a token once. */
  readonly token: string;
  readonly standings = new Map<string, StackStanding>();
  /** How the migrations ended; absent where none were begun in this attempt. */
  migration: { readonly passed: boolean; readonly message: Words | string } | undefined;
  smoke: SmokeReport | undefined;
  notRestored: NotRestored | undefined;
  /** Ids of stacks whose turn has come, also in the attempts before. */
  readonly #begun: Set<string>;
  /** Names of migrations that were begun, also in the attempts before. */
  #ran: readonly string[];
  #migrated: boolean;

  constructor(ports: DeployPorts, input: DeployInput) {
    const { run, resumed, plan } = input;
    this.ports = ports;
    this.input = input;
    this.started = resumed?.started ?? ports.clock.now();
    this.token = `hashira-${run}-${ports.clock.now().toString(36)}`;
    this.#begun = new Set(resumed?.begun);
    this.#ran = resumed?.ran ?? [];
    this.#migrated = resumed?.migrated ?? plan.migrations.length === 0;
    this.#note();
  }

  get hasBegun(): boolean {
    return this.#begun.size > 0;
  }

  get ran(): readonly string[] {
    return this.#ran;
  }

  /** Whether no migration is left to be run. */
  get migrated(): boolean {
    return this.#migrated;
  }

  get isThrough(): boolean {
    const ended = [...this.standings.values()].filter(({ result }) => result !== 'moving');
    return ended.length === this.input.plan.stacks.length && this.#migrated;
  }

  /** Notes that a stack's turn has come. */
  begin({ id }: DeployableStack): void {
    this.#begun.add(id);
    this.#note();
  }

  /** Notes how a stack stands. */
  stand({ id, place }: DeployableStack, standing: Omit<StackStanding, 'id' | 'region'>): void {
    this.standings.set(id, { id, region: place.region, ...standing });
    this.#note();
  }

  /** Notes that the migrations are begun: from here on the database may have seen them. */
  beginMigrations(): void {
    this.#ran = this.input.plan.migrations;
    this.#note();
  }

  /** Notes how they ended. */
  endMigrations(migration: { readonly passed: boolean; readonly message: Words | string }): void {
    this.migration = migration;
    this.#migrated = migration.passed;
    this.#note();
  }

  #note(): void {
    const { plan, run, resumed } = this.input;
    const { environment, account, stacks } = plan.deployable;
    this.ports.journal.write({
      run,
      environment,
      account,
      started: this.started,
      digest: plan.digest,
      onFailure: plan.onFailure,
      approved: resumed?.approved ?? Object.fromEntries(stacks.map(({ id, hash }) => [id, hash])),
      risks: [...(resumed?.risks ?? risksOf(plan))],
      done: [...this.standings.values()]
        .filter(({ result }) => result === 'done' || result === 'unchanged')
        .map(({ id }) => id),
      begun: [...this.#begun],
      ran: [...this.#ran],
      migrated: this.#migrated,
    });
  }
}
