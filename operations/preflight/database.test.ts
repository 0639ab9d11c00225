// Each state that a database can be in, in the account, beside the templates of the project's own document.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { environmentGraphOf } from '../../assembly/environment-graph.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import type { Environment } from '../../design/schema.ts';
import { remove, synthesized } from '../../local/testing/templates.ts';
import { account, healthyAccount, now } from '../aws/testing/account.ts';
import { type Answers, type AwsStub, startAwsStub } from '../aws/testing/aws-stub.ts';
import { runRefusing } from './preflight.ts';

const templates = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() })),
});
type Template = z.infer<typeof templates>;

const everyOne = (type: string, properties: object) => (template: Template) => {
  for (const one of Object.values(template.Resources).filter(({ Type }) => Type === type))
    one.Properties = { ...one.Properties, ...properties };
};
/** As the deployer writes a read whose value had changed. */
function turned({ Resources }: Template): void {
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === 'AWS::RDS::DBInstance' && Properties !== undefined)
      Properties.MonitoringRoleArn = { 'Fn::Join': ['0123456789abcdef', [Properties.MonitoringRoleArn]] };
}

let stub: AwsStub | undefined;
afterEach(async () => {
  await stub?.stop();
  stub = undefined;
});

describe.each<Environment>(['production', 'development'])('a database of %s', (environment) => {
  let assembly: string;
  let graph: Assembly;
  beforeAll(() => {
    assembly = synthesized(environment);
    graph = readAssembly(assembly);
  });
  afterAll(() => remove(assembly));
  const environmentGraph = () => environmentGraphOf(graph, environment, exampleDesign.region);

  /** The stack was deployed with a template that this was done to. */
  const deployedWith = (edit: (template: Template) => void): Answers => ({
    'cloudformation.GetTemplate': ({ input }) => {
      const stack = environmentGraph().stacks.find(({ name }) => name === input.StackName);
      const text = readFileSync(join(assembly, stack?.templateFile ?? ''), 'utf8');
      const template = templates.parse(JSON.parse(text));
      edit(template);
      return { TemplateBody: JSON.stringify(template) };
    },
  });
  const clusterIs = (is: Readonly<Record<string, string>>): Answers => ({
    'rds.DescribeDBClusters': { DBClusters: { DBCluster: { Status: 'available', EngineVersion: '17.7', ...is } } },
  });

  async function look(answers: Answers = {}) {
    stub = await startAwsStub({
      ...healthyAccount({ graph, environmentGraph: environmentGraph(), assembly }),
      ...answers,
    });
    const machine = { nameServers: async () => [], run: async () => '', platform: '', builder: '' };
    const { clients } = stub;
    return runRefusing({ clients, graph, assembly, design: exampleDesign, environment, account, machine, now });
  }
  const said = async (answers?: Answers) => [
    ...new Set((await look(answers)).filter(({ check }) => check === 'database').map(({ is }) => is)),
  ];

  test('that runs as its template says is well', async () => {
    expect(await said()).toEqual(['engineSame']);
  });

  test.each([
    ['which nothing changes', () => {}, ['databaseRests', 'engineSame']],
    [
      'whose cluster changes',
      everyOne('AWS::RDS::DBCluster', { BackupRetentionPeriod: 30 }),
      ['databaseStopped', 'engineSame'],
    ],
    [
      'of which an instance changes',
      everyOne('AWS::RDS::DBInstance', { PromotionTier: 9 }),
      ['databaseStopped', 'engineSame'],
    ],
    [
      'beside which something else changes',
      everyOne('AWS::KMS::Key', { EnableKeyRotation: 'no' }),
      ['databaseRests', 'engineSame'],
    ],
    ['of which the deployer had a read made anew', turned, ['databaseRests', 'engineSame']],
  ])('and is stopped, %s', async (_, edit, expected) => {
    expect(await said({ ...clusterIs({ Status: 'stopped' }), ...deployedWith(edit) })).toEqual(expected);
  });

  test('that is stopped and gets other tags is changed', async () => {
    const [first] = environmentGraph().stacks;
    const untagged = { StackName: first?.name, StackStatus: 'CREATE_COMPLETE', CreationTime: now.toISOString() };
    const answers = { 'cloudformation.DescribeStacks': { Stacks: { member: untagged } } };
    expect(await said({ ...clusterIs({ Status: 'stopped' }), ...answers })).toEqual(['databaseStopped', 'engineSame']);
  });

  test('that is stopped is started by working hours where there are any', async () => {
    const edit = everyOne('AWS::RDS::DBCluster', { BackupRetentionPeriod: 30 });
    const results = await look({ ...clusterIs({ Status: 'stopped' }), ...deployedWith(edit) });
    const { facts } = results.find(({ is }) => is === 'databaseStopped') ?? {};
    expect(facts).toMatchObject({ environment: environment === 'development' ? environment : null });
  });

  test('that is to come to the next minor version waits for what follows it', async () => {
    const older = { EngineVersion: '17.6' };
    const answers = { ...clusterIs(older), ...deployedWith(everyOne('AWS::RDS::DBCluster', older)) };
    const expected = environment === 'production' ? ['engineFollowersFirst', 'engineUpgrade'] : ['engineUpgrade'];
    expect(await said(answers)).toEqual(expected);
  });

  test('that cannot be looked at is unknown', async () => {
    expect(await said({ 'rds.DescribeDBClusters': { DBClusters: {} } })).toEqual(['unread']);
  });
});
