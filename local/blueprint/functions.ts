// The functions as the templates have them: their code, their bounds, and what calls them.
import { at, literal, type Resource, type Value } from '../../assembly/graph.ts';
import { listAt, numberAt, textAt } from '../../assembly/properties.ts';
import { deploymentStepOf } from '../../assembly/questions/deployment-steps.ts';
import { subscriptionsIn } from '../../assembly/questions/topics.ts';
import { type LocalGraph, physicalName } from './local-graph.ts';
import type { Named } from './service.ts';

export interface FunctionPlan {
  readonly key: string;
  readonly name: string;
  /** The folder of its code within the assembly. */
  readonly asset: string;
  /** `<file>.<export>`. */
  readonly handler: string;
  readonly runtime: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly environment: readonly Named[];
  /** How many may run at once; absent: what the account allows. */
  readonly concurrency: number | undefined;
  readonly queues: readonly QueueSource[];
  readonly topics: readonly TopicSource[];
}

/** A queue whose messages go to the function. */
export interface QueueSource {
  readonly queue: string;
  readonly batchSize: number;
  /** Seconds that a batch is waited for. */
  readonly window: number;
  readonly partialResponses: boolean;
  readonly concurrency: number | undefined;
}

/** A topic whose news go to the function, and what becomes of those that it cannot take. */
export interface TopicSource {
  readonly topic: string;
  readonly retries: number;
  /** Where the rest goes. */
  readonly failed: Value | undefined;
}

/** What a deployment alone calls is not here, since nothing is deployed. */
export function readFunctions(graph: LocalGraph): readonly FunctionPlan[] {
  return graph
    .all('AWS::Lambda::Function')
    .filter((each) => deploymentStepOf(graph, each) === undefined)
    .filter((each) => textAt(each, ['Runtime'])?.startsWith('nodejs') === true)
    .map((each) => ({
      key: each.key,
      name: physicalName(each, 'FunctionName'),
      asset: String(literal(each.metadata?.['aws:asset:path']) ?? ''),
      handler: textAt(each, ['Handler']) ?? 'index.handler',
      runtime: textAt(each, ['Runtime']) ?? '',
      timeout: numberAt(each, ['Timeout'], 3),
      memory: numberAt(each, ['MemorySize'], 128),
      environment: variables(each),
      concurrency: optional(each, ['ReservedConcurrentExecutions']),
      queues: queueSources(graph, each),
      topics: topicSources(graph, each),
    }));
}

function variables(each: Resource): Named[] {
  const all = at(each.properties, 'Environment', 'Variables');
  return all === null || typeof all !== 'object' || Array.isArray(all)
    ? []
    : Object.entries(all).map(([name, value]: [string, Value]) => ({ name, value }));
}

function optional(resource: Resource, path: readonly (string | number)[]): number | undefined {
  const value = numberAt(resource, path, -1);
  return value < 0 ? undefined : value;
}

const isAbout = (graph: LocalGraph, value: Value | undefined, each: Resource) => graph.find(value)?.key === each.key;

function queueSources(graph: LocalGraph, each: Resource): QueueSource[] {
  return graph
    .all('AWS::Lambda::EventSourceMapping')
    .filter((mapping) => isAbout(graph, at(mapping.properties, 'FunctionName'), each))
    .filter((mapping) => textAt(mapping, ['Enabled']) !== 'false')
    .flatMap((mapping) => {
      const queue = graph.find(at(mapping.properties, 'EventSourceArn'));
      if (queue?.type !== 'AWS::SQS::Queue') return [];
      return {
        queue: queue.key,
        batchSize: numberAt(mapping, ['BatchSize'], 10),
        window: numberAt(mapping, ['MaximumBatchingWindowInSeconds'], 0),
        partialResponses: listAt(mapping, ['FunctionResponseTypes']).includes('ReportBatchItemFailures'),
        concurrency: optional(mapping, ['ScalingConfig', 'MaximumConcurrency']),
      };
    });
}

function topicSources(graph: LocalGraph, each: Resource): TopicSource[] {
  const configuration = graph
    .all('AWS::Lambda::EventInvokeConfig')
    .find((config) => isAbout(graph, at(config.properties, 'FunctionName'), each));
  const failed =
    at(configuration?.properties, 'DestinationConfig', 'OnFailure', 'Destination') ??
    at(each.properties, 'DeadLetterConfig', 'TargetArn');
  return subscriptionsIn(graph)
    .filter(({ subscription }) => literal(at(subscription, 'Protocol')) === 'lambda')
    .filter(({ subscription }) => isAbout(graph, at(subscription, 'Endpoint'), each))
    .flatMap(({ topic }) => {
      if (topic === undefined) return [];
      return {
        topic: topic.key,
        retries: configuration === undefined ? 2 : numberAt(configuration, ['MaximumRetryAttempts'], 2),
        failed,
      };
    });
}
