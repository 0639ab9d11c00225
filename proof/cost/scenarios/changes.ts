// The changes that a scenario makes: each is one that a document can ask for (or that only the cluster's storage setting would), made
// to the graph and to the design alike, so that the same pricers and the same judges look at the result.

import { type Assembly, literal, type Properties, type Resource, type Value } from '../../../assembly/graph.ts';
import { ofType } from '../../../assembly/relations.ts';
import { perEnvironment } from '../../../design/environments.ts';
import { zonesOfTier } from '../../../design/parts.ts';
import type { Design } from '../../../design/schema.ts';
import type { EstimateInput } from '../estimate.ts';

export type ScenarioChange = (input: EstimateInput) => EstimateInput;

/** Sets properties of all resources of a type that are meant. */
function set(graph: Assembly, type: string, make: (resource: Resource) => Properties | undefined): Assembly {
  return {
    ...graph,
    resources: graph.resources.map((resource) => {
      const made = resource.type === type ? make(resource) : undefined;
      return made === undefined ? resource : { ...resource, properties: { ...resource.properties, ...made } };
    }),
  };
}

const withInputs = (design: Design | undefined, inputs: Partial<Design['inputs']>) =>
  design === undefined ? {} : { design: { ...design, inputs: { ...design.inputs, ...inputs } } };

/** `hashira: { architecture: arm64 }` */
export const onArm: ScenarioChange = (input) => ({
  ...input,
  ...withInputs(input.design, { architecture: 'arm64' }),
  graph: set(
    set(input.graph, 'AWS::ECS::TaskDefinition', () => ({
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    })),
    'AWS::Lambda::Function',
    () => ({ Architectures: ['arm64'] }),
  ),
});

/** `hashira: { cache_engine: valkey }` */
export const onValkey: ScenarioChange = (input) => ({
  ...input,
  ...withInputs(input.design, { cacheEngine: 'valkey' }),
  graph: set(input.graph, 'AWS::ElastiCache::ReplicationGroup', () => ({ Engine: 'valkey' })),
});

const isAurora = ({ properties }: Resource) => String(literal(properties.Engine)).startsWith('aurora');

/** Aurora's storage without a price for I/O. */
export const ioOptimized: ScenarioChange = (input) => ({
  ...input,
  graph: set(input.graph, 'AWS::RDS::DBCluster', (cluster) =>
    isAurora(cluster) ? { StorageType: 'aurora-iopt1' } : undefined,
  ),
});

const leastAcu = 0.5;

/** Every instance follows its load. */
export const serverless: ScenarioChange = (input) => {
  const { design, environment } = input;
  const machines = set(input.graph, 'AWS::RDS::DBInstance', () => ({ DBInstanceClass: 'db.serverless' }));
  const graph = set(machines, 'AWS::RDS::DBCluster', ({ properties }) =>
    properties.ServerlessV2ScalingConfiguration === undefined
      ? { ServerlessV2ScalingConfiguration: { MinCapacity: leastAcu, MaxCapacity: 8 } }
      : undefined,
  );
  if (design === undefined) return { ...input, graph };
  const own = perEnvironment(design.sizes, environment);
  const sizes = {
    ...design.sizes,
    [environment]: { ...own, aurora: { ...own.aurora, instanceClass: 'db.serverless' } },
  };
  return { ...input, graph, design: { ...design, sizes } };
};

/** Logs in the class that is read rarely: half the price to take in, and no metric filters or subscriptions. */
export const infrequentLogs: ScenarioChange = (input) => ({
  ...input,
  graph: set(input.graph, 'AWS::Logs::LogGroup', () => ({ LogGroupClass: 'INFREQUENT_ACCESS' })),
});

const isInterface = ({ type, properties }: Resource) =>
  type === 'AWS::EC2::VPCEndpoint' && literal(properties.VpcEndpointType) === 'Interface';

export const hasEndpoints = ({ resources }: Assembly): boolean => resources.some(isInterface);

/** `hashira: { interface_endpoints: true }`: the document's endpoints, in each zone of the private subnets; or none where there are some. */
export function otherEndpoints(natGb: number, endpointGb: number): ScenarioChange {
  return (input) => {
    const { graph, design, overrides } = input;
    if (hasEndpoints(graph)) {
      const resources = graph.resources.filter((resource) => !isInterface(resource));
      return {
        ...input,
        ...withInputs(design, { interfaceEndpoints: false }),
        graph: { ...graph, resources },
        overrides: { ...overrides, natGb: natGb + endpointGb },
      };
    }
    return {
      ...input,
      ...withInputs(design, { interfaceEndpoints: true }),
      graph: { ...graph, resources: [...graph.resources, ...endpointsFor(graph, design)] },
      overrides: { ...overrides, natGb: natGb - endpointGb, endpointGb },
    };
  };
}

function endpointsFor(graph: Assembly, design: Design | undefined): readonly Resource[] {
  const [gateway] = ofType(graph, 'AWS::EC2::NatGateway');
  if (design === undefined || gateway === undefined) return [];
  const SubnetIds: readonly Value[] = zonesOfTier(design, 'private');
  return design.network.interfaceEndpoints.services.map((service) => ({
    ...gateway,
    key: `${gateway.stack}/${service}`,
    logicalId: service,
    path: `${gateway.stack}/${service}`,
    type: 'AWS::EC2::VPCEndpoint',
    properties: { VpcEndpointType: 'Interface', ServiceName: service, SubnetIds },
  }));
}
