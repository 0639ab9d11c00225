// Mutants of buckets and logs (STK-5, BKP-4, LOG-1…4).
import { at } from '../../../../../assembly/graph.ts';
import { dataBuckets, lifecycleOf, logBuckets, rulesFor } from '../../../../../assembly/questions/buckets.ts';
import { ofType, targetOf } from '../../../../../assembly/relations.ts';
import { type Mutant, only, type Platform } from '../mutant.ts';
import { resourcePath } from './paths.ts';

const data = ({ graph }: Platform) => only(dataBuckets(graph));
const logs = ({ graph }: Platform) => only(logBuckets(graph));
const encryption = ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault'];

/** The place of the lifecycle rule of a prefix in the log bucket. */
function logRule(platform: Platform, prefix: string): readonly (string | number)[] {
  const [rule] = rulesFor(logs(platform), prefix).filter((found) => found.prefix !== '');
  if (rule === undefined) throw new Error(`no rule for ${prefix}`);
  return rule.path;
}

/** The place of the rule that moves objects of the data bucket. */
function moves(platform: Platform): readonly (string | number)[] {
  const rule = lifecycleOf(data(platform)).find((found) => at(found.rule, 'Transitions') !== undefined);
  if (rule === undefined) throw new Error('no transitions');
  return [...rule.path, 'Transitions'];
}

const flowGroup = ({ graph }: Platform) =>
  only(
    ofType(graph, 'AWS::EC2::FlowLog').map(
      ({ properties }) => targetOf(graph, properties.LogGroupName) ?? targetOf(graph, properties.LogDestination),
    ),
  );

export const storageMutants: readonly Mutant[] = [
  {
    id: 'STK-5',
    name: "the data bucket is encrypted with S3's own key",
    spoil: (platform) => platform.set(data(platform), encryption, { SSEAlgorithm: 'AES256' }),
    reddens: (design) => [resourcePath(design, 'StorageStack', 'key')],
  },
  {
    id: 'STK-5',
    name: 'the key of the buckets is switched off',
    spoil: (platform) => {
      const key = at(data(platform).properties, ...encryption, 'KMSMasterKeyID');
      platform.set(only([targetOf(platform.graph, key)]), ['Enabled'], false);
    },
    reddens: (design) => [resourcePath(design, 'StorageStack', 'key')],
  },
  {
    id: 'BKP-4',
    name: 'objects move to Glacier later',
    spoil: (platform) => platform.set(data(platform), [...moves(platform), 1, 'TransitionInDays'], 120),
    reddens: () => ['backup.s3.transitions.1'],
  },
  {
    id: 'BKP-4',
    name: 'objects move to a class that the document does not name',
    spoil: (platform) =>
      platform.set(data(platform), [...moves(platform), 3], { StorageClass: 'GLACIER_IR', TransitionInDays: 60 }),
    reddens: () => ['backup.s3.transitions'],
  },
  {
    id: 'BKP-4',
    name: 'the data bucket has no lifecycle',
    spoil: (platform) => platform.set(data(platform), ['LifecycleConfiguration'], undefined),
    reddens: (design) => [
      'backup.s3.transitions',
      ...design.backup.s3.transitions.map((_, index) => `backup.s3.transitions.${index}`),
      resourcePath(design, 'StorageStack', 'bucket-lifecycle'),
    ],
  },
  {
    id: 'BKP-4',
    name: 'only a part of the data bucket moves',
    spoil: (platform) => platform.set(data(platform), [...moves(platform).slice(0, -1), 'Prefix'], 'old/'),
    reddens: (design) => design.backup.s3.transitions.map((_, index) => `backup.s3.transitions.${index}`),
  },
  {
    id: 'BKP-4',
    name: 'only objects with a tag move',
    spoil: (platform) =>
      platform.set(data(platform), [...moves(platform).slice(0, -1), 'TagFilters'], [{ Key: 'cold', Value: 'yes' }]),
    reddens: (design) => design.backup.s3.transitions.map((_, index) => `backup.s3.transitions.${index}`),
  },
  {
    id: 'BKP-4',
    name: 'objects of the data bucket are deleted one day',
    spoil: (platform) => platform.set(data(platform), [...moves(platform).slice(0, -1), 'ExpirationInDays'], 4000),
    reddens: () => ['backup.s3.transitions'],
  },
  {
    id: 'LOG-1',
    name: 'tasks write their log to somebody else',
    spoil: (platform) => {
      const task = only(ofType(platform.graph, 'AWS::ECS::TaskDefinition'));
      platform.set(task, ['ContainerDefinitions', 0, 'LogConfiguration', 'LogDriver'], 'splunk');
    },
    reddens: () => ['logs.production.application'],
  },
  {
    id: 'LOG-1',
    name: 'a function writes to a group that Lambda makes',
    spoil: (platform) => {
      for (const lambda of ofType(platform.graph, 'AWS::Lambda::Function'))
        platform.set(lambda, ['LoggingConfig'], undefined);
    },
    reddens: () => ['logs.production.application'],
  },
  {
    id: 'LOG-2',
    name: 'load balancer logs are delivered nowhere',
    spoil: (platform) => platform.remove(only(ofType(platform.graph, 'AWS::Logs::Delivery'))),
    reddens: () => ['logs.production.albAccess'],
  },
  {
    id: 'LOG-2',
    name: 'the logs of another load balancer are delivered',
    spoil: (platform) =>
      platform.set(only(ofType(platform.graph, 'AWS::Logs::DeliverySource')), ['ResourceArn'], 'arn:aws:elb:other'),
    reddens: () => ['logs.production.albAccess'],
  },
  {
    id: 'LOG-2',
    name: 'only some of the load balancer logs expire',
    spoil: (platform) => platform.set(logs(platform), [...logRule(platform, 'alb/'), 'Prefix'], 'alb/AWSLogs/'),
    reddens: () => ['logs.production.albAccess'],
  },
  {
    id: 'LOG-3',
    name: 'the flow log records refused traffic only',
    spoil: (platform) => platform.set(only(ofType(platform.graph, 'AWS::EC2::FlowLog')), ['TrafficType'], 'REJECT'),
    reddens: () => ['logs.production.vpcFlow'],
  },
  {
    id: 'LOG-3',
    name: "the flow log is given the group's ARN with the star at its end",
    spoil: (platform) => {
      const log = only(ofType(platform.graph, 'AWS::EC2::FlowLog'));
      platform.set(log, ['LogGroupName'], undefined);
      platform.set(log, ['LogDestination'], { 'Fn::GetAtt': [flowGroup(platform).logicalId, 'Arn'] });
    },
    reddens: () => ['logs.production.vpcFlow'],
  },
  {
    id: 'LOG-3',
    name: 'development has a flow log',
    environment: 'development',
    spoil: (platform) => {
      const vpc = only(ofType(platform.graph, 'AWS::EC2::VPC'));
      platform.add(vpc, 'AWS::EC2::FlowLog', {
        ResourceId: platform.here(vpc),
        ResourceType: 'VPC',
        TrafficType: 'ALL',
      });
    },
    reddens: () => ['logs.development.vpcFlow'],
  },
  {
    id: 'LOG-4',
    name: "production's trail expires",
    spoil: (platform) => platform.set(logs(platform), [...logRule(platform, 'cloudtrail/'), 'ExpirationInDays'], 400),
    reddens: () => ['logs.production.cloudTrailForever'],
  },
  {
    id: 'LOG-4',
    name: "staging's trail is kept longer",
    environment: 'staging',
    spoil: (platform) => platform.set(logs(platform), [...logRule(platform, 'cloudtrail/'), 'ExpirationInDays'], 400),
    reddens: () => ['logs.staging.cloudTrail'],
  },
];
