// Whom the deployer asks besides CloudFormation, each by as little as it needs.
import type { Clock } from '../../common/clock.ts';
import type { Words } from '../../design/messages/words.ts';
import type { Environment } from '../../design/schema.ts';
import type { CloudFormation } from './cloudformation.ts';
import type { DeployableStack } from './deployable.ts';
import type { Journal } from './journal.ts';
import type { MigrationTask } from './migrations.ts';
import type { Progress } from './progress.ts';
import type { Records } from './records.ts';

export interface DeployPorts {
  /** A call that AWS throttles is repeated by the port itself; see retry.ts. */
  readonly cloudFormation: CloudFormation;
  readonly assets: Assets;
  readonly migrations: Migrations;
  readonly records: Records;
  readonly recovery: Recovery;
  readonly smoke: Smoke;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly tell: (progress: Progress) => void;
  /** Somebody wants to stop. What AWS is doing goes on; nothing new is begun. */
  readonly signal: AbortSignal;
}

/** Files and images that templates point to, and the templates themselves. */
export interface Assets {
  /** Builds and publishes what is not published yet, to every region that the stack's list names. @throws Error naming the asset */
  publish(stack: DeployableStack): Promise<void>;
  /** Names of assets of this stack that are not published: nobody can build them any more once their sources are gone. */
  missing(stack: DeployableStack): Promise<readonly string[]>;
  /** Puts a template where CloudFormation can read it. @returns its URL */
  template(stack: DeployableStack, text: string): Promise<string>;
}

export interface Migrations {
  /** Runs the migration to its end, and tells how it ended. The same token starts it once only. */
  run(task: MigrationTask, token: string): Promise<{ readonly passed: boolean; readonly message: Words | string }>;
}

/** What the second region's ledger says. */
export interface Recovery {
  /** `undefined` where there is no ledger: the document has no second region, or none is deployed yet. */
  state(): Promise<{ readonly serving: string; readonly phase: string } | undefined>;
}

interface SmokeRequest {
  readonly environment: Environment;
  /** Directory of the cloud assembly that is deployed now. */
  readonly assembly: string;
}

export interface SmokeReport {
  readonly passed: boolean;
  readonly checks: readonly {
    readonly id: string;
    readonly verdict: 'pass' | 'fail' | 'not-applicable';
    /** What was seen, in the language of the command; of a test that could not be made, in both where it is ours to say. */
    readonly observed: Words | string;
  }[];
}

/** Looks at the deployed platform as a customer and an operator would. An error counts as a failed test. */
export type Smoke = (request: SmokeRequest) => Promise<SmokeReport>;
