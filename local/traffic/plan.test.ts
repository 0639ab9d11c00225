// The failover pair as templates may write it.
import { describe, expect, test } from 'vitest';
import type { Properties, Resource } from '../../assembly/graph.ts';
import { assemblyOf } from '../../assembly/testing/assembly-of.ts';
import { readFailover } from './plan.ts';

const resource = (stack: string, logicalId: string, type: string, properties: Properties = {}): Resource => ({
  key: `${stack}/${logicalId}`,
  stack,
  logicalId,
  type,
  path: `${stack}/${logicalId}`,
  properties,
  pointer: '',
  deletionPolicy: 'Delete',
  dependsOn: [],
});
const edge = (logicalId: string, type: string, properties: Properties) =>
  resource('ProductionEdgeStack', logicalId, type, properties);
const check = (logicalId: string, HealthCheckConfig: Properties) =>
  edge(logicalId, 'AWS::Route53::HealthCheck', { HealthCheckConfig });
const loadBalancer = (stack: string) => ({ $ref: `${stack}/Balancer`, attribute: 'DNSName' });
const record = (failover: string, id: string, stack: string) =>
  edge(`${failover}Record`, 'AWS::Route53::RecordSet', {
    Failover: failover,
    HealthCheckId: { $ref: `ProductionEdgeStack/${id}`, attribute: 'HealthCheckId' },
    AliasTarget: { DNSName: { $join: ['dualstack.', loadBalancer(stack)] } },
  });
const balancer = (stack: string) => resource(stack, 'Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer');
const home = 'ProductionComputeStack';
const away = 'ProductionStandbyComputeStack';

const resources: readonly Resource[] = [
  balancer(home),
  balancer(away),
  resource('ProductionRecoveryStack', 'LatchAlarm', 'AWS::CloudWatch::Alarm', { AlarmName: 'the-latch' }),
  check('Ready', {
    Type: 'HTTPS',
    FullyQualifiedDomainName: loadBalancer(home),
    ResourcePath: '/health/ready',
    RequestInterval: 10,
    FailureThreshold: 3,
    Regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
  }),
  check('StandbyReady', { Type: 'HTTP', FullyQualifiedDomainName: loadBalancer(away), ResourcePath: '/health/ready' }),
  check('Latch', {
    Type: 'CLOUDWATCH_METRIC',
    AlarmIdentifier: { Name: 'the-latch', Region: 'us-west-2' },
    InsufficientDataHealthStatus: 'LastKnownStatus',
  }),
  check('Serves', {
    Type: 'CALCULATED',
    ChildHealthChecks: [
      { $ref: 'ProductionEdgeStack/Ready', attribute: 'HealthCheckId' },
      { $ref: 'ProductionEdgeStack/Latch', attribute: 'HealthCheckId' },
    ],
    HealthThreshold: 2,
  }),
  check('Replicates', {
    Type: 'CLOUDWATCH_METRIC',
    AlarmIdentifier: { Name: { $ref: 'ProductionRecoveryStack/Lag' } },
  }),
  check('Lost', {
    Type: 'CALCULATED',
    ChildHealthChecks: [
      { $ref: 'ProductionEdgeStack/Ready', attribute: 'HealthCheckId' },
      { $ref: 'ProductionEdgeStack/Replicates', attribute: 'HealthCheckId' },
    ],
    HealthThreshold: 1,
  }),
  edge('LostAlarm', 'AWS::CloudWatch::Alarm', {
    MetricName: 'HealthCheckStatus',
    Dimensions: [{ Name: 'HealthCheckId', Value: { $ref: 'ProductionEdgeStack/Lost', attribute: 'HealthCheckId' } }],
    Period: 60,
    EvaluationPeriods: 2,
  }),
  check('Site', { Type: 'HTTPS', FullyQualifiedDomainName: 'www.example.com', ResourcePath: '/' }),
  record('PRIMARY', 'Serves', home),
  record('SECONDARY', 'StandbyReady', away),
];
const loadBalancers = { primary: `${home}/Balancer`, standby: `${away}/Balancer` };

describe('DR-8: the failover pair', () => {
  test('is read with the checks that decide it, and whose load balancer each of them asks', () => {
    const { checks, records, keptFor, lost } = readFailover(assemblyOf(resources), 'production', loadBalancers);
    expect(records).toEqual({ primary: 'ProductionEdgeStack/Serves', standby: 'ProductionEdgeStack/StandbyReady' });
    expect(keptFor).toBe(60);
    expect(lost).toEqual({ check: 'ProductionEdgeStack/Lost', toldAfter: 120 });
    const of = (logicalId: string) => checks.find(({ key }) => key.endsWith(`/${logicalId}`));
    expect(of('Ready')).toMatchObject({ region: 'primary', encrypted: true, interval: 10, threshold: 3, checkers: 3 });
    // What the template leaves out is as Route 53 takes it.
    expect(of('StandbyReady')).toMatchObject({
      region: 'standby',
      encrypted: false,
      interval: 30,
      threshold: 3,
      checkers: 8,
    });
    expect(of('Latch')).toMatchObject({ alarm: 'ProductionRecoveryStack/LatchAlarm', withoutData: 'LastKnownStatus' });
    expect(of('Serves')).toMatchObject({
      threshold: 2,
      children: ['ProductionEdgeStack/Ready', 'ProductionEdgeStack/Latch'],
    });
    expect(of('Site')).toBeUndefined();
  });

  test('of a document without a domain has no records', () => {
    const without = resources.filter(({ type }) => type !== 'AWS::Route53::RecordSet');
    expect(readFailover(assemblyOf(without), 'production', loadBalancers).records).toBeUndefined();
  });

  test.each(['Ready', 'StandbyReady'])('without the check %s is none, and says so in both languages', (name) => {
    const without = resources.filter(({ logicalId }) => logicalId !== name);
    expect(() => readFailover(assemblyOf(without), 'production', loadBalancers)).toThrow(
      expect.objectContaining({
        code: 'noFailover',
        said: {
          en: expect.stringContaining('AWS::Route53::HealthCheck'),
          ja: expect.stringContaining('AWS::Route53::HealthCheck'),
        },
      }),
    );
  });
});
