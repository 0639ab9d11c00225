// Ids of the decisions that say where the platform is not as the document has it, and why.
export const adrs = {
  auroraMetrics: 'ADR-009',
  logGroups: 'ADR-006',
  permissions: 'ADR-007',
  pilotLight: 'ADR-027',
  stackOrder: 'ADR-008',
  weeklySnapshots: 'ADR-026',
  workingHours: 'ADR-023',
} as const;
