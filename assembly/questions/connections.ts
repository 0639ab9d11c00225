// The ways that data takes, read from the templates: what a balancer forwards to, what a workload is told of in its environment, what
// feeds a function, what is copied to another region.
import { around, type Words } from '../../design/messages/words.ts';
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../graph.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';
import { replicaBucketsOf } from './buckets.ts';
import { isOfGlobal } from './compute.ts';
import { tellings } from './containers.ts';
import { isFor, recordsOf } from './domain-names.ts';
import { grantsOfAction } from './permissions.ts';
import { lets, wornBy } from './security-groups.ts';
import { calledBy } from './state-machines.ts';
import { subscriptionsIn } from './topics.ts';

/** What shows a connection. */
const said = {
  origin: { en: 'origin', ja: 'オリジン' },
  targetGroup: { en: 'target group', ja: 'ターゲットグループ' },
  targetGroupOn: (port: string): Words => ({
    en: `target group, port ${port}`,
    ja: `ターゲットグループ、ポート ${port}`,
  }),
  environment: (name: string): Words => ({ en: `environment ${name}`, ja: `環境変数 ${name}` }),
  securityGroup: { en: 'security group', ja: 'セキュリティグループ' },
  stateMachine: { en: 'state machine', ja: 'ステートマシン' },
  eventSource: { en: 'event source mapping', ja: 'イベントソースマッピング' },
  subscription: { en: 'subscription', ja: 'サブスクリプション' },
  replication: { en: 'replication', ja: 'レプリケーション' },
  globalDatabase: { en: 'global database', ja: 'グローバルデータベース' },
} as const;

export interface FoundConnection {
  readonly from: Resource;
  readonly to: Resource;
  readonly kind: 'request' | 'message' | 'copy' | 'guard';
  /** What shows it. */
  readonly what: Words | string;
  /** Where a target group takes it. */
  readonly port?: string;
}

/** Each way once, in the order of the templates. */
export function connectionsIn(graph: Assembly): readonly FoundConnection[] {
  const all = [
    ...guards(graph),
    ...origins(graph),
    ...forwards(graph),
    ...workloads(graph),
    ...feeds(graph),
    ...schedules(graph),
    ...copies(graph),
  ];
  return all.filter(({ from, to }, index) => all.findIndex((way) => way.from === from && way.to === to) === index);
}

const guards = (graph: Assembly): readonly FoundConnection[] =>
  ofType(graph, 'AWS::CloudFront::Distribution').flatMap((to) => {
    const from = targetOf(graph, at(to.properties, 'DistributionConfig', 'WebACLId'));
    return from === undefined ? [] : [{ from, to, kind: 'guard', what: 'WebACLId' }];
  });

/** An origin is a bucket or a balancer; one that is named by a domain is the balancer that has a record or a certificate of that name. */
function origins(graph: Assembly): readonly FoundConnection[] {
  return ofType(graph, 'AWS::CloudFront::Distribution').flatMap((from) =>
    listOf(at(from.properties, 'DistributionConfig', 'Origins')).flatMap((origin): FoundConnection[] => {
      const domain = at(origin, 'DomainName');
      const target = targetOf(graph, domain);
      const found = target === undefined ? balancersAt(graph, domain) : [target];
      return found.map((to) => ({
        from,
        to,
        kind: 'request',
        what: around(said.origin, (origin) => `${origin} ${target === undefined ? textOf(domain) : ''}`.trim()),
      }));
    }),
  );
}

function balancersAt(graph: Assembly, domain: Value | undefined): readonly Resource[] {
  const records = recordsOf(graph, domain).flatMap(({ record, isOfName }) =>
    isOfName ? (targetOf(graph, at(record, 'AliasTarget', 'DNSName')) ?? []) : [],
  );
  if (records.length > 0) return records;
  const certificates = ofType(graph, 'AWS::CertificateManager::Certificate').filter(({ properties }) =>
    isFor(properties.DomainName ?? '', domain),
  );
  return ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').flatMap(({ properties }) => {
    const holds = certificates.some((certificate) => pointsAt(properties.Certificates, certificate));
    const balancer = holds ? targetOf(graph, properties.LoadBalancerArn) : undefined;
    return balancer ?? [];
  });
}

/** A listener's rules lead to target groups, and those to functions and services. */
function forwards(graph: Assembly): readonly FoundConnection[] {
  const listeners = ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener');
  const rules = ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule');
  return listeners.flatMap((listener) => {
    const from = targetOf(graph, listener.properties.LoadBalancerArn);
    if (from === undefined) return [];
    const own = rules.filter(({ properties }) => pointsAt(properties.ListenerArn, listener));
    const actions = [listener.properties.DefaultActions, ...own.map(({ properties }) => properties.Actions)];
    const groups = ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').filter((group) =>
      actions.some((action) => pointsAt(action, group)),
    );
    return groups.flatMap((group): FoundConnection[] => {
      const services = ofType(graph, 'AWS::ECS::Service').filter(({ properties }) =>
        pointsAt(properties.LoadBalancers, group),
      );
      const targets = listOf(group.properties.Targets).flatMap((target) => targetOf(graph, at(target, 'Id')) ?? []);
      const given = literal(group.properties.Port);
      const port = given === undefined ? {} : { port: String(given) };
      const what = port.port === undefined ? said.targetGroup : said.targetGroupOn(port.port);
      return [...services, ...targets].map((to) => ({ from, to, kind: 'request', what, ...port }));
    });
  });
}

const stores = [
  'AWS::RDS::DBCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
];
const carriers = ['AWS::SQS::Queue', 'AWS::SNS::Topic'];

/** What a service or function is told of in its environment, it uses; a queue that it may only receive from comes towards it. */
function workloads(graph: Assembly): readonly FoundConnection[] {
  const told = tellings(graph);
  const services = ofType(graph, 'AWS::ECS::Service').map((resource) => {
    const task = targetOf(graph, resource.properties.TaskDefinition);
    return { resource, teller: task, role: targetOf(graph, task?.properties.TaskRoleArn) };
  });
  const functions = ofType(graph, 'AWS::Lambda::Function').map((resource) => ({
    resource,
    teller: resource,
    role: targetOf(graph, resource.properties.Role),
  }));
  return [...services, ...functions].flatMap(({ resource, teller, role }) => {
    const own = told.filter((one) => one.resource === teller);
    const ways = own.flatMap(({ name, value }): FoundConnection[] => {
      const target = targetOf(graph, value);
      if (target === undefined) return [];
      const what = said.environment(name);
      if (stores.includes(target.type)) return [{ from: resource, to: target, kind: 'request', what }];
      if (!carriers.includes(target.type)) return [];
      return onlyReceives(graph, role, target)
        ? [{ from: target, to: resource, kind: 'message', what }]
        : [{ from: resource, to: target, kind: 'message', what }];
    });
    return ways.length > 0 ? ways : permitted(graph, resource);
  });
}

/** Where nothing is said in the environment: the stores that its security groups let it reach. */
function permitted(graph: Assembly, from: Resource): readonly FoundConnection[] {
  const own = wornBy(graph, from).groups;
  return ofType(graph, 'AWS::RDS::DBCluster', 'AWS::ElastiCache::ReplicationGroup').flatMap((to): FoundConnection[] => {
    const isOpen = wornBy(graph, to).groups.some((group) => own.some((one) => lets(graph, group, one, 'ingress')));
    return isOpen ? [{ from, to, kind: 'request', what: said.securityGroup }] : [];
  });
}

function onlyReceives(graph: Assembly, role: Resource | undefined, queue: Resource): boolean {
  if (role === undefined) return false;
  const may = (action: string) =>
    grantsOfAction(graph, role, action).some(({ resources }) => resources.some((one) => pointsAt(one, queue)));
  return may('sqs:ReceiveMessage') && !may('sqs:SendMessage');
}

function feeds(graph: Assembly): readonly FoundConnection[] {
  const pair = (
    from: Resource | undefined,
    to: Resource | undefined,
    what: Words | string,
  ): readonly FoundConnection[] =>
    from === undefined || to === undefined ? [] : [{ from, to, kind: 'message', what }];
  const mappings = ofType(graph, 'AWS::Lambda::EventSourceMapping').flatMap(({ properties }) =>
    pair(targetOf(graph, properties.EventSourceArn), targetOf(graph, properties.FunctionName), said.eventSource),
  );
  const subscriptions = subscriptionsIn(graph).flatMap(({ topic, subscription }) =>
    pair(topic, targetOf(graph, at(subscription, 'Endpoint')), said.subscription),
  );
  return [...mappings, ...subscriptions];
}

/** Rules that fire by the clock: those that wait for an event are about operations. State machines call what they refer to. */
function schedules(graph: Assembly): readonly FoundConnection[] {
  const rules = ofType(graph, 'AWS::Events::Rule')
    .filter(({ properties }) => properties.ScheduleExpression !== undefined)
    .flatMap((from) =>
      listOf(from.properties.Targets).flatMap((target): FoundConnection[] => {
        const to = targetOf(graph, at(target, 'Arn'));
        return to === undefined
          ? []
          : [{ from, to, kind: 'message', what: textOf(from.properties.ScheduleExpression) }];
      }),
    );
  const machines = ofType(graph, 'AWS::StepFunctions::StateMachine').flatMap((from) =>
    calledBy(graph, from).map((to): FoundConnection => ({ from, to, kind: 'request', what: said.stateMachine })),
  );
  return [...rules, ...machines];
}

/** What is copied from one region to another. */
function copies(graph: Assembly): readonly FoundConnection[] {
  const buckets = ofType(graph, 'AWS::S3::Bucket').flatMap((from) =>
    replicaBucketsOf(graph, from).map((to): FoundConnection => ({ from, to, kind: 'copy', what: said.replication })),
  );
  const clusters = ofType(graph, 'AWS::RDS::GlobalCluster').flatMap((group) => {
    const members = ofType(graph, 'AWS::RDS::DBCluster').filter(
      (cluster) => isOfGlobal(cluster, group) === true || pointsAt(group.properties.SourceDBClusterIdentifier, cluster),
    );
    const [first, ...others] = members;
    return first === undefined
      ? []
      : others.map((to): FoundConnection => ({ from: first, to, kind: 'copy', what: said.globalDatabase }));
  });
  return [...buckets, ...clusters];
}
