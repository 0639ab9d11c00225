// The commands of a procedure are held against the assembly, and links of the front matter against the tree.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { buildGraph } from '../../../../assembly/build-graph.ts';
import type { Assembly } from '../../../../assembly/graph.ts';
import { ofType } from '../../../../assembly/relations.ts';
import type { StackSource } from '../../../../assembly/scope.ts';
import { exampleDesign } from '../../../../design/fixtures/example-design.ts';
import type { Design } from '../../../../design/schema.ts';
import { readCommand } from '../../../../design/words/command.ts';
import { judgementOf, type StatementCase } from '../../judge.ts';
import { judgeFor } from '../../judge-statements.ts';
import { only, Platform } from '../../testing/mutants/mutant.ts';
import { sampleSources } from '../../testing/sample-templates.ts';

const network = 'npx cdk deploy ProductionNetworkStack --require-approval any-change';
const security = 'npx cdk deploy ProductionSecurityStack --require-approval any-change';

/** The verdict on one command of a procedure that consists of these. */
function verdictOn(
  commands: readonly string[],
  position: number,
  {
    part = 'steps',
    sources = sampleSources(exampleDesign, 'production'),
  }: { part?: 'steps' | 'rollback'; sources?: readonly StackSource[] } = {},
) {
  const steps = [{ title: '', items: [], commands: commands.map(readCommand) }];
  const design: Design = { ...exampleDesign, deployment: { ...exampleDesign.deployment, [part]: steps } };
  return judged(`deployment.${part}.0.commands.${position}`, design, [0, position], { sources });
}

function judged(
  path: string,
  design: Design,
  indices: readonly number[],
  { repository, sources = [] }: { repository?: string; sources?: readonly StackSource[] },
) {
  return judgedOn(buildGraph(sources), path, design, indices, repository);
}

function judgedOn(everywhere: Assembly, path: string, design: Design, indices: readonly number[], repository?: string) {
  const judgeCase: StatementCase = {
    graph: everywhere,
    everywhere,
    whole: everywhere,
    documented: true,
    runtime: [],
    design,
    environment: 'production',
    indices,
    statement: { kind: 'procedure', path, environments: ['production'] },
    repository,
  };
  const judge = judgeFor(path);
  if (judge === undefined) throw new Error(`no judge of ${path}`);
  return judgementOf(judge.judge(judgeCase)).verdict;
}

describe('commands of a procedure (DEP-2, DEP-4, RBK-1)', () => {
  test.each<[string, readonly string[], number, string]>([
    ['stacks in the order in which they wait', [network, security], 0, 'pass'],
    ['the later one too', [network, security], 1, 'pass'],
    ['a stack before one that it waits for', [security, network], 0, 'fail'],
    ['a stack that nobody builds', ['npx cdk diff ProductionQueueStack'], 0, 'fail'],
    ['one of two stacks that nobody builds', ['cdk deploy ProductionNetworkStack ProductionQueueStack'], 0, 'fail'],
    ['another environment', ['npx cdk deploy StagingNetworkStack'], 0, 'not-applicable'],
    ['all stacks', ['npx cdk synth --all'], 0, 'pass'],
    ['what is no command of the CDK', ['npm ci'], 0, 'not-judged'],
  ])('%s', (_, commands, position, verdict) => {
    expect(verdictOn(commands, position)).toBe(verdict);
  });

  test('a stack before one that only the platform lets it wait for is taken along by the CDK (ADR-008)', () => {
    const commands = ['ComputeStack', 'MessagingStack'].map((name) => `npx cdk deploy Production${name}`);
    const platform = new Platform(exampleDesign, 'production', sampleSources(exampleDesign, 'production'));
    platform.waitFor('ProductionComputeStack', 'ProductionMessagingStack');
    const stacks = exampleDesign.stacks.map((one) => ({
      ...one,
      dependsOn: one.dependsOn.filter((other) => other !== 'MessagingStack'),
    }));
    const deployment = {
      ...exampleDesign.deployment,
      steps: [{ title: '', items: [], commands: commands.map(readCommand) }],
    };
    const path = 'deployment.steps.0.commands.0';
    expect(judgedOn(platform.spoilt(), path, { ...exampleDesign, stacks, deployment }, [0, 0])).toBe('pass');
    const said = stacks.map((one) =>
      one.name === 'ComputeStack' ? { ...one, dependsOn: [...one.dependsOn, 'MessagingStack'] } : one,
    );
    expect(judgedOn(platform.spoilt(), path, { ...exampleDesign, stacks: said, deployment }, [0, 0])).toBe('fail');
  });

  test('a way back may name stacks in any order', () => {
    expect(verdictOn([security, network], 0, { part: 'rollback' })).toBe('pass');
  });

  test('nothing passes where nothing is built', () => {
    expect(verdictOn([network], 0, { sources: [] })).toBe('fail');
    expect(verdictOn(['npx cdk synth --all'], 0, { sources: [] })).toBe('not-judged');
  });
});

describe('links of the front matter (DOC-3, DOC-7)', () => {
  let tree: string | undefined;
  afterEach(() => {
    if (tree !== undefined) rmSync(tree, { recursive: true });
    tree = undefined;
  });

  test.each(['basedOn', 'relatedAdr.0'])('%s is there, or the line fails', (path) => {
    tree = mkdtempSync(join(tmpdir(), 'hashira-links-'));
    const design: Design = { ...exampleDesign, basedOn: 'specs/here.md', relatedAdr: ['specs/here.md'] };
    const verdict = (repository?: string) => judged(path, design, [0], repository === undefined ? {} : { repository });
    expect(verdict(tree)).toBe('fail');
    mkdirSync(join(tree, 'specs'));
    writeFileSync(join(tree, 'specs/here.md'), '');
    expect(verdict(tree)).toBe('pass');
    expect(verdict()).toBe('not-judged');
  });
});

test('INP-1: tasks that trust another issuer turn the line red', () => {
  const design: Design = {
    ...exampleDesign,
    inputs: { ...exampleDesign.inputs, jwtIssuer: 'https://login.example.com/' },
  };
  const verdict = (issuer: string) => {
    const platform = new Platform(design, 'production', sampleSources(design, 'production'));
    const task = only(ofType(platform.graph, 'AWS::ECS::TaskDefinition'));
    platform.set(task, ['ContainerDefinitions', 0, 'Environment'], [{ Name: 'JWT_ISSUER', Value: issuer }]);
    return judgedOn(platform.spoilt(), 'inputs.jwtIssuer', design, []);
  };
  expect(verdict('https://login.example.com/')).toBe('pass');
  expect(verdict('https://login.example.net/')).toBe('fail');
});
