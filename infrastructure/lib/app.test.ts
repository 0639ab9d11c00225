// Claims about the checks: that they run on every stack, that what was acknowledged once is not acknowledged everywhere, and that no
// acknowledgement outlives its finding.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { type Design, formEnvironments } from '../../design/schema.ts';
import { createApp, synthesize } from './app.ts';
import { NetworkStack } from './stacks/network-stack.ts';
import { platformOf, scratch, stacksOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

/** The platform with all checks on. */
const checked = (outdir = scratch(), design: Design = exampleDesign) =>
  platformOf(design, undefined, { validation: true, outdir });

test.each(formEnvironments)(
  'the validator and cdk-nag find nothing in %s that nobody acknowledged (TST-3)',
  (environment) => {
    const app = platformOf(recoveringDesign, [environment], { validation: true });
    expect(synthesize(app).findings).toEqual([]);
  },
);

test('interface endpoints and a cache of another engine pass the checks too', () => {
  const inputs = { ...exampleDesign.inputs, interfaceEndpoints: true, cacheEngine: 'valkey' as const };
  const app = platformOf({ ...exampleDesign, inputs }, ['production'], { validation: true });
  expect(synthesize(app).findings).toEqual([]);
});

describe('a fresh violation', () => {
  /** What the platform acknowledges somewhere, done again where nobody did. */
  function violate(scope: IConstruct): void {
    const vpc = new CfnVPC(scope, 'RogueVpc', { cidrBlock: '10.9.0.0/16' });
    new CfnSubnet(scope, 'RogueSubnet', {
      vpcId: vpc.ref,
      cidrBlock: '10.9.0.0/24',
      availabilityZone: 'ap-northeast-1a',
    });
    new Bucket(scope, 'RogueBucket');
    new Role(scope, 'RogueRole', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonECSTaskExecutionRolePolicy')],
    });
  }
  const rules = [
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy]',
    'AwsSolutions-S1',
    'AwsSolutions-S10',
    'AwsSolutions-VPC7',
    'W3010',
  ];
  const found = (app: App) => {
    const { findings } = synthesize(app);
    expect(findings.filter(({ resource }) => !resource.includes('Rogue'))).toEqual([]);
    return [...new Set(findings.map(({ rule }) => rule))].filter((rule) => rules.includes(rule)).sort();
  };

  test('of a rule that is acknowledged elsewhere is found in a stack of its own (aws/aws-cdk#38495)', () => {
    const app = checked();
    violate(new Stack(app, 'Rogue', { env: { region: 'ap-northeast-1' } }));
    expect(found(app)).toEqual(rules);
  });

  test('is found beside what is acknowledged, in the same stack', () => {
    const app = checked();
    const network = stacksOf(app).find((stack) => stack instanceof NetworkStack);
    if (network === undefined) throw new Error('The platform has a NetworkStack');
    violate(network);
    expect(found(app)).toEqual(rules);
  });

  test('of the schema is found, with the path of its construct', () => {
    const app = createApp({ outdir: scratch() });
    const stack = new Stack(app, 'Rogue', { env: { region: 'ap-northeast-1' } });
    new CfnVPC(stack, 'Vpc').addPropertyOverride('Cidr', '10.0.0.0/16');
    expect(synthesize(app).findings).toContainEqual(
      expect.objectContaining({ rule: expect.stringMatching(/^[EF]\d{4}$/), resource: 'Rogue/Vpc' }),
    );
  });

  test('is not looked for when the checks are off', () => {
    const app = createApp({ outdir: scratch(), validation: false });
    violate(new Stack(app, 'Rogue', { env: { region: 'ap-northeast-1' } }));
    expect(synthesize(app).findings).toEqual([]);
  });
});

test('a check that breaks is an error, never an empty list of findings', () => {
  const app = createApp({ outdir: scratch() });
  new Stack(app, 'Any', { env: { region: 'ap-northeast-1' } });
  Validations.of(app).addPlugins({
    name: 'Broken',
    validate: () => {
      throw new Error('out of order');
    },
  });
  expect(() => synthesize(app)).toThrow(/Broken.*out of order/);
});

describe('acknowledgements', () => {
  test('each have a finding that they are for', () => {
    const outdir = scratch();
    const app = checked(outdir, recoveringDesign);
    synthesize(app);
    const needed = [...nagFindings(app), ...suppressedIn(outdir)];
    const idle = acknowledged(app).filter(
      ({ id, path }) => !needed.some((finding) => finding.id === id && isWithin(finding.path, path)),
    );
    expect(acknowledged(app).length).toBeGreaterThan(20);
    expect(idle).toEqual([]);
  });

  test('each have a reason, and are for less than a stack', () => {
    for (const { path, reason } of acknowledged(checked(scratch(), recoveringDesign))) {
      expect(path).toContain('/');
      expect(reason).toMatch(/\w.{20,}\.$/);
    }
  });

  test('leave no path of this machine in what is written', () => {
    const outdir = scratch();
    synthesize(checked(outdir));
    const files = readdirSync(outdir).filter((name) => /\.(json|out)$/.test(name));
    const telling = files.filter((name) => readFileSync(join(outdir, name), 'utf8').includes(import.meta.dirname));
    expect(files.length).toBeGreaterThan(20);
    expect(telling).toEqual([]);
  });
});

interface Acknowledged {
  readonly id: string;
  readonly path: string;
  readonly reason: string;
}

function acknowledged(app: App): Acknowledged[] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([id, reason]) => ({
          id: id.replace(/^Annotation::/, ''),
          path: node.path,
          reason,
        })),
      ),
  );
}

/** Everything that cdk-nag finds when it is deaf to acknowledgements. */
function nagFindings(app: App): { readonly id: string; readonly path: string }[] {
  const deaf = new AwsSolutionsChecks();
  Object.defineProperty(deaf, 'isAcknowledged', { value: () => false });
  return deaf
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({ id: ruleName, path: constructPath })),
    );
}

/** What the other checks found and had acknowledged. */
function suppressedIn(outdir: string): { readonly id: string; readonly path: string }[] {
  const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  type Suppressed = {
    readonly acknowledgedId: string;
    readonly violatingConstructs: { readonly constructPath: string }[];
  };
  const suppressed: Suppressed[] = report.pluginReports.flatMap(
    (plugin: { readonly suppressedViolations?: Suppressed[] }) => plugin.suppressedViolations ?? [],
  );
  return suppressed.flatMap(({ acknowledgedId, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => ({
      id: acknowledgedId.replace(/^Annotation::/, ''),
      path: constructPath,
    })),
  );
}

const isWithin = (path: string, scope: string) => path === scope || path.startsWith(`${scope}/`);
