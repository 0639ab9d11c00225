// The drills on one platform that is running, by name.
export const drillNames = ['task', 'database', 'cache', 'poison', 'surge'] as const;
export type DrillName = (typeof drillNames)[number];
