import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { dataBuckets } from '../../assembly/questions/buckets.ts';
import { ofType } from '../../assembly/relations.ts';
import type { StackSource } from '../../assembly/scope.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments, type Inputs } from '../../design/schema.ts';
import { readResourceLine } from '../../design/words/resource-line.ts';
import { type Evidence, judgedNow, judgementOf, type StatementCase } from './judge.ts';
import { judgeFor, judgeStatements } from './judge-statements.ts';
import { statementJudges } from './statement-judges.ts';
import { formLines } from './testing/form-lines.ts';
import { only, Platform } from './testing/mutants/mutant.ts';
import { sampleSources } from './testing/sample-templates.ts';

const saw = (verdict: Evidence['verdict']): Evidence => ({
  resource: 'Stack/Thing',
  logicalId: 'Thing',
  stack: 'Stack',
  template: 'Stack.template.json',
  property: '/Resources/Thing/Properties/Size',
  observed: 1,
  expected: 2,
  verdict,
});

/** Verdicts on a design of one environment by path, the templates being made for the design. */
function verdicts(
  design: Design,
  environment: FormEnvironment = 'production',
  sources = sampleSources(design, environment),
) {
  const graph = buildGraph(sources);
  const judged = judgeStatements({ graph, design, lines: formLines(design), environments: [environment] });
  return { judged, of: (path: string) => judged.find((verdict) => verdict.path === path)?.verdict };
}

const red = (judged: ReturnType<typeof verdicts>['judged']) =>
  judged.filter(({ verdict }) => verdict === 'fail' || verdict === 'unresolved').map(({ path }) => path);

describe('the verdict that follows from evidence', () => {
  test.each([
    ['any failure fails', [saw('pass'), saw('unresolved'), saw('fail')], 'fail'],
    ['anything unresolved leaves the whole unresolved', [saw('pass'), saw('unresolved')], 'unresolved'],
    ['all as expected passes', [saw('pass'), saw('pass')], 'pass'],
    ['no evidence is no pass', [], 'not-judged'],
  ] as const)('%s', (_, evidence, verdict) => {
    expect(judgementOf(evidence).verdict).toBe(verdict);
  });

  test('a judge without a verdict can still show that a statement fails', () => {
    expect(judgementOf({ notJudged: 'half of it', evidence: [saw('fail')] }).verdict).toBe('fail');
    expect(judgementOf({ notJudged: 'half of it', evidence: [saw('pass')] })).toMatchObject({
      verdict: 'not-judged',
      reason: 'half of it',
    });
  });

  test('evidence decides by its worst part, in any order', () => {
    const part = fc.constantFrom('pass', 'unresolved', 'fail').map((verdict) => saw(verdict));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (evidence) => {
        expect(judgementOf(evidence.toReversed()).verdict).toBe(judgementOf(evidence).verdict);
        expect(judgementOf([...evidence, saw('fail')]).verdict).toBe('fail');
      }),
    );
  });
});

describe('the judges', () => {
  test('no two read the same path', () => {
    const paths = statementJudges.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  test('a path is read by the pattern that fits it most literally', () => {
    expect(judgeFor('network.subnets.3.cidr')?.path).toBe('network.subnets.*.cidr');
    expect(judgeFor('backup.aurora.window.local')?.path).toBe('backup.aurora.window.local');
    expect(judgeFor('criteria.3')).toBeUndefined();
  });

  test('a statement that no judge reads is not judged, never passed', () => {
    const line = { file: 'design.md', number: 7, text: 'x', section: 's', kind: 'statement' as const };
    const statements = [{ kind: 'claim' as const, path: 'criteria.3', environments: ['production' as const] }];
    const judged = judgeStatements({
      graph: buildGraph([]),
      design: exampleDesign,
      lines: [{ ...line, statements }],
      environments: formEnvironments,
    });
    expect(judged).toMatchObject([{ line: 7, environment: 'production', verdict: 'not-judged', evidence: [] }]);
  });

  test('without any template no statement passes', () => {
    const judged = judgeStatements({
      graph: buildGraph([]),
      design: exampleDesign,
      lines: formLines(exampleDesign),
      environments: formEnvironments,
    });
    expect(judged.filter(({ verdict }) => verdict === 'pass').map(({ path }) => path)).toEqual([]);
  });

  test('evidence says where to look', () => {
    const { judged } = verdicts(exampleDesign);
    expect(judged.find(({ path }) => path === 'network.cidr')).toMatchObject({
      id: 'NET-1',
      evidence: [
        {
          resource: 'ProductionNetworkStack/Vpc',
          logicalId: 'Vpc',
          stack: 'ProductionNetworkStack',
          template: 'ProductionNetworkStack.template.json',
          property: '/Resources/Vpc/Properties/CidrBlock',
          observed: '10.0.0.0/16',
          expected: '10.0.0.0/16',
          verdict: 'pass',
        },
      ],
    });
  });

  test('one environment does not answer for another', () => {
    const { judged } = verdicts(exampleDesign, 'staging', sampleSources(exampleDesign, 'production'));
    expect(judged.filter(({ verdict }) => verdict === 'pass').map(({ path }) => path)).toEqual([]);
  });

  test('a platform in another region does not answer for the one of the document (NET-1)', () => {
    const moved = sampleSources(exampleDesign, 'production').map((source) => ({ ...source, region: 'us-east-1' }));
    const { of } = verdicts(exampleDesign, 'production', moved);
    expect(of('region')).toBe('fail');
    expect(of('network.cidr')).toBe('fail');
  });
});

describe('conditions', () => {
  /** Production's templates with a condition on its VPC. */
  function withCondition(condition: StackSource['template']) {
    return sampleSources(exampleDesign, 'production').map((source) => {
      if (source.id !== 'ProductionNetworkStack') return source;
      const template = JSON.parse(JSON.stringify(source.template));
      template.Conditions = { Wanted: condition };
      template.Resources.Vpc.Condition = 'Wanted';
      return { ...source, template };
    });
  }

  test('what a false condition hides is not there', () => {
    const sources = withCondition({ 'Fn::Equals': ['a', 'b'] });
    expect(verdicts(exampleDesign, 'production', sources).of('network.cidr')).toBe('fail');
  });

  test('what an unknown condition may hide is unresolved', () => {
    const sources = withCondition({ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '1'] });
    const { judged } = verdicts(exampleDesign, 'production', sources);
    expect(judged.find(({ path }) => path === 'network.cidr')).toMatchObject({
      verdict: 'unresolved',
      reason: {
        $said: 'hangsOnConditions',
        en: 'it hangs on conditions: AWS::AccountId = 1: pass; any other AWS::AccountId: fail',
      },
    });
  });

  test('what hangs on an unknown condition keeps the decision behind it', () => {
    const whole = buildGraph(withCondition({ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '1'] }));
    const judge = {
      id: 'NET-1',
      path: 'network.cidr',
      deviation: 'ADR-001',
      judge: ({ graph }: StatementCase) => (ofType(graph, 'AWS::EC2::VPC').length > 0 ? [saw('pass')] : [saw('fail')]),
    };
    const places = { design: exampleDesign, environment: 'production', documented: true, runtime: [], indices: [] };
    const statement = { kind: 'input', path: 'network.cidr', environments: ['production'] } as const;
    const caseOf = (graph: Assembly) => ({ graph, everywhere: graph, whole: graph, statement, ...places });
    expect(judgedNow(judge, whole, caseOf)).toMatchObject({ verdict: 'unresolved', deviation: 'ADR-001' });
  });

  test('a rule whose port is known only at deployment is unresolved, not passed', () => {
    const platform = new Platform(exampleDesign, 'production', sampleSources(exampleDesign, 'production'));
    const rule = only(ofType(platform.graph, 'AWS::EC2::SecurityGroupIngress'));
    platform.set(rule, ['FromPort'], { Ref: 'AWS::AccountId' });
    const judged = judgeStatements({
      graph: platform.spoilt(),
      design: exampleDesign,
      lines: formLines(exampleDesign),
      environments: ['production'],
    });
    expect(red(judged)).toEqual(['securityGroups.1.name', 'securityGroups.1.ingress.0']);
    expect(judged.filter(({ path }) => red(judged).includes(path)).map(({ verdict }) => verdict)).toEqual([
      'unresolved',
      'unresolved',
    ]);
  });
});

describe('other documents of the form', () => {
  test('other figures: three zones, other ranges, other ports, other thresholds', () => {
    const design: Design = {
      ...exampleDesign,
      region: 'eu-west-1',
      stacks: exampleDesign.stacks.map((stack) => ({
        ...stack,
        resources: stack.resources.map(({ text }) => readResourceLine(text.replace('x2', 'x3'))),
      })),
      network: {
        ...exampleDesign.network,
        cidr: '172.16.0.0/16',
        subnets: exampleDesign.network.subnets
          .filter(({ zone }) => zone === 'a')
          .flatMap((subnet, tier) =>
            ['a', 'b', 'c'].map((zone, index) => ({ ...subnet, zone, cidr: `172.16.${tier * 10 + index}.0/24` })),
          ),
      },
      securityGroups: exampleDesign.securityGroups.map((group) => ({
        ...group,
        ingress: group.ingress.map((rule) =>
          rule.fromPort === 8080 ? { ...rule, fromPort: 9000, toPort: 9010 } : rule,
        ),
      })),
      sizes: { ...exampleDesign.sizes, production: { ...exampleDesign.sizes.production, natGateways: 3 } },
      alarms: exampleDesign.alarms.map((alarm) => ({ ...alarm, evaluationPeriods: alarm.evaluationPeriods + 1 })),
    };
    expect(red(verdicts(design).judged)).toEqual([]);
    const { of } = verdicts(
      design,
      'production',
      sampleSources({ ...design, securityGroups: exampleDesign.securityGroups }, 'production'),
    );
    expect([of('network.cidr'), of('securityGroups.1.ingress.0')]).toEqual(['pass', 'fail']);
  });

  test('interface endpoints that are switched on must stand, with private names and a group that lets callers in (NET-6)', () => {
    const design: Design = { ...exampleDesign, inputs: { ...exampleDesign.inputs, interfaceEndpoints: true } };
    expect(verdicts(design).of('network.interfaceEndpoints.services.0')).toBe('fail');

    const platform = new Platform(design, 'production', sampleSources(design, 'production'));
    const network = only(ofType(platform.graph, 'AWS::EC2::VPC'));
    const [first = ''] = design.network.interfaceEndpoints.services;
    platform.add(network, 'AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${design.region}.${first}`,
      PrivateDnsEnabled: false,
      SubnetIds: [],
    });
    const judged = judgeStatements({
      graph: platform.spoilt(),
      design,
      lines: formLines(design),
      environments: ['production'],
    });
    const line = judged.find(({ path }) => path === 'network.interfaceEndpoints.services.0');
    expect(line?.verdict).toBe('fail');
    expect(line?.evidence.map(({ property }) => property.split('/').at(-1))).toEqual(
      expect.arrayContaining(['PrivateDnsEnabled', 'SubnetIds', 'SecurityGroupIds']),
    );
  });

  test('the group of the interface endpoints lets in nobody but tasks and functions (SG-1, NET-6)', () => {
    const design: Design = { ...exampleDesign, inputs: { ...exampleDesign.inputs, interfaceEndpoints: true } };
    const withRule = (rule: Readonly<Record<string, string | number>>) => {
      const sources = sampleSources(design, 'production').map((source) => {
        if (source.id !== 'ProductionSecurityStack') return source;
        const template = JSON.parse(JSON.stringify(source.template));
        template.Resources.Endpoints = {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            SecurityGroupIngress: [
              { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: { Ref: 'Groupecs' } },
              rule,
            ],
          },
        };
        template.Resources.Endpoint = {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: { VpcEndpointType: 'Interface', SecurityGroupIds: [{ Ref: 'Endpoints' }] },
        };
        return { ...source, template };
      });
      return verdicts(design, 'production', sources).of('stacks.1.name');
    };
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    expect(withRule({ ...https, SourceSecurityGroupId: 'sg-0123456789abcdef0' })).toBe('fail');
    expect(withRule({ ...https, CidrIp: '0.0.0.0/0' })).toBe('fail');
    expect(withRule({ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' })).toBe('pass');
  });

  test('a document without functions asks for none: their lines do not apply', () => {
    const production = { ...exampleDesign.sizes.production };
    delete production.functions;
    const design: Design = { ...exampleDesign, functions: [], sizes: { ...exampleDesign.sizes, production } };
    const { of } = verdicts(design);
    expect(of('alarms.6.metric')).toBe('not-applicable');
    expect(of('roles.2.purpose')).toBe('not-applicable');
    expect(of('dashboards.0.widgets.3')).toBe('not-applicable');
  });

  test('an environment with fewer NAT gateways than zones shares them (SIZE-4)', () => {
    const { of } = verdicts(exampleDesign, 'staging');
    expect([
      of('network.subnets.3.defaultRoute'),
      of('network.subnets.1.uses'),
      of('sizes.staging.natGateways'),
    ]).toEqual(['pass', 'pass', 'pass']);
  });
});

describe('inputs of the front matter (INP-1)', () => {
  const given = (inputs: Partial<Inputs>): Design => ({
    ...exampleDesign,
    inputs: { ...exampleDesign.inputs, ...inputs },
  });
  const arn = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/own';

  test('without a domain there is no certificate', () => {
    const design = given({ domain: 'none' });
    expect(verdicts(design).of('inputs.domain')).toBe('pass');
    expect(verdicts(design, 'production', sampleSources(exampleDesign, 'production')).of('inputs.domain')).toBe('fail');
  });

  test('which names a certificate holds that is only named no template says', () => {
    const design = given({ certificates: { origin: arn } });
    const behind = sampleSources(design, 'production').filter(({ id }) => id !== 'ProductionEdgeStack');
    const { of } = verdicts(design, 'production', behind);
    expect([of('inputs.domain'), of('inputs.certificates.origin')]).toEqual(['not-judged', 'pass']);
    const other = given({ certificates: { origin: `${arn}er` } });
    expect(
      verdicts(other, 'production', sampleSources(given({ certificates: { origin: arn } }), 'production')).of(
        'inputs.certificates.origin',
      ),
    ).toBe('fail');
  });

  test('certificates are validated in the zone of the document', () => {
    const design = given({ hostedZoneId: 'Z1' });
    expect(verdicts(design).of('inputs.hostedZoneId')).toBe('pass');
    for (const built of [given({ hostedZoneId: 'Z2' }), exampleDesign])
      expect(verdicts(design, 'production', sampleSources(built, 'production')).of('inputs.hostedZoneId')).toBe('fail');
  });

  test('a domain that only ends alike is another one', () => {
    const built = sampleSources(given({ domain: 'myexample.com' }), 'production');
    expect(verdicts(exampleDesign, 'production', built).of('inputs.domain')).toBe('fail');
  });

  test('an environment may have fewer tasks than the most, but none more', () => {
    expect(verdicts(exampleDesign, 'staging').of('inputs.maxTasks')).toBe('pass');
    expect(verdicts(given({ maxTasks: 3 }), 'staging').of('inputs.maxTasks')).toBe('fail');
  });
});

describe('what binds some environments only', () => {
  test('one zone is enough where the document says so (AC-REL-1)', () => {
    const of = (environment: FormEnvironment) => verdicts(exampleDesign, environment).of(`multiAz.${environment}`);
    expect([of('production'), of('staging'), of('development')]).toEqual(['pass', 'not-applicable', 'not-applicable']);
  });

  test('a replica that nobody has built fails, and none is none (BKP-5)', () => {
    const platform = new Platform(exampleDesign, 'production', sampleSources(exampleDesign, 'production'));
    platform.set(only(dataBuckets(platform.graph)), ['ReplicationConfiguration'], undefined);
    const judged = judgeStatements({
      graph: platform.spoilt(),
      design: exampleDesign,
      lines: formLines(exampleDesign),
      environments: ['production'],
    });
    expect(red(judged)).toEqual(['backup.s3.replicateTo.production']);
    expect(verdicts(exampleDesign, 'staging').of('backup.s3.replicateTo.staging')).toBe('pass');
  });

  test('a small instance warns at shares of its own storage, in whole GiB (MON-12)', () => {
    expect(verdicts(exampleDesign, 'development').of('alarms.11.warning')).toBe('pass');
    const half = (gibibytes: number) => {
      const platform = new Platform(exampleDesign, 'development', sampleSources(exampleDesign, 'development'));
      const alarm = only(
        ofType(platform.graph, 'AWS::CloudWatch::Alarm').filter(
          ({ properties }) => properties.MetricName === 'FreeLocalStorage' && properties.Threshold === 4 * 2 ** 30,
        ),
      );
      platform.set(alarm, ['Threshold'], gibibytes * 2 ** 30);
      const lines = formLines(exampleDesign);
      const judged = judgeStatements({
        graph: platform.spoilt(),
        design: exampleDesign,
        lines,
        environments: ['development'],
      });
      return judged.find(({ path }) => path === 'alarms.11.warning')?.verdict;
    };
    expect([half(4), half(8.13 / 2), half(10)]).toEqual(['pass', 'fail', 'fail']);
  });

  test('the order of the stacks departs only from a document that has another (ADR-008)', () => {
    const deviation = (design: Design) =>
      verdicts(design).judged.find(({ path }) => path === 'stacks.5.dependsOn')?.deviation;
    const said: Design = {
      ...exampleDesign,
      stacks: exampleDesign.stacks.map((stack) =>
        stack.name === 'ComputeStack' ? { ...stack, dependsOn: [...stack.dependsOn, 'MessagingStack'] } : stack,
      ),
    };
    expect([deviation(exampleDesign), deviation(said)]).toEqual(['ADR-008', undefined]);
    expect(verdicts(said).of('stacks.5.dependsOn')).toBe('pass');
  });
});

describe('claims about the source tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'hashira-'));
  const folder = join(root, 'infrastructure', 'lib', 'stacks');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'network-stack.ts'), 'export class NetworkStack {\n  readonly vpc: ec2.IVpc;\n}\n');
  writeFileSync(
    join(folder, 'compute-stack.ts'),
    'export class ComputeStack {\n  readonly apiFunctions: readonly IFunction[];\n}\n',
  );
  writeFileSync(
    join(folder, 'database-stack.ts'),
    'interface Props {\n  readonly cluster: IDatabaseCluster;\n}\nexport class DatabaseStack {\n}\n',
  );
  writeFileSync(join(folder, 'cache-stack.ts'), 'export class CacheStack {\n  // readonly endpoint: string;\n}\n');

  const judged = judgeStatements({
    graph: buildGraph(sampleSources(exampleDesign, 'production')),
    design: exampleDesign,
    lines: formLines(exampleDesign),
    environments: ['production'],
    repository: root,
  });
  rmSync(root, { recursive: true });
  const of = (path: string) => judged.find((verdict) => verdict.path === path)?.verdict;

  test('a file is there or is not (STK-1)', () => {
    expect([of('stacks.0.file'), of('stacks.1.file')]).toEqual(['pass', 'fail']);
  });

  test('an output is a public property of its type (STK-1, STK-6)', () => {
    expect([of('stacks.0.outputs.0'), of('stacks.5.outputs.0')]).toEqual(['pass', 'pass']);
  });

  test('what the constructor takes is no output (STK-3)', () => {
    expect(of('stacks.2.outputs.0')).toBe('fail');
  });

  test('a comment is no property (STK-4)', () => {
    expect(of('stacks.3.outputs.0')).toBe('fail');
  });
});
