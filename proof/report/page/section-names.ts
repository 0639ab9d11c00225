// The sections, in the order of the page.
export const sectionNames = [
  'summary',
  'document',
  'criteria',
  'architecture',
  'security',
  'alarms',
  'scaling',
  'recovery',
  'cost',
  'differences',
] as const;
export type SectionName = (typeof sectionNames)[number];
