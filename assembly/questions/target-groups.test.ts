// Claims about which target groups answer people, over templates of different shapes.
import { expect, test } from 'vitest';
import { metricOf } from '../../design/catalogue/metrics.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { at } from '../graph.ts';
import { tokyo } from '../testing/graphs.ts';
import { alarmsOn } from './alarms.ts';
import { membersOf } from './members.ts';
import { healthCheckRules, servingGroups } from './target-groups.ts';

interface Shape {
  /** Where the rule for `/health/ready` leads, if there is one. */
  readonly readiness?: 'Tasks' | 'Ready';
  /** Whether Route 53 asks for it. */
  readonly asked?: boolean;
  /** What the alarm on errors watches. */
  readonly watched?: 'Tasks' | 'Ready' | 'balancer';
}

function graphOf({ readiness, asked = false, watched = 'Tasks' }: Shape) {
  const forward = (group: string) => [{ Type: 'forward', TargetGroupArn: { Ref: group } }];
  const rule = (path: string, group: string) => ({
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Listener' },
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [path] } }],
      Actions: forward(group),
    },
  });
  const group = {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { TargetType: 'ip', HealthCheckPath: '/health/live' },
  };
  const full = (name: string, kind: string) => ({ 'Fn::GetAtt': [name, `${kind}FullName`] });
  return tokyo({
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
    Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Balancer' } } },
    Everything: rule('/*', 'Tasks'),
    Tasks: group,
    ...(readiness === undefined ? {} : { Health: rule('/health/ready', readiness), Ready: group }),
    ...(asked
      ? {
          Check: {
            Type: 'AWS::Route53::HealthCheck',
            Properties: { HealthCheckConfig: { ResourcePath: '/health/ready' } },
          },
        }
      : {}),
    Errors: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_Target_5XX_Count',
        Dimensions: [
          { Name: 'LoadBalancer', Value: full('Balancer', 'LoadBalancer') },
          ...(watched === 'balancer' ? [] : [{ Name: 'TargetGroup', Value: full(watched, 'TargetGroup') }]),
        ],
      },
    },
  });
}

/** Members of the row on errors, each with whether an alarm watches it. */
function watchedMembers(shape: Shape) {
  const graph = graphOf(shape);
  const metric = metricOf('alb', 'HTTPCode_Target_5XX_Count');
  if (metric === undefined) throw new Error('there is no such metric');
  const members = membersOf({ graph, everywhere: graph, design: exampleDesign }, metric);
  return Object.fromEntries(
    members.map((member) => [member.resource.logicalId, alarmsOn(graph, metric, member).length === 1]),
  );
}

test.each<[string, Shape, Record<string, boolean>]>([
  [
    'without questions about health the whole load balancer tells as much as its one group',
    { watched: 'balancer' },
    { Tasks: true },
  ],
  ['and so does the group itself', {}, { Tasks: true }],
  [
    'questions about health are answered apart, and the group for people is watched',
    { readiness: 'Ready', asked: true },
    { Tasks: true },
  ],
  ['the same where nothing asks yet', { readiness: 'Ready' }, { Tasks: true }],
  [
    'the whole load balancer counts questions about health',
    { readiness: 'Ready', asked: true, watched: 'balancer' },
    { Tasks: false },
  ],
  ['also where nothing asks yet', { readiness: 'Ready', watched: 'balancer' }, { Tasks: false }],
  [
    'to watch the group for health alone is to watch nobody',
    { readiness: 'Ready', asked: true, watched: 'Ready' },
    { Tasks: false },
  ],
])('%s', (_, shape, expected) => {
  expect(watchedMembers(shape)).toEqual(expected);
});

test('a rule that leads questions about health to the group for people is found, and the group stays one for people', () => {
  const graph = graphOf({ readiness: 'Tasks', asked: true });
  expect(healthCheckRules(graph, graph).map(({ properties }) => at(properties, 'Actions', 0, 'Type'))).toEqual([
    'forward',
  ]);
  expect(servingGroups(graph, graph).map(({ resource }) => resource.logicalId)).toContain('Tasks');
});
