// What a run of `hashira prove` has seen, as it is kept in the repository, by the rows of docs/unproven.md. Of each row it has figures alone;
// whether they show what was believed is reckoned from them, so that no file can say one thing and claim another (ADR-050).

import * as z from 'zod';
import { around, type Words } from '../../design/messages/words.ts';
import { environmentKey } from '../../design/names.ts';
import { failingId } from './failing-creation.ts';

const count = z.int().min(0).max(100_000);
/** Whatever of a file comes to be shown is made of these characters. */
const name = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);
const verdict = z.enum(['pass', 'fail']);

const facts = z.strictObject({
  'stacks-come-up': z.strictObject({ stacks: count, stood: count, regions: z.array(region).max(40) }),
  /** Only where all of their readers stood. */
  'outputs-across-regions': z.strictObject({ reads: count, readers: z.array(name).max(200) }),
  'creation-fails': z.strictObject({
    stack: name,
    /** CloudFormation's word for where it ended. */
    status: name,
    /** Logical id of what failed first. */
    failedAt: name,
    /** Stacks that wait for it, and those of them that were begun all the same. */
    waiting: count,
    begun: count,
    /** What the deployer says to do next. */
    next: name,
  }),
  /** Only where everything had been made, and CloudFormation says that it is taken back. */
  'creation-taken-back': z.strictObject({
    stack: name,
    /** Resources that had been made, and those that were left. */
    resources: count,
    left: z.array(name).max(500),
  }),
  'goes-on-after-failure': z.strictObject({
    stack: name,
    /** What the next plan had for it. */
    does: name,
    stood: z.boolean(),
  }),
  'order-goes-through': z.strictObject({
    order: verdict,
    /** Checks of the smoke test, the order's own among them. */
    passed: count,
    failed: z.array(name).max(50),
    notHere: count,
  }),
  /** Only where the order went through the edge. */
  'trace-through-edge': z.strictObject({ traces: verdict }),
  /** Only where it could be found out of every stack. */
  'drift-after-deployment': z.strictObject({
    stacks: count,
    /** Stacks whose template is the built one, and whose resources are as the template has them. */
    same: count,
    inSync: count,
    /** Resources that CloudFormation cannot check. */
    unchecked: count,
  }),
  'environment-goes': z.strictObject({
    stacks: count,
    deleted: count,
    /** Buckets, vaults, databases, tables and queues in them. */
    stores: count,
    /** Stacks that stand after it. */
    standing: count,
  }),
});

export type Facts = z.infer<typeof facts>;
export type RowId = keyof Facts;
export type SeenFacts = { readonly [Row in RowId]?: Facts[Row] | undefined };

/** Ids of the rows that a run can say something of, in the order of the page. */
export const rowIds = facts.keyof().options;

/** Whether the figures of a row show what was believed of it. */
const believed: { readonly [Row in RowId]: (facts: Facts[Row]) => boolean } = {
  'stacks-come-up': ({ stacks, stood }) => stacks > 0 && stood === stacks,
  'outputs-across-regions': ({ reads }) => reads > 0,
  'creation-fails': ({ status, failedAt, begun, next }) =>
    status === 'ROLLBACK_COMPLETE' && failedAt === failingId && begun === 0 && next === 'deploy-again',
  'creation-taken-back': ({ resources, left }) => resources > 0 && left.length === 0,
  'goes-on-after-failure': ({ does, stood }) => does === 'recreate' && stood,
  'order-goes-through': ({ order, failed }) => order === 'pass' && failed.length === 0,
  'trace-through-edge': ({ traces }) => traces === 'pass',
  'drift-after-deployment': ({ stacks, same, inSync }) => stacks > 0 && same === stacks && inSync === stacks,
  'environment-goes': ({ stacks, deleted, standing }) => stacks > 0 && deleted === stacks && standing === 0,
};

export const isAsBelieved = <Row extends RowId>(row: Row, figures: Facts[Row]): boolean => believed[row](figures);

export const steps = ['fail', 'deploy', 'drift', 'destroy'] as const;

const reason = z.string().max(500);

const step = z.strictObject({
  step: z.enum(steps),
  /** `otherwise`: it came to its end, and something was not as believed. `not-begun`: what was to come before it did not come about. */
  ended: z.enum(['well', 'otherwise', 'failed', 'interrupted', 'not-begun']),
  /** In the words of AWS, or in ours in both languages; without numbers of accounts. */
  why: z.union([reason, z.strictObject({ en: reason, ja: reason })]).optional(),
});

export type ProofStep = z.infer<typeof step>;

export const evidenceShape = z.strictObject({
  /** As `runId` makes it. */
  run: z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/),
  environment: environmentKey,
  /** But for its last four digits. */
  account: z.string().regex(/^\*{8}\d{4}$/),
  /** The document's. */
  region,
  commit: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  /** Whether every file was as the commit has it. */
  clean: z.boolean(),
  /** SHA-256 over the names and templates of the stacks. */
  templates: z.string().regex(/^[0-9a-f]{64}$/),
  began: z.iso.datetime(),
  /** Absent while it runs, and of one that was killed. */
  ended: z.iso.datetime().optional(),
  steps: z.array(step).max(steps.length),
  seen: facts.partial(),
  /** What stands at the end; absent where nobody could find out. */
  standing: z
    .array(z.strictObject({ stack: name, region, status: name }))
    .max(200)
    .optional(),
});

export interface Evidence extends Omit<z.infer<typeof evidenceShape>, 'seen'> {
  readonly seen: SeenFacts;
}

/** The number of an account as it may be published: no secret, and nobody's business either. */
export const masked = (account: string): string => `${'*'.repeat(8)}${account.slice(-4)}`;

/** Reasons as they may be published: texts alone, without what a program reads of them. */
export const publishable = (said: Words | string): Words | string =>
  around(said, (words) => words.replaceAll(/(?<!\d)\d{12}(?!\d)/g, masked).slice(0, 500));
