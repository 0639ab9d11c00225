// Mutants of the inputs of the front matter, of zones and traffic (INP-1, AC-REL-1, AC-PERF-2, BKP-5).
import { at, type Resource } from '../../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../../assembly/properties.ts';
import { dataBuckets } from '../../../../../assembly/questions/buckets.ts';
import { instancesOf } from '../../../../../assembly/questions/compute.ts';
import { targetOfService } from '../../../../../assembly/questions/scaling.ts';
import { listOf, ofType, pointing, targetOf } from '../../../../../assembly/relations.ts';
import { type Mutant, only, type Platform } from '../mutant.ts';
import { primaryPaths, replicaPaths, resourcePath, subnetsOf } from './paths.ts';

const one = ({ graph }: Platform, type: string) => only(ofType(graph, type));
const data = ({ graph }: Platform) => only(dataBuckets(graph));

/** Where the first mail of the first alarm's topic is subscribed: within the topic, or as a resource of its own. */
function mail({ graph }: Platform): { readonly resource: Resource; readonly path: PropertyPath } {
  const topic = only(
    ofType(graph, 'AWS::CloudWatch::Alarm').map(({ properties }) => targetOf(graph, at(properties.AlarmActions, 0))),
  );
  const [alone] = pointing(graph, 'AWS::SNS::Subscription', 'TopicArn', topic);
  return alone === undefined ? { resource: topic, path: ['Subscription', 0] } : { resource: alone, path: [] };
}

/** The topic that AWS's own events are handed on to. */
const eventTopic = ({ graph }: Platform) =>
  only(
    ofType(graph, 'AWS::Events::Rule')
      .flatMap(({ properties }) => listOf(properties.Targets).map((target) => targetOf(graph, at(target, 'Arn'))))
      .filter((target) => target?.type === 'AWS::SNS::Topic'),
  );

const listener = ({ graph }: Platform) =>
  only(
    ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').filter(({ properties }) => properties.Protocol === 'HTTPS'),
  );

const scaling = (platform: Platform) => one(platform, 'AWS::ApplicationAutoScaling::ScalingPolicy');
const tracking = 'TargetTrackingScalingPolicyConfiguration';
const metric = [tracking, 'PredefinedMetricSpecification'];
const taskSubnets = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];

export const inputMutants: readonly Mutant[] = [
  {
    id: 'INP-1',
    name: 'a stack does not say whose it is',
    spoil: (platform) => platform.untag('ProductionStorageStack', 'Owner'),
    reddens: () => ['inputs.owner'],
  },
  {
    id: 'INP-1',
    name: "a bucket goes on another project's bill",
    spoil: (platform) => platform.set(data(platform), ['Tags'], [{ Key: 'Project', Value: 'another' }]),
    reddens: () => ['inputs.project'],
  },
  {
    id: 'INP-1',
    name: 'alarms are filtered on their way to the mailbox',
    spoil: (platform) => {
      const { resource, path } = mail(platform);
      platform.set(resource, [...path, 'FilterPolicy'], { severity: ['critical'] });
    },
    reddens: () => ['inputs.alertEmail'],
  },
  {
    id: 'INP-1',
    name: 'nobody is told of tasks that die',
    spoil: (platform) => {
      for (const subscription of pointing(platform.graph, 'AWS::SNS::Subscription', 'TopicArn', eventTopic(platform)))
        platform.remove(subscription);
    },
    reddens: () => ['inputs.alertEmail'],
  },
  {
    id: 'INP-1',
    name: 'the certificate is for another domain',
    spoil: (platform) =>
      platform.set(one(platform, 'AWS::CertificateManager::Certificate'), ['DomainName'], 'not-example.com'),
    reddens: () => ['inputs.domain'],
  },
  {
    id: 'INP-1',
    name: 'a certificate is shown that nobody knows',
    spoil: (platform) =>
      platform.set(
        listener(platform),
        ['Certificates', 0, 'CertificateArn'],
        'arn:aws:acm:ap-northeast-1:123456789012:certificate/other',
      ),
    reddens: () => ['inputs.domain'],
  },
  {
    id: 'INP-1',
    name: 'nothing answers by TLS',
    spoil: (platform) => platform.set(listener(platform), ['Protocol'], 'HTTP'),
    reddens: () => ['inputs.domain'],
  },
  {
    id: 'AC-REL-1',
    name: 'all instances of the database stand in one zone',
    spoil: (platform) => {
      for (const instance of instancesOf(platform.graph, one(platform, 'AWS::RDS::DBCluster')))
        platform.set(instance, ['AvailabilityZone'], `${platform.design.region}a`);
    },
    reddens: (design) => [
      'multiAz.production',
      resourcePath(design, 'DatabaseStack', 'aurora'),
      ...primaryPaths(design, 'aurora'),
    ],
  },
  {
    id: 'AC-REL-1',
    name: 'the zones of the public subnets share one NAT gateway',
    spoil: (platform) => {
      const [first, second] = ofType(platform.graph, 'AWS::EC2::NatGateway');
      platform.set(only([second]), ['SubnetId'], platform.get(only([first]), ['SubnetId']));
    },
    reddens: (design) => [
      'multiAz.production',
      `network.subnets.${subnetsOf(design, 'public')[1]}.uses`,
      `network.subnets.${subnetsOf(design, 'private')[1]}.defaultRoute`,
    ],
  },
  {
    id: 'AC-REL-2',
    name: 'tasks stand in one zone',
    spoil: (platform) => {
      const service = one(platform, 'AWS::ECS::Service');
      platform.set(service, [...taskSubnets, 1], undefined);
    },
    reddens: (design) => ['multiAz.production', `network.subnets.${subnetsOf(design, 'private')[1]}.uses`],
  },
  {
    id: 'AC-PERF-2',
    name: 'tasks are scaled by their load and not by requests',
    spoil: (platform) =>
      platform.set(scaling(platform), metric, { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }),
    reddens: () => ['requestsPerSecond'],
  },
  {
    id: 'AC-PERF-2',
    name: 'requests to something else are counted',
    spoil: (platform) =>
      platform.set(scaling(platform), [...metric, 'ResourceLabel'], 'app/other/1/targetgroup/other/2'),
    reddens: () => ['requestsPerSecond'],
  },
  {
    id: 'AC-PERF-2',
    name: 'starting further tasks is suspended',
    spoil: (platform) => {
      const target = targetOfService(platform.graph, one(platform, 'AWS::ECS::Service'));
      platform.set(only([target]), ['SuspendedState'], { DynamicScalingOutSuspended: true });
    },
    reddens: () => ['requestsPerSecond'],
  },
  {
    id: 'SIZE-1',
    name: 'what is scaled is another service',
    spoil: (platform) => {
      const target = targetOfService(platform.graph, one(platform, 'AWS::ECS::Service'));
      platform.set(only([target]), ['ResourceId'], 'service/other/other');
    },
    reddens: () => [
      'inputs.maxTasks',
      'multiAz.production',
      'requestsPerSecond',
      'sizes.production.task.maximum',
      'sizes.production.task.minimum',
    ],
  },
  {
    id: 'BKP-5',
    name: "production's objects are copied to a third region",
    spoil: (platform) => platform.set(data(platform), ['ReplicationConfiguration'], replica),
    reddens: (design) => ['backup.s3.replicateTo.production', ...replicaPaths(design)],
  },
  {
    id: 'BKP-5',
    name: "staging's objects are copied to another region",
    environment: 'staging',
    spoil: (platform) => platform.set(data(platform), ['ReplicationConfiguration'], replica),
    reddens: () => ['backup.s3.replicateTo.staging'],
  },
];

const replica = {
  Role: 'arn:aws:iam::123456789012:role/replication',
  Rules: [
    {
      Status: 'Enabled',
      Priority: 1,
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Enabled' },
      Destination: { Bucket: 'arn:aws:s3:::orders-copies-ca-central-1' },
    },
  ],
};
