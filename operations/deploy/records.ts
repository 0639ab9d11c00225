// What was deployed, when, and with which verdicts: kept beside the templates themselves, so that going back needs neither an old checkout
// nor the tools of its day (RBK-1, DEP-6).
import * as z from 'zod';
import { environmentKey } from '../../design/schema.ts';
import { risks } from './changes.ts';

const stackRecord = z.object({
  id: z.string(),
  region: z.string(),
  /** SHA-256 of the template as it was built. */
  hash: z.string(),
  /** How its turn ended; `not-begun` when it had none. */
  result: z.string(),
  /** Where CloudFormation left it, when that is not where it was to go. */
  status: z.string().optional(),
  changes: z.array(
    z.object({ action: z.string(), logicalId: z.string(), type: z.string(), risks: z.array(z.enum(risks)) }),
  ),
});

const outcomes = ['deployed', 'rolled-back', 'failed', 'restored', 'restore-failed', 'interrupted'] as const;

const recordSchema = z.object({
  /** Sorts by time: `20261125T061500Z-1a2b3c4d`. */
  id: z.string().min(1),
  environment: environmentKey,
  account: z.string(),
  /** Absent where nobody named one. */
  commit: z.string().optional(),
  /** ISO time. */
  started: z.string(),
  seconds: z.number(),
  outcome: z.enum(outcomes),
  /** Digest of the plan that was approved. */
  digest: z.string(),
  stacks: z.array(stackRecord),
  /** Names of all migrations that the database has seen by then. */
  migrations: z.array(z.string()),
  /** Names of those that were begun and failed: the database may have seen some of them. */
  tried: z.array(z.string()).optional(),
  /** Of a rollback: id of the record that it went back to. */
  backTo: z.string().optional(),
  /** Counts of the document's verdicts, e.g. `{ pass: 412, fail: 0 }`. */
  verdicts: z.record(z.string(), z.number()),
  smoke: z.boolean().optional(),
});

export type DeploymentRecord = z.infer<typeof recordSchema>;
export type Outcome = DeploymentRecord['outcome'];

/** Templates by the id of their stack, as they were built. */
export type Templates = Readonly<Record<string, string>>;

/** The records of one environment. */
export interface Records {
  /** Newest first. One that cannot be read is left out, and named by the command. */
  list(): Promise<readonly DeploymentRecord[]>;
  templates(id: string): Promise<Templates>;
  write(record: DeploymentRecord, templates: Templates): Promise<void>;
}

/** @returns `undefined` for what is no record: written by another version, or by somebody else */
export function readRecord(text: string): DeploymentRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** An id that sorts by time. @param random eight hexadecimal digits, so that two of a second are two */
export const runId = (now: number, random: string): string =>
  `${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}-${random}`;

/** Whether people were served by what the record says: what a rollback may go to. */
export const isGood = ({ outcome }: Pick<DeploymentRecord, 'outcome'>): boolean =>
  outcome === 'deployed' || outcome === 'rolled-back';
