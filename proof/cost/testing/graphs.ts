// Small graphs for tests: resources by hand, in stacks of an environment's regions.
import { buildGraph } from '../../../assembly/build-graph.ts';
import type { Assembly, Properties } from '../../../assembly/graph.ts';
import type { TemplateNode } from '../../../assembly/scope.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { sampleSources } from '../../judges/testing/sample-templates.ts';

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

/** What the hand-written platform leaves at AWS's defaults, set as the document has it: both change what is charged. */
const settings: Readonly<Record<string, Properties>> = {
  'AWS::DynamoDB::Table': { BillingMode: 'PAY_PER_REQUEST' },
  'AWS::ECS::Cluster': { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] },
};

/** A whole platform of one environment, written by hand. */
export function samplePlatform(design: Design, environment: Environment): Assembly {
  const { stacks, resources } = buildGraph(sampleSources(design, environment));
  return {
    stacks,
    resources: resources.map((one) => ({ ...one, properties: { ...one.properties, ...settings[one.type] } })),
  };
}
