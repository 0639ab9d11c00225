// DR-1…8: what the document says of the region that takes over, held against what stands there and against the machine that makes it serve.
// Whether a failover succeeds, and how fast, is for `hashira drill region` to show.
import {
  type Assembly,
  at,
  hasUnknownPart,
  isSettled,
  isUnresolved,
  type Resource,
  textOf,
} from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { dataBuckets, replicationsOf } from '../../../../assembly/questions/buckets.ts';
import { instancesOf, isOfGlobal, possibleInstancesOf, servicesOf } from '../../../../assembly/questions/compute.ts';
import { grantsOfAction, openGrants } from '../../../../assembly/questions/permissions.ts';
import { type StandbyRegion, standbyOf } from '../../../../assembly/questions/standby.ts';
import {
  calledBy,
  type Definition,
  definitionOf,
  rolesOfMachine,
  writtenDefinition,
} from '../../../../assembly/questions/state-machines.ts';
import { listOf, ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { isProduction, perEnvironment } from '../../../../design/environments.ts';
import type { Design } from '../../../../design/schema.ts';
import type { PrimaryPart, RecoveryDetail, RecoveryStep, StandbyPart } from '../../../../design/words/recovery-line.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { type Found, missing, missingUnless, on, onStack } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said, type Thing, things } from '../../words/recovery.ts';
import { clusterZones } from '../network/zones.ts';
import { parityEvidence } from './parity.ts';
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
    if (design.recovery === undefined) return { notApplicable: said.noRecovery };
    if (!isProduction(design, environment)) return { notApplicable: said.productionAlone };
    const standby = standbyOf(judgeCase);
    return standby === undefined
      ? [missing(said.inRegion({ thing: things.stacks, region: design.recovery.region }))]
      : judge(judgeCase, standby);
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
    return named === 'unread' ? { notJudged: said.namesNothing } : table[named](judgeCase, standby);
  };
}

/** A pilot light: data follows, and nobody works. */
function judgeStrategy(judgeCase: StatementCase, standby: StandbyRegion): Finding {
  const services = servicesOf(standby.graph);
  if (services.length === 0) return [missingThere(things.service, standby)];
  return [
    ...secondary(judgeCase, standby),
    ...services.map(({ service }) => on(service).property('DesiredCount').otherwise(1).is(0)),
  ];
}

const missingThere = (thing: Thing, { region }: StandbyRegion): Observation =>
  missing(said.inRegion({ thing, region }));

/** Somebody is told before the database is further behind than that, and files arrive within it. */
function judgeRpo({ design, everywhere, graph }: StatementCase, standby: StandbyRegion): Finding {
  const seconds = design.recovery?.rpoSeconds ?? 0;
  const alarms = ofType(standby.graph, 'AWS::CloudWatch::Alarm');
  const lag = alarms.filter(({ properties }) =>
    /^AuroraGlobalDB(?:ReplicationLag|RPOLag)$/.test(textOf(properties.MetricName)),
  );
  const unknown = alarms.filter(({ properties }) => !isSettled(properties.MetricName));
  const files = dataBuckets(graph).flatMap((bucket) => {
    const found = replicationsOf(bucket);
    if (found.length === 0) return replicas(everywhere, bucket, standby.region);
    return found.flatMap(({ path }) => {
      const time = [...path, 'Destination', 'ReplicationTime'];
      return [
        on(bucket)
          .property(...time, 'Status')
          .is('Enabled'),
        on(bucket)
          .property(...time, 'Time', 'Minutes')
          .isAtMost(seconds / 60),
      ];
    });
  });
  return [
    ...(lag.length === 0
      ? missingUnless(unknown, said.inRegion({ thing: things.lagAlarm, region: standby.region }))
      : lag.map((alarm) =>
          on(alarm)
            .property('Threshold')
            .isAtMost(seconds * 1000),
        )),
    ...files,
  ];
}

/** The machine gives up before the time is over, so that somebody still has some left. */
function judgeRto({ design }: StatementCase, standby: StandbyRegion): Finding {
  const seconds = design.recovery?.rtoSeconds ?? 0;
  return onMachines(standby, (one) => {
    const most = definitionOf(one)?.TimeoutSeconds;
    return onDefinition(one, (definition) => Number(definition.TimeoutSeconds) <= seconds, {
      expected: said.endsWithin({ seconds }),
      observed: typeof most === 'number' ? most : null,
    });
  });
}

function judgeRegion(judgeCase: StatementCase, standby: StandbyRegion): Finding {
  return [...standingStacks(judgeCase, standby), ...parityEvidence(judgeCase, standby)];
}

/** Each of the document's stacks stands there too. */
function standingStacks({ design }: StatementCase, { twins, region }: StandbyRegion): readonly Observation[] {
  const there = [...twins.keys()];
  return design.stacks.map(({ name }) => {
    const twin = there.find((id) => id.endsWith(name));
    return twin === undefined
      ? missing(said.inRegion({ thing: { en: name, ja: name }, region }))
      : onStack(twin, '', true, { expected: region, observed: region });
  });
}

function primaryDatabase({ graph }: StatementCase): Finding {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [missing(parts.auroraCluster)];
  return clusters.flatMap((cluster) => clusterZones(graph, cluster));
}

function primaryCache({ graph, design, environment }: StatementCase): Finding {
  if (perEnvironment(design.sizes, environment).cache === undefined) return { notApplicable: parts.noCache };
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (groups.length === 0) return [missing(parts.replicationGroup)];
  return groups.map((group) => on(group).property('MultiAZEnabled').is(true));
}

function replicatedBuckets({ everywhere, graph }: StatementCase, { region }: StandbyRegion): Finding {
  const buckets = dataBuckets(graph);
  if (buckets.length === 0) return [missing(parts.dataBucket)];
  return buckets.flatMap((bucket) => replicas(everywhere, bucket, region));
}

/** A cluster of the same global database, with an instance: without one it cannot be promoted (DR-7). */
function secondary({ graph }: StatementCase, standby: StandbyRegion): readonly Observation[] {
  const clusters = ofType(standby.graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [missingThere(things.auroraCluster, standby)];
  const globals = ofType(graph, 'AWS::RDS::GlobalCluster');
  return clusters.flatMap((cluster) => {
    const count = instancesOf(standby.graph, cluster).length;
    const possible = possibleInstancesOf(standby.graph, cluster).length;
    return [
      on(cluster)
        .property('GlobalClusterIdentifier')
        .holds(any(globals.map((one) => isOfGlobal(cluster, one))), {
          expected: said.ownGlobalDatabase,
        }),
      on(cluster).holds(count > 0 || (possible > 0 ? undefined : false), {
        expected: parts.oneInstanceOrMore,
        observed: count,
      }),
    ];
  });
}

/** The image is published to the region at every deploy, from the same files: its tag is their hash. */
function sameImage({ graph }: StatementCase, standby: StandbyRegion): Finding {
  const imagesOf = (task: Resource | undefined) =>
    listOf(task?.properties.ContainerDefinitions).map((one) => at(one, 'Image'));
  const here = servicesOf(graph).flatMap(({ task }) => imagesOf(task));
  const services = servicesOf(standby.graph);
  const found = services.flatMap(({ task }) => task ?? []);
  if (found.length === 0) {
    const unknown = services.filter(({ service }) => !isSettled(service.properties.TaskDefinition));
    const expected = said.inRegion({ thing: things.taskDefinition, region: standby.region });
    return missingUnless(
      unknown.map(({ service }) => service),
      expected,
    );
  }
  return found.flatMap((task) =>
    imagesOf(task).map((image, index) => {
      const isSame = any(here.map((one) => sameTag(textOf(one), textOf(image))));
      return on(task)
        .property('ContainerDefinitions', index, 'Image')
        .holds(all([isUnresolved(image) ? undefined : textOf(image).includes(standby.region), isSame]), {
          expected: said.imageOfHome({ region: standby.region }),
        });
    }),
  );
}

function sameTag(one: string, other: string): Truth {
  const [first = '', second = ''] = [one, other].map((image) => image.split(':').at(-1));
  return hasUnknownPart(first) || hasUnknownPart(second) ? undefined : first === second;
}

const balancersOf = (graph: Assembly) => ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');

/** Route 53 asks the load balancer of the region that serves, from outside. */
function detection({ everywhere, graph }: StatementCase): Finding {
  const asks = ({ properties }: Resource): Truth =>
    any(balancersOf(graph).map((one) => refersTo(at(properties.HealthCheckConfig, 'FullyQualifiedDomainName'), one)));
  const checks = Map.groupBy(ofType(everywhere, 'AWS::Route53::HealthCheck'), asks);
  const found = checks.get(true) ?? [];
  if (found.length === 0) return missingUnless(checks.get(undefined) ?? [], said.healthCheckOfBalancer);
  return found.map((check) => {
    const path = ['HealthCheckConfig', 'ResourcePath'];
    const asked = at(check.properties, ...path);
    return on(check)
      .property(...path)
      .holds(isSettled(asked) ? typeof asked === 'string' : undefined, { expected: said.aPath });
  });
}

/** A failover pair: home first, the other region second, each believed only while its own check passes (DR-4, DR-8). */
function trafficPair({ everywhere, design, graph }: StatementCase, standby: StandbyRegion): Finding {
  if (design.inputs.domain === 'none') return { notApplicable: said.noDomain };
  if (design.inputs.hostedZoneId === undefined) return { notJudged: said.noHostedZone };
  const balancers = { PRIMARY: balancersOf(graph), SECONDARY: balancersOf(standby.graph) };
  const records = ofType(everywhere, 'AWS::Route53::RecordSet');
  return Object.entries(balancers).flatMap(([part, there]): readonly Observation[] => {
    const byPart = Map.groupBy(records, ({ properties }) => isLiteral(properties.Failover, part));
    const found = byPart.get(true) ?? [];
    if (found.length === 0) return missingUnless(byPart.get(undefined) ?? [], said.record({ part }));
    return found.flatMap((record) => {
      const { AliasTarget, HealthCheckId } = record.properties;
      const leads = any(there.map((balancer) => refersTo(at(AliasTarget, 'DNSName'), balancer)));
      const check = targetOf(everywhere, HealthCheckId);
      const isChecked = check?.type === 'AWS::Route53::HealthCheck';
      return [
        on(record)
          .property('AliasTarget')
          .holds(leads, { expected: said.balancerOf({ part: part.toLowerCase() }) }),
        on(record)
          .property('HealthCheckId')
          .holds(isChecked || (check === undefined && !isSettled(HealthCheckId) ? undefined : false), {
            expected: said.healthCheck,
          }),
      ];
    });
  });
}

/** The way back loses nothing: both regions answer, and the database changes hands without a gap (DR-5). */
function failback(_: StatementCase, standby: StandbyRegion): Finding {
  return [
    ...may(standby, 'rds:SwitchoverGlobalCluster'),
    ...machinesIn(standby).map((one) => {
      // The machine tells its ways apart by what it was asked for, or by the region that is to serve.
      const knows = (definition: Definition) =>
        /"StringEquals":"(?:failback|primary|standby)"/.test(JSON.stringify(definition));
      const definition = definitionOf(one);
      return onDefinition(one, knows, {
        expected: said.wayBack,
        observed: definition && knows(definition) ? 'failback' : said.noWayBack,
      });
    }),
  ];
}

function smokeTest(_: StatementCase, standby: StandbyRegion): Finding {
  return onMachines(standby, (one) => {
    const statesOf = (definition: Definition) => Object.keys(Object(definition.States));
    const definition = definitionOf(one);
    return onDefinition(one, (all) => statesOf(all).some((name) => /smoke/i.test(name)), {
      expected: said.asksWhetherItWorks,
      observed: definition && statesOf(definition),
    });
  });
}

/** Functions in the region itself, since the other one may be gone (DR-6). */
function machine(_: StatementCase, standby: StandbyRegion): Finding {
  return onMachines(standby, (one) => {
    const count = calledBy(standby.graph, one).length;
    return on(one)
      .property('DefinitionString')
      .holds(count > 0 || (isUnresolved(writtenDefinition(one)) ? undefined : false), {
        expected: said.functionsOfSameRegion,
        observed: said.functionsOf({ count, region: standby.region }),
      });
  });
}

function standingDoor(_: StatementCase, standby: StandbyRegion): Finding {
  const balancers = balancersOf(standby.graph);
  if (balancers.length === 0) return [missingThere(things.balancer, standby)];
  return balancers.map((balancer) => on(balancer).holds(true, { expected: said.stands, observed: said.stands }));
}

/** Nothing starts the machine unless the document lets it start by itself. */
function judgeStart({ design }: StatementCase, standby: StandbyRegion): Finding {
  const automatic = design.inputs.failover === 'automatic';
  return onMachines(standby, (one) => {
    const isStarted = any(
      ofType(standby.graph, 'AWS::Events::Rule').map(({ properties }) =>
        all([
          not(isLiteral(properties.State, 'DISABLED')),
          any(listOf(properties.Targets).map((target) => refersTo(at(target, 'Arn'), one))),
        ]),
      ),
    );
    const observed = isStarted ? said.startedByCheck : said.startedByPerson;
    return on(one).holds(automatic ? isStarted : not(isStarted), {
      expected: automatic ? said.startedByCheck : said.startedByPerson,
      ...(isStarted === undefined ? {} : { observed }),
    });
  });
}

function judgeCidr({ design }: StatementCase, standby: StandbyRegion): Finding {
  const vpcs = ofType(standby.graph, 'AWS::EC2::VPC');
  if (vpcs.length === 0) return [missingThere(things.vpc, standby)];
  return vpcs.map((vpc) => on(vpc).property('CidrBlock').is(design.inputs.standbyCidr));
}

/** State machines that may promote a database: others are none of a failover. */
function machinesIn(standby: StandbyRegion): readonly Resource[] {
  return ofType(standby.graph, 'AWS::StepFunctions::StateMachine').filter((one) =>
    rolesOfMachine(standby.graph, one).some((role) => allows(standby, role, 'rds:FailoverGlobalCluster')),
  );
}

/** Evidence on each of the machines, which there must be. */
function onMachines(standby: StandbyRegion, judge: (machine: Resource) => Observation): readonly Observation[] {
  const machines = machinesIn(standby);
  return machines.length > 0 ? machines.map(judge) : noMachine(standby, things.machine);
}

/** There is none, unless it is one of which the templates do not say what it may do. */
function noMachine(standby: StandbyRegion, thing: Thing): readonly Observation[] {
  const machines = ofType(standby.graph, 'AWS::StepFunctions::StateMachine').filter(
    (one) =>
      !isSettled(one.properties.RoleArn) ||
      rolesOfMachine(standby.graph, one).some((role) => openGrants(standby.graph, role).length > 0),
  );
  return missingUnless(machines, said.inRegion({ thing, region: standby.region }));
}

const onDefinition = (one: Resource, holds: (definition: Definition) => boolean, found: Found): Observation => {
  const definition = definitionOf(one);
  return on(one)
    .property('DefinitionString')
    .holds(definition && holds(definition), definition === undefined ? { expected: found.expected } : found);
};

const allows = ({ graph }: StandbyRegion, role: Resource, action: string) =>
  grantsOfAction(graph, role, action).length > 0;

/** Evidence that the machine, or a function of it, may do something. */
function may(standby: StandbyRegion, action: string): readonly Observation[] {
  const [one] = machinesIn(standby);
  if (one === undefined) return noMachine(standby, things.machineThatMay(action));
  const roles = rolesOfMachine(standby.graph, one);
  const role = roles.find((each) => allows(standby, each, action));
  const isOpen = roles.some((each) => openGrants(standby.graph, each).length > 0);
  const expected = said.may({ action });
  return [
    role === undefined
      ? on(one).holds(isOpen ? undefined : false, { expected, observed: said.mayNot({ action }) })
      : on(role).holds(true, { expected, observed: expected }),
  ];
}
