// DR-1, DR-7: whether the region that takes over could carry the load: the same image and so the same migrations, functions, parameters,
// alarms, queues and rules as the region that serves. What may be smaller there (machines, counts) is not compared.
import { at, isList, type Resource, type Value } from '../../assembly/graph.ts';
import type { PropertyPath } from '../../assembly/properties.ts';
import { deploymentStepOf } from '../../assembly/questions/deployment-steps.ts';
import { listOf, ofType } from '../../assembly/relations.ts';
import { serverlessClass } from '../../aws/instance-classes.ts';
import { seen } from './evidence.ts';
import type { Evidence, JudgeCase } from './judge.ts';
import { placeless, type StandbyRegion } from './standby.ts';

/** Properties by resource type in which the two regions are the same. */
const compared: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::TaskDefinition': ['Cpu', 'Memory', 'RuntimePlatform', 'NetworkMode'],
  'AWS::Lambda::Function': ['Handler', 'Runtime', 'MemorySize', 'Timeout', 'Architectures'],
  'AWS::RDS::DBClusterParameterGroup': ['Family', 'Parameters'],
  'AWS::RDS::DBCluster': ['Engine', 'EngineVersion', 'Port'],
  'AWS::ElastiCache::ReplicationGroup': [
    'Engine',
    'EngineVersion',
    'CacheNodeType',
    'Port',
    'TransitEncryptionEnabled',
  ],
  'AWS::SQS::Queue': ['VisibilityTimeout', 'MessageRetentionPeriod', 'RedrivePolicy'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    'Protocol',
    'Port',
    'HealthCheckPath',
    'HealthCheckProtocol',
    'TargetType',
  ],
  'AWS::ElasticLoadBalancingV2::Listener': ['Protocol', 'Port', 'SslPolicy'],
};

/** The same for what CDK names after the stacks at its ends, so that paths do not tell which stands for which: as many of each kind. */
const counted: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::EventSourceMapping': ['FunctionName', 'EventSourceArn', 'BatchSize', 'FunctionResponseTypes'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['Priority', 'Actions'],
  'AWS::EC2::SecurityGroupIngress': ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'SourceSecurityGroupId'],
  'AWS::EC2::SecurityGroupEgress': ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'DestinationSecurityGroupId'],
};

/** What tells alarms apart: not what they watch, since the region that stands by has fewer machines. */
const alarmTraits = [
  'Namespace',
  'MetricName',
  'Statistic',
  'ExtendedStatistic',
  'Threshold',
  'ComparisonOperator',
  'Period',
  'EvaluationPeriods',
  'TreatMissingData',
] as const;

/** Every difference between the two regions fails; each type that is the same in both passes. */
export function parityEvidence(judgeCase: JudgeCase, standby: StandbyRegion): readonly Evidence[] {
  return [
    ...Object.keys(compared).flatMap((type) => compareType(judgeCase, standby, type)),
    ...Object.keys(counted).flatMap((type) => countType(judgeCase, standby, type)),
    ...compareContainers(judgeCase, standby),
    ...compareCode(judgeCase, standby),
    ...compareAlarms(judgeCase, standby),
  ];
}

interface Pair {
  readonly primary: Resource;
  readonly twin: Resource | undefined;
}

/**
 * Resources of a type in the stacks that are in both regions, each with the one of the same construct path. What a deployment alone calls
 * carries no load, and may have been done for both.
 */
function pairsOf({ graph }: JudgeCase, standby: StandbyRegion, type: string): readonly Pair[] {
  const homes = new Set(standby.twins.values());
  const within = ({ path }: Resource) => path.slice(path.indexOf('/'));
  const twins = new Map(
    ofType(standby.graph, type).map((twin) => [`${standby.twins.get(twin.stack) ?? ''}${within(twin)}`, twin]),
  );
  return ofType(graph, type)
    .filter((primary) => homes.has(primary.stack) && deploymentStepOf(graph, primary) === undefined)
    .map((primary) => ({ primary, twin: twins.get(`${primary.stack}${within(primary)}`) }));
}

function compareType(judgeCase: JudgeCase, standby: StandbyRegion, type: string): readonly Evidence[] {
  const { everywhere, design } = judgeCase;
  const pairs = pairsOf(judgeCase, standby, type);
  const differences = pairs.flatMap(({ primary, twin }) => {
    if (twin === undefined)
      return [seen(everywhere, primary, [], `none in ${standby.region}`, 'in both regions', false)];
    return (compared[type] ?? []).flatMap((property) => {
      const [here, there] = [primary, twin].map(({ properties }) => properties[property]);
      return placeless(here, standby, design.region) === placeless(there, standby, design.region)
        ? []
        : [seen(everywhere, twin, [property], there, here ?? null, false)];
    });
  });
  return [...differences, ...asOne(everywhere, pairs, differences, `${pairs.length} × ${type} as at home`)];
}

/** One pass for a whole type: a page of equal properties would hide the one that is not. */
function asOne(
  graph: JudgeCase['everywhere'],
  pairs: readonly Pair[],
  differences: readonly Evidence[],
  expected: string,
): readonly Evidence[] {
  const twin = pairs.find((pair) => pair.twin !== undefined)?.twin;
  return differences.length > 0 || twin === undefined ? [] : [seen(graph, twin, [], 'the same', expected, true)];
}

function countType(judgeCase: JudgeCase, standby: StandbyRegion, type: string): readonly Evidence[] {
  const { graph, everywhere, design } = judgeCase;
  const homes = new Set(standby.twins.values());
  const kindOf = ({ properties }: Resource) =>
    (counted[type] ?? []).map((property) => placeless(properties[property], standby, design.region)).join('\n');
  const there = Map.groupBy(ofType(standby.graph, type), kindOf);
  const here = ofType(graph, type).filter(({ stack }) => homes.has(stack));
  return [...Map.groupBy(here, kindOf)].flatMap(([kind, resources]) => {
    const [first] = resources;
    const found = there.get(kind)?.length ?? 0;
    if (first === undefined) return [];
    const held = found === resources.length;
    return [
      seen(
        everywhere,
        there.get(kind)?.[0] ?? first,
        [],
        `${found} in ${standby.region}`,
        `${resources.length}, as at home`,
        held,
      ),
    ];
  });
}

/** Images (and in them the migrations), commands, and the names of what containers are told; where that lies is each region's own. */
function compareContainers(judgeCase: JudgeCase, standby: StandbyRegion): readonly Evidence[] {
  const { everywhere, design } = judgeCase;
  const traits = (container: Value) =>
    [
      placeless(at(container, 'Name'), standby, design.region),
      placeless(at(container, 'Image'), standby, design.region),
      placeless(at(container, 'Command'), standby, design.region),
      ...['Environment', 'Secrets'].map((list) =>
        listOf(at(container, list))
          .map((one) => String(at(one, 'Name')))
          .sort()
          .join(' '),
      ),
    ].join('\n');
  return pairsOf(judgeCase, standby, 'AWS::ECS::TaskDefinition').flatMap(({ primary, twin }) => {
    if (twin === undefined) return [];
    const [here, there] = [primary, twin].map(({ properties }) => listOf(properties.ContainerDefinitions).map(traits));
    const path: PropertyPath = ['ContainerDefinitions'];
    const held = here?.join('\n\n') === there?.join('\n\n');
    return [
      seen(everywhere, twin, path, there ?? [], held ? 'image, command and variables as at home' : (here ?? []), held),
    ];
  });
}

/** Code is an asset: its key is the hash of what it holds, and its bucket the region's own. */
function compareCode(judgeCase: JudgeCase, standby: StandbyRegion): readonly Evidence[] {
  const { everywhere, design } = judgeCase;
  return pairsOf(judgeCase, standby, 'AWS::Lambda::Function').flatMap(({ primary, twin }) => {
    if (twin === undefined) return [];
    const [here, there] = [primary, twin].map(({ properties }) =>
      placeless(at(properties, 'Code', 'S3Key') ?? at(properties, 'Code'), standby, design.region),
    );
    return [seen(everywhere, twin, ['Code'], there, here, here === there)];
  });
}

/** Every alarm of home that watches the stacks of both regions has one of the same kind in the other. */
function compareAlarms({ graph, everywhere }: JudgeCase, standby: StandbyRegion): readonly Evidence[] {
  const homes = new Set(standby.twins.values());
  const kindOf = ({ properties }: Resource) =>
    JSON.stringify(alarmTraits.map((trait) => (isList(properties[trait]) ? null : (properties[trait] ?? null))));
  const there = new Set(ofType(standby.graph, 'AWS::CloudWatch::Alarm').map(kindOf));
  const here = ofType(graph, 'AWS::CloudWatch::Alarm').filter(({ stack }) => homes.has(stack));
  const instances = ofType(standby.graph, 'AWS::RDS::DBInstance');
  // A lone instance lags behind nobody: what it has instead is the lag between the regions. Serverless v2 has no series of local storage.
  const unpublished = [
    ...(instances.length === 1 ? ['AuroraReplicaLag'] : []),
    ...(instances.every(({ properties }) => properties.DBInstanceClass === serverlessClass)
      ? ['FreeLocalStorage']
      : []),
  ];
  const exists = ({ properties }: Resource) => !unpublished.includes(String(properties.MetricName));
  const missing = here.filter((alarm) => exists(alarm) && !there.has(kindOf(alarm)));
  const [first] = here;
  if (first === undefined) return [];
  if (missing.length === 0) return [seen(everywhere, first, [], 'in both regions', 'in both regions', true)];
  return missing.map((alarm) =>
    seen(everywhere, alarm, [], `none of its kind in ${standby.region}`, 'in both regions', false),
  );
}
