// DR-1, DR-7: whether the region that takes over could carry the load: the same image and so the same migrations, functions, parameters,
// alarms, queues and rules as the region that serves. What may be smaller there (machines, counts) is not compared.
import { at, isList, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import { deploymentStepOf } from '../../../../assembly/questions/deployment-steps.ts';
import { isOpen, isSame, placeless, type StandbyRegion } from '../../../../assembly/questions/standby.ts';
import { listOf, ofType } from '../../../../assembly/relations.ts';
import { serverlessClass } from '../../../../aws/instance-classes.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { JudgeCase, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/parity.ts';

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
export function parityEvidence(judgeCase: JudgeCase, standby: StandbyRegion): readonly Observation[] {
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

function compareType(judgeCase: JudgeCase, standby: StandbyRegion, type: string): readonly Observation[] {
  const pairs = pairsOf(judgeCase, standby, type);
  const differences = pairs.flatMap(({ primary, twin }) => {
    if (twin === undefined) return [lacking(primary, said.noneThere({ region: standby.region }))];
    return (compared[type] ?? []).flatMap((property) => {
      const [here, there] = [primary, twin].map(({ properties }) => properties[property]);
      const truth = isSame(here, there, standby, judgeCase.design.region);
      return truth
        ? []
        : [
            on(twin)
              .property(property)
              .holds(truth, { expected: here ?? null }),
          ];
    });
  });
  return differences.length > 0 ? differences : asOne(pairs, said.typeAsAtHome({ count: pairs.length, type }));
}

const lacking = (primary: Resource, observed: Said) =>
  on(primary).holds(false, { expected: said.inBothRegions, observed });

/** One pass for a whole type: a page of equal properties would hide the one that is not. */
function asOne(pairs: readonly Pair[], expected: Said): readonly Observation[] {
  const twin = pairs.find((pair) => pair.twin !== undefined)?.twin;
  return twin === undefined ? [] : [on(twin).holds(true, { expected, observed: said.sameThere })];
}

function countType({ graph, design }: JudgeCase, standby: StandbyRegion, type: string): readonly Observation[] {
  const homes = new Set(standby.twins.values());
  const traitsOf = ({ properties }: Resource) => (counted[type] ?? []).map((property) => properties[property]);
  const kindOf = (one: Resource) =>
    traitsOf(one)
      .map((value) => placeless(value, standby, design.region))
      .join('\n');
  const isOfNoKind = (one: Resource) => traitsOf(one).some(isOpen);
  const all = ofType(standby.graph, type);
  const there = Map.groupBy(all, kindOf);
  const here = ofType(graph, type).filter(({ stack }) => homes.has(stack));
  return [...Map.groupBy(here, kindOf)].flatMap(([kind, resources]) => {
    const [first] = resources;
    if (first === undefined) return [];
    const twins = there.get(kind) ?? [];
    const isSettled = !isOfNoKind(first) && (twins.length === resources.length || !all.some(isOfNoKind));
    return [
      on(twins[0] ?? first).holds(isSettled ? twins.length === resources.length : undefined, {
        expected: said.countedAtHome({ count: resources.length }),
        observed: said.countedThere({ count: twins.length, region: standby.region }),
      }),
    ];
  });
}

/** Images (and in them the migrations), commands, and the names of what containers are told; where that lies is each region's own. */
function compareContainers(judgeCase: JudgeCase, standby: StandbyRegion): readonly Observation[] {
  const traitsOf = ({ properties }: Resource): Value =>
    listOf(properties.ContainerDefinitions).map((container) => [
      ...['Name', 'Image', 'Command'].map((name) => at(container, name) ?? null),
      ...['Environment', 'Secrets'].map((list) =>
        listOf(at(container, list))
          .map((one) => at(one, 'Name') ?? null)
          .sort((one, other) => textOf(one).localeCompare(textOf(other))),
      ),
    ]);
  return pairsOf(judgeCase, standby, 'AWS::ECS::TaskDefinition').flatMap(({ primary, twin }) => {
    if (twin === undefined) return [];
    const [here, there] = [traitsOf(primary), traitsOf(twin)];
    const truth = isSame(here, there, standby, judgeCase.design.region);
    const expected = truth ? said.containersAsAtHome : here;
    return [on(twin).property('ContainerDefinitions').holds(truth, { expected, observed: there })];
  });
}

/** Code is an asset: its key is the hash of what it holds, and its bucket the region's own. */
function compareCode(judgeCase: JudgeCase, standby: StandbyRegion): readonly Observation[] {
  return pairsOf(judgeCase, standby, 'AWS::Lambda::Function').flatMap(({ primary, twin }) => {
    if (twin === undefined) return [];
    const [here = null, there = null] = [primary, twin].map(
      ({ properties }) => at(properties, 'Code', 'S3Key') ?? properties.Code,
    );
    const truth = isSame(here, there, standby, judgeCase.design.region);
    return [on(twin).property('Code').holds(truth, { expected: here, observed: there })];
  });
}

/** Every alarm of home that watches the stacks of both regions has one of the same kind in the other. */
function compareAlarms({ graph }: JudgeCase, standby: StandbyRegion): readonly Observation[] {
  const homes = new Set(standby.twins.values());
  const traitsOf = ({ properties }: Resource) =>
    alarmTraits.map((trait) => (isList(properties[trait]) ? null : (properties[trait] ?? null)));
  const kindOf = (alarm: Resource) => JSON.stringify(traitsOf(alarm));
  const isOfNoKind = (alarm: Resource) => traitsOf(alarm).some(isOpen);
  const all = ofType(standby.graph, 'AWS::CloudWatch::Alarm');
  const there = new Set(all.map(kindOf));
  const here = ofType(graph, 'AWS::CloudWatch::Alarm').filter(({ stack }) => homes.has(stack));
  const instances = ofType(standby.graph, 'AWS::RDS::DBInstance');
  // A lone instance lags behind nobody: what it has instead is the lag between the regions. Serverless v2 has no series of local storage.
  const unpublished = [
    ...(instances.length === 1 ? ['AuroraReplicaLag'] : []),
    ...(instances.every(({ properties }) => properties.DBInstanceClass === serverlessClass)
      ? ['FreeLocalStorage']
      : []),
  ];
  const exists = ({ properties }: Resource) => !unpublished.includes(textOf(properties.MetricName));
  const [first] = here;
  if (first === undefined) return [];
  const expected = said.inBothRegions;
  const missing = here
    .filter((alarm) => exists(alarm) && (isOfNoKind(alarm) || !there.has(kindOf(alarm))))
    .map((alarm) => {
      const truth = isOfNoKind(alarm) || all.some(isOfNoKind) ? undefined : false;
      return on(alarm).holds(truth, { expected, observed: said.noneOfItsKind({ region: standby.region }) });
    });
  return missing.length > 0 ? missing : [on(first).holds(true, { expected, observed: expected })];
}
