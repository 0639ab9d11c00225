// Everything that a deployment asks, written down; tests change what they are about.
import type { Clock } from '../../../common/clock.ts';
import type { Environment } from '../../../design/schema.ts';
import { type Deployable, readDeployable } from '../deployable.ts';
import type { DeployInput } from '../deployment-run.ts';
import type { FailoverState } from '../failover.ts';
import type { JournalEntry } from '../journal.ts';
import { makePlan } from '../make-plan.ts';
import type { OnFailure, Plan } from '../plan.ts';
import type { DeployPorts } from '../ports.ts';
import type { Progress } from '../progress.ts';
import type { DeploymentRecord, Templates } from '../records.ts';
import { retryingCloudFormation } from '../retry.ts';
import {
  type Script,
  type ScriptedCloudFormation,
  scriptedClock,
  scriptedCloudFormation,
} from './scripted-cloudformation.ts';

export const account = '123456789012';

export interface ScriptedPorts {
  readonly ports: DeployPorts;
  readonly aws: ScriptedCloudFormation;
  readonly told: Progress[];
  readonly published: string[];
  readonly migrated: string[];
  /** Of the migrations. */
  readonly images: string[];
  readonly records: { readonly record: DeploymentRecord; readonly templates: Templates }[];
  /** What the run in the journal has done, if one is under way. */
  readonly journal: () => JournalEntry | undefined;
  /** Interrupts whatever runs, as Ctrl-C does; `again` makes the next run. */
  readonly interrupt: () => void;
  readonly again: () => DeployPorts;
}

export interface ScriptedPortsOptions {
  readonly script?: Script;
  readonly migration?: 'passes' | 'fails';
  /** A function is asked at every test. */
  readonly smoke?: 'passes' | 'fails' | (() => boolean);
  /** Of the ledger; a function is asked at every question. */
  readonly recovery?: FailoverState | (() => FailoverState | undefined);
  /** Milliseconds by which AWS's clock is ahead of this machine's. */
  readonly skew?: number;
  /** Milliseconds that a fault may last. */
  readonly limitMs?: number;
}

export function scriptedPorts(options: ScriptedPortsOptions = {}): ScriptedPorts {
  const clock = scriptedClock();
  const theirs: Clock = { ...clock, now: () => clock.now() + (options.skew ?? 0) };
  const aws = scriptedCloudFormation(theirs, options.script);
  const told: Progress[] = [];
  const [published, migrated, images]: [string[], string[], string[]] = [[], [], []];
  const records: ScriptedPorts['records'] = [];
  let entry: JournalEntry | undefined;
  let stop = new AbortController();
  const limit = options.limitMs ?? 120_000;
  const make = (): DeployPorts => {
    // Between two commands some time goes by.
    void clock.sleep(1_000);
    stop = new AbortController();
    const { signal } = stop;
    return {
      cloudFormation: retryingCloudFormation(aws.port, {
        clock,
        limits: { throttled: limit, expired: limit, lost: limit },
        signal,
        tell: (kind, message) => told.push({ at: 'fault', kind, message }),
      }),
      assets: {
        publish: async ({ id }) => void published.push(id),
        missing: async () => [],
        template: async (_, text) => aws.keep(text),
      },
      migrations: {
        run: async ({ service, image }) => {
          migrated.push(service);
          images.push(image);
          return options.migration === 'fails'
            ? { passed: false, message: 'exit code 1' }
            : { passed: true, message: '' };
        },
      },
      records: {
        list: async () => records.map(({ record }) => record).toReversed(),
        templates: async (id) => records.find(({ record }) => record.id === id)?.templates ?? {},
        write: async (record, templates) => void records.push({ record, templates }),
      },
      recovery: { state: async () => (typeof options.recovery === 'function' ? options.recovery() : options.recovery) },
      smoke: async () => ({
        passed: typeof options.smoke === 'function' ? options.smoke() : options.smoke !== 'fails',
        checks: [],
      }),
      journal: {
        read: () => entry,
        write: (next) => {
          entry = next;
        },
        clear: () => {
          entry = undefined;
        },
      },
      clock,
      tell: (progress) => told.push(progress),
      signal,
    };
  };
  return {
    ports: make(),
    aws,
    told,
    published,
    migrated,
    images,
    records,
    journal: () => entry,
    interrupt: () => stop.abort(),
    again: make,
  };
}

/** The stacks of an assembly, as the tests deploy them. */
export const deployableOf = (directory: string, environment: Environment): Deployable =>
  readDeployable(directory, environment, account);

/** @throws Error when there is no plan to be made */
export async function planned(
  ports: DeployPorts,
  deployable: Deployable,
  run: string,
  { migrations = [], onFailure = 'keep' }: { migrations?: readonly string[]; onFailure?: OnFailure } = {},
): Promise<Plan> {
  const plan = await makePlan(ports, { deployable, run, commit: run, migrations, onFailure });
  if ('obstacles' in plan) throw new Error(JSON.stringify(plan.obstacles));
  return plan;
}

export const inputFor = (plan: Plan, run: string): DeployInput => ({
  plan,
  run,
  publish: true,
  smoke: true,
  migrations: plan.migrations,
  verdicts: { pass: 1 },
  good: 'deployed',
});
