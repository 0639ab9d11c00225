import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import type { Node } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { callsOn, scheduledCalls, unknownCalls } from './schedules.ts';

const cluster = resource('AWS::RDS::DBCluster', { DBClusterIdentifier: 'orders' });
const role = (Action: string) =>
  resource('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource: '*' } } }],
  });
const stop = (input: Node, more: Node = {}) =>
  resource('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 19 ? * MON-FRI *)',
    ScheduleExpressionTimezone: 'Asia/Tokyo',
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:rds:stopDBCluster',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Input: input,
    },
    ...(more as object),
  });
const named = '{"DbClusterIdentifier":"orders"}';
const referred = { 'Fn::Join': ['', ['{"DbClusterIdentifier":"', { Ref: 'Cluster' }, '"}']] };

describe('a call by the clock', () => {
  test.each([
    ['by reference', referred, 1],
    ['by name', named, 1],
    ['that is another one', '{"DbClusterIdentifier":"orders-2"}', 0],
  ])('is about a resource %s', (_, input, count) => {
    const graph = tokyo({ Cluster: cluster, Role: role('rds:StopDBCluster'), Stop: stop(input) });
    const [thing] = graph.resources;
    if (thing === undefined) throw new Error('there is no cluster');
    expect(callsOn(graph, thing)).toHaveLength(count);
  });

  test.each<[string, Node, string, object]>([
    ['does its work', {}, 'rds:Stop*', { isOn: true, operation: 'rds:stopdbcluster', timeZone: 'Asia/Tokyo' }],
    ['is switched off', { State: 'DISABLED' }, 'rds:*', { isOn: false, broken: { $said: 'switchedOff' } }],
    ['ends one day', { EndDate: '2027-01-01T00:00:00Z' }, 'rds:*', { isOn: true, broken: { $said: 'endsOneDay' } }],
    [
      'comes late',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } },
      'rds:*',
      { isOn: true, broken: { $said: 'comesLate', figures: { minutes: 60 } } },
    ],
    [
      'may not',
      {},
      'rds:StartDBCluster',
      { isOn: true, broken: { $said: 'roleMayNot', figures: { action: 'rds:stopDBCluster' } } },
    ],
  ])('that %s', (_, more, action, expected) => {
    const [call] = scheduledCalls(tokyo({ Role: role(action), Stop: stop(named, more) }));
    expect(call).toMatchObject(expected);
    expect(call?.broken === undefined).toBe(!('broken' in expected));
  });
});

test('scheduled actions are those of the service of that name, and of none whose name begins so', () => {
  const service = (ServiceName: string) => resource('AWS::ECS::Service', { ServiceName });
  const graph = tokyo({
    Service1: service('api1'),
    Service12: service('api12'),
    Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: 'service/main/api12',
      ScheduledActions: [{ Schedule: 'cron(0 19 * * ? *)', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } }],
    }),
  });
  const [one, twelve] = graph.resources;
  if (one === undefined || twelve === undefined) throw new Error('there are no services');
  expect(callsOn(graph, one)).toEqual([]);
  expect(callsOn(graph, twelve)).toMatchObject([
    { operation: 'scaling', path: ['ScheduledActions', 0, 'Schedule'], told: { MinCapacity: 0 } },
  ]);
});

test('a function that is called by the clock may do anything', () => {
  const called = (Arn: Node) =>
    tokyo({
      Function: resource('AWS::Lambda::Function'),
      Rule: resource('AWS::Events::Rule', { ScheduleExpression: 'cron(0 19 * * ? *)', Targets: [{ Arn }] }),
    });
  expect(unknownCalls(called({ 'Fn::GetAtt': ['Function', 'Arn'] }), exampleDesign)).toHaveLength(1);
  expect(unknownCalls(called('arn:aws:sqs:ap-northeast-1:1:queue'), exampleDesign)).toEqual([]);
});
