// Claims about what the deployer asks of AWS besides CloudFormation: the migration's task, the records in the log bucket, the ledger of
// failovers.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import { type Answers, type AwsStub, refusal, startAwsStub } from '../aws/testing/aws-stub.ts';
import { awsMigrations } from './aws-migrations.ts';
import { awsRecords } from './aws-records.ts';
import { awsRecovery } from './aws-recovery.ts';
import type { Clock } from './clock.ts';
import type { CloudFormation, StackState } from './cloudformation.ts';
import type { DeploymentRecord } from './records.ts';

let stub: AwsStub | undefined;
let close: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await stub?.stop();
  await close?.();
  stub = undefined;
  close = undefined;
});
async function asked(answers: Answers) {
  stub = await startAwsStub(answers);
  return stub;
}

describe('a migration', () => {
  const task = {
    region: 'eu-west-1',
    cluster: 'shop',
    service: 'api',
    container: 'api',
    image: 'api:new',
    command: ['migrate.mjs'],
  };
  const definition = (image: string) => ({
    taskDefinition: {
      family: 'shop-api',
      cpu: '1024',
      networkMode: 'awsvpc',
      executionRoleArn: 'arn:execution',
      taskRoleArn: 'arn:task-role',
      containerDefinitions: [
        { name: 'api', image, dependsOn: [{ containerName: 'agent', condition: 'START' }] },
        { name: 'agent', image: 'agent:1' },
      ],
    },
  });
  const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } };
  const service = { serviceName: 'api', taskDefinition: 'api:7', launchType: 'FARGATE', networkConfiguration: network };
  const answers = (containers: readonly object[], looks = 2): Answers => {
    let left = looks;
    return {
      'ecs.DescribeServices': { services: [service] },
      'ecs.DescribeTaskDefinition': definition('api:new'),
      'ecs.RunTask': { tasks: [{ taskArn: 'arn:task' }] },
      'ecs.DescribeTasks': () => ({
        tasks: [
          { taskArn: 'arn:task', lastStatus: left-- > 0 ? 'RUNNING' : 'STOPPED', containers, stoppedReason: 'why' },
        ],
      }),
    };
  };
  /** Does not wait. */
  const clock = (): Clock => {
    let now = 0;
    return {
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    };
  };

  test("is the service's own task with another command, once for each token", async () => {
    const { clients, asked: questions } = await asked(answers([{ name: 'api', exitCode: 0 }]));
    expect(await awsMigrations(clients, clock()).run(task, 'run-1')).toEqual({
      passed: true,
      message: 'arn:task: exit code 0',
    });
    expect(questions.find(({ operation }) => operation === 'RunTask')?.input).toMatchObject({
      taskDefinition: 'api:7',
      networkConfiguration: network,
      overrides: { containerOverrides: [{ name: 'api', command: ['migrate.mjs'] }] },
      clientToken: 'run-1',
      startedBy: 'run-1',
    });
  });

  test('of a release that is not there yet runs from its image, by a definition like the service’s (DEP-4)', async () => {
    const { clients, asked: questions } = await asked({
      ...answers([{ name: 'api', exitCode: 0 }]),
      'ecs.DescribeTaskDefinition': definition('api:old'),
      'ecs.RegisterTaskDefinition': { taskDefinition: { taskDefinitionArn: 'arn:migrations:1' } },
    });
    expect(await awsMigrations(clients, clock()).run(task, 'run-1')).toMatchObject({ passed: true });
    expect(questions.find(({ operation }) => operation === 'RegisterTaskDefinition')?.input).toMatchObject({
      family: 'shop-api-migrations',
      cpu: '1024',
      taskRoleArn: 'arn:task-role',
      containerDefinitions: [{ name: 'api', image: 'api:new' }],
    });
    expect(questions.find(({ operation }) => operation === 'RunTask')?.input).toMatchObject({
      taskDefinition: 'arn:migrations:1',
    });
  });

  test.each([
    ['ends with another code', [{ name: 'api', exitCode: 1 }], 'arn:task: exit code 1'],
    ['never started', [{ name: 'api', reason: 'CannotPullContainerError' }], 'arn:task: CannotPullContainerError'],
    ['was stopped', [], 'arn:task: why'],
    ['is not the container that ended well', [{ name: 'agent', exitCode: 0 }], 'arn:task: why'],
  ])('that %s has failed', async (_, containers, message) => {
    const { clients } = await asked(answers(containers));
    expect(await awsMigrations(clients, clock()).run(task, 'run-1')).toEqual({ passed: false, message });
  });

  test('that does not end is given up, as nobody knows what it still does', async () => {
    const { clients } = await asked({
      ...answers([]),
      'ecs.DescribeTasks': { tasks: [{ taskArn: 'arn:task', lastStatus: 'RUNNING' }] },
    });
    const quick: Clock = {
      ...clock(),
      now: (() => {
        let now = 0;
        return () => (now += 30 * 60_000);
      })(),
    };
    await expect(awsMigrations(clients, quick).run(task, 'run-1')).rejects.toMatchObject({ code: 'MigrationTooSlow' });
  });

  test('that was started already under its token is waited for, though its definition was registered anew', async () => {
    const started = Object.assign(refusal('ConflictException'), { resourceIds: ['arn:first'] });
    const { clients, asked: questions } = await asked({
      ...answers([{ name: 'api', exitCode: 0 }], 0),
      'ecs.RunTask': started,
    });
    expect(await awsMigrations(clients, clock()).run(task, 'run-1')).toMatchObject({ passed: true });
    expect(questions.find(({ operation }) => operation === 'DescribeTasks')?.input).toMatchObject({
      tasks: ['arn:first'],
    });
  });

  test('that ECS has no room for is a fault that says so', async () => {
    const { clients } = await asked({
      ...answers([]),
      'ecs.RunTask': { tasks: [], failures: [{ reason: 'RESOURCE:ENI' }] },
    });
    await expect(awsMigrations(clients, clock()).run(task, 'run-1')).rejects.toThrow(/RESOURCE:ENI/);
  });
});

describe('the ledger of failovers (DR-8)', () => {
  const stack = { name: 'ProductionRecoveryStack', region: 'us-west-2' };
  const outputs = { Outputs: { member: { OutputKey: 'LedgerTable', OutputValue: 'ledger' } } };
  const deployed = {
    'cloudformation.DescribeStacks': {
      Stacks: {
        member: {
          StackName: stack.name,
          StackStatus: 'CREATE_COMPLETE',
          CreationTime: '2026-01-01T00:00:00Z',
          ...outputs,
        },
      },
    },
  };
  const read = async (answers: Answers) =>
    awsRecovery((await asked(answers)).clients, { environment: 'production', stack }).state();

  test('is read where it lies, as it stands now', async () => {
    const item = { Item: { serving: { S: 'standby' }, phase: { S: 'done' } } };
    expect(await read({ ...deployed, 'dynamodb.GetItem': item })).toEqual({ serving: 'standby', phase: 'done' });
    expect(stub?.asked.at(-1)).toMatchObject({
      region: 'us-west-2',
      input: { TableName: 'ledger', ConsistentRead: true, Key: { environment: { S: 'production' } } },
    });
  });

  test('that nobody has written into says that the primary serves', async () => {
    expect(await read({ ...deployed, 'dynamodb.GetItem': {} })).toEqual({ serving: 'primary', phase: 'none' });
  });

  test('is none before its stack is there, and where the document has no second region', async () => {
    expect(
      await read({ 'cloudformation.DescribeStacks': refusal('ValidationError', 'it does not exist') }),
    ).toBeUndefined();
    const { clients } = stub ?? (await asked({}));
    expect(await awsRecovery(clients, { environment: 'staging', stack: undefined }).state()).toBeUndefined();
  });

  test('that may not be read stops everything: no answer is no permission', async () => {
    const answers = { ...deployed, 'dynamodb.GetItem': refusal('AccessDeniedException', 'no') };
    await expect(read(answers)).rejects.toMatchObject({ kind: 'refused', code: 'AccessDeniedException' });
  });
});

describe('records', () => {
  const storage = { name: 'StagingStorageStack', region: 'eu-west-1' };
  const state: StackState = {
    id: 'arn',
    status: 'CREATE_COMPLETE',
    outputs: {},
    parameters: {},
    tags: {},
    updated: 0,
    terminationProtection: false,
  };
  const record = (id: string): DeploymentRecord => ({
    id,
    environment: 'staging',
    account: '123456789012',
    started: '2026-11-25T06:15:00.000Z',
    seconds: 1,
    outcome: 'deployed',
    digest: 'abc',
    stacks: [],
    migrations: [],
    verdicts: {},
  });

  /** A bucket that lists two names to a page. */
  async function recordsWith(there = true) {
    const objects = new Map<string, string>();
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const key = decodeURIComponent(url.pathname).replace(/^\/logs\/?/, '');
      if (request.method === 'PUT') {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        objects.set(key, Buffer.concat(chunks).toString());
        response.end();
      } else if (key === '') {
        const from = Number(url.searchParams.get('continuation-token') ?? 0);
        const keys = [...objects.keys()].sort();
        const more = from + 2 < keys.length;
        const contents = keys.slice(from, from + 2).map((name) => `<Contents><Key>${name}</Key></Contents>`);
        const next = more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
        response.end(
          `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
        );
      } else response.end(objects.get(key));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    close = async () => {
      server.closeAllConnections();
      server.close();
    };
    const address = server.address();
    const s3 = new S3Client({
      endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      region: 'eu-west-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const cloudFormation: Pick<CloudFormation, 'describe' | 'resources'> = {
      describe: async () => (there ? state : undefined),
      resources: async () => ({ Data666C94C7: 'data', Logs6819BB44: 'logs', LogsPolicyA1B2C3D4: 'policy' }),
    };
    const odd: string[] = [];
    const records = awsRecords({ cloudFormation, s3, storage, unreadable: (key) => odd.push(key) });
    return { records, objects, odd };
  }

  test('are kept in the log bucket with their templates, and come back newest first', async () => {
    const { records, objects, odd } = await recordsWith();
    for (const id of ['20260101T000000Z-a', '20260301T000000Z-c', '20260201T000000Z-b'])
      await records.write(record(id), { StagingNetworkStack: '{}' });
    objects.set('deployments/20260401T000000Z-d/record.json', '{"not":"one"}');
    expect((await records.list()).map(({ id }) => id)).toEqual([
      '20260301T000000Z-c',
      '20260201T000000Z-b',
      '20260101T000000Z-a',
    ]);
    expect(odd).toEqual(['deployments/20260401T000000Z-d/record.json']);
    expect(await records.templates('20260101T000000Z-a')).toEqual({ StagingNetworkStack: '{}' });
    // The pipeline's role may write nowhere else.
    expect([...objects.keys()].filter((key) => !key.startsWith('deployments/'))).toEqual([]);
  });

  test('are none before the log bucket is there, and cannot be kept either', async () => {
    const { records } = await recordsWith(false);
    expect(await records.list()).toEqual([]);
    await expect(records.write(record('20260101T000000Z-a'), {})).rejects.toMatchObject({ code: 'NoRecords' });
  });
});
