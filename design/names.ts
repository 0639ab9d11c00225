// Names from closed lists that several parts of a design use.

export const environments = ['production', 'staging', 'development'] as const;
export type Environment = (typeof environments)[number];

/** What a subnet lets in and out. */
export const tiers = ['public', 'private', 'data'] as const;
export type Tier = (typeof tiers)[number];

/** Who wears a role. */
export const roleKinds = ['task-execution', 'task', 'lambda', 'rds-monitoring'] as const;
export type RoleKind = (typeof roleKinds)[number];
