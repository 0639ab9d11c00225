// What only a deployment knows leaves a line unresolved: it is taken neither for absent nor for wrong, and never for right.
import { expect, test } from 'vitest';
import { ofType } from '../../../assembly/relations.ts';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Environment } from '../../../design/schema.ts';
import { judgeStatements } from '../judge-statements.ts';
import { formLines } from '../testing/form-lines.ts';
import { type Json, Platform } from '../testing/mutants/mutant.ts';
import { sampleSources } from '../testing/sample-templates.ts';

const unknown: Json = { Ref: 'AWS::AccountId' };

/** The verdict on a line when a property of every resource of a type is what only a deployment knows. */
function verdictOn(line: string, type: string, path: readonly (string | number)[], environment: Environment) {
  const platform = new Platform(exampleDesign, environment, sampleSources(exampleDesign, environment));
  const all = ofType(platform.graph, type);
  expect(all.length, type).toBeGreaterThan(0);
  for (const one of all) platform.set(one, path, unknown);
  const verdicts = judgeStatements({
    graph: platform.spoilt(),
    design: exampleDesign,
    lines: formLines(exampleDesign),
    environments: [environment],
  });
  return verdicts.find((verdict) => verdict.path === line)?.verdict;
}

test.each([
  ['network.subnets.0.cidr', 'AWS::EC2::Subnet', ['CidrBlock']],
  ['network.subnets.0.cidr', 'AWS::EC2::Subnet', ['VpcId']],
  ['network.subnets.0.zone', 'AWS::EC2::Subnet', ['AvailabilityZone']],
  ['network.subnets.0.tier', 'AWS::EC2::Route', ['GatewayId']],
  ['network.subnets.2.defaultRoute', 'AWS::EC2::Route', ['NatGatewayId']],
  ['network.subnets.4.defaultRoute', 'AWS::EC2::Route', ['RouteTableId']],
  ['network.gatewayEndpoints.0', 'AWS::EC2::VPCEndpoint', ['ServiceName']],
  ['network.gatewayEndpoints.0', 'AWS::EC2::VPCEndpoint', ['RouteTableIds']],
  ['sizes.production.natGateways', 'AWS::EC2::NatGateway', ['AllocationId']],
  ['sizes.production.task.cpu', 'AWS::ECS::Service', ['TaskDefinition']],
  ['sizes.production.task.maximum', 'AWS::ApplicationAutoScaling::ScalableTarget', ['ResourceId']],
  ['sizes.production.aurora.instances', 'AWS::RDS::DBInstance', ['DBClusterIdentifier']],
  ['sizes.production.cache.nodes', 'AWS::ElastiCache::ReplicationGroup', ['NumCacheClusters']],
  ['multiAz.production', 'AWS::RDS::DBCluster', ['DBSubnetGroupName']],
  ['multiAz.production', 'AWS::RDS::DBInstance', ['AvailabilityZone']],
  ['securityGroups.0.name', 'AWS::EC2::SecurityGroup', ['VpcId']],
  ['securityGroups.0.name', 'AWS::ElasticLoadBalancingV2::LoadBalancer', ['SecurityGroups']],
  ['securityGroups.1.ingress.0', 'AWS::EC2::SecurityGroupIngress', ['GroupId']],
  ['roles.1.principal', 'AWS::IAM::Role', ['AssumeRolePolicyDocument']],
  ['roles.1.purpose', 'AWS::ECS::TaskDefinition', ['TaskRoleArn']],
  ['alarms.3.warning', 'AWS::CloudWatch::Alarm', ['MetricName']],
  ['alarms.3.warning', 'AWS::CloudWatch::Alarm', ['Threshold']],
  ['alarms.3.warning', 'AWS::CloudWatch::Alarm', ['AlarmActions']],
  ['alarms.3.metric', 'AWS::CloudWatch::Alarm', ['Dimensions']],
  ['dashboards.0.title', 'AWS::CloudWatch::Dashboard', ['DashboardName']],
  ['dashboards.0.widgets.0', 'AWS::CloudWatch::Dashboard', ['DashboardBody']],
  ['logs.production.application', 'AWS::Logs::LogGroup', ['RetentionInDays']],
  ['logs.production.application', 'AWS::ECS::TaskDefinition', ['ContainerDefinitions']],
  ['logs.production.albAccess', 'AWS::S3::Bucket', ['LifecycleConfiguration']],
  ['logs.production.vpcFlow', 'AWS::EC2::FlowLog', ['ResourceId']],
  ['logs.production.cloudTrail', 'AWS::CloudTrail::Trail', ['S3BucketName']],
  ['inputs.accounts', 'AWS::CloudTrail::Trail', ['EventSelectors']],
  ['inputs.budget.production', 'AWS::Budgets::Budget', ['Budget']],
] as const)('%s: %s %j', (line, type, path) => {
  expect(verdictOn(line, type, path, 'production')).toBe('unresolved');
});

test.each([
  ['AWS::Scheduler::Schedule', ['Target']],
  ['AWS::Scheduler::Schedule', ['ScheduleExpression']],
] as const)('workingHours: %s %j', (type, path) => {
  expect(verdictOn('workingHours', type, path, 'development')).toBe('unresolved');
});
