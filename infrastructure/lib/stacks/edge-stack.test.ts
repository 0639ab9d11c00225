// Claims about the edge stack, read from its templates (ARC-1, ARC-6, AC-PERF-4, AC-SEC-1, AC-SEC-3, DR-2, DR-4, DR-8, LOG-2).
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { awake, exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { synthesize } from '../app.ts';
import { edgeOf, only } from '../testing/edge-stacks.ts';
import { platformOf, stacksOf } from '../testing/environment.ts';
import { recoveringDesign } from '../testing/standby.ts';
import { withoutFunctions } from '../testing/workload-stacks.ts';

const hostedZoneId = 'Z0123456789ABC';
const distribution = 'AWS::CloudFront::Distribution';
const record = 'AWS::Route53::RecordSet';

const templates: Partial<Record<FormEnvironment, Template>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) templates[environment] = edgeOf(exampleDesign, environment);
});

function of(environment: FormEnvironment): Template {
  const template = templates[environment];
  if (template === undefined) throw new Error(`${environment} was not built`);
  return template;
}

function withInputs(inputs: Partial<Design['inputs']>, design: Design = exampleDesign): Design {
  return { ...design, inputs: { ...design.inputs, ...inputs } };
}

const withRecovery = withInputs({ hostedZoneId }, recoveringDesign);

interface Behaviour {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly CachePolicyId: unknown;
  readonly ViewerProtocolPolicy: string;
  readonly ResponseHeadersPolicyId: unknown;
}

interface Origin {
  readonly Id: string;
  readonly DomainName: unknown;
  readonly CustomOriginConfig?: Readonly<Record<string, unknown>>;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: unknown }[];
  readonly OriginAccessControlId?: unknown;
}

function siteOf(template: Template) {
  const config = only(template, distribution).DistributionConfig;
  const behaviours: Behaviour[] = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
  const origins: Origin[] = config.Origins;
  const originOf = ({ TargetOriginId }: Behaviour) => origins.find(({ Id }) => Id === TargetOriginId);
  const [api, assets] = behaviours;
  if (api === undefined || assets === undefined) throw new Error('One behaviour for the API, one for static files');
  return { config, behaviours, api, assets, apiOrigin: originOf(api), assetsOrigin: originOf(assets) };
}

describe('the stack', () => {
  test('lives where CloudFront wants it, and nothing that serves waits for it (ARC-6)', () => {
    const app = platformOf(exampleDesign, ['production']);
    app.synth();
    const stacks = stacksOf(app);
    const edge = stacks.find(({ stackName }) => stackName === 'ProductionEdgeStack');
    expect(edge?.region).toBe('us-east-1');
    const waiting = stacks.filter(({ dependencies }) => dependencies.some((one) => one === edge));
    // For the trail.
    expect(waiting.map(({ stackName }) => stackName)).toEqual(['ProductionReferencesStack']);
  });

  test('refers to the other region by weak references, even in an app whose references are strong', () => {
    const context = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
    const assembly = platformOf(exampleDesign, ['production'], { context }).synth();
    const textOf = (name: string) => JSON.stringify(assembly.getStackByName(name).template);
    expect(textOf('ProductionEdgeReferencesStack')).toContain('"Region":"ap-northeast-1"');
    for (const name of ['ProductionEdgeReferencesStack', 'ProductionEdgeStack']) {
      expect(textOf(name)).not.toMatch(/Fn::ImportValue|Custom::/);
    }
  });

  test('stands beside the others when their region is its own', () => {
    const template = edgeOf(withInputs({ hostedZoneId }, { ...exampleDesign, region: 'us-east-1' }));
    const [header] = siteOf(template).apiOrigin?.OriginCustomHeaders ?? [];
    expect(JSON.stringify(header?.HeaderValue)).toContain('{{resolve:secretsmanager:');
    expect(JSON.stringify(template.toJSON())).not.toContain('ap-northeast-1');
  });

  test.each([
    ['a hosted zone', withInputs({ hostedZoneId })],
    ['no domain', withInputs({ domain: 'none' })],
    [
      'certificates of its own',
      withInputs({
        certificates: {
          edge: 'arn:aws:acm:us-east-1:123456789012:certificate/edge',
          origin: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/origin',
        },
      }),
    ],
    ['a second region', withRecovery],
  ] as const)('passes the validator and cdk-nag with %s (TST-3)', (_, design) => {
    const app = platformOf(design, ['production'], { validation: true });
    expect(synthesize(app).findings.filter(({ resource }) => resource.startsWith('ProductionEdgeStack'))).toEqual([]);
  });
});

describe('the distribution', () => {
  test.each([
    ['production', 'example.com', 'origin.example.com'],
    ['staging', 'staging.example.com', 'origin.staging.example.com'],
    ['development', 'development.example.com', 'origin.development.example.com'],
  ] as const)(
    'answers in %s to %s and asks %s, over TLS 1.2 or newer (ARC-1, AC-SEC-3)',
    (environment, site, origin) => {
      const { config, behaviours, apiOrigin } = siteOf(of(environment));
      expect(config.Aliases).toEqual([site]);
      expect(config.ViewerCertificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021' });
      expect(behaviours.map(({ ViewerProtocolPolicy: policy }) => policy)).toEqual([
        'redirect-to-https',
        'redirect-to-https',
      ]);
      expect(apiOrigin).toMatchObject({
        DomainName: origin,
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      });
      of(environment).hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: site });
    },
  );

  test.each(formEnvironments)('keeps static files and nothing else, in %s (AC-PERF-4)', (environment) => {
    const { api, assets, assetsOrigin } = siteOf(of(environment));
    // CloudFront's own policy that keeps nothing.
    expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(assets.PathPattern).toBe('/assets/*');
    expect(assetsOrigin?.OriginAccessControlId).toBeDefined();
    const { CachePolicyConfig } = only(of(environment), 'AWS::CloudFront::CachePolicy');
    expect(CachePolicyConfig).toMatchObject({
      DefaultTTL: 86_400,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    });
  });

  test('hands on everything that a person sent but the name, for which the load balancer has no certificate', () => {
    // CloudFront's own policy of all of the viewer's headers but `Host`.
    expect(siteOf(of('production')).config.DefaultCacheBehavior).toMatchObject({
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      AllowedMethods: expect.arrayContaining(['POST', 'PUT', 'PATCH', 'DELETE']),
    });
  });

  test('waits as long as the load balancer does', () => {
    expect(siteOf(of('production')).apiOrigin?.CustomOriginConfig).toMatchObject({ OriginReadTimeout: 60 });
  });

  test('shows the load balancer a secret that no template holds, read where the edge is', () => {
    const headers = siteOf(of('production')).apiOrigin?.OriginCustomHeaders;
    expect(headers?.map(({ HeaderName }) => HeaderName)).toEqual(['x-origin-token']);
    const text = JSON.stringify(headers?.[0]?.HeaderValue);
    expect(text).toContain('["{{resolve:secretsmanager:",{"Fn::Join":["",["arn:aws:secretsmanager:us-east-1:",');
    expect(text).toMatch(
      /"StackName":"ProductionSecurityStack","Region":"ap-northeast-1","OutputName":"\w*OriginHeaderCurrent/,
    );
    expect(text).toContain('{"Ref":"OriginHeaderStage"}');
    of('production').hasParameter('OriginHeaderStage', { Default: 'AWSCURRENT', AllowedValues: ['AWSCURRENT', ''] });
  });

  test('sends with every answer what makes browsers careful', () => {
    const { behaviours } = siteOf(of('production'));
    const [id] = Object.keys(of('production').findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    expect(behaviours.map(({ ResponseHeadersPolicyId: policy }) => policy)).toEqual([{ Ref: id }, { Ref: id }]);
    of('production').hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: Match.objectLike({
        SecurityHeadersConfig: {
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true, Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: true },
        },
      }),
    });
  });

  test.each(formEnvironments)('stands behind the firewall, and speaks HTTP/2 and 3, in %s (ARC-1)', (environment) => {
    const [acl] = Object.keys(of(environment).findResources('AWS::WAFv2::WebACL'));
    expect(siteOf(of(environment)).config).toMatchObject({
      WebACLId: { 'Fn::GetAtt': [acl, 'Arn'] },
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
    });
    of(environment).hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' });
  });

  test("shows the document's certificate when it names one", () => {
    const edge = 'arn:aws:acm:us-east-1:123456789012:certificate/edge';
    const template = edgeOf(withInputs({ certificates: { edge } }));
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    expect(siteOf(template).config.ViewerCertificate.AcmCertificateArn).toBe(edge);
  });

  test('has the same shape when the document has no functions', () => {
    expect(siteOf(edgeOf(withoutFunctions(exampleDesign))).config).toEqual(siteOf(of('production')).config);
  });
});

describe('without a domain', () => {
  const template = edgeOf(withInputs({ domain: 'none', hostedZoneId }));

  test("people come by CloudFront's own name, and the load balancer is asked in plain: AC-SEC-3 fails", () => {
    const { config, apiOrigin } = siteOf(template);
    expect(config).not.toHaveProperty('Aliases');
    expect(config).not.toHaveProperty('ViewerCertificate');
    expect(apiOrigin?.CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'http-only' });
    expect(JSON.stringify(apiOrigin?.DomainName)).toMatch(/ProductionComputeStack.*LoadBalancer\w*DNSName/);
    expect(apiOrigin?.OriginCustomHeaders).toHaveLength(1);
  });

  test('there is no certificate and no record, and readiness is asked for in plain', () => {
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.resourceCountIs(record, 0);
    template.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: Match.objectLike({ Type: 'HTTP', Port: 80, EnableSNI: Match.absent() }),
    });
  });
});

describe('static files', () => {
  const bucket = () => only(of('production'), 'AWS::S3::Bucket');

  test.each(formEnvironments)('are encrypted, closed to the public and versioned, in %s (AC-SEC-1)', (environment) => {
    of(environment).allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }),
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  test('never go where they could not be served from', () => {
    const { Rules } = bucket().LifecycleConfiguration;
    expect(Rules).toHaveLength(1);
    expect(Rules[0]).not.toHaveProperty('Transitions');
    expect(Rules[0]).not.toHaveProperty('ExpirationInDays');
  });

  test('are read by this one distribution, over TLS alone (AC-SEC-3)', () => {
    const { Statement } = only(of('production'), 'AWS::S3::BucketPolicy').PolicyDocument;
    const [id] = Object.keys(of('production').findResources(distribution));
    const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } }),
    ]);
    expect(JSON.stringify(allowed[0].Condition.StringEquals)).toContain(`":distribution/",{"Ref":"${id}"}`);
    expect(JSON.stringify(Statement)).toContain('"Bool":{"aws:SecureTransport":"false"}');
  });

  test('are decrypted by CloudFront, for this account alone', () => {
    const keys = Object.values(of('production').findResources('AWS::KMS::Key')).map(
      ({ Properties }) => Properties.KeyPolicy.Statement,
    );
    const opened = keys.flat().filter(({ Principal }) => Principal.Service === 'cloudfront.amazonaws.com');
    expect(opened).toHaveLength(1);
    expect(opened[0].Action).toBe('kms:Decrypt');
    expect(JSON.stringify(opened[0].Condition.ArnLike)).toContain('{"Ref":"AWS::AccountId"}');
  });

  test.each([
    ['production', 'RetainExceptOnCreate'],
    ['development', 'Delete'],
  ] as const)('outlive the stack in production and not in development: %s, %s', (environment, policy) => {
    of(environment).allResources('AWS::S3::Bucket', { DeletionPolicy: policy });
  });
});

describe('records', () => {
  const recordsOf = (design: Design, environment: FormEnvironment = 'production') =>
    Object.values(edgeOf(design, environment).findResources(record)).map(({ Properties }) => Properties);

  test.each([
    ['production', ''],
    ['staging', 'staging.'],
    ['development', 'development.'],
  ] as const)('lead people to CloudFront and CloudFront to the load balancer, in %s (ARC-1)', (environment, prefix) => {
    const records = recordsOf(withInputs({ hostedZoneId }), environment);
    expect(records.map(({ Name, Type, HostedZoneId }) => [Name, Type, HostedZoneId])).toEqual([
      [`${prefix}example.com`, 'A', hostedZoneId],
      [`${prefix}example.com`, 'AAAA', hostedZoneId],
      [`origin.${prefix}example.com`, 'A', hostedZoneId],
    ]);
    const targets = records.map(({ AliasTarget }) => JSON.stringify(AliasTarget));
    expect(targets[0]).toContain('"HostedZoneId":"Z2FDTNDATAQYW2"');
    expect(targets[2]).toMatch(/LoadBalancer\w*DNSName/);
    expect(targets[2]).toMatch(/LoadBalancer\w*CanonicalHostedZoneID/);
  });

  test('are entered by hand when the document names no zone', () => {
    of('production').resourceCountIs(record, 0);
    expect(siteOf(of('production')).config.Aliases).toEqual(['example.com']);
  });

  test('of an origin that another region stands by for are a pair, decided by a check for each (DR-4, DR-8)', () => {
    const template = edgeOf(withRecovery);
    const pair = Object.values(template.findResources(record))
      .map(({ Properties }) => Properties)
      .filter(({ Name }) => Name === 'origin.example.com');
    expect(pair.map(({ Failover, SetIdentifier, Type }) => [Failover, SetIdentifier, Type])).toEqual([
      ['PRIMARY', 'primary', 'A'],
      ['SECONDARY', 'standby', 'A'],
    ]);
    const [first, second] = pair.map(({ AliasTarget }) => JSON.stringify(AliasTarget));
    expect(first).toContain('"ProductionComputeStack"');
    expect(second).toContain('"ProductionStandbyComputeStack"');
    expect(second).toContain('"Region":"us-west-2"');
    const checks = pair.map(({ HealthCheckId }) => checksOf(template)[HealthCheckId['Fn::GetAtt'][0]]);
    expect(checks[0]).toMatchObject({ Type: 'CALCULATED' });
    expect(checks[1]).toMatchObject({ Type: 'HTTPS', ResourcePath: '/health/ready' });
    expect(JSON.stringify(checks[1])).toContain('"ProductionStandbyComputeStack"');
  });

  test.each(['staging', 'development'] as const)(
    'of %s are no pair, since no region stands by for it',
    (environment) => {
      for (const one of recordsOf(withRecovery, environment)) expect(one).not.toHaveProperty('Failover');
    },
  );
});

describe('readiness', () => {
  test('is asked of the load balancer itself, without the secret header (DR-8)', () => {
    const { HealthCheckConfig } = only(of('production'), 'AWS::Route53::HealthCheck');
    expect(HealthCheckConfig).toMatchObject({
      Type: 'HTTPS',
      Port: 443,
      ResourcePath: '/health/ready',
      EnableSNI: true,
    });
    expect(JSON.stringify(HealthCheckConfig.FullyQualifiedDomainName)).toMatch(/LoadBalancer\w*DNSName/);
  });

  test('is not asked of an environment that is off at night, but of one that never is', () => {
    of('development').resourceCountIs('AWS::Route53::HealthCheck', 0);
    const never = edgeOf(awake(exampleDesign), 'development');
    never.resourceCountIs('AWS::Route53::HealthCheck', 1);
  });
});

/** Configurations of health checks by their logical ids. */
const checksOf = (template: Template): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(template.findResources('AWS::Route53::HealthCheck')).map(([id, { Properties }]) => [
      id,
      Properties.HealthCheckConfig,
    ]),
  );

describe('where another region stands by', () => {
  const template = edgeOf(withRecovery);
  const checks = checksOf(template);
  const named = (part: string): [string, Record<string, unknown>] => {
    const found = Object.entries(checks).find(([id]) => id.includes(part));
    if (found === undefined) throw new Error(`There is a check ${part}`);
    return found;
  };
  const childrenOf = (part: string) =>
    z
      .array(z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }))
      .parse(named(part)[1].ChildHealthChecks)
      .map((child) => child['Fn::GetAtt'][0]);

  test('both load balancers are asked every ten seconds (DR-2)', () => {
    const asked = Object.values(checks).filter(({ Type }) => Type === 'HTTPS');
    expect(asked).toHaveLength(2);
    for (const one of asked) expect(one).toMatchObject({ RequestInterval: 10, FailureThreshold: 3 });
  });

  test('the region is lost when it is not ready and its database sends nothing; a bad release alone is no loss (DR-2)', () => {
    expect(named('PrimaryLost')[1]).toMatchObject({ Type: 'CALCULATED', HealthThreshold: 1 });
    const [ready = '', replicates = ''] = childrenOf('PrimaryLost');
    expect(checks[ready]).toMatchObject({ Type: 'HTTPS' });
    expect(checks[replicates]).toMatchObject({
      Type: 'CLOUDWATCH_METRIC',
      InsufficientDataHealthStatus: 'Unhealthy',
      AlarmIdentifier: { Region: 'us-west-2' },
    });
    expect(JSON.stringify(checks[replicates])).toMatch(/ProductionRecoveryStack.*Replication/);
  });

  test('the primary serves while it is ready and no latch is held; what is not known of the latch changes nothing (DR-8)', () => {
    expect(named('PrimaryServes')[1]).toMatchObject({ Type: 'CALCULATED', HealthThreshold: 2 });
    const [ready = '', latch = ''] = childrenOf('PrimaryServes');
    expect(checks[ready]).toMatchObject({ Type: 'HTTPS' });
    expect(checks[latch]).toMatchObject({
      Type: 'CLOUDWATCH_METRIC',
      InsufficientDataHealthStatus: 'LastKnownStatus',
      AlarmIdentifier: { Region: 'us-west-2' },
    });
    expect(JSON.stringify(checks[latch])).toMatch(/ProductionRecoveryStack.*Latch/);
  });

  test('the loss is told to people, and silence is none (DR-2)', () => {
    const [lost] = named('PrimaryLost');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'HealthCheckStatus',
      Dimensions: [{ Name: 'HealthCheckId', Value: { 'Fn::GetAtt': [lost, 'HealthCheckId'] } }],
      TreatMissingData: 'notBreaching',
      AlarmActions: Match.anyValue(),
    });
  });

  test('the loss is told to the other region only where the document says `automatic` (DR-3)', () => {
    template.resourceCountIs('AWS::Events::Rule', 0);
    const automatic = edgeOf(withInputs({ failover: 'automatic' }, withRecovery));
    const rule = only(automatic, 'AWS::Events::Rule');
    const [alarm] = Object.keys(
      automatic.findResources('AWS::CloudWatch::Alarm', {
        Properties: { AlarmDescription: Match.stringLikeRegexp('region is lost') },
      }),
    );
    expect(rule.EventPattern).toMatchObject({
      resources: [{ 'Fn::GetAtt': [alarm, 'Arn'] }],
      detail: { state: { value: ['ALARM'] } },
    });
    expect(JSON.stringify(rule.Targets)).toMatch(/ProductionRecoveryStack.*us-west-2/);
  });

  test('without a domain there are the checks, and no record that they decide (DR-8)', () => {
    const nameless = edgeOf(withInputs({ domain: 'none' }, withRecovery));
    nameless.resourceCountIs(record, 0);
    nameless.resourceCountIs('AWS::Route53::HealthCheck', 6);
  });

  test.each(['staging', 'development'] as const)('%s has none of this', (environment) => {
    const other = edgeOf(withRecovery, environment);
    expect(Object.values(checksOf(other)).filter(({ Type }) => Type !== 'HTTPS')).toEqual([]);
    other.resourceCountIs('AWS::Route53::HealthCheck', environment === 'staging' ? 1 : 0);
  });
});

describe('access logs', () => {
  test.each(formEnvironments)(
    "go to the log bucket of the document's region, below the prefix that expires, in %s (LOG-2)",
    (environment) => {
      const source = only(of(environment), 'AWS::Logs::DeliverySource');
      const [id] = Object.keys(of(environment).findResources(distribution));
      expect(source.LogType).toBe('ACCESS_LOGS');
      expect(JSON.stringify(source.ResourceArn)).toContain(`":distribution/",{"Ref":"${id}"}`);
      const { DestinationResourceArn } = only(of(environment), 'AWS::Logs::DeliveryDestination');
      expect(DestinationResourceArn['Fn::Join'][1]).toEqual([
        {
          'Fn::GetStackOutput': expect.objectContaining({
            Region: 'ap-northeast-1',
            OutputName: expect.stringMatching(/Logs\w*Arn/),
          }),
        },
        '/cloudfront',
      ]);
    },
  );

  test('tell who asked for what, and no cookie', () => {
    const { RecordFields } = only(of('production'), 'AWS::Logs::Delivery');
    expect(RecordFields).toEqual(expect.arrayContaining(['c-ip', 'cs-uri-stem', 'sc-status', 'x-edge-result-type']));
    expect(RecordFields).not.toContain('cs(Cookie)');
  });

  test.each([
    ['production', 90],
    ['staging', 30],
    ['development', 7],
  ] as const)('of the firewall are kept in %s for %i days', (environment, days) => {
    of(environment).allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: days });
  });
});

describe('alarms', () => {
  const alarmsOf = (template: Template) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  test.each([
    ['production', ['critical', 'critical', 'warning', 'warning']],
    ['development', ['critical', 'warning', 'warning']],
  ] as const)(
    'report in %s to the topic of their severity, which the document’s address hears (AC-OPS-2)',
    (environment, severities) => {
      const alarms = alarmsOf(of(environment));
      const found = alarms.map(({ AlarmDescription, AlarmActions, OKActions }) => {
        const severity = AlarmDescription.split(':')[0];
        expect(JSON.stringify(AlarmActions).toLowerCase()).toContain(`alerts${severity}`);
        expect(OKActions).toEqual(AlarmActions);
        return severity;
      });
      expect(found.sort()).toEqual(severities);
      of(environment).resourcePropertiesCountIs(
        'AWS::SNS::Subscription',
        { Protocol: 'email', Endpoint: exampleDesign.inputs.alertEmail },
        2,
      );
    },
  );

  test('of failures say nothing of a handful of requests', () => {
    const [share] = alarmsOf(of('production')).flatMap(({ Metrics }) => Metrics ?? []);
    expect(share).toMatchObject({ Expression: 'IF(requests >= 100, share, 0)', ReturnData: true });
  });

  test('of refusals follow the traffic that the document expects', () => {
    const template = edgeOf({ ...exampleDesign, requestsPerSecond: 200 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'BlockedRequests',
      Threshold: 6_000,
      Dimensions: [
        { Name: 'Rule', Value: 'ALL' },
        { Name: 'WebACL', Value: 'ProductionEdgeStack' },
      ],
    });
    const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
    expect(acl?.Properties.VisibilityConfig.MetricName).toBe('ProductionEdgeStack');
  });

  test('of readiness take silence for trouble', () => {
    of('production').hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'HealthCheckStatus',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });
});
