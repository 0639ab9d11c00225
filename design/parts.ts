// The parts that a design has, by name. The form has one service, queue, topic and each kind of bucket, which every platform is built with;
// functions are there where they have a role, and a table where the tasks may use one.
import { perEnvironment } from './environments.ts';
import type { Design, Environment, Tier } from './schema.ts';
import { type ResourceKind, says } from './words/resource-line.ts';

type NamedParts = Pick<Design, 'services' | 'functions' | 'queues' | 'topics' | 'tables' | 'buckets'>;
type Line = Design['stacks'][number]['resources'][number];

/** By the words of the line that states them, or the form's own where none does. */
export function partsOf({ stacks, roles }: Pick<Design, 'stacks' | 'roles'>): NamedParts {
  const lines = stacks.flatMap(({ resources }) => resources);
  const named = (kind: ResourceKind, otherwise: string, isMeant: (line: Line) => boolean = () => true) => ({
    name: lines.find((line) => line.kind === kind && isMeant(line))?.text ?? otherwise,
  });
  const hasFunctions = roles.some(({ kind }) => kind === 'lambda');
  const tables = roles
    .filter(({ kind }) => kind === 'task')
    .flatMap(({ statements }) => statements.filter(({ prefix }) => prefix === 'dynamodb'));
  return {
    services: [named('service', 'ECS Fargate Service')],
    functions: hasFunctions ? [named('function', 'Lambda Functions')] : [],
    queues: [named('queue', 'SQS Queue')],
    topics: [named('topic', 'SNS Topic')],
    tables: tables.slice(0, 1).map(({ service }) => ({ name: service })),
    buckets: [
      named('bucket', 'S3 Bucket', (line) => !says(line, 'logs')),
      named('bucket', 'S3 Bucket (logs)', (line) => says(line, 'logs')),
    ],
  };
}

/** Whether interface endpoints are wanted: those that the document calls optional are where its input asks for them. */
export const hasInterfaceEndpoints = ({ network, inputs }: Pick<Design, 'network' | 'inputs'>): boolean =>
  network.interfaceEndpoints.services.length > 0 && (!network.interfaceEndpoints.optional || inputs.interfaceEndpoints);

/** The zones in which a tier has subnets. */
export const zonesOfTier = ({ network }: Pick<Design, 'network'>, tier: Tier): readonly string[] => [
  ...new Set(network.subnets.filter((subnet) => subnet.tier === tier).map(({ zone }) => zone)),
];

/** Parts without which a criterion has nothing to look at. */
export type DemandedPart =
  | 'alarm'
  | 'aurora'
  | 'bucket'
  | 'function'
  | 'nat-gateway'
  | 'role'
  | 'security-group'
  | 'service';

/** Whether the document has a part for an environment, so that templates without it are not what it says. */
export function demands(design: Design, environment: Environment, part: DemandedPart): boolean {
  const sizes = perEnvironment(design.sizes, environment);
  switch (part) {
    case 'alarm':
      return design.alarms.length > 0;
    case 'aurora':
      return sizes.aurora.instances > 0;
    case 'bucket':
      return design.buckets.length > 0;
    case 'function':
      return design.functions.length > 0;
    case 'nat-gateway':
      return sizes.natGateways > 0;
    case 'role':
      return design.roles.length > 0;
    case 'security-group':
      return design.securityGroups.length > 0;
    case 'service':
      return design.services.length > 0;
  }
}
