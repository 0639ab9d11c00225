// A whole platform for tests of prices.
import { buildGraph } from '../../../assembly/build-graph.ts';
import type { Assembly, Properties } from '../../../assembly/graph.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { sampleSources } from '../../judges/testing/sample-templates.ts';

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
