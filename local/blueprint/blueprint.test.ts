import { afterAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { said } from '../../assembly/words.ts';
import { targetTracker } from '../../aws/target-tracking.ts';
import type { Environment } from '../../design/schema.ts';
import { words } from '../problems.ts';
import { changeTemplate, remove, synthesized } from '../testing/templates.ts';
import { type Blueprint, readBlueprint } from './blueprint.ts';
import { openDirectory } from './directory.ts';

const made: string[] = [];
afterAll(() => made.forEach(remove));

function blueprintOf(environment: Environment, change?: (document: string) => string): Blueprint {
  const directory = synthesized(environment, change);
  made.push(directory);
  return readBlueprint(readAssembly(directory), environment);
}

describe("the templates of the project's own document", () => {
  const production = blueprintOf('production');
  const development = blueprintOf('development');

  test('say how many tasks there are, and how many there may be', () => {
    expect(production.service).toMatchObject({ desiredCount: 2, scaling: { minimum: 2, maximum: 10 } });
    expect(development.service).toMatchObject({ desiredCount: 1, scaling: { minimum: 1, maximum: 2 } });
  });

  test('say how a task is asked for its health, and where it listens', () => {
    const groups = production.loadBalancer.targetGroups.filter(({ kind }) => kind === 'ip');
    const tasks = groups.find(({ key }) => key === production.service.scaling?.targetGroup);
    expect(tasks?.health).toMatchObject({ path: '/health/live', encrypted: true, matcher: '200' });
    expect(tasks?.algorithm).toBe('least_outstanding_requests');
    expect(production.service.container.port).toBe(8080);
    // For people, and for those who ask whether the region is ready.
    expect(production.service.targetGroups).toEqual(groups.map(({ key }) => key));
    expect(groups).toHaveLength(2);
  });

  test('say what calls each function, in which batches, and what it may use', () => {
    const [fulfil, receipt, imports] = ['FulfilOrder', 'WriteReceipt', 'ImportOrders'].map((name) =>
      production.functions.find(({ key }) => key.includes(name)),
    );
    expect(fulfil).toMatchObject({ timeout: 30, memory: 512, queues: [{ batchSize: 10, partialResponses: true }] });
    expect(receipt?.topics).toMatchObject([{ retries: 2 }]);
    const group = production.loadBalancer.targetGroups.find(({ kind }) => kind === 'lambda');
    expect(group?.functionKey).toBe(imports?.key);
  });

  test('say which extensions a deployment makes, with a function that is none of the workload', () => {
    expect(production.database.extensions).toEqual(['pg_stat_statements', 'pgaudit']);
    expect(production.functions.filter(({ key }) => key.includes('Extensions'))).toEqual([]);
    expect(production.functions).toHaveLength(3);
  });

  test('say which queue gets the dead letters of which, and when', () => {
    const work = production.queues.find(({ name }) => name.endsWith('-Work'));
    expect(work?.deadLetters?.maxReceiveCount).toBe(5);
    expect(production.queues.map(({ key }) => key)).toContain(work?.deadLetters?.queue);
  });

  test('have a second database instance in production, and none in development', () => {
    expect([production.database.instances, development.database.instances]).toEqual([2, 1]);
  });

  test('AC-PERF-2: twice the traffic in the document is twice the load at which tasks are added', () => {
    const busier = blueprintOf('production', (text) =>
      text.replaceAll('100 req/s', '200 req/s').replaceAll('120 req/s', '240 req/s'),
    );
    const after3 = ({ service }: Blueprint) => {
      if (service.scaling === undefined) return undefined;
      const tracker = targetTracker(service.scaling);
      // 150 requests a second, for three minutes.
      return [1, 2, 3].map((minute) => tracker.decide(9_000, minute * 60, 2)).at(-1);
    };
    expect([after3(production), after3(busier)]).toEqual([3, 2]);
  });
});

describe('the second region', () => {
  const directory = synthesized('production');
  made.push(directory);
  const graph = readAssembly(directory);
  const [primary, standby] = [readBlueprint(graph, 'production'), readBlueprint(graph, 'production', 'standby')];

  test('DR-1: has the same parts in a region of its own, and no tasks', () => {
    expect(standby.region).not.toBe(primary.region);
    expect(standby.service.desiredCount).toBe(0);
    expect(standby.functions.length).toBe(primary.functions.length);
    expect(standby.queues.length).toBe(primary.queues.length);
    expect(standby.stacks.some((id) => primary.stacks.includes(id))).toBe(false);
  });

  test('has a replica of the table, and follows a database that it has no credentials for', () => {
    expect(standby.tables).toEqual(primary.tables);
    expect(standby.tables).toHaveLength(1);
    expect([primary.database.username === undefined, standby.database.username === undefined]).toEqual([false, true]);
  });

  test('is named as missing, in both languages, where an environment has none', () => {
    expect(() => readBlueprint(readAssembly(directory), 'development', 'standby')).toThrow(
      expect.objectContaining({
        code: 'noStandby',
        said: { en: expect.stringContaining('development'), ja: expect.any(String) },
      }),
    );
  });
});

describe('templates that lack something', () => {
  test('an environment that was not built is named', () => {
    const directory = synthesized('development');
    made.push(directory);
    expect(() => readBlueprint(readAssembly(directory), 'staging')).toThrow(/staging have no AWS::ECS::Service;/);
  });

  test('a service without a task definition is named', () => {
    const directory = synthesized('development');
    made.push(directory);
    changeTemplate(directory, 'DevelopmentComputeStack', 'AWS::ECS::Service', (properties) => {
      delete properties.TaskDefinition;
    });
    expect(() => readBlueprint(readAssembly(directory), 'development')).toThrow(/AWS::ECS::TaskDefinition/);
  });
});

describe('the directory', () => {
  const directory = openDirectory();
  directory.enter('Stack/Cluster', { 'Endpoint.Address': '127.1.2.3' });
  directory.enter('Stack/Secret', { '': 'arn:aws:secretsmanager:x:0:secret:Login-abc' });
  directory.enterSecret('arn:aws:secretsmanager:x:0:secret:Login-abc', '{"username":"anne","password":"p:w"}');
  const secret = { $ref: 'Stack/Secret' };

  test.each([
    ['a number', 5432, '5432'],
    ['an attribute', { $ref: 'Stack/Cluster', attribute: 'Endpoint.Address' }, '127.1.2.3'],
    [
      'a text made of parts',
      { $join: ['postgres://', { $ref: 'Stack/Cluster', attribute: 'Endpoint.Address' }] },
      'postgres://127.1.2.3',
    ],
    ['a field of a secret', { $join: ['{{resolve:secretsmanager:', secret, ':SecretString:password::}}'] }, 'p:w'],
    [
      'a whole secret of a version',
      { $join: ['{{resolve:secretsmanager:', secret, ':SecretString:::AWSCURRENT}}'] },
      '{"username":"anne","password":"p:w"}',
    ],
    [
      'the last part of an ARN that another region picks out of it',
      {
        $join: [
          'arn:aws:secretsmanager:y:',
          { $unresolved: said.accountNumber, about: [] },
          ':secret:',
          { $unresolved: said.selectUnknown, about: [secret] },
        ],
      },
      'arn:aws:secretsmanager:y:000000000000:secret:Login-abc',
    ],
  ])('knows %s', (_, value, expected) => {
    expect(directory.text(value, words.platform)).toBe(expected);
  });

  test('gives a container the field that it asks for', () => {
    expect(directory.secretText({ $join: [secret, ':username::'] }, words.platform)).toBe('anne');
  });

  test('names what nothing here stands for, and who asks', () => {
    expect(() => directory.text({ $ref: 'Stack/Unknown' }, words.variableOf('X', words.container('api')))).toThrow(
      /variable X of container api refers to Stack\/Unknown/,
    );
  });
});
