// LOG-1…4: every log is kept as long as its environment's line says.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { functionsOf } from '../../../assembly/questions/compute.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import type { LogRetention } from '../../../design/schema.ts';
import { accessLogPlaces } from '../access-logs.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { namedLogGroups } from '../log-group-arns.ts';
import { expires, isWhole, type LifecycleRule, logBuckets, rulesFor, transitionsOf } from '../storage.ts';

export const logs: readonly StatementJudge[] = [
  { id: 'LOG-1', path: 'logs.*.application', judge: judgeApplication },
  { id: 'LOG-2', path: 'logs.*.albAccess', judge: judgeAlbAccess },
  { id: 'LOG-3', path: 'logs.*.vpcFlow', judge: judgeVpcFlow },
  { id: 'LOG-4', path: 'logs.*.cloudTrail', judge: judgeCloudTrail },
  { id: 'LOG-4', path: 'logs.*.cloudTrailForever', judge: judgeCloudTrailForever },
];

const wantedOf = ({ design, environment }: StatementCase): LogRetention => design.logs[environment];

/** Log groups of containers and functions; a function without one writes to a group that Lambda makes and keeps for ever. */
function judgeApplication(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).application;
  const containers = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((task) =>
    listOf(task.properties.ContainerDefinitions).map((container, index) => {
      const path = ['ContainerDefinitions', index, 'LogConfiguration'];
      const log = at(container, 'LogConfiguration');
      const value = at(log, 'LogDriver') === 'awslogs' ? at(log, 'Options', 'awslogs-group') : undefined;
      return { resource: task, path, value };
    }),
  );
  const functions = functionsOf(graph, judgeCase.design).map((lambda) => ({
    resource: lambda,
    path: ['LoggingConfig', 'LogGroup'],
    value: at(lambda.properties, 'LoggingConfig', 'LogGroup') ?? groupByName(graph, lambda),
  }));
  const evidence = [...containers, ...functions].map(({ resource, path, value }) => {
    const group = logGroupOf(graph, value);
    if (group !== undefined) return equals(graph, group, ['RetentionInDays'], days);
    return seen(graph, resource, path, value ?? 'no log group of its own', `a log group kept ${days} days`, false);
  });
  return evidence.length > 0 ? evidence : [nothing('a task or function that writes a log')];
}

/** The log group that a value is, or names as the templates name it. */
function logGroupOf(graph: StatementCase['graph'], value: Value | undefined): Resource | undefined {
  const target = targetOf(graph, value);
  if (target?.type === 'AWS::Logs::LogGroup') return target;
  const name = literal(value);
  return ofType(graph, 'AWS::Logs::LogGroup').find(
    ({ properties }) => name !== undefined && literal(properties.LogGroupName) === name,
  );
}

/** The group that Lambda would make by itself, if the templates make it first. */
function groupByName(graph: StatementCase['graph'], lambda: Resource) {
  const names = [textOf({ $ref: lambda.key }), textOf(lambda.properties.FunctionName)].map(
    (name) => `/aws/lambda/${name}`,
  );
  const group = ofType(graph, 'AWS::Logs::LogGroup').find(({ properties }) =>
    names.includes(textOf(properties.LogGroupName)),
  );
  return group === undefined ? undefined : { $ref: group.key };
}

/** ALB access logs lie in the log bucket, below the prefix that they are delivered to, and expire there. */
function judgeAlbAccess(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).albAccess;
  const places = accessLogPlaces(graph);
  const delivered = places.length > 0 ? places : logBuckets(graph).map((bucket) => ({ bucket, prefix: 'alb/' }));
  if (delivered.length === 0) return [nothing('a bucket that load balancer logs go to')];
  const evidence = delivered.flatMap(({ bucket, prefix }) => expiryEvidence(graph, bucket, prefix, days));
  const balancers = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  if (balancers.length === 0) return { notJudged: 'no stack has a load balancer yet', evidence };
  const silent = balancers.filter((balancer) => !places.some(({ from }) => from === balancer));
  return [...evidence, ...silent.map(({ path }) => nothing(`a delivery of the access logs of ${path}`))];
}

/** Objects below a prefix, all of them, expire after so many days, and by no rule sooner. */
function expiryEvidence(
  graph: StatementCase['graph'],
  bucket: Resource,
  prefix: string,
  days: number,
): readonly Evidence[] {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const expiring = rulesFor(bucket, folder).flatMap((rule) => {
    const value = literal(at(rule.rule, 'ExpirationInDays'));
    return value === undefined ? [] : [{ rule, value: Number(value) }];
  });
  const expected = `${folder}… expires after ${days} days`;
  if (!expiring.some(({ rule }) => isWhole(rule) && folder.startsWith(rule.prefix))) {
    return [seen(graph, bucket, rulesPath, 'no rule that expires all of it', expected, false)];
  }
  return expiring.map(({ rule, value }) =>
    seen(graph, bucket, [...rulesPath, rule.index, 'ExpirationInDays'], value, days, value === days),
  );
}

const rulesPath = ['LifecycleConfiguration', 'Rules'];

/** Flow logs of all traffic of the VPC; `null` in the document: none at all. */
function judgeVpcFlow(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).vpcFlow;
  const flowLogs = ofType(graph, 'AWS::EC2::FlowLog');
  const [vpc] = ofType(graph, 'AWS::EC2::VPC');
  if (vpc === undefined) return [nothing('a VPC')];
  if (days === null) {
    if (flowLogs.length === 0) return [seen(graph, vpc, [], 'no flow log', 'no flow log', true)];
    return flowLogs.map((log) => seen(graph, log, [], 'a flow log', 'no flow log', false));
  }
  const own = flowLogs.filter(({ properties }) => pointsAt(properties.ResourceId, vpc));
  if (own.length === 0) return [nothing(`a flow log of the VPC, kept ${days} days`)];
  return own.flatMap((log) => [equals(graph, log, ['TrafficType'], 'ALL'), ...flowLogRetention(graph, log, days)]);
}

function flowLogRetention(graph: StatementCase['graph'], log: Resource, days: number): readonly Evidence[] {
  const { LogGroupName, LogDestination } = log.properties;
  const target = targetOf(graph, LogDestination) ?? targetOf(graph, LogGroupName);
  if (target?.type === 'AWS::Logs::LogGroup') {
    return [...arnEvidence(graph, log), equals(graph, target, ['RetentionInDays'], days)];
  }
  if (target?.type === 'AWS::S3::Bucket') {
    const within = textOf(LogDestination).split('}').at(-1)?.replace(/^\//, '') ?? '';
    return expiryEvidence(graph, target, within, days);
  }
  return [seen(graph, log, ['LogDestination'], LogDestination, 'a log group or bucket of the platform', false)];
}

/** Delivery takes a group's name, or its ARN without the star that CloudFormation's attribute ends in. */
function arnEvidence(graph: StatementCase['graph'], log: Resource): readonly Evidence[] {
  return namedLogGroups(graph)
    .filter(({ resource }) => resource === log)
    .map(({ path, value, isTaken }) => seen(graph, log, path, value, "a log group's ARN without `:*`", isTaken));
}

const trailPrefix = (trail: Resource | undefined) => {
  const prefix = textOf(trail?.properties.S3KeyPrefix ?? 'cloudtrail');
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
};

/** The trail's log group; and, unless its files are kept for ever, their expiry in the bucket. */
function judgeCloudTrail(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const { cloudTrail: days, cloudTrailForever } = wantedOf(judgeCase);
  const [trail] = ofType(graph, 'AWS::CloudTrail::Trail');
  const buckets =
    trail === undefined
      ? logBuckets(graph)
      : listOf(targetOf(graph, trail.properties.S3BucketName)?.key).flatMap((key) =>
          graph.resources.filter((resource) => resource.key === key),
        );
  if (buckets.length === 0) return [nothing('a bucket that trails are written to')];
  const files = cloudTrailForever
    ? []
    : buckets.flatMap((bucket) => expiryEvidence(graph, bucket, trailPrefix(trail), days));
  if (trail === undefined) return [nothing('a trail'), ...files];
  const group = targetOf(graph, trail.properties.CloudWatchLogsLogGroupArn);
  const retention =
    group === undefined
      ? nothing(`a log group of the trail, kept ${days} days`)
      : equals(graph, group, ['RetentionInDays'], days);
  return [equals(graph, trail, ['IsLogging'], true), retention, ...files];
}

/** For ever: no rule expires the trail's files. */
function judgeCloudTrailForever(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  if (!wantedOf(judgeCase).cloudTrailForever)
    return { notApplicable: 'the document does not keep this trail for ever' };
  const [trail] = ofType(graph, 'AWS::CloudTrail::Trail');
  const buckets = logBuckets(graph);
  if (buckets.length === 0) return [nothing('a bucket that trails are written to')];
  const evidence = buckets.flatMap((bucket) => foreverEvidence(graph, bucket, rulesFor(bucket, trailPrefix(trail))));
  return trail === undefined ? [nothing('a trail'), ...evidence] : evidence;
}

function foreverEvidence(
  graph: StatementCase['graph'],
  bucket: Resource,
  rules: readonly LifecycleRule[],
): readonly Evidence[] {
  const expiring = rules.filter(expires);
  if (expiring.length > 0) {
    return expiring.map(({ index, rule }) => seen(graph, bucket, [...rulesPath, index], rule, 'never expires', false));
  }
  const colder = rules.flatMap(transitionsOf).length;
  return [seen(graph, bucket, rulesPath, `no expiry, ${colder} transitions`, 'never expires', true)];
}
