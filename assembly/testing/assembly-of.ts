// An assembly out of resources alone, for tests of what reads one.
import type { Assembly, Resource, Stack } from '../graph.ts';

/** Stacks are those that the resources name, and say nothing else. */
export const assemblyOf = (resources: readonly Resource[]): Assembly => ({
  stacks: [...new Set(resources.map(({ stack }) => stack))].map(stackOf),
  resources,
});

const stackOf = (id: string): Stack => ({
  id,
  name: id,
  region: 'unknown-region',
  templateFile: `${id}.template.json`,
  description: '',
  tags: {},
  outputs: {},
  parameters: {},
  dependsOn: [],
});
