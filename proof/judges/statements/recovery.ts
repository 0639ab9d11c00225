// DR-1…8: what the document says of the region that takes over, held against what stands there and against the machine that makes it serve.
// Whether a failover succeeds, and how fast, is for `hashira drill region` to show.

import { at, type Resource, textOf } from '../../../assembly/graph.ts';
import { servicesOf } from '../../../assembly/questions/compute.ts';
import { grantsOfAction } from '../../../assembly/questions/permissions.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { isProduction, perEnvironment } from '../../../design/environments.ts';
import type { Design } from '../../../design/schema.ts';
import type { PrimaryPart, RecoveryDetail, RecoveryStep, StandbyPart } from '../../../design/words/recovery-line.ts';
import { adrs } from '../deviations.ts';
import { equals, nothing, onStack, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { parityEvidence } from '../parity.ts';
import { type StandbyRegion, standbyOf } from '../standby.ts';
import { dataBuckets } from '../storage.ts';
import { clusterZones } from '../zones.ts';
import { replicas } from './replication.ts';

type RecoveryJudge = (judgeCase: StatementCase, standby: StandbyRegion) => Finding;

/** What a line is judged by, by what it names. */
const judges: {
  readonly primary: Readonly<Record<Known<PrimaryPart['part']>, RecoveryJudge>>;
  readonly standby: Readonly<Record<Known<StandbyPart['part']>, RecoveryJudge>>;
  readonly steps: Readonly<Record<Known<RecoveryStep['action']>, RecoveryJudge>>;
  readonly details: Readonly<Record<Known<RecoveryDetail['action']>, RecoveryJudge>>;
} = {
  primary: { aurora: primaryDatabase, bucket: replicatedBuckets, cache: primaryCache },
  standby: { aurora: secondary, bucket: replicatedBuckets, image: sameImage, stacks: standingStacks },
  steps: {
    detect: detection,
    'switch-traffic': trafficPair,
    'fail-back': failback,
    verify: smokeTest,
    start: machine,
  },
  details: {
    'promote-database': (_, standby) => may(standby, 'rds:FailoverGlobalCluster'),
    'start-tasks': (_, standby) => may(standby, 'ecs:UpdateService'),
    'open-load-balancer': standingDoor,
  },
};
type Known<N> = Exclude<N, 'unread'>;

const deviation = adrs.pilotLight;

export const recoveryJudges: readonly StatementJudge[] = [
  { id: 'DR-1', path: 'recovery.strategy', judge: inStandby(judgeStrategy) },
  { id: 'DR-7', path: 'recovery.rpoSeconds', judge: inStandby(judgeRpo) },
  { id: 'DR-7', path: 'recovery.rtoSeconds', judge: inStandby(judgeRto) },
  { id: 'DR-1', path: 'recovery.region', judge: inStandby(judgeRegion) },
  {
    id: 'DR-1',
    path: 'recovery.primary.*',
    judge: inStandby(byName(judges.primary, ({ primary }, [line = 0]) => primary[line]?.part)),
  },
  {
    id: 'DR-1',
    path: 'recovery.standby.*',
    deviation,
    judge: inStandby(byName(judges.standby, ({ standby }, [line = 0]) => standby[line]?.part)),
  },
  {
    id: 'DR-2',
    path: 'recovery.steps.*',
    judge: inStandby(byName(judges.steps, ({ steps }, [step = 0]) => steps[step]?.action)),
  },
  {
    id: 'DR-3',
    path: 'recovery.steps.*.details.*',
    deviation,
    judge: inStandby(byName(judges.details, ({ steps }, [step = 0, line = 0]) => steps[step]?.details[line]?.action)),
  },
  { id: 'INP-1', path: 'inputs.failover', judge: inStandby(judgeStart) },
  { id: 'INP-1', path: 'inputs.standbyCidr', judge: inStandby(judgeCidr) },
];

/** Production alone has a region that takes over; where the document has one and nothing stands there, the line fails. */
function inStandby(judge: (judgeCase: StatementCase, standby: StandbyRegion) => Finding): StatementJudge['judge'] {
  return (judgeCase) => {
    const { design, environment } = judgeCase;
    if (design.recovery === undefined) return { notApplicable: 'the document has no region that takes over' };
    if (!isProduction(design, environment)) return { notApplicable: 'production alone has a region that takes over' };
    const standby = standbyOf(judgeCase);
    return standby === undefined ? [nothing(`stacks in ${design.recovery.region}`)] : judge(judgeCase, standby);
  };
}

type Recovery = NonNullable<Design['recovery']>;

/** Judges a line by what `name` says that it names. */
function byName<N extends string>(
  table: Readonly<Record<N, RecoveryJudge>>,
  name: (recovery: Recovery, indices: StatementCase['indices']) => N | 'unread' | undefined,
) {
  return (judgeCase: StatementCase, standby: StandbyRegion): Finding => {
    const { recovery } = judgeCase.design;
    const named = (recovery && name(recovery, judgeCase.indices)) ?? 'unread';
    return named === 'unread'
      ? { notJudged: 'the line names nothing that a template could show' }
      : table[named](judgeCase, standby);
  };
}

/** A pilot light: data follows, and nobody works. */
function judgeStrategy(judgeCase: StatementCase, standby: StandbyRegion): Finding {
  const services = servicesOf(standby.graph);
  if (services.length === 0) return [nothing(`a service in ${standby.region}`)];
  return [
    ...secondary(judgeCase, standby),
    ...services.map(({ service }) => {
      const count = Number(service.properties.DesiredCount ?? 1);
      return seen(judgeCase.everywhere, service, ['DesiredCount'], count, 0, count === 0);
    }),
  ];
}

/** Somebody is told before the database is further behind than that, and files arrive within it. */
function judgeRpo({ everywhere, design, graph }: StatementCase, standby: StandbyRegion): Finding {
  const seconds = design.recovery?.rpoSeconds ?? 0;
  const lag = ofType(standby.graph, 'AWS::CloudWatch::Alarm').filter(({ properties }) =>
    /^AuroraGlobalDB(?:ReplicationLag|RPOLag)$/.test(textOf(properties.MetricName)),
  );
  const alarms =
    lag.length === 0
      ? [nothing(`an alarm in ${standby.region} over how far the database is behind`)]
      : lag.map((alarm) => {
          const most = Number(alarm.properties.Threshold);
          return seen(everywhere, alarm, ['Threshold'], most, `at most ${seconds * 1000} ms`, most <= seconds * 1000);
        });
  const files = dataBuckets(graph).flatMap((bucket) => {
    const rules = ['ReplicationConfiguration', 'Rules'];
    return listOf(at(bucket.properties, ...rules)).map((rule, index) => {
      const minutes = Number(at(rule, 'Destination', 'ReplicationTime', 'Time', 'Minutes'));
      const path = [...rules, index, 'Destination', 'ReplicationTime', 'Time', 'Minutes'];
      return seen(everywhere, bucket, path, minutes, `at most ${seconds / 60} minutes`, minutes * 60 <= seconds);
    });
  });
  return [...alarms, ...files];
}

/** The machine gives up before the time is over, so that somebody still has some left. */
function judgeRto({ everywhere, design }: StatementCase, standby: StandbyRegion): Finding {
  const seconds = design.recovery?.rtoSeconds ?? 0;
  const machines = machinesIn(standby);
  if (machines.length === 0) return [nothing(`a state machine in ${standby.region}`)];
  return machines.map((one) => {
    const most = Number(definitionOf(one).TimeoutSeconds);
    return seen(everywhere, one, definitionPath, most, `ends within ${seconds} s`, most <= seconds);
  });
}

function judgeRegion(judgeCase: StatementCase, standby: StandbyRegion): Finding {
  return [...standingStacks(judgeCase, standby), ...parityEvidence(judgeCase, standby)];
}

/** Each of the document's stacks stands there too. */
function standingStacks({ design, everywhere }: StatementCase, { twins, region }: StandbyRegion): readonly Evidence[] {
  const there = [...twins.keys()];
  return design.stacks.map(({ name }) => {
    const twin = there.find((id) => id.endsWith(name));
    return twin === undefined ? nothing(`${name} in ${region}`) : onStack(everywhere, twin, '', region, region, true);
  });
}

function primaryDatabase(judgeCase: StatementCase): Finding {
  const clusters = ofType(judgeCase.graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [nothing('an Aurora cluster')];
  return clusters.flatMap((cluster) => clusterZones(judgeCase.graph, cluster));
}

function primaryCache({ graph, design, environment }: StatementCase): Finding {
  if (perEnvironment(design.sizes, environment).cache === undefined)
    return { notApplicable: 'the design has no cache' };
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (groups.length === 0) return [nothing('a replication group')];
  return groups.map((group) => equals(graph, group, ['MultiAZEnabled'], true));
}

function replicatedBuckets({ everywhere, graph }: StatementCase, { region }: StandbyRegion): Finding {
  const buckets = dataBuckets(graph);
  if (buckets.length === 0) return [nothing('a bucket for application data')];
  return buckets.flatMap((bucket) => replicas(everywhere, bucket, region));
}

/** A cluster of the same global database, with an instance: without one it cannot be promoted (DR-7). */
function secondary({ everywhere, graph }: StatementCase, standby: StandbyRegion): readonly Evidence[] {
  const clusters = ofType(standby.graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [nothing(`an Aurora cluster in ${standby.region}`)];
  const globals = ofType(graph, 'AWS::RDS::GlobalCluster');
  return clusters.flatMap((cluster) => {
    const joined = cluster.properties.GlobalClusterIdentifier;
    const known = globals.some(
      (one) => pointsAt(joined, one) || (joined !== undefined && joined === one.properties.GlobalClusterIdentifier),
    );
    const instances = ofType(standby.graph, 'AWS::RDS::DBInstance').filter(({ properties }) =>
      pointsAt(properties.DBClusterIdentifier, cluster),
    );
    return [
      seen(everywhere, cluster, ['GlobalClusterIdentifier'], joined, "the primary's global database", known),
      seen(everywhere, cluster, [], instances.length, 'at least one instance', instances.length > 0),
    ];
  });
}

/** The image is published to the region at every deploy, from the same files: its tag is their hash. */
function sameImage({ everywhere, graph }: StatementCase, standby: StandbyRegion): Finding {
  const tagOf = (image: string) => image.split(':').at(-1);
  const images = (task: Resource | undefined) =>
    listOf(task?.properties.ContainerDefinitions).map((one) => textOf(at(one, 'Image')));
  const here = servicesOf(graph).flatMap(({ task }) => images(task));
  const found = servicesOf(standby.graph).flatMap(({ task }) => (task === undefined ? [] : [task]));
  if (found.length === 0) return [nothing(`a task definition in ${standby.region}`)];
  return found.flatMap((task) =>
    images(task).map((image, index) => {
      const held = image.includes(standby.region) && here.some((one) => tagOf(one) === tagOf(image));
      return seen(
        everywhere,
        task,
        ['ContainerDefinitions', index, 'Image'],
        image,
        `an image of home, in ${standby.region}`,
        held,
      );
    }),
  );
}

/** Route 53 asks the load balancer of the region that serves, from outside. */
function detection({ everywhere, graph }: StatementCase): Finding {
  const doors = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const checks = ofType(everywhere, 'AWS::Route53::HealthCheck').filter(({ properties }) =>
    doors.some((door) => pointsAt(at(properties.HealthCheckConfig, 'FullyQualifiedDomainName'), door)),
  );
  if (checks.length === 0) return [nothing('a health check of Route 53 on the load balancer')];
  return checks.map((check) => {
    const path = ['HealthCheckConfig', 'ResourcePath'];
    const asked = at(check.properties, ...path);
    return seen(everywhere, check, path, asked, 'a path', typeof asked === 'string');
  });
}

/** A failover pair: home first, the other region second, each believed only while its own check passes (DR-4, DR-8). */
function trafficPair({ everywhere, design, graph }: StatementCase, standby: StandbyRegion): Finding {
  if (design.inputs.domain === 'none') return { notApplicable: 'without a domain there is no record to fail over' };
  if (design.inputs.hostedZoneId === undefined) {
    return { notJudged: 'the document names no hosted zone (hosted_zone_id): its records are entered by hand' };
  }
  const doors = {
    PRIMARY: ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
    SECONDARY: ofType(standby.graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
  };
  return Object.entries(doors).flatMap(([part, there]): readonly Evidence[] => {
    const records = ofType(everywhere, 'AWS::Route53::RecordSet').filter(
      ({ properties }) => properties.Failover === part,
    );
    if (records.length === 0) return [nothing(`a ${part} record`)];
    return records.flatMap((record) => {
      const { AliasTarget, HealthCheckId } = record.properties;
      const leads = there.some((door) => pointsAt(at(AliasTarget, 'DNSName'), door));
      return [
        seen(
          everywhere,
          record,
          ['AliasTarget'],
          AliasTarget,
          `the load balancer of the ${part.toLowerCase()} region`,
          leads,
        ),
        seen(
          everywhere,
          record,
          ['HealthCheckId'],
          HealthCheckId,
          'a health check',
          targetOf(everywhere, HealthCheckId)?.type === 'AWS::Route53::HealthCheck',
        ),
      ];
    });
  });
}

/** The way back loses nothing: both regions answer, and the database changes hands without a gap (DR-5). */
function failback(judgeCase: StatementCase, standby: StandbyRegion): Finding {
  const machines = machinesIn(standby);
  return [
    ...may(standby, 'rds:SwitchoverGlobalCluster'),
    ...machines.map((one) => {
      // The machine tells its ways apart by what it was asked for, or by the region that is to serve.
      const knows = JSON.stringify(definitionOf(one)).match(/"StringEquals":"(?:failback|primary|standby)"/) !== null;
      return seen(judgeCase.everywhere, one, definitionPath, knows ? 'failback' : 'no way back', 'a way back', knows);
    }),
  ];
}

function smokeTest({ everywhere }: StatementCase, standby: StandbyRegion): Finding {
  const machines = machinesIn(standby);
  if (machines.length === 0) return [nothing(`a state machine in ${standby.region}`)];
  return machines.map((one) => {
    const states = Object.keys(Object(definitionOf(one).States));
    const asks = states.some((name) => /smoke/i.test(name));
    return seen(everywhere, one, definitionPath, states, 'a state that asks whether it works', asks);
  });
}

/** Functions in the region itself, since the other one may be gone (DR-6). */
function machine({ everywhere }: StatementCase, standby: StandbyRegion): Finding {
  const machines = machinesIn(standby);
  if (machines.length === 0) return [nothing(`a state machine in ${standby.region}`)];
  return machines.map((one) => {
    const functions = functionsOf(standby, one);
    return seen(
      everywhere,
      one,
      definitionPath,
      `${functions.length} functions of ${standby.region}`,
      'functions of the same region',
      functions.length > 0,
    );
  });
}

function standingDoor({ everywhere }: StatementCase, standby: StandbyRegion): Finding {
  const doors = ofType(standby.graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  if (doors.length === 0) return [nothing(`a load balancer in ${standby.region}`)];
  return doors.map((door) => seen(everywhere, door, [], 'stands', 'stands', true));
}

/** Nothing starts the machine unless the document lets it start by itself. */
function judgeStart({ everywhere, design }: StatementCase, standby: StandbyRegion): Finding {
  const machines = machinesIn(standby);
  if (machines.length === 0) return [nothing(`a state machine in ${standby.region}`)];
  const rules = ofType(standby.graph, 'AWS::Events::Rule').filter(
    ({ properties }) =>
      properties.State !== 'DISABLED' &&
      listOf(properties.Targets).some((target) => machines.some((one) => pointsAt(at(target, 'Arn'), one))),
  );
  const automatic = design.inputs.failover === 'automatic';
  const expected = automatic ? 'started by the health check' : 'started by a person';
  const observed = rules.length > 0 ? 'started by the health check' : 'started by a person';
  return machines.map((one) => seen(everywhere, one, [], observed, expected, automatic === rules.length > 0));
}

function judgeCidr({ everywhere, design }: StatementCase, standby: StandbyRegion): Finding {
  const vpcs = ofType(standby.graph, 'AWS::EC2::VPC');
  if (vpcs.length === 0) return [nothing(`a VPC in ${standby.region}`)];
  return vpcs.map((vpc) => equals(everywhere, vpc, ['CidrBlock'], design.inputs.standbyCidr));
}

const definitionPath = ['DefinitionString'];

/** State machines that may promote a database: others are none of a failover. */
function machinesIn(standby: StandbyRegion): readonly Resource[] {
  return ofType(standby.graph, 'AWS::StepFunctions::StateMachine').filter((one) =>
    rolesOf(standby, one).some((role) => allows(standby, role, 'rds:FailoverGlobalCluster')),
  );
}

function definitionOf({ properties }: Resource): { readonly [key: string]: unknown } {
  const parsed: unknown = JSON.parse(textOf(properties.DefinitionString ?? properties.Definition ?? '{}'));
  return Object(parsed);
}

/** The functions that a machine calls, as its definition names them. */
function functionsOf({ graph }: StandbyRegion, one: Resource): readonly Resource[] {
  return ofType(graph, 'AWS::Lambda::Function').filter((candidate) =>
    pointsAt(one.properties.DefinitionString ?? one.properties.Definition, candidate),
  );
}

/** Roles of the machine and of its functions. */
function rolesOf(standby: StandbyRegion, one: Resource): readonly Resource[] {
  const roles = [one.properties.RoleArn, ...functionsOf(standby, one).map(({ properties }) => properties.Role)];
  return roles.flatMap((role) => targetOf(standby.graph, role) ?? []);
}

const allows = ({ graph }: StandbyRegion, role: Resource, action: string) =>
  grantsOfAction(graph, role, action).length > 0;

/** Evidence that the machine, or a function of it, may do something. */
function may(standby: StandbyRegion, action: string): readonly Evidence[] {
  const [one] = machinesIn(standby);
  if (one === undefined) return [nothing(`a state machine in ${standby.region} that may ${action}`)];
  const roles = rolesOf(standby, one).filter((role) => allows(standby, role, action));
  const [role] = roles;
  return [
    role === undefined
      ? seen(standby.graph, one, [], `may not ${action}`, `may ${action}`, false)
      : seen(standby.graph, role, [], `may ${action}`, `may ${action}`, true),
  ];
}
