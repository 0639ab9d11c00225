// How many of a kind a stack has, and what it has beyond the lines of its section.
import { isOfEnvironment } from '../../../../assembly/environments.ts';
import { type Assembly, at, type Resource } from '../../../../assembly/graph.ts';
import { ofType, pointsAt } from '../../../../assembly/relations.ts';
import { environmentKeys } from '../../../../design/environments.ts';
import type { Design, Environment } from '../../../../design/schema.ts';
import { stackId } from '../../../../design/stack-names.ts';
import type { ResourceLine } from '../../../../design/words/resource-line.ts';

type Kind = ResourceLine['kind'];

/** The resources that a line of a kind stands for, where it stands for one each; subnets, NAT gateways and dashboards are counted by their judges. */
const types: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  network: ['AWS::EC2::VPC'],
  'internet-gateway': ['AWS::EC2::InternetGateway'],
  'route-table': ['AWS::EC2::RouteTable'],
  aurora: ['AWS::RDS::DBCluster'],
  cache: ['AWS::ElastiCache::ReplicationGroup'],
  bucket: ['AWS::S3::Bucket'],
  key: ['AWS::KMS::Key'],
  cluster: ['AWS::ECS::Cluster'],
  service: ['AWS::ECS::Service'],
  'task-definition': ['AWS::ECS::TaskDefinition'],
  'load-balancer': ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  function: ['AWS::Lambda::Function'],
  queue: ['AWS::SQS::Queue'],
  'alert-topic': ['AWS::SNS::Topic'],
  topic: ['AWS::SNS::Topic'],
  schedule: ['AWS::Events::Rule'],
  alarm: ['AWS::CloudWatch::Alarm'],
};

export const typesOf = (kind: Kind): readonly string[] | undefined => types[kind];

/** How many a stack has; a queue that only takes what another could not deliver comes with that one. */
export const builtOf = (graph: Assembly, stack: string, wanted: readonly string[]): number =>
  inStack(graph, stack, wanted).filter((one) => !takesDeadLetters(graph, one)).length;

const inStack = (graph: Assembly, stack: string, wanted: readonly string[]) =>
  ofType(graph, ...wanted).filter((one) => one.stack === stack);

const takesDeadLetters = (graph: Assembly, queue: Resource): boolean =>
  queue.type === 'AWS::SQS::Queue' &&
  ofType(graph, 'AWS::SQS::Queue').some(({ properties }) =>
    pointsAt(at(properties, 'RedrivePolicy', 'deadLetterTargetArn') ?? properties.RedrivePolicy, queue),
  );

/** Resources of a kind that a stack has more of than its lines say. */
export interface BuiltBeyond {
  readonly environment: Environment;
  /** As the document calls it. */
  readonly stack: string;
  readonly type: string;
  readonly built: number;
  /** By the lines of the stack. */
  readonly stated: number;
}

/** What an environment's stacks have beyond the document's lines: of the kinds that lines speak of, and only where a line is about one thing. */
export function builtBeyond(graph: Assembly, design: Design, environments: readonly Environment[]): BuiltBeyond[] {
  return environments.flatMap((environment) =>
    design.stacks.flatMap(({ name, resources }) => {
      const id = stackId(environment, name);
      if (!graph.stacks.some((one) => one.id === id && isOfEnvironment(environment, environmentKeys(design))(one)))
        return [];
      return [...new Set(Object.values(types).flat())].flatMap((type) => {
        const lines = resources.filter(({ kind }) => typesOf(kind)?.includes(type));
        const built = builtOf(graph, id, [type]);
        // A line in the plural stands for as many as there are.
        if (lines.some(({ name: words, count }) => count === undefined && /s$/i.test(words))) return [];
        const stated = lines.reduce((sum, { count = 1 }) => sum + count, 0);
        return built > stated ? [{ environment, stack: name, type, built, stated }] : [];
      });
    }),
  );
}
