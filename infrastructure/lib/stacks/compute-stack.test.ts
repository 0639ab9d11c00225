// Claims about the compute stack, read from its templates (STK-6, SIZE-1, SIZE-5, IAM-1…3, LOG-1, LOG-2).
import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { additions } from '../permissions.ts';
import { actionsOf, foundations, rules, statements } from '../testing/data-stacks.ts';
import { computeOf, withoutCache, withoutFunctions, withoutTable, workloadStacks } from '../testing/workload-stacks.ts';

const templates: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) templates[environment] = computeOf(exampleDesign, environment);
});

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

function withInputs(inputs: Partial<Design['inputs']>): Design {
  return { ...exampleDesign, inputs: { ...exampleDesign.inputs, ...inputs } };
}

interface Container {
  readonly Environment: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets: readonly { readonly Name: string; readonly ValueFrom: unknown }[];
  readonly Cpu: number;
  readonly LogConfiguration: { readonly Options: Readonly<Record<string, unknown>> };
}

function containerOf(template: Template): Container {
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  return task?.Properties.ContainerDefinitions[0];
}

/** Names of subnets, groups and the like stand in the outputs of other stacks. */
const outputsIn = (value: unknown) => JSON.stringify(value).match(/PublishOutput\w+/g) ?? [];

describe('the tasks', () => {
  test.each([
    ['production', '2048', '4096', 2, 10],
    ['staging', '1024', '2048', 2, 4],
    ['development', '512', '1024', 1, 2],
  ] as const)(
    'have in %s %s CPU units and %s MiB, from %i to %i of them (SIZE-1)',
    (environment, cpu, memory, ...counts) => {
      of(environment).hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: cpu, Memory: memory });
      const [MinCapacity, MaxCapacity] = counts;
      of(environment).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
        MinCapacity,
        MaxCapacity,
      });
    },
  );

  test.each(formEnvironments)('cannot write, are nobody, and hold no capability, in %s', (environment) => {
    of(environment).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          ReadonlyRootFilesystem: true,
          User: '1000:1000',
          LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
          StopTimeout: 30,
          Privileged: Match.absent(),
        }),
        Match.objectLike({
          ReadonlyRootFilesystem: true,
          User: '4317:4317',
          LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
          Privileged: Match.absent(),
        }),
      ],
    });
  });

  test.each([
    ['arm64', 'ARM64', 'arm64'],
    ['x86_64', 'X86_64', 'x86_64'],
  ] as const)('run on %s when the input says so, and so do the functions', (architecture, cpu, lambda) => {
    const template = computeOf(withInputs({ architecture }));
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: cpu, OperatingSystemFamily: 'LINUX' },
    });
    template.allResourcesProperties('AWS::Lambda::Function', { Architectures: [lambda] });
  });

  test('get every secret from Secrets Manager, and none as plain text (AC-SEC-6)', () => {
    const { Environment: plain, Secrets } = containerOf(of('production'));
    expect(Secrets.map(({ Name }) => Name)).toEqual(['DATABASE_USERNAME', 'DATABASE_PASSWORD', 'CACHE_TOKEN']);
    expect(outputsIn(Secrets)).toEqual([
      expect.stringMatching(/RefSecretAttachment/),
      expect.stringMatching(/RefSecretAttachment/),
      expect.stringMatching(/RefRedisToken/),
    ]);
    expect(JSON.stringify(plain)).not.toMatch(/resolve:secretsmanager|:password:/);
  });

  test('find the rest of the platform by their environment', () => {
    const names = containerOf(of('production')).Environment.map(({ Name }) => Name);
    expect(names.sort()).toEqual([
      'ANSWERS_TABLE',
      'CACHE_HOST',
      'CACHE_PORT',
      'DATABASE_HOST',
      'DATABASE_NAME',
      'DATABASE_PORT',
      'DATABASE_SECRET',
      'DATA_BUCKET',
      'DATA_PREFIX',
      'FULFILMENT_QUEUE',
      'JWT_AUDIENCE',
      'JWT_ISSUER',
      'ORDER_EVENTS',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_SERVICE_NAME',
      'OTEL_TRACES_SAMPLER',
      'OTEL_TRACES_SAMPLER_ARG',
      'PORT',
      'WORK_QUEUE',
    ]);
  });

  test('are told nothing of a cache or table that the document does without', () => {
    const { Environment: plain, Secrets } = containerOf(computeOf(withoutTable(withoutCache(exampleDesign))));
    const names = [...plain, ...Secrets].map(({ Name }) => Name);
    expect(names.filter((name) => /CACHE|TABLE/.test(name))).toEqual([]);
  });
});

describe('the service', () => {
  test('stands in every private subnet, without a public address (NET-3, AC-REL-2)', () => {
    const [service] = Object.values(of('production').findResources('AWS::ECS::Service'));
    const network = service?.Properties.NetworkConfiguration.AwsvpcConfiguration;
    expect(network.AssignPublicIp).toBe('DISABLED');
    expect(outputsIn(network.Subnets)).toEqual([expect.stringMatching(/PrivateA/), expect.stringMatching(/PrivateC/)]);
    expect(outputsIn(network.SecurityGroups)).toEqual([expect.stringMatching(/GroupsEcs/)]);
  });

  test('replaces tasks without a gap, and goes back when the new ones do not get healthy (RBK-1, AC-REL-3)', () => {
    of('production').hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: {
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
      AvailabilityZoneRebalancing: 'ENABLED',
      DesiredCount: Match.absent(),
      PropagateTags: 'SERVICE',
    });
    of('production').hasResourceProperties('AWS::ECS::Cluster', {
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
    });
  });

  test('starts no task before its roles may do their work', () => {
    const policies = Object.keys(of('production').findResources('AWS::IAM::Policy')).filter((id) => /^Task/.test(id));
    expect(policies).toHaveLength(2);
    of('production').hasResource('AWS::ECS::Service', { DependsOn: Match.arrayWith(policies.sort()) });
  });

  test('follows requests per task (AC-PERF-2)', () => {
    of('production').hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType: 'ALBRequestCountPerTarget' }),
        TargetValue: 3_000,
      }),
    });
  });
});

describe('the load balancer', () => {
  test('stands in the public subnets and drops malformed headers (NET-2)', () => {
    const [found] = Object.values(of('production').findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    expect(outputsIn(found?.Properties.Subnets)).toEqual([
      expect.stringMatching(/PublicA/),
      expect.stringMatching(/PublicC/),
    ]);
    expect(found?.Properties.LoadBalancerAttributes).toContainEqual({
      Key: 'routing.http.drop_invalid_header_fields.enabled',
      Value: 'true',
    });
  });

  test.each(formEnvironments)('takes TLS 1.2 or newer, and sends port 80 there, in %s (AC-SEC-3)', (environment) => {
    of(environment).resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 2);
    of(environment).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    });
    of(environment).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [{ Type: 'redirect', RedirectConfig: Match.objectLike({ Protocol: 'HTTPS', Port: '443' }) }],
    });
  });

  test("speaks TLS to the tasks, on the document's port, and asks whether they live", () => {
    const securityGroups = exampleDesign.securityGroups.map((group) =>
      group.key === 'ecs'
        ? { ...group, ingress: group.ingress.map((rule) => ({ ...rule, fromPort: 9443, toPort: 9443 })) }
        : group,
    );
    const template = computeOf({ ...exampleDesign, securityGroups });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'ip',
      Protocol: 'HTTPS',
      Port: 9443,
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health/live',
    });
    expect(containerOf(template).Environment).toContainEqual({ Name: 'PORT', Value: '9443' });
  });

  test('takes a task out before its time to stop is over', () => {
    of('production').hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
  });

  test('leaves its access logs below the prefix that expires (LOG-2)', () => {
    of('production').hasResourceProperties('AWS::Logs::DeliverySource', {
      LogType: 'ALB_ACCESS_LOGS',
      ResourceArn: { Ref: Match.stringLikeRegexp('LoadBalancer') },
    });
    of('production').hasResourceProperties('AWS::Logs::DeliveryDestination', {
      DestinationResourceArn: { 'Fn::Join': ['', [Match.anyValue(), '/alb']] },
    });
  });
});

interface Rule {
  readonly Priority: number;
  readonly Conditions: readonly {
    readonly PathPatternConfig?: { readonly Values: readonly string[] };
    readonly HttpHeaderConfig?: { readonly HttpHeaderName: string; readonly Values: readonly unknown[] };
  }[];
  readonly Actions: readonly { readonly TargetGroupArn: unknown }[];
}

/** Which secret of SecurityStack a header's value is read from. */
const secretOf = (value: unknown) => {
  const name = /resolve:secretsmanager:.*RefOriginHeader(Current|Next)/.exec(JSON.stringify(value))?.[1];
  return name?.toLowerCase();
};

/** Asks the listener's rules as a load balancer would: whose target group answers a path with a value of the header, or 403. */
function routeOf(template: Template) {
  const rules = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule')).map(
    ({ Properties }) => Properties as Rule,
  );
  const sorted = rules.sort((one, other) => one.Priority - other.Priority);
  return (path: string, header?: 'current' | 'next' | 'other'): string => {
    const fits = ({ Conditions }: Rule) =>
      Conditions.every(({ PathPatternConfig: paths, HttpHeaderConfig: carried }) => {
        if (paths !== undefined) return paths.Values.includes(path);
        return carried?.HttpHeaderName === 'x-origin-token' && carried.Values.map(secretOf).includes(header ?? 'none');
      });
    const [action] = sorted.find(fits)?.Actions ?? [];
    return action === undefined
      ? '403'
      : (/FrontDoor(Tasks|Readiness|ImportOrders)/.exec(JSON.stringify(action.TargetGroupArn))?.[1] ?? '?');
  };
}

describe('who comes in', () => {
  test.each([
    ['/orders', undefined, '403'],
    ['/orders', 'other', '403'],
    ['/imports', undefined, '403'],
    ['/imports', 'other', '403'],
    ['/health/live', undefined, '403'],
    ['/health/ready', undefined, 'Readiness'],
    ['/health/ready', 'current', 'Readiness'],
    ['/orders', 'current', 'Tasks'],
    ['/orders', 'next', 'Tasks'],
    ['/imports', 'current', 'ImportOrders'],
    ['/imports', 'next', 'ImportOrders'],
  ] as const)('at %s with the value "%s" of the header is answered by: %s (ARC-1, DR-8)', (path, header, answer) => {
    for (const environment of formEnvironments) expect(routeOf(of(environment))(path, header)).toBe(answer);
  });

  test('readiness is asked of the same tasks in a group of its own, which neither scaling nor the way back looks at', () => {
    for (const environment of formEnvironments) {
      const template = of(environment);
      const [service] = Object.values(template.findResources('AWS::ECS::Service'));
      const entered = JSON.stringify(service?.Properties.LoadBalancers);
      for (const group of ['FrontDoorTasks', 'FrontDoorReadiness']) expect(entered).toContain(group);
      for (const type of ['AWS::CloudWatch::Alarm', 'AWS::ApplicationAutoScaling::ScalingPolicy']) {
        const all = JSON.stringify(template.findResources(type));
        expect(all).toContain('FrontDoorTasks');
        expect(all).not.toContain('Readiness');
      }
    }
  });

  test('and carries nothing is told so by the listener itself', () => {
    of('production').hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '403' }) }],
    });
  });

  test('at /imports is answered by the tasks where there are no functions', () => {
    const route = routeOf(computeOf(withoutFunctions(exampleDesign)));
    expect([route('/imports'), route('/imports', 'current')]).toEqual(['403', 'Tasks']);
  });

  test('is told apart by a secret that no template holds, and that can be read anew without another template', () => {
    const [rule] = Object.values(of('production').findResources('AWS::ElasticLoadBalancingV2::ListenerRule')).filter(
      ({ Properties }) => Properties.Priority === 100,
    );
    const values = rule?.Properties.Conditions[0].HttpHeaderConfig.Values;
    expect(values).toHaveLength(2);
    for (const value of values) {
      expect(value['Fn::Join'][1]).toEqual([
        '{{resolve:secretsmanager:',
        { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'ProductionSecurityStack' }) },
        ':SecretString::',
        { Ref: 'OriginHeaderStage' },
        ':}}',
      ]);
    }
    of('production').hasParameter('OriginHeaderStage', { Default: 'AWSCURRENT', AllowedValues: ['AWSCURRENT', ''] });
  });
});

describe('the certificate', () => {
  const listener = 'AWS::ElasticLoadBalancingV2::Listener';

  test.each([
    ['production', 'origin.example.com'],
    ['staging', 'origin.staging.example.com'],
    ['development', 'origin.development.example.com'],
  ] as const)('is for a name of the domain in %s: %s', (environment, name) => {
    of(environment).hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: name,
      ValidationMethod: 'DNS',
    });
  });

  test('is proved in the hosted zone when there is one', () => {
    computeOf(withInputs({ hostedZoneId: 'Z123' })).hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainValidationOptions: [{ DomainName: 'origin.example.com', HostedZoneId: 'Z123' }],
    });
  });

  test("is the document's own when it names one", () => {
    const origin = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/abc';
    const template = computeOf(withInputs({ certificates: { origin } }));
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.hasResourceProperties(listener, { Port: 443, Certificates: [{ CertificateArn: origin }] });
  });

  test('vouches for a domain: one without a domain is an error with its name', () => {
    const origin = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/abc';
    const design = withInputs({ domain: 'none', certificates: { origin } });
    expect(() => computeOf(design)).toThrow(/certificate\/abc and no domain/);
  });

  test('does not exist without a domain: then port 80 serves, and AC-SEC-3 fails', () => {
    const template = computeOf(withInputs({ domain: 'none' }));
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.resourceCountIs(listener, 1);
    const [{ Properties } = { Properties: {} }] = Object.values(template.findResources(listener));
    expect(Properties).toMatchObject({ Port: 80, DefaultActions: [{ Type: 'fixed-response' }] });
    expect(routeOf(template)('/orders', 'current')).toBe('Tasks');
  });

  test('stands alone when the document does not open port 80', () => {
    const securityGroups = exampleDesign.securityGroups.map((group) =>
      group.key === 'alb' ? { ...group, ingress: group.ingress.filter(({ fromPort }) => fromPort !== 80) } : group,
    );
    const template = computeOf({ ...exampleDesign, securityGroups });
    template.resourceCountIs(listener, 1);
    template.hasResourceProperties(listener, { Port: 443 });
  });
});

describe('the functions', () => {
  test.each(formEnvironments)("have the document's memory and time, in %s (SIZE-5)", (environment) => {
    of(environment).resourceCountIs('AWS::Lambda::Function', 3);
    of(environment).allResourcesProperties('AWS::Lambda::Function', {
      MemorySize: 512,
      Timeout: 30,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
    });
  });

  test('stand in the private subnets, in their own group, as the role of the document (NET-3, IAM-3)', () => {
    for (const { Properties } of Object.values(of('production').findResources('AWS::Lambda::Function'))) {
      expect(outputsIn(Properties.VpcConfig.SubnetIds)).toEqual([
        expect.stringMatching(/PrivateA/),
        expect.stringMatching(/PrivateC/),
      ]);
      expect(outputsIn(Properties.VpcConfig.SecurityGroupIds)).toEqual([expect.stringMatching(/GroupsLambda/)]);
      expect(outputsIn(Properties.Role)).toEqual([expect.stringMatching(/FunctionRole/)]);
    }
  });

  test('get back of a batch what failed, and no more batches than the database bears (ARC-5)', () => {
    of('production').hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  test('lose no event of the topic, whether SNS or the function fails', () => {
    const undelivered = Match.objectLike({
      'Fn::GetStackOutput': Match.objectLike({ OutputName: Match.stringLikeRegexp('Undelivered') }),
    });
    of('production').hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      RedrivePolicy: { deadLetterTargetArn: undelivered },
    });
    of('production').hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: undelivered } },
    });
  });

  test('are called by load balancers of this account and region alone, at /imports', () => {
    of('production').hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'elasticloadbalancing.amazonaws.com',
      SourceArn: {
        'Fn::Join': ['', ['arn:aws:elasticloadbalancing:ap-northeast-1:', { Ref: 'AWS::AccountId' }, ':targetgroup/*']],
      },
    });
    expect(routeOf(of('production'))('/imports', 'current')).toBe('ImportOrders');
  });

  test('do not exist when the document has none; their work goes to the tasks', () => {
    const { compute } = workloadStacks(withoutFunctions(exampleDesign), 'production');
    const template = Template.fromStack(compute);
    expect(compute.apiFunctions).toEqual([]);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    // The tasks for people, and the tasks for Route 53.
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 2);
    const queues = containerOf(template).Environment.filter(({ Name }) => /QUEUE/.test(Name));
    expect(new Set(queues.map(({ Value }) => JSON.stringify(Value))).size).toBe(1);
  });
});

test('functions that the document names without their size are refused, not left out', () => {
  const { functions: _, ...production } = exampleDesign.sizes.production;
  const design = { ...exampleDesign, sizes: { ...exampleDesign.sizes, production } };
  expect(() => computeOf(design)).toThrow(/no cost line with their memory/);
});

describe('logs', () => {
  test.each([
    ['production', 90, 'RetainExceptOnCreate'],
    ['staging', 30, 'RetainExceptOnCreate'],
    ['development', 7, 'Delete'],
  ] as const)('of tasks and functions are kept in %s for %i days (LOG-1)', (environment, days, policy) => {
    of(environment).resourceCountIs('AWS::Logs::LogGroup', 4);
    of(environment).allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: days });
    of(environment).allResources('AWS::Logs::LogGroup', { DeletionPolicy: policy });
    of(environment).allResourcesProperties('AWS::Lambda::Function', {
      LoggingConfig: Match.objectLike({ LogGroup: Match.anyValue() }),
    });
  });
});

describe('traces (AC-OPS-3)', () => {
  const collectorOf = (template: Template) => {
    const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
    return task?.Properties.ContainerDefinitions[1];
  };
  const variable = (container: Container, name: string) =>
    container.Environment.find(({ Name }) => Name === name)?.Value;

  test.each(formEnvironments)(
    'go by a collector on localhost, whose end is not the end of the task, in %s',
    (environment) => {
      const collector = collectorOf(of(environment));
      expect(collector).toMatchObject({
        Essential: false,
        RestartPolicy: { Enabled: true },
      });
      expect(collector.PortMappings ?? []).toEqual([]);
      expect(collector.LogConfiguration.Options['awslogs-group']).toEqual(
        containerOf(of(environment)).LogConfiguration.Options['awslogs-group'],
      );
      const { receivers, exporters, service } = JSON.parse(String(variable(collector, 'AOT_CONFIG_CONTENT')));
      expect(receivers.otlp.protocols).toEqual({
        grpc: { endpoint: '127.0.0.1:4317' },
        http: { endpoint: '127.0.0.1:4318' },
      });
      expect(exporters).toEqual({ awsxray: { region: 'ap-northeast-1' } });
      expect(service.pipelines).toEqual({ traces: expect.objectContaining({ exporters: ['awsxray'] }) });
      expect(variable(containerOf(of(environment)), 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('http://localhost:4318');
    },
  );

  test.each([
    ['production', 2048],
    ['staging', 1024],
    ['development', 512],
  ] as const)('leave the API of %s all but a little of the %i CPU units', (environment, cpu) => {
    const [api, collector] = [containerOf(of(environment)), collectorOf(of(environment))];
    expect(api.Cpu + collector.Cpu).toBe(cpu);
    expect(collector.Cpu).toBeLessThan(cpu / 10);
    expect(collector.Memory).toBeLessThanOrEqual(128);
  });

  test('come from the functions too', () => {
    of('production').allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  });

  test.each([
    ['production', 0.02],
    ['staging', 1],
    ['development', 1],
  ] as const)('of %s are a share of %d of what the API is asked', (environment, share) => {
    const prefix = `${environment.charAt(0).toUpperCase()}${environment.slice(1)}ComputeStack`;
    // No rule of X-Ray reaches a function, and the API has a share of its own.
    of(environment).resourceCountIs('AWS::XRay::SamplingRule', 0);
    expect(variable(containerOf(of(environment)), 'OTEL_SERVICE_NAME')).toBe(`${prefix}-api`);
    expect(variable(containerOf(of(environment)), 'OTEL_TRACES_SAMPLER_ARG')).toBe(String(share));
    expect(prefix.length).toBeLessThanOrEqual(32);
    of(environment).hasResourceProperties('AWS::XRay::Group', {
      FilterExpression: Match.stringLikeRegexp(`service."${prefix}-api"`),
    });
  });
});

describe('a deployment goes back (RBK-1)', () => {
  const alarmsOf = (template: Template) => template.findResources('AWS::CloudWatch::Alarm');

  test.each(formEnvironments)('when its tasks fail or are slow, in %s', (environment) => {
    const alarms = alarmsOf(of(environment));
    of(environment).hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        Alarms: { Enable: true, Rollback: true, AlarmNames: Object.keys(alarms).map((Ref) => ({ Ref })) },
      }),
    });
    const seen = Object.values(alarms).map(({ Properties }) => [
      Properties.MetricName,
      Properties.Threshold,
      Properties.Period * Properties.EvaluationPeriods,
    ]);
    // The document's: 1 s for 10 minutes, 10 errors in 5.
    expect(seen).toEqual([
      ['TargetResponseTime', 0.5, 180],
      ['HTTPCode_Target_5XX_Count', 5, 60],
    ]);
  });

  test('by what the tasks answer, and not by the functions behind the same load balancer', () => {
    for (const { Properties } of Object.values(alarmsOf(of('production')))) {
      expect(Properties.Dimensions.map(({ Name }: { Name: string }) => Name)).toEqual(['LoadBalancer', 'TargetGroup']);
      expect(JSON.stringify(Properties.Dimensions)).toContain('FrontDoorTasks');
      expect(Properties.TreatMissingData).toBe('notBreaching');
      expect(outputsIn(Properties.AlarmActions)).toEqual([expect.stringMatching(/RefOperations/)]);
    }
  });

  test('by what the document has a threshold for, and no other', () => {
    const alarms = exampleDesign.alarms.filter(({ metric }) => metric !== 'TargetResponseTime');
    const template = computeOf({ ...exampleDesign, alarms });
    expect(Object.values(alarmsOf(template)).map(({ Properties }) => Properties.MetricName)).toEqual([
      'HTTPCode_Target_5XX_Count',
    ]);
    const none = computeOf({ ...exampleDesign, alarms: [] });
    none.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    none.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({ Alarms: Match.absent() }),
    });
  });
});

describe('permissions', () => {
  const kinds = ['Undelivered', 'FulfilmentQueue', 'WorkQueue', 'OrderEvents', 'orders/*', 'Log', 'container-assets'];
  const resourceOf = (resource: unknown) =>
    resource === '*' ? '*' : kinds.find((kind) => JSON.stringify(resource).includes(kind));

  test.each([
    [
      'TaskExecutionRole',
      [
        'ecr:GetAuthorizationToken on *',
        'ecr:BatchCheckLayerAvailability on container-assets',
        'ecr:BatchGetImage on container-assets',
        'logs:CreateLogStream on Log',
        'logs:PutLogEvents on Log',
      ],
    ],
    [
      'TaskRole',
      [
        's3:GetObject on orders/*',
        's3:PutObject on orders/*',
        'sqs:SendMessage on FulfilmentQueue',
        'sqs:ReceiveMessage on WorkQueue',
        'sqs:DeleteMessage on WorkQueue',
        'sqs:ChangeMessageVisibility on WorkQueue',
        'sns:Publish on OrderEvents',
        'xray:PutTraceSegments on *',
        'xray:PutTelemetryRecords on *',
      ],
    ],
    [
      'FunctionRole',
      [
        's3:GetObject on orders/*',
        's3:PutObject on orders/*',
        'sqs:ReceiveMessage on FulfilmentQueue',
        'sqs:DeleteMessage on FulfilmentQueue',
        'sqs:GetQueueAttributes on FulfilmentQueue',
        'sqs:SendMessage on WorkQueue',
        'sqs:SendMessage on Undelivered',
        'logs:CreateLogStream on Log',
        'logs:PutLogEvents on Log',
        'xray:PutTraceSegments on *',
        'xray:PutTelemetryRecords on *',
      ],
    ],
  ])('of %s each name their resource (IAM-1…3, IAM-5)', (role, expected) => {
    const held = statements(of('production'))
      .filter((entry) => entry.role.includes(`Ref${role}`))
      .flatMap(({ statement }) =>
        actionsOf(statement)
          .filter((action) => !action.startsWith('kms:'))
          .flatMap((action) => [statement.Resource].flat().map((resource) => `${action} on ${resourceOf(resource)}`)),
      );
    expect([...new Set(held)].sort()).toEqual([...expected].sort());
  });

  test('use keys through their services only, and hold no star in an action', () => {
    for (const { statement } of statements(of('production'))) {
      expect(actionsOf(statement).join()).not.toContain('*');
      if (actionsOf(statement).some((action) => action.startsWith('kms:'))) {
        expect(JSON.stringify(statement.Condition)).toContain('kms:ViaService');
      }
    }
  });

  test("are the document's, or additions with a reason (IAM-5)", () => {
    const documented = exampleDesign.roles.flatMap((role) =>
      role.statements.flatMap(({ prefix, actions }) => actions.map((action) => `${prefix}:${action}`)),
    );
    const known = [...documented, ...Object.values(additions).flatMap((actions) => Object.keys(actions))];
    const allowed = statements(of('production')).flatMap(({ statement }) => actionsOf(statement));
    expect(allowed.filter((action) => !known.includes(action))).toEqual([]);
  });

  test('lose what the document takes away', () => {
    const roles = exampleDesign.roles.map((role) => ({
      ...role,
      statements: role.statements.map((one) => ({
        ...one,
        actions: one.actions.filter((action) => action !== 'GetAuthorizationToken' && action !== 'Publish'),
      })),
    }));
    const allowed = statements(computeOf({ ...exampleDesign, roles })).flatMap(({ statement }) => actionsOf(statement));
    expect(allowed).toContain('ecr:BatchGetImage');
    expect(allowed.filter((action) => /GetAuthorizationToken|Publish/.test(action))).toEqual([]);
  });
});

describe('other stacks', () => {
  test('put no policy of the same name on a role, of which one would silently take the place of the other', () => {
    const { app, compute, ...others } = workloadStacks(exampleDesign, 'production');
    app.synth();
    const names = (stack: Stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).map(
        ({ Properties }) => Properties.PolicyName,
      );
    expect(new Set(names(compute))).toEqual(new Set(['ProductionComputeStack']));
    const elsewhere = Object.values(others).flatMap((stack) => (stack === undefined ? [] : names(stack)));
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(elsewhere).not.toContain('ProductionComputeStack');
  });

  test('keep their groups, roles and keys as they are (SG-1…5)', () => {
    const { app, compute, security, database } = workloadStacks(exampleDesign, 'production');
    app.synth();
    expect(rules(Template.fromStack(compute))).toEqual([]);
    const alone = foundations(exampleDesign, 'production').security;
    expect(rules(Template.fromStack(security))).toEqual(rules(Template.fromStack(alone)));
    Template.fromStack(security).resourceCountIs('AWS::IAM::Policy', 0);
    const keys = Template.fromStack(database).findResources('AWS::KMS::Key');
    expect(JSON.stringify(keys)).not.toMatch(/TaskExecutionRole/);
  });

  test('are the only ones that this waits for', () => {
    const { app, compute } = workloadStacks(exampleDesign, 'production');
    app.synth();
    expect(compute.dependencies.map(({ stackName }) => stackName).sort()).toEqual([
      'ProductionCacheStack',
      'ProductionDatabaseStack',
      'ProductionMessagingStack',
      'ProductionNetworkStack',
      'ProductionSecurityStack',
      'ProductionStorageStack',
    ]);
  });
});

test.each(formEnvironments)('the stack can be destroyed and deployed again, in %s (RBK-2)', (environment) => {
  const { compute } = workloadStacks(exampleDesign, environment);
  expect(compute.terminationProtection).toBe(false);
  of(environment).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: 'false' }]),
  });
});

test('three zones make three subnets for everything', () => {
  const [tierA] = exampleDesign.network.subnets;
  if (tierA === undefined) throw new Error('The example has subnets');
  const third = exampleDesign.network.subnets
    .filter(({ zone }) => zone === 'a')
    .map((subnet) => ({
      ...subnet,
      zone: 'd',
      cidr: subnet.cidr.replace(/\.(\d+)\.0\/24$/, (_, part) => `.${Number(part) + 5}.0/24`),
    }));
  const network = { ...exampleDesign.network, subnets: [...exampleDesign.network.subnets, ...third] };
  const template = computeOf({ ...exampleDesign, network });
  const [service] = Object.values(template.findResources('AWS::ECS::Service'));
  expect(service?.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets).toHaveLength(3);
  const [balancer] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  expect(balancer?.Properties.Subnets).toHaveLength(3);
});
