// LOG-1…4: every log is kept as long as its environment's line says.
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import type { LogRetention } from '../../../design/schema.ts';
import { functionsOf } from '../compute.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';
import { type LifecycleRule, logBuckets, rulesFor, transitionsOf } from '../storage.ts';

export const logs: readonly StatementJudge[] = [
  { id: 'LOG-1', path: 'logs.*.application', judge: judgeApplication },
  { id: 'LOG-2', path: 'logs.*.albAccess', judge: judgeAlbAccess },
  { id: 'LOG-3', path: 'logs.*.vpcFlow', judge: judgeVpcFlow },
  { id: 'LOG-4', path: 'logs.*.cloudTrail', judge: judgeCloudTrail },
  { id: 'LOG-4', path: 'logs.*.cloudTrailForever', judge: judgeCloudTrailForever },
];

const wantedOf = ({ design, environment }: JudgeCase): LogRetention => design.logs[environment];

/** Log groups of containers and functions; a function without one writes to a group that Lambda makes and keeps for ever. */
function judgeApplication(judgeCase: JudgeCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).application;
  const containers = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((task) =>
    listOf(task.properties.ContainerDefinitions).map((container, index) => {
      const options = at(container, 'LogConfiguration', 'Options');
      const path = ['ContainerDefinitions', index, 'LogConfiguration'];
      return { resource: task, path, value: at(options, 'awslogs-group') };
    }),
  );
  const functions = functionsOf(graph, judgeCase.design).map((lambda) => ({
    resource: lambda,
    path: ['LoggingConfig', 'LogGroup'],
    value: at(lambda.properties, 'LoggingConfig', 'LogGroup') ?? groupByName(graph, lambda),
  }));
  const evidence = [...containers, ...functions].map(({ resource, path, value }) => {
    const group = targetOf(graph, value);
    if (group?.type === 'AWS::Logs::LogGroup') return equals(graph, group, ['RetentionInDays'], days);
    return seen(graph, resource, path, value ?? 'no log group of its own', `a log group kept ${days} days`, false);
  });
  return evidence.length > 0 ? evidence : [nothing('a task or function that writes a log')];
}

function groupByName(graph: JudgeCase['graph'], lambda: Resource) {
  const group = ofType(graph, 'AWS::Logs::LogGroup').find(({ properties }) =>
    pointsAt(properties.LogGroupName, lambda),
  );
  return group === undefined ? undefined : { $ref: group.key };
}

/** ALB access logs lie in the log bucket, below the prefix that they are delivered to, and expire there. */
function judgeAlbAccess(judgeCase: JudgeCase): Finding {
  const { graph } = judgeCase;
  const days = wantedOf(judgeCase).albAccess;
  const places = albLogPlaces(judgeCase);
  const delivered = places.length > 0 ? places : logBuckets(graph).map((bucket) => ({ bucket, prefix: 'alb/' }));
  if (delivered.length === 0) return [nothing('a bucket that load balancer logs go to')];
  const evidence = delivered.flatMap(({ bucket, prefix }) => expiryEvidence(graph, bucket, prefix, days));
  if (places.length > 0) return evidence;
  return ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer').length > 0
    ? [...evidence, nothing('a delivery of the load balancer’s access logs')]
    : { notJudged: 'no stack has a load balancer yet', evidence };
}

interface LogPlace {
  readonly bucket: Resource;
  readonly prefix: string;
}

/** Where load balancers' access logs go: vended delivery (source → delivery → destination), or the load balancer's own attributes. */
function albLogPlaces({ graph }: JudgeCase): readonly LogPlace[] {
  const vended = ofType(graph, 'AWS::Logs::DeliverySource')
    .filter(({ properties }) => properties.LogType === 'ALB_ACCESS_LOGS')
    .flatMap((source) => ofType(graph, 'AWS::Logs::Delivery').filter(({ properties }) => isFrom(properties, source)))
    .flatMap(({ properties }): readonly LogPlace[] => {
      const destination = targetOf(graph, properties.DeliveryDestinationArn);
      const arn = destination?.properties.DestinationResourceArn;
      const bucket = targetOf(graph, arn);
      if (bucket === undefined) return [];
      const within = textOf(arn).split('}').at(-1)?.replace(/^\//, '') ?? '';
      const suffix = textOf(at(properties, 'S3SuffixPath') ?? '');
      return [{ bucket, prefix: [within, suffix].filter((part) => part !== '').join('/') }];
    });
  const classic = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap(({ properties }) => {
    const attribute = (key: string) =>
      at(
        listOf(properties.LoadBalancerAttributes).find((item) => at(item, 'Key') === key),
        'Value',
      );
    const bucket = targetOf(graph, attribute('access_logs.s3.bucket'));
    if (bucket === undefined || String(attribute('access_logs.s3.enabled')) !== 'true') return [];
    return [{ bucket, prefix: textOf(attribute('access_logs.s3.prefix') ?? '') }];
  });
  return [...vended, ...classic];
}

const isFrom = (delivery: Resource['properties'], source: Resource) =>
  pointsAt(delivery.DeliverySourceName, source) ||
  (source.properties.Name !== undefined && textOf(delivery.DeliverySourceName) === textOf(source.properties.Name));

/** Objects below a prefix expire after so many days, and by no rule sooner. */
function expiryEvidence(
  graph: JudgeCase['graph'],
  bucket: Resource,
  prefix: string,
  days: number,
): readonly Evidence[] {
  const expiring = rulesFor(bucket, prefix).flatMap((rule) => {
    const value = literal(at(rule.rule, 'ExpirationInDays'));
    return value === undefined ? [] : [{ rule, value: Number(value) }];
  });
  const expected = `${prefix}… expires after ${days} days`;
  if (expiring.length === 0) return [seen(graph, bucket, rulesPath, 'no rule that expires it', expected, false)];
  return expiring.map(({ rule, value }) =>
    seen(graph, bucket, [...rulesPath, rule.index, 'ExpirationInDays'], value, days, value === days),
  );
}

const rulesPath = ['LifecycleConfiguration', 'Rules'];

/** Flow logs of all traffic of the VPC; `null` in the document: none at all. */
function judgeVpcFlow(judgeCase: JudgeCase): Finding {
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

function flowLogRetention(graph: JudgeCase['graph'], log: Resource, days: number): readonly Evidence[] {
  const { LogGroupName, LogDestination } = log.properties;
  const target = targetOf(graph, LogDestination) ?? targetOf(graph, LogGroupName);
  if (target?.type === 'AWS::Logs::LogGroup') return [equals(graph, target, ['RetentionInDays'], days)];
  if (target?.type === 'AWS::S3::Bucket') {
    const within = textOf(LogDestination).split('}').at(-1)?.replace(/^\//, '') ?? '';
    return expiryEvidence(graph, target, within, days);
  }
  return [seen(graph, log, ['LogDestination'], LogDestination, 'a log group or bucket of the platform', false)];
}

const trailPrefix = (trail: Resource | undefined) => {
  const prefix = textOf(trail?.properties.S3KeyPrefix ?? 'cloudtrail');
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
};

/** The trail's log group; and, unless its files are kept for ever, their expiry in the bucket. */
function judgeCloudTrail(judgeCase: JudgeCase): Finding {
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
  if (trail === undefined) return { notJudged: 'no stack has a trail yet', evidence: files };
  const group = targetOf(graph, trail.properties.CloudWatchLogsLogGroupArn);
  const retention =
    group === undefined
      ? nothing(`a log group of the trail, kept ${days} days`)
      : equals(graph, group, ['RetentionInDays'], days);
  return [retention, ...files];
}

/** For ever: no rule expires the trail's files. */
function judgeCloudTrailForever(judgeCase: JudgeCase): Finding {
  const { graph } = judgeCase;
  if (!wantedOf(judgeCase).cloudTrailForever)
    return { notApplicable: 'the document does not keep this trail for ever' };
  const [trail] = ofType(graph, 'AWS::CloudTrail::Trail');
  const buckets = logBuckets(graph);
  if (buckets.length === 0) return [nothing('a bucket that trails are written to')];
  const evidence = buckets.flatMap((bucket) => foreverEvidence(graph, bucket, rulesFor(bucket, trailPrefix(trail))));
  return trail === undefined ? { notJudged: 'no stack has a trail yet', evidence } : evidence;
}

function foreverEvidence(
  graph: JudgeCase['graph'],
  bucket: Resource,
  rules: readonly LifecycleRule[],
): readonly Evidence[] {
  const expiring = rules.filter(
    ({ rule }) => at(rule, 'ExpirationInDays') !== undefined || at(rule, 'ExpirationDate') !== undefined,
  );
  if (expiring.length > 0) {
    return expiring.map(({ index, rule }) => seen(graph, bucket, [...rulesPath, index], rule, 'never expires', false));
  }
  const colder = rules.flatMap(transitionsOf).length;
  return [seen(graph, bucket, rulesPath, `no expiry, ${colder} transitions`, 'never expires', true)];
}
