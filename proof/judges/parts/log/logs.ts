// LOG-1…4: every log is kept as long as its environment's line says.
import { at, isSettled, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { accessLogPlaces, type LogPlace, possibleSenders } from '../../../../assembly/questions/access-logs.ts';
import {
  expires,
  isWhole,
  type LifecycleRule,
  lifecyclePath,
  logBuckets,
  openRules,
  rulesFor,
  transitionsOf,
} from '../../../../assembly/questions/buckets.ts';
import { functionsOf } from '../../../../assembly/questions/compute.ts';
import { containersOf } from '../../../../assembly/questions/containers.ts';
import {
  groupByName,
  groupOfContainer,
  logGroupOf,
  mayBeLogGroup,
  namedLogGroups,
} from '../../../../assembly/questions/log-groups.ts';
import { ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import type { Truth } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { LogRetention } from '../../../../design/schema.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { said } from '../../words/logs.ts';
import { parts } from '../../words/parts.ts';

export const logs: readonly StatementJudge[] = [
  { id: 'LOG-1', path: 'logs.*.application', judge: judgeApplication },
  { id: 'LOG-2', path: 'logs.*.albAccess', judge: judgeAlbAccess },
  { id: 'LOG-3', path: 'logs.*.vpcFlow', judge: judgeVpcFlow },
  { id: 'LOG-4', path: 'logs.*.cloudTrail', judge: judgeCloudTrail },
  { id: 'LOG-4', path: 'logs.*.cloudTrailForever', judge: judgeCloudTrailForever },
];

type Graph = StatementCase['graph'];

const wantedOf = ({ design, environment }: StatementCase): LogRetention => perEnvironment(design.logs, environment);

/** Log groups of containers and functions; a function without one writes to a group that Lambda makes and keeps for ever. */
function judgeApplication(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).application;
  const containers = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((task) =>
    containersOf(task).map(({ container, path }) => ({
      resource: task,
      path: [...path, 'LogConfiguration'],
      value: groupOfContainer(at(container, 'LogConfiguration')),
    })),
  );
  const functions = functionsOf(graph, judgeCase.design).map((lambda) => ({
    resource: lambda,
    path: ['LoggingConfig', 'LogGroup'],
    value: at(lambda.properties, 'LoggingConfig', 'LogGroup') ?? groupByName(graph, lambda),
  }));
  const evidence = [...containers, ...functions].map(({ resource, path, value }) => {
    const group = logGroupOf(graph, value);
    if (group !== undefined) return on(group).property('RetentionInDays').is(days);
    const expected = said.logGroupKept({ days });
    return notOurs(graph, resource, path, value, expected, said.noOwnLogGroup);
  });
  return evidence.length > 0 ? evidence : [missing(said.somethingThatLogs)];
}

/** Evidence on a value that is none of the platform's own, as far as the templates say. */
const notOurs = (
  graph: Graph,
  resource: Resource,
  path: PropertyPath,
  value: Value | undefined,
  expected: Said,
  observed?: Said,
): Observation =>
  on(resource)
    .property(...path)
    .holds(mayBeLogGroup(graph, value) ? undefined : false, { expected, observed: value ?? observed });

/** ALB access logs lie in the log bucket, below the prefix that they are delivered to, and expire there. */
function judgeAlbAccess(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).albAccess;
  const places = accessLogPlaces(graph);
  const balancers = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const silent = balancers
    .filter((balancer) => !places.some(({ from }) => from === balancer))
    .flatMap((balancer) =>
      missingUnless(possibleSenders(graph, balancer), said.accessLogsOf({ balancer: balancer.path })),
    );
  // Where they may go there is nothing else to look at.
  if (places.length === 0 && silent.some(({ verdict }) => verdict === 'unresolved')) return silent;
  const delivered: readonly Pick<LogPlace, 'bucket' | 'prefix'>[] =
    places.length > 0 ? places : logBuckets(graph).map((bucket) => ({ bucket, prefix: 'alb/' }));
  if (delivered.length === 0) return [missing(said.bucketOfBalancerLogs)];
  const evidence = delivered.flatMap(({ bucket, prefix }) => expiryEvidence(bucket, prefix, days));
  return balancers.length === 0 ? { notJudged: said.noBalancerYet, evidence } : [...evidence, ...silent];
}

/** Objects below a prefix, all of them, expire after so many days, and by no rule sooner. */
function expiryEvidence(bucket: Resource, prefix: string | undefined, days: number): readonly Observation[] {
  if (prefix === undefined) {
    return [
      on(bucket)
        .property(...lifecyclePath)
        .holds(undefined, { expected: said.expiresAfter({ folder: '', days }) }),
    ];
  }
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const expected = said.expiresAfter({ folder, days });
  // A rule of which the templates do not say what it is may expire it sooner, or be the one that is missing.
  const open = openRules(bucket).map((path) =>
    on(bucket)
      .property(...path)
      .holds(undefined, { expected }),
  );
  const expiring = rulesFor(bucket, folder).filter(({ rule }) => at(rule, 'ExpirationInDays') !== undefined);
  if (!expiring.some((rule) => isWhole(rule) && folder.startsWith(rule.prefix))) {
    return open.length > 0
      ? open
      : [
          on(bucket)
            .property(...lifecyclePath)
            .holds(false, { expected, observed: said.noRuleForAll }),
        ];
  }
  return [
    ...expiring.map(({ path }) =>
      on(bucket)
        .property(...path, 'ExpirationInDays')
        .is(days),
    ),
    ...open,
  ];
}

/** Flow logs of all traffic of the VPC; `null` in the document: none at all. */
function judgeVpcFlow(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).vpcFlow;
  const flowLogs = ofType(graph, 'AWS::EC2::FlowLog');
  const [vpc] = ofType(graph, 'AWS::EC2::VPC');
  if (vpc === undefined) return [missing(parts.vpc)];
  if (days === null) {
    const expected = said.noFlowLog;
    if (flowLogs.length === 0) return [on(vpc).holds(true, { expected, observed: expected })];
    return flowLogs.map((log) => on(log).holds(false, { expected, observed: said.aFlowLog }));
  }
  const own = flowLogs.filter(({ properties }) => refersTo(properties.ResourceId, vpc));
  if (own.length === 0) {
    const possible = flowLogs.filter(({ properties }) => refersTo(properties.ResourceId, vpc) === undefined);
    return missingUnless(possible, said.flowLogKept({ days }));
  }
  return own.flatMap((log) => [on(log).property('TrafficType').is('ALL'), ...flowLogRetention(graph, log, days)]);
}

function flowLogRetention(graph: Graph, log: Resource, days: number): readonly Observation[] {
  const { LogGroupName, LogDestination } = log.properties;
  const bucket = targetOf(graph, LogDestination);
  const group = logGroupOf(graph, LogDestination) ?? logGroupOf(graph, LogGroupName);
  if (group !== undefined) return [...arnEvidence(graph, log), on(group).property('RetentionInDays').is(days)];
  const expected = said.ownLogPlace;
  if (bucket?.type !== 'AWS::S3::Bucket') {
    return [notOurs(graph, log, ['LogDestination'], LogDestination ?? LogGroupName, expected)];
  }
  if (!isSettled(LogDestination)) return [on(log).property('LogDestination').holds(undefined, { expected })];
  const within = textOf(LogDestination).split('}').at(-1)?.replace(/^\//, '') ?? '';
  return expiryEvidence(bucket, within, days);
}

/** Delivery takes a group's name, or its ARN without the star that CloudFormation's attribute ends in. */
const arnEvidence = (graph: Graph, log: Resource): readonly Observation[] =>
  namedLogGroups(graph)
    .filter(({ resource }) => resource === log)
    .map(({ path, value, isTaken }) =>
      on(log)
        .property(...path)
        .holds(isTaken, { expected: said.arnWithoutStar, observed: value }),
    );

const trailPrefix = (trail: Resource | undefined) => {
  const prefix = textOf(trail?.properties.S3KeyPrefix ?? 'cloudtrail');
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
};

/** The trail's log group; and, unless its files are kept for ever, their expiry in the bucket. */
function judgeCloudTrail(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const { cloudTrail: days, cloudTrailForever } = wantedOf(judgeCase);
  const [trail] = ofType(graph, 'AWS::CloudTrail::Trail');
  if (trail === undefined) {
    const buckets = logBuckets(graph);
    if (buckets.length === 0) return [missing(said.bucketOfTrails)];
    const files = cloudTrailForever ? [] : buckets.flatMap((one) => expiryEvidence(one, trailPrefix(trail), days));
    return [missing(said.trail), ...files];
  }
  const { S3BucketName, S3KeyPrefix, CloudWatchLogsLogGroupArn } = trail.properties;
  const bucket = targetOf(graph, S3BucketName);
  const group = targetOf(graph, CloudWatchLogsLogGroupArn);
  const notFound = (property: string, expected: Said): Observation =>
    isSettled(trail.properties[property])
      ? missing(expected)
      : on(trail).property(property).holds(undefined, { expected });
  const files = (): readonly Observation[] => {
    if (bucket === undefined) return [notFound('S3BucketName', said.bucketOfTrails)];
    if (cloudTrailForever) return [];
    if (isSettled(S3KeyPrefix)) return expiryEvidence(bucket, trailPrefix(trail), days);
    return [
      on(trail)
        .property('S3KeyPrefix')
        .holds(undefined, { expected: said.expiresAfter({ folder: '', days }) }),
    ];
  };
  return [
    on(trail).property('IsLogging').is(true),
    group === undefined
      ? notFound('CloudWatchLogsLogGroupArn', said.trailLogGroup({ days }))
      : on(group).property('RetentionInDays').is(days),
    ...files(),
  ];
}

/** For ever: no rule expires the trail's files. */
function judgeCloudTrailForever(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  if (!wantedOf(judgeCase).cloudTrailForever) return { notApplicable: said.notForEver };
  const [trail] = ofType(graph, 'AWS::CloudTrail::Trail');
  const buckets = logBuckets(graph);
  if (buckets.length === 0) return [missing(said.bucketOfTrails)];
  const evidence = buckets.flatMap((bucket) => foreverEvidence(bucket, rulesFor(bucket, trailPrefix(trail))));
  return trail === undefined ? [missing(said.trail), ...evidence] : evidence;
}

function foreverEvidence(bucket: Resource, rules: readonly LifecycleRule[]): readonly Observation[] {
  const expected = said.neverExpires;
  const seen = (path: PropertyPath, truth: Truth) =>
    on(bucket)
      .property(...path)
      .holds(truth, { expected });
  const expiring = rules.filter(expires);
  if (expiring.length > 0) return expiring.map(({ path }) => seen(path, false));
  const open = openRules(bucket);
  if (open.length > 0) return open.map((path) => seen(path, undefined));
  const transitions = rules.flatMap(transitionsOf).length;
  return [
    on(bucket)
      .property(...lifecyclePath)
      .holds(true, { expected, observed: said.noExpiry({ transitions }) }),
  ];
}
