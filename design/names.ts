// Names that several parts of a design use: of environments, and from closed lists.
import { z } from 'zod';

/** An environment by its key: `production`, `qa`. It begins the names of stacks and files, and is a label of host names. */
export const environmentKey = z.string().regex(/^[a-z][a-z0-9]{0,19}$/);
export type Environment = z.infer<typeof environmentKey>;

/** The environments of the form, which the reader reads, and which stand in where there is no document. */
export const formEnvironments = ['production', 'staging', 'development'] as const;
export type FormEnvironment = (typeof formEnvironments)[number];
export type PerForm<T> = Readonly<Record<FormEnvironment, T>>;

/** What a subnet lets in and out. */
export const tiers = ['public', 'private', 'data'] as const;
export type Tier = (typeof tiers)[number];

/** Who wears a role. */
export const roleKinds = ['task-execution', 'task', 'lambda', 'rds-monitoring'] as const;
export type RoleKind = (typeof roleKinds)[number];
