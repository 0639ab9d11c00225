// Mutants of AC-SEC-1…7.
import { at, isList, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { usersOfTrail } from '../../../../../assembly/questions/key-users.ts';
import { type PlacedStatement, statementsAt } from '../../../../../assembly/questions/policies.ts';
import { rulesOf } from '../../../../../assembly/questions/security-groups.ts';
import { listOf, ofType, targetOf } from '../../../../../assembly/relations.ts';
import { type Json, only, type Platform } from '../mutant.ts';
import { cluster, dataBucket, first, logBucket, policiesOn, siteBucket, taskDefinition } from './find.ts';
import { type CriterionMutant, mutantsOf } from './mutant.ts';

const algorithm = [
  'BucketEncryption',
  'ServerSideEncryptionConfiguration',
  0,
  'ServerSideEncryptionByDefault',
  'SSEAlgorithm',
];
const key = [
  'BucketEncryption',
  'ServerSideEncryptionConfiguration',
  0,
  'ServerSideEncryptionByDefault',
  'KMSMasterKeyID',
];

const buckets = mutantsOf('AC-SEC-1', [
  {
    name: "the data bucket is encrypted with S3's own keys",
    spoil: (platform) => platform.set(dataBucket(platform), algorithm, 'AES256'),
  },
  {
    name: 'the log bucket says nothing of encryption',
    spoil: (platform) => platform.set(logBucket(platform), ['BucketEncryption'], undefined),
  },
  {
    name: 'the bucket of the other region says nothing of encryption',
    spoil: (platform) => platform.set(siteBucket(platform), ['BucketEncryption'], undefined),
  },
  {
    name: 'the key of a bucket is switched off',
    spoil: (platform) =>
      platform.set(only([targetOf(platform.graph, at(logBucket(platform).properties, ...key))]), ['Enabled'], 'false'),
  },
  {
    name: "a directory bucket is encrypted with S3's own keys",
    spoil: (platform) => {
      const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
      platform.add(first(platform, 'AWS::EC2::VPC'), 'AWS::S3Express::DirectoryBucket', {
        BucketEncryption: { ServerSideEncryptionConfiguration: [rule] },
      });
    },
  },
  {
    name: 'there is a second bucket without encryption in a stack that has no other',
    subtle: true,
    spoil: (platform) => platform.add(first(platform, 'AWS::EC2::SecurityGroup'), 'AWS::S3::Bucket', {}),
  },
  {
    name: 'encryption hangs on a condition that never holds',
    subtle: true,
    spoil: (platform) => {
      const bucket = dataBucket(platform);
      platform.set(
        bucket,
        ['BucketEncryption'],
        platform.never(bucket, platform.get(bucket, ['BucketEncryption']) ?? ''),
      );
    },
  },
]);

const databases = mutantsOf('AC-SEC-2', [
  {
    name: 'the cluster is not encrypted',
    spoil: (platform) => platform.set(cluster(platform), ['StorageEncrypted'], false),
  },
  {
    name: 'the cluster says nothing of encryption',
    spoil: (platform) => platform.set(cluster(platform), ['StorageEncrypted'], undefined),
  },
  {
    name: 'a lone instance of another stack is not encrypted',
    spoil: (platform) =>
      platform.add(first(platform, 'AWS::SQS::Queue'), 'AWS::RDS::DBInstance', { Engine: 'postgres' }),
  },
  {
    name: 'there is a second cluster without encryption',
    spoil: (platform) => platform.add(cluster(platform), 'AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' }),
  },
  {
    name: 'the key of the cluster is switched off',
    spoil: (platform) => {
      platform.add(cluster(platform), 'AWS::KMS::Key', { Enabled: false });
      platform.set(cluster(platform), ['KmsKeyId'], { 'Fn::GetAtt': ['Intruder', 'Arn'] });
    },
  },
  {
    name: 'encryption hangs on a condition that never holds',
    subtle: true,
    spoil: (platform) => platform.set(cluster(platform), ['StorageEncrypted'], platform.never(cluster(platform), true)),
  },
  {
    name: 'a replica is made of an instance that is not encrypted, and says that it is',
    subtle: true,
    spoil: (platform) => {
      platform.add(
        cluster(platform),
        'AWS::RDS::DBInstance',
        { Engine: 'postgres', StorageEncrypted: false },
        'Source',
      );
      platform.add(cluster(platform), 'AWS::RDS::DBInstance', {
        SourceDBInstanceIdentifier: { Ref: 'Source' },
        StorageEncrypted: true,
      });
    },
  },
]);

const distribution = (platform: Platform) => first(platform, 'AWS::CloudFront::Distribution');
const listener = ({ graph }: Platform) =>
  only(
    ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').filter(({ properties }) => properties.Protocol === 'HTTPS'),
  );
const targets = ({ graph }: Platform) =>
  only(
    ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').filter(
      ({ properties }) => properties.Protocol === 'HTTPS',
    ),
  );
const parameters = (platform: Platform) =>
  only([targetOf(platform.graph, cluster(platform).properties.DBClusterParameterGroupName)]);
const cache = (platform: Platform) => first(platform, 'AWS::ElastiCache::ReplicationGroup');

/** Place of the origin that is no bucket. */
function customOrigin(platform: Platform): readonly (string | number)[] {
  const origins = listOf(at(distribution(platform).properties, 'DistributionConfig', 'Origins'));
  const index = origins.findIndex((origin) => at(origin, 'CustomOriginConfig') !== undefined);
  if (index < 0) throw new Error('no origin to spoil');
  return ['DistributionConfig', 'Origins', index, 'CustomOriginConfig'];
}

/** The statement of a policy that refuses plain transport, with its place. */
function refusal(policy: Resource): readonly (string | number)[] {
  const written = at(policy.properties, 'PolicyDocument', 'Statement');
  const index = listOf(written).findIndex((statement) => /SecureTransport/.test(textOf(statement)));
  if (index < 0) throw new Error(`${policy.path} refuses nothing`);
  return isList(written) ? ['PolicyDocument', 'Statement', index] : ['PolicyDocument', 'Statement'];
}

const bucketPolicy = (platform: Platform) =>
  only(policiesOn(platform, 'AWS::S3::BucketPolicy', 'Bucket', dataBucket(platform)));

const hops = mutantsOf('AC-SEC-3', [
  {
    name: 'CloudFront answers over plain HTTP',
    spoil: (platform) =>
      platform.set(
        distribution(platform),
        ['DistributionConfig', 'DefaultCacheBehavior', 'ViewerProtocolPolicy'],
        'allow-all',
      ),
  },
  {
    name: 'the tasks mount a file system over plain NFS',
    subtle: true,
    spoil: (platform) =>
      platform.set(
        taskDefinition(platform),
        ['Volumes'],
        [{ Name: 'files', EFSVolumeConfiguration: { FilesystemId: 'fs-0123456789abcdef0' } }],
      ),
  },
  {
    name: 'one behaviour of CloudFront answers over plain HTTP',
    subtle: true,
    spoil: (platform) =>
      platform.set(
        distribution(platform),
        ['DistributionConfig', 'CacheBehaviors', 0, 'ViewerProtocolPolicy'],
        'allow-all',
      ),
  },
  {
    name: 'CloudFront takes TLS 1.1',
    spoil: (platform) =>
      platform.set(
        distribution(platform),
        ['DistributionConfig', 'ViewerCertificate', 'MinimumProtocolVersion'],
        'TLSv1.1_2016',
      ),
  },
  {
    name: 'CloudFront has its own certificate',
    spoil: (platform) =>
      platform.set(distribution(platform), ['DistributionConfig', 'ViewerCertificate'], {
        CloudFrontDefaultCertificate: true,
      }),
  },
  {
    name: 'CloudFront speaks to the load balancer in plain',
    spoil: (platform) =>
      platform.set(distribution(platform), [...customOrigin(platform), 'OriginProtocolPolicy'], 'http-only'),
  },
  {
    name: 'CloudFront speaks to the load balancer in TLS 1.0 too',
    spoil: (platform) =>
      platform.set(distribution(platform), [...customOrigin(platform), 'OriginSSLProtocols'], ['TLSv1', 'TLSv1.2']),
  },
  {
    name: 'the load balancer takes what its oldest policy lets through',
    spoil: (platform) => platform.set(listener(platform), ['SslPolicy'], 'ELBSecurityPolicy-2016-08'),
  },
  {
    name: 'the load balancer says nothing of a policy',
    spoil: (platform) => platform.set(listener(platform), ['SslPolicy'], undefined),
  },
  {
    name: 'the load balancer takes TLS 1.1 by a policy with TLS13 in its name',
    subtle: true,
    spoil: (platform) => platform.set(listener(platform), ['SslPolicy'], 'ELBSecurityPolicy-TLS13-1-1-2021-06'),
  },
  {
    name: 'a second listener forwards plain HTTP',
    spoil: (platform) =>
      platform.add(targets(platform), 'AWS::ElasticLoadBalancingV2::Listener', {
        Port: 8000,
        Protocol: 'HTTP',
        LoadBalancerArn: platform.here(first(platform, 'AWS::ElasticLoadBalancingV2::LoadBalancer')),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: platform.here(targets(platform)) }],
      }),
  },
  {
    name: 'a rule of the listener that only redirects forwards',
    subtle: true,
    spoil: (platform) => {
      const beside = targets(platform);
      const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } };
      platform.add(
        beside,
        'AWS::ElasticLoadBalancingV2::Listener',
        { Port: 81, Protocol: 'HTTP', DefaultActions: [redirect] },
        'Plain',
      );
      platform.add(beside, 'AWS::ElasticLoadBalancingV2::ListenerRule', {
        ListenerArn: { Ref: 'Plain' },
        Actions: [{ Type: 'forward', TargetGroupArn: platform.here(beside) }],
      });
    },
  },
  {
    name: 'the load balancer speaks to tasks in plain',
    spoil: (platform) => platform.set(targets(platform), ['Protocol'], 'HTTP'),
  },
  {
    name: 'the load balancer asks tasks for their health in plain',
    subtle: true,
    spoil: (platform) => platform.set(targets(platform), ['HealthCheckProtocol'], undefined),
  },
  {
    name: 'the database lets plain connections in',
    spoil: (platform) => platform.set(parameters(platform), ['Parameters', 'rds.force_ssl'], '0'),
  },
  {
    name: 'the database takes TLS 1.1',
    spoil: (platform) => platform.set(parameters(platform), ['Parameters', 'ssl_min_protocol_version'], 'TLSv1.1'),
  },
  {
    name: 'the cache speaks in plain',
    spoil: (platform) => platform.set(cache(platform), ['TransitEncryptionEnabled'], false),
  },
  {
    name: 'the cache lets plain connections in beside encrypted ones',
    subtle: true,
    spoil: (platform) => platform.set(cache(platform), ['TransitEncryptionMode'], 'preferred'),
  },
  { name: 'the data bucket has no policy', spoil: (platform) => platform.remove(bucketPolicy(platform)) },
  {
    name: 'the policy of the bucket is about its objects alone',
    subtle: true,
    spoil: (platform) => {
      const policy = bucketPolicy(platform);
      const place = [...refusal(policy), 'Resource'];
      const both = platform.get(policy, place);
      platform.set(policy, place, Array.isArray(both) ? (both[1] ?? '') : '');
    },
  },
  {
    name: 'the policy of the bucket refuses people of one organisation alone',
    subtle: true,
    spoil: (platform) => {
      const policy = bucketPolicy(platform);
      platform.set(policy, [...refusal(policy), 'Condition', 'StringEquals'], {
        'aws:PrincipalOrgID': 'o-1',
      });
    },
  },
  {
    name: 'a queue takes messages in plain',
    spoil: (platform) => {
      for (const policy of ofType(platform.graph, 'AWS::SQS::QueuePolicy')) platform.remove(policy);
    },
  },
  {
    name: 'a topic takes messages in plain',
    spoil: (platform) => {
      const [policy] = ofType(platform.graph, 'AWS::SNS::TopicPolicy');
      const found = only([policy]);
      platform.set(found, [...refusal(found), 'Effect'], 'Allow');
    },
  },
  {
    name: 'a topic tells somebody over plain HTTP',
    spoil: (platform) => {
      const topic = first(platform, 'AWS::SNS::Topic');
      platform.add(topic, 'AWS::SNS::Subscription', {
        TopicArn: platform.here(topic),
        Protocol: 'http',
        Endpoint: 'http://example.com/',
      });
    },
  },
  {
    name: 'health is asked for over plain HTTP',
    spoil: (platform) =>
      platform.set(first(platform, 'AWS::Route53::HealthCheck'), ['HealthCheckConfig', 'Type'], 'HTTP'),
  },
]);

const group = (platform: Platform) => first(platform, 'AWS::EC2::SecurityGroup');
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };

/** Adds a rule to what a group has already. */
function append(platform: Platform, property: string, rule: Json): void {
  const before = platform.get(group(platform), [property]);
  platform.set(group(platform), [property], [...(Array.isArray(before) ? before : []), rule]);
}

const ports = mutantsOf('AC-SEC-4', [
  { name: 'SSH is open to everybody', spoil: (platform) => append(platform, 'SecurityGroupIngress', ssh) },
  {
    name: 'SSH is open to everybody by a rule that is a resource of its own',
    subtle: true,
    spoil: (platform) =>
      platform.add(group(platform), 'AWS::EC2::SecurityGroupIngress', {
        GroupId: platform.here(group(platform)),
        ...ssh,
      }),
  },
  {
    name: 'SSH is open to everybody in the other address family',
    subtle: true,
    spoil: (platform) =>
      append(platform, 'SecurityGroupIngress', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv6: '::/0' }),
  },
  {
    name: 'all ports from 80 to 443 are open',
    spoil: (platform) =>
      append(platform, 'SecurityGroupIngress', { IpProtocol: 'tcp', FromPort: 80, ToPort: 443, CidrIp: '0.0.0.0/0' }),
  },
  {
    name: 'every protocol is open',
    spoil: (platform) => append(platform, 'SecurityGroupIngress', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
  },
  {
    name: 'everything may go out to everybody',
    spoil: (platform) => append(platform, 'SecurityGroupEgress', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
  },
  {
    name: 'a group has no rule for the way out, so that EC2 opens it',
    subtle: true,
    spoil: (platform) => {
      const closed = ofType(platform.graph, 'AWS::EC2::SecurityGroup').find(
        (one) => rulesOf(platform.graph, one, 'egress').length === 0,
      );
      platform.set(only([closed]), ['SecurityGroupEgress'], undefined);
    },
  },
  {
    name: 'SSH is open to both halves of the internet',
    subtle: true,
    spoil: (platform) => {
      append(platform, 'SecurityGroupIngress', { ...ssh, CidrIp: '0.0.0.0/1' });
    },
  },
]);

const role = (platform: Platform) => first(platform, 'AWS::IAM::Role');
const allowing = (Action: Json, Resource: Json): Json => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });

/** A further policy of a role, as a resource of its own. */
function permit(platform: Platform, Action: Json, Resource: Json): void {
  platform.add(role(platform), 'AWS::IAM::Policy', {
    PolicyName: 'more',
    Roles: [platform.here(role(platform))],
    PolicyDocument: allowing(Action, Resource),
  });
}

const roles = mutantsOf('AC-SEC-5', [
  {
    name: 'a role may do everything to one bucket',
    spoil: (platform) => permit(platform, 's3:*', 'arn:aws:s3:::one/*'),
  },
  { name: 'a role may do everything', spoil: (platform) => permit(platform, '*', '*') },
  { name: 'a role may send to every queue', spoil: (platform) => permit(platform, ['sqs:SendMessage'], '*') },
  {
    name: 'a role may read every bucket',
    spoil: (platform) => permit(platform, 's3:GetObject', 'arn:aws:s3:::*'),
  },
  {
    name: 'a role may read, write and delete by one star',
    subtle: true,
    spoil: (platform) => permit(platform, 'dynamodb:*Item', 'arn:aws:dynamodb:eu-west-1:1:table/one'),
  },
  {
    name: 'one of several actions of a statement could be bound to a resource',
    subtle: true,
    spoil: (platform) => permit(platform, ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], '*'),
  },
  {
    name: 'a role may do all but a few things',
    spoil: (platform) =>
      platform.add(role(platform), 'AWS::IAM::RolePolicy', {
        PolicyName: 'more',
        RoleName: platform.here(role(platform)),
        PolicyDocument: { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } },
      }),
  },
  {
    name: 'a helper role of another stack writes to every log group',
    subtle: true,
    spoil: (platform) =>
      platform.add(first(platform, 'AWS::EC2::VPC'), 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [{ PolicyName: 'Inline', PolicyDocument: allowing(['logs:PutRetentionPolicy'], '*') }],
      }),
  },
  {
    name: 'a role may send to a family of queues, under a condition that says nothing of queues',
    subtle: true,
    spoil: (platform) =>
      platform.add(role(platform), 'AWS::IAM::Policy', {
        PolicyName: 'more',
        Roles: [platform.here(role(platform))],
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Resource: 'arn:aws:sqs:eu-west-1:1:*',
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          },
        },
      }),
  },
  {
    name: 'a role may publish whatever metric it likes',
    subtle: true,
    spoil: (platform) => permit(platform, 'cloudwatch:PutMetricData', '*'),
  },
  {
    name: 'a role is an administrator',
    spoil: (platform) =>
      platform.set(role(platform), ['ManagedPolicyArns'], ['arn:aws:iam::aws:policy/AdministratorAccess']),
  },
  {
    name: 'everybody may take a role on',
    spoil: (platform) =>
      platform.set(role(platform), ['AssumeRolePolicyDocument'], {
        Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
      }),
  },
]);

const passwords = mutantsOf('AC-SEC-6', [
  {
    name: 'the password stands in the template',
    spoil: (platform) => platform.set(cluster(platform), ['MasterUserPassword'], 'hunter2hunter2'),
  },
  {
    name: 'the password comes from the parameter store',
    spoil: (platform) =>
      platform.set(cluster(platform), ['MasterUserPassword'], '{{resolve:ssm-secure:/db/password:1}}'),
  },
  {
    name: 'no password is said',
    spoil: (platform) => platform.set(cluster(platform), ['MasterUserPassword'], undefined),
  },
  {
    name: 'the secret has its value in the template',
    subtle: true,
    spoil: (platform) => {
      const text = textOf(cluster(platform).properties.MasterUserPassword);
      const secret = ofType(platform.graph, 'AWS::SecretsManager::Secret').find(({ key: known }) =>
        text.includes(known),
      );
      platform.set(only([secret]), ['GenerateSecretString'], undefined);
      platform.set(only([secret]), ['SecretString'], '{"password":"hunter2"}');
    },
  },
  {
    name: 'a second database has its password in the template',
    spoil: (platform) =>
      platform.add(cluster(platform), 'AWS::RDS::DBInstance', {
        Engine: 'postgres',
        MasterUserPassword: 'hunter2hunter2',
      }),
  },
  {
    name: 'a task is told the password',
    spoil: (platform) => {
      const place = ['ContainerDefinitions', 0, 'Environment'];
      const told = platform.get(taskDefinition(platform), place);
      const more = { Name: 'DATABASE_PASSWORD', Value: 'hunter2' };
      platform.set(taskDefinition(platform), place, [...(Array.isArray(told) ? told : []), more]);
    },
  },
  {
    name: 'a function is told the value of the secret',
    subtle: true,
    spoil: (platform) =>
      platform.set(first(platform, 'AWS::Lambda::Function'), ['Environment'], {
        Variables: { CONNECTION: '{{resolve:secretsmanager:database:SecretString:password::}}' },
      }),
  },
]);

const trail = (platform: Platform) => first(platform, 'AWS::CloudTrail::Trail');

/** Changes what a trail selects of one kind of data events, in the older way of selecting and in the newer. */
function selectOnly(platform: Platform, event: string, values: readonly Json[] | undefined): void {
  const { EventSelectors, AdvancedEventSelectors } = trail(platform).properties;
  for (const [index, selector] of listOf(EventSelectors).entries()) {
    const place = ['EventSelectors', index, 'DataResources'];
    const kept = listOf(at(selector, 'DataResources')).flatMap((one, item) =>
      at(one, 'Type') !== event
        ? [platform.get(trail(platform), [...place, item]) ?? '']
        : values === undefined
          ? []
          : [{ Type: event, Values: [...values] }],
    );
    platform.set(trail(platform), place, kept);
  }
  const advanced = listOf(AdvancedEventSelectors).flatMap((selector, index): readonly Json[] => {
    if (!textOf(selector).includes(`"${event}"`))
      return [platform.get(trail(platform), ['AdvancedEventSelectors', index]) ?? ''];
    if (values === undefined) return [];
    const type = { Field: 'resources.type', Equals: [event] };
    const category = { Field: 'eventCategory', Equals: ['Data'] };
    return [{ FieldSelectors: [category, type, { Field: 'resources.ARN', StartsWith: [...values] }] }];
  });
  if (advanced.length > 0) platform.set(trail(platform), ['AdvancedEventSelectors'], advanced);
}

/** Statements of the keys that the trail needs, which let CloudTrail in. */
const trailStatements = (platform: Platform): readonly PlacedStatement[] => {
  const keys = new Set(usersOfTrail(platform.graph, trail(platform)).map(({ key }) => key));
  const found = [...keys].flatMap((key) =>
    statementsAt(key, ['KeyPolicy']).filter(({ statement }) =>
      /cloudtrail/.test(textOf(at(statement, 'Principal', 'Service'))),
    ),
  );
  if (found.length === 0) throw new Error('no statement for CloudTrail');
  return found;
};

function withoutAction(platform: Platform, action: string): void {
  for (const { resource, path, statement } of trailStatements(platform)) {
    const left = listOf(at(statement, 'Action'))
      .map(textOf)
      .filter((one) => one !== action);
    // A statement must have an action.
    platform.set(resource, [...path, 'Action'], left.length === 0 ? ['kms:ListAliases'] : left);
  }
}

const records = mutantsOf('AC-SEC-7', [
  {
    name: 'the trail records nothing',
    spoil: (platform) => platform.set(trail(platform), ['IsLogging'], false),
  },
  { name: 'there is no trail', spoil: (platform) => platform.remove(trail(platform)) },
  {
    name: 'the trail is of one region',
    subtle: true,
    spoil: (platform) => platform.set(trail(platform), ['IsMultiRegionTrail'], false),
  },
  {
    name: 'the trail leaves out what is read',
    spoil: (platform) => {
      platform.set(trail(platform), ['AdvancedEventSelectors'], undefined);
      platform.set(
        trail(platform),
        ['EventSelectors'],
        [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }],
      );
    },
  },
  {
    name: 'the trail leaves out a service',
    subtle: true,
    spoil: (platform) => {
      platform.set(trail(platform), ['AdvancedEventSelectors'], undefined);
      platform.set(trail(platform), ['EventSelectors'], [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }]);
    },
  },
  {
    name: 'the key of the log bucket does not let CloudTrail decrypt, which a bucket key asks for',
    subtle: true,
    spoil: (platform) => withoutAction(platform, 'kms:Decrypt'),
  },
  {
    name: "the key of the trail's files does not let CloudTrail encrypt",
    spoil: (platform) => withoutAction(platform, 'kms:GenerateDataKey*'),
  },
  {
    name: 'the key lets CloudTrail in on behalf of trails of another region',
    subtle: true,
    spoil: (platform) => {
      for (const place of trailStatements(platform)) {
        const elsewhere = { 'Fn::Sub': `arn:aws:cloudtrail:eu-north-1:\${AWS::AccountId}:trail/*` };
        platform.set(place.resource, [...place.path, 'Condition'], { ArnLike: { 'aws:SourceArn': elsewhere } });
      }
    },
  },
  {
    name: 'objects are on no record',
    spoil: (platform) => selectOnly(platform, 'AWS::S3::Object', undefined),
  },
  {
    name: 'calls of functions are on no record',
    spoil: (platform) => selectOnly(platform, 'AWS::Lambda::Function', undefined),
  },
  {
    name: 'the table is on no record',
    spoil: (platform) => selectOnly(platform, 'AWS::DynamoDB::Table', undefined),
  },
  {
    name: 'objects of a part of the bucket are on record',
    subtle: true,
    spoil: (platform) => {
      const arn = platform.away(dataBucket(platform), 'Arn');
      selectOnly(platform, 'AWS::S3::Object', [{ 'Fn::Join': ['', [arn, '/orders/']] }]);
    },
  },
]);

export const securityMutants: readonly CriterionMutant[] = [
  ...buckets,
  ...databases,
  ...hops,
  ...ports,
  ...roles,
  ...passwords,
  ...records,
];
