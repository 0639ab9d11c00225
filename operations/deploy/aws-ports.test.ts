// Claims about what the deployer asks of AWS besides CloudFormation: the migration's task, and the ledger of failovers.

import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../common/clock.ts';
import { type Answers, type AwsStub, refusal, startAwsStub } from '../aws/testing/aws-stub.ts';
import { refusals } from '../refusals.ts';
import { awsMigrations } from './aws-migrations.ts';
import { awsRecovery } from './aws-recovery.ts';

let stub: AwsStub | undefined;
afterEach(async () => {
  await stub?.stop();
  stub = undefined;
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
      message: refusals.migrationEnded({ task: 'arn:task', code: 0 }),
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
    ['ends with another code', [{ name: 'api', exitCode: 1 }], refusals.migrationEnded({ task: 'arn:task', code: 1 })],
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
    await expect(awsMigrations(clients, quick).run(task, 'run-1')).rejects.toMatchObject({ code: 'migrationTooSlow' });
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
