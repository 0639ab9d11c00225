// Claims that hold for every stack of every environment: tags, guards, place, and the commit (AC-OPS-4, RBK-1, STK-1…8).
import { type App, CfnResource, Stack, TagManager } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { formEnvironments } from '../../design/schema.ts';
import { platformOf, stacksOf } from './testing/environment.ts';

let app: App;

beforeAll(() => {
  app = platformOf(exampleDesign);
  app.synth();
});

/** Tags of a resource as its template has them: some types take a list, some an object. */
function tagsOf(resource: CfnResource): Readonly<Record<string, unknown>> {
  const manager = TagManager.of(resource);
  return manager === undefined ? {} : manager.tagValues();
}

describe('tags', () => {
  test.each(formEnvironments)(
    'Environment, Project, Owner and ManagedBy are on everything that takes tags in %s (AC-OPS-4)',
    (environment) => {
      const taggable = stacksOf(app)
        .filter(({ stackName }) => stackName.toLowerCase().startsWith(environment))
        .flatMap((stack) => stack.node.findAll())
        .filter((construct) => CfnResource.isCfnResource(construct))
        .filter((resource) => TagManager.isTaggable(resource) || TagManager.isTaggableV2(resource));
      expect(taggable.length).toBeGreaterThan(50);
      const wanted = { Environment: environment, Project: 'web-platform', Owner: 'platform', ManagedBy: 'CDK' };
      const bare = taggable.filter((resource) => {
        const tags = tagsOf(resource);
        return !Object.entries(wanted).every(([key, value]) => tags[key] === value);
      });
      expect(bare.map(({ node }) => node.path)).toEqual([]);
    },
  );

  test('stand in the template too, not only in the construct', () => {
    const network = stacksOf(app).find(({ stackName }) => stackName === 'ProductionNetworkStack');
    const { Resources } = network === undefined ? {} : app.synth().getStackArtifact(network.artifactId).template;
    const vpc = Object.values(Resources as Record<string, { Type: string; Properties: unknown }>).find(
      ({ Type }) => Type === 'AWS::EC2::VPC',
    );
    expect(vpc?.Properties).toMatchObject({
      Tags: expect.arrayContaining([{ Key: 'Owner', Value: 'platform' }]),
    });
  });

  test.each(formEnvironments)(
    'are on the stacks of %s themselves, so that CloudFormation carries them on',
    (environment) => {
      for (const stack of stacksOf(app).filter(({ stackName }) => stackName.toLowerCase().startsWith(environment))) {
        expect(stack.tags.tagValues()).toMatchObject({ Environment: environment, ManagedBy: 'CDK' });
      }
    },
  );
});

describe('a stack', () => {
  test('lives in the region of the document, that of the edge where CloudFront wants it, and in any account', () => {
    const design = { ...exampleDesign, region: 'eu-west-1' };
    for (const stack of stacksOf(platformOf(design, ['staging']))) {
      expect([stack.stackName, stack.region]).toEqual([
        stack.stackName,
        /^StagingEdge/.test(stack.stackName) ? 'us-east-1' : 'eu-west-1',
      ]);
      expect(Stack.of(stack).resolve(stack.account)).toEqual({ Ref: 'AWS::AccountId' });
    }
  });

  test('of copies lives in the region that keeps them', () => {
    const base = stacksOf(platformOf(exampleDesign, ['production'])).find(
      ({ stackName }) => stackName === 'ProductionRecoveryBaseStack',
    );
    expect(base?.region).toBe('us-west-2');
    expect(base?.terminationProtection).toBe(true);
  });

  test('says what it is for in the words of the document', () => {
    for (const { name, purpose } of exampleDesign.stacks) {
      const stack = stacksOf(app).find(({ stackName }) => stackName === `Production${name}`);
      expect([name, stack?.templateOptions.description]).toEqual([name, purpose]);
    }
  });

  test.each([
    ['production', 'NetworkStack', true],
    ['production', 'DatabaseStack', true],
    ['staging', 'StorageStack', true],
    ['development', 'DatabaseStack', false],
  ] as const)('is in %s, as %s, guarded against deletion: %s', (environment, name, guarded) => {
    const stack = stacksOf(app).find(
      ({ stackName }) => stackName.toLowerCase() === `${environment}${name}`.toLowerCase(),
    );
    expect(stack?.terminationProtection).toBe(guarded);
  });

  test('knows the zones of the document without asking an account', () => {
    for (const stack of stacksOf(app)) {
      expect(stack.availabilityZones).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
    }
  });
});

describe('the commit', () => {
  const outputsOf = (context: Readonly<Record<string, unknown>>) => {
    const built = platformOf(exampleDesign, ['development'], { context });
    const assembly = built.synth();
    return stacksOf(built).map((stack) => assembly.getStackArtifact(stack.artifactId).template.Outputs?.Commit?.Value);
  };

  test('is an output of every stack when it is given (RBK-1)', () => {
    expect(new Set(outputsOf({ commit: '0a1b2c3' }))).toEqual(new Set(['0a1b2c3']));
  });

  test.each([{}, { commit: '' }])('is absent otherwise: %o (RBK-1)', (context) => {
    expect(new Set(outputsOf(context))).toEqual(new Set([undefined]));
  });
});
