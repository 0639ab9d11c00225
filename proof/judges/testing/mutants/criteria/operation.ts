// Mutants of AC-OPS-1…5.
import { at, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { grantsOfAction } from '../../../../../assembly/questions/permissions.ts';
import { listOf, ofType, targetOf } from '../../../../../assembly/relations.ts';
import { covers } from '../../../../../aws/permissions.ts';
import { tagPropertyOf } from '../../../../../aws/taggable-types.ts';
import { type Json, only, type Platform } from '../mutant.ts';
import { containerWith, dataBucket, first, service, taskDefinition } from './find.ts';
import { type CriterionMutant, mutantsOf } from './mutant.ts';

const lambda = (platform: Platform) => first(platform, 'AWS::Lambda::Function');
const trusted: Json = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const executionRole = (platform: Platform) =>
  only([targetOf(platform.graph, taskDefinition(platform).properties.ExecutionRoleArn)]);

const logs = mutantsOf('AC-OPS-1', [
  {
    name: 'a container logs nowhere',
    spoil: (platform) =>
      platform.set(taskDefinition(platform), ['ContainerDefinitions', 0, 'LogConfiguration'], undefined),
  },
  {
    name: 'a container logs to its own disk',
    spoil: (platform) =>
      platform.set(taskDefinition(platform), ['ContainerDefinitions', 0, 'LogConfiguration'], {
        LogDriver: 'json-file',
      }),
  },
  {
    name: 'a second container logs nowhere',
    subtle: true,
    spoil: (platform) => {
      const before = platform.get(taskDefinition(platform), ['ContainerDefinitions']);
      platform.set(
        taskDefinition(platform),
        ['ContainerDefinitions'],
        [...[before].flat(), { Name: 'beside' }].map((one) => one ?? {}),
      );
    },
  },
  {
    name: 'the role of tasks may not write logs after all',
    subtle: true,
    spoil: (platform) =>
      platform.add(executionRole(platform), 'AWS::IAM::Policy', {
        PolicyName: 'silence',
        Roles: [platform.here(executionRole(platform))],
        PolicyDocument: { Statement: { Effect: 'Deny', Action: 'logs:*', Resource: '*' } },
      }),
  },
  {
    name: 'a task has no role to write logs with',
    spoil: (platform) => platform.set(taskDefinition(platform), ['ExecutionRoleArn'], undefined),
  },
  {
    name: 'a helper function may not write logs',
    subtle: true,
    spoil: (platform) => {
      platform.add(first(platform, 'AWS::EC2::VPC'), 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusted }, 'Mute');
      platform.add(first(platform, 'AWS::EC2::VPC'), 'AWS::Lambda::Function', {
        Role: { 'Fn::GetAtt': ['Mute', 'Arn'] },
        TracingConfig: { Mode: 'Active' },
      });
    },
  },
]);

const alarm = (platform: Platform) => first(platform, 'AWS::CloudWatch::Alarm');
/** A topic that an alarm tells. */
const alertTopic = (platform: Platform) =>
  only(
    ofType(platform.graph, 'AWS::CloudWatch::Alarm')
      .flatMap(({ properties }) => listOf(properties.AlarmActions))
      .map((action) => targetOf(platform.graph, action)),
  );
const mailed = (platform: Platform) =>
  ofType(platform.graph, 'AWS::SNS::Subscription').filter(
    ({ properties }) =>
      /^email/.test(textOf(properties.Protocol)) &&
      targetOf(platform.graph, properties.TopicArn) === alertTopic(platform),
  );

/** Changes the subscriptions of the topic, wherever they stand. */
function subscribe(
  platform: Platform,
  change: (subscription: Resource, path: readonly (string | number)[]) => void,
): void {
  for (const subscription of mailed(platform)) change(subscription, ['Protocol']);
  for (const [index] of listOf(alertTopic(platform).properties.Subscription).entries()) {
    change(alertTopic(platform), ['Subscription', index, 'Protocol']);
  }
}

/** Takes a service out of whoever a topic's policy lets in. */
export function shutOut(platform: Platform, principal: string): void {
  for (const policy of ofType(platform.graph, 'AWS::SNS::TopicPolicy')) {
    for (const [index, statement] of listOf(at(policy.properties, 'PolicyDocument', 'Statement')).entries()) {
      const services = listOf(at(statement, 'Principal', 'Service')).map(textOf);
      if (!services.includes(principal)) continue;
      const others = services.filter((one) => one !== principal);
      const place = ['PolicyDocument', 'Statement', index, 'Principal', 'Service'];
      platform.set(policy, place, others.length > 0 ? others : 'nobody.amazonaws.com');
    }
  }
}

const mail = mutantsOf('AC-OPS-2', [
  { name: 'an alarm tells nobody', spoil: (platform) => platform.set(alarm(platform), ['AlarmActions'], undefined) },
  {
    name: 'an alarm of the other region tells nobody',
    subtle: true,
    spoil: (platform) => {
      const found = ofType(platform.graph, 'AWS::CloudWatch::Alarm').find(({ stack }) => stack.endsWith('EdgeStack'));
      platform.set(only([found]), ['AlarmActions'], []);
    },
  },
  {
    name: 'an alarm tells nobody while another on the same metric does',
    subtle: true,
    spoil: (platform) => {
      const alarms = ofType(platform.graph, 'AWS::CloudWatch::Alarm');
      const seriesOf = ({ properties }: (typeof alarms)[number]) =>
        [properties.MetricName, properties.Dimensions].map(textOf).join();
      const pairs = [...Map.groupBy(alarms, seriesOf).values()].filter(({ length }) => length > 1);
      platform.set(only([pairs[0]?.[0]]), ['AlarmActions'], undefined);
    },
  },
  {
    name: 'the actions of an alarm are switched off',
    subtle: true,
    spoil: (platform) => platform.set(alarm(platform), ['ActionsEnabled'], false),
  },
  {
    name: 'the topic is told by text message',
    spoil: (platform) => subscribe(platform, (resource, path) => platform.set(resource, path, 'sms')),
  },
  {
    name: 'an alarm only restarts something',
    spoil: (platform) => platform.set(alarm(platform), ['AlarmActions'], ['arn:aws:automate:eu-west-1:ec2:reboot']),
  },
  {
    name: "the topic's policy does not let alarms in",
    subtle: true,
    spoil: (platform) => shutOut(platform, 'cloudwatch.amazonaws.com'),
  },
  {
    name: 'alarms may not use the key of the topic',
    subtle: true,
    spoil: (platform) => {
      platform.add(alertTopic(platform), 'AWS::KMS::Key', {
        KeyPolicy: {
          Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::1:root' }, Action: 'kms:*', Resource: '*' }],
        },
      });
      platform.set(alertTopic(platform), ['KmsMasterKeyId'], { Ref: 'Intruder' });
    },
  },
]);

/** Takes an action out of everything that a role is allowed. */
function forbid(platform: Platform, role: Resource, action: string): void {
  const grants = grantsOfAction(platform.graph, role, action);
  if (grants.length === 0) throw new Error('nothing to forbid');
  for (const { resource, path, actions } of grants) {
    const left = actions.filter((written) => !covers(written, action));
    platform.set(resource, [...path, 'Action'], left.length > 0 ? left : 'sts:GetCallerIdentity');
  }
}

const traces = mutantsOf('AC-OPS-3', [
  {
    name: 'a function passes traces on and makes none',
    spoil: (platform) => platform.set(lambda(platform), ['TracingConfig', 'Mode'], 'PassThrough'),
  },
  {
    name: 'a function says nothing of traces',
    spoil: (platform) => platform.set(lambda(platform), ['TracingConfig'], undefined),
  },
  {
    name: 'nothing collects the traces of tasks',
    spoil: (platform) =>
      platform.set(
        taskDefinition(platform),
        ['ContainerDefinitions', containerWith(platform, /awsxray|xray-daemon/)],
        undefined,
      ),
  },
  {
    name: 'no container is told where traces go',
    subtle: true,
    spoil: (platform) => {
      const index = containerWith(platform, /OTEL_EXPORTER|AWS_XRAY_DAEMON_ADDRESS/);
      platform.set(taskDefinition(platform), ['ContainerDefinitions', index, 'Environment'], []);
    },
  },
  {
    name: 'tasks may not send traces',
    subtle: true,
    spoil: (platform) =>
      forbid(
        platform,
        only([targetOf(platform.graph, taskDefinition(platform).properties.TaskRoleArn)]),
        'xray:PutTraceSegments',
      ),
  },
  {
    name: 'a helper function makes no traces',
    subtle: true,
    spoil: (platform) =>
      platform.add(lambda(platform), 'AWS::Lambda::Function', { Role: platform.get(lambda(platform), ['Role']) ?? '' }),
  },
]);

/** Gives a tag another value. */
function retag(platform: Platform, resource: Resource, key: string, value: string): void {
  const property = tagPropertyOf(resource.type) ?? 'Tags';
  const written = listOf(resource.properties[property]);
  const index = written.findIndex((tag) => at(tag, 'Key') === key);
  if (index < 0) throw new Error(`${resource.path} has no tag ${key}`);
  platform.set(resource, [property, index, 'Value'], value);
}

const tags = mutantsOf('AC-OPS-4', [
  {
    name: 'a subnet is of another owner',
    spoil: (platform) => retag(platform, first(platform, 'AWS::EC2::Subnet'), 'Owner', 'another'),
  },
  {
    name: 'a queue says that it is of another environment',
    spoil: (platform) => retag(platform, first(platform, 'AWS::SQS::Queue'), 'Environment', 'staging'),
  },
  {
    name: 'a role is of another project',
    spoil: (platform) => retag(platform, first(platform, 'AWS::IAM::Role'), 'Project', 'another'),
  },
  {
    name: 'a tag has no value',
    spoil: (platform) => retag(platform, first(platform, 'AWS::EC2::VPC'), 'ManagedBy', ''),
  },
  {
    name: 'tasks do not get the tags of their service',
    subtle: true,
    spoil: (platform) => platform.set(service(platform), ['PropagateTags'], undefined),
  },
  {
    name: 'a stack of the other region has no owner',
    subtle: true,
    spoil: (platform) => platform.untag(first(platform, 'AWS::CloudFront::Distribution').stack, 'Owner'),
  },
  { name: 'a stack has no owner', spoil: (platform) => platform.untag(dataBucket(platform).stack, 'Owner') },
]);

const boards = ({ graph }: Platform) => ofType(graph, 'AWS::CloudWatch::Dashboard');
const board = (platform: Platform) => only(boards(platform));

const dashboards = mutantsOf('AC-OPS-5', [
  {
    name: 'there is no dashboard',
    spoil: (platform) => {
      for (const one of boards(platform)) platform.remove(one);
    },
  },
  {
    name: 'a dashboard is empty',
    spoil: (platform) => platform.set(board(platform), ['DashboardBody'], '{"widgets":[]}'),
  },
  {
    name: 'a dashboard has words alone',
    subtle: true,
    spoil: (platform) =>
      platform.set(
        board(platform),
        ['DashboardBody'],
        '{"widgets":[{"type":"text","properties":{"markdown":"CPU 12 %"}}]}',
      ),
  },
  {
    name: 'the graphs of a dashboard draw nothing',
    spoil: (platform) =>
      platform.set(board(platform), ['DashboardBody'], '{"widgets":[{"type":"metric","properties":{"metrics":[]}}]}'),
  },
  {
    name: 'what a dashboard draws is not shown',
    subtle: true,
    spoil: (platform) =>
      platform.set(
        board(platform),
        ['DashboardBody'],
        '{"widgets":[{"type":"metric","properties":{"metrics":[["AWS/ECS","CPUUtilization",{"visible":false}]]}}]}',
      ),
  },
  { name: 'one of the dashboards is missing', spoil: (platform) => platform.remove(board(platform)) },
]);

export const operationMutants: readonly CriterionMutant[] = [...logs, ...mail, ...traces, ...tags, ...dashboards];
