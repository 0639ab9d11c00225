// Small graphs for tests: resources by hand, in stacks of an environment's regions.
import { buildGraph } from '../build-graph.ts';
import type { Assembly } from '../graph.ts';
import type { TemplateNode } from '../scope.ts';

export type Resources = Readonly<Record<string, TemplateNode>>;

export const resource = (Type: string, Properties: TemplateNode = {}): TemplateNode => ({ Type, Properties });

/** Production's stacks, one for each region. */
export function graphOf(byRegion: Readonly<Record<string, Resources>>): Assembly {
  return buildGraph(
    Object.entries(byRegion).map(([region, resources], index) => ({
      id: `ProductionStack${index}`,
      name: `ProductionStack${index}`,
      region,
      templateFile: `ProductionStack${index}.template.json`,
      template: { Resources: { ...resources } },
      tags: {},
      terminationProtection: true,
      waitsFor: [],
      paths: {},
    })),
  );
}

/** In Tokyo alone. */
export const tokyo = (resources: Resources): Assembly => graphOf({ 'ap-northeast-1': resources });
