// A deployed platform as the graph and an account's answers make it, from the templates of the project's own document.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { environmentGraphOf } from '../../assembly/environment-graph.ts';
import type { Assembly } from '../../assembly/graph.ts';
import { readAssembly } from '../../assembly/read-assembly.ts';
import { templateHash } from '../../assembly/template-hash.ts';
import { remove, synthesized } from '../../local/testing/templates.ts';
import { runDrift } from '../drift/drift.ts';
import { isWithin } from './address-limit.ts';
import { type AwsTargetInput, openAwsTarget } from './aws-target.ts';
import { readDeployed } from './deployed.ts';
import { protectingSchedules, protectionOf } from './protection.ts';
import { healthyAccount, now, physicalId } from './testing/account.ts';
import { type Answers, type AwsStub, refusal, startAwsStub } from './testing/aws-stub.ts';

let assembly: string;
let graph: Assembly;
let stub: AwsStub | undefined;
beforeAll(() => {
  assembly = synthesized('production');
  graph = readAssembly(assembly);
});
afterAll(() => remove(assembly));
afterEach(async () => {
  await stub?.stop();
  stub = undefined;
});

const home = 'ap-northeast-1';
const environmentGraph = () => environmentGraphOf(graph, 'production', home);
const design = { environments: [], criteria: [], requestsPerSecond: 100, tests: [], region: home };

async function account(answers: Answers = {}, deployed = true) {
  stub = await startAwsStub({
    ...healthyAccount({ graph, environmentGraph: environmentGraph(), assembly }, { deployed }),
    ...answers,
  });
  return stub.clients;
}
async function open(answers: Answers = {}, input: Partial<AwsTargetInput> = {}) {
  const clients = await account(answers);
  const token = async (customer: string) => `token of ${customer}`;
  return openAwsTarget({ clients, graph, assembly, environment: 'production', design, token, ...input });
}
const idOf = (type: string, part = '') => {
  const found = environmentGraph()
    .all(type, home)
    .find(({ path }) => path.includes(part));
  return found === undefined ? '' : physicalId(environmentGraph(), found);
};
const asked = (operation: string) =>
  stub?.asked.filter((each) => each.operation === operation).map(({ input }) => input);

/** The same template with one thing changed, as an account would have it after a deploy of something else. */
const changed = (
  stack: string,
  change: (template: { Outputs?: object; Resources: Record<string, { Properties: object }> }) => void,
): Answers => ({
  'cloudformation.GetTemplate': ({ input }) => {
    const template = JSON.parse(readFileSync(join(assembly, `${input.StackName}.template.json`), 'utf8'));
    if (input.StackName === stack) change(template);
    return { TemplateBody: JSON.stringify(template) };
  },
});

describe('a target on AWS', () => {
  test('is described by the templates, and answers at the address that the stack gives out', async () => {
    const target = await open();
    expect(target).toMatchObject({
      kind: 'aws',
      environment: 'production',
      url: 'https://shop.example.com',
      templateHash: templateHash(assembly, environmentGraph().stacks),
      scaling: { minimum: 2, maximum: 10, requestsPerTask: 3000 },
      addressLimit: { requests: 3000, seconds: 300 },
      queues: [
        { name: 'fulfilment', visibilityTimeout: 180, maxReceiveCount: 5 },
        { name: 'work', visibilityTimeout: 60, maxReceiveCount: 5 },
      ],
    });
    // Fifteen points of a minute must pass before a task is taken away.
    expect(target.scaling.secondsToScaleIn).toBeGreaterThan(15 * 60);
    expect(await target.headers('anne')).toEqual({ authorization: 'Bearer token of anne' });
  });

  test('TST-5: answers at another address where one is given', async () => {
    const target = await open({}, { url: 'https://canary.example.com/' });
    expect(target).toMatchObject({ url: 'https://canary.example.com' });
    expect(target).not.toHaveProperty('addressLimit');
  });

  test.each([
    [10, 3_600, true],
    [10.1, 3_600, false],
    [120, 25, true],
    [120, 60, false],
  ])('TST-5: the firewall lets %d requests a second from one address pass for %d s: %s', (rps, seconds, passes) => {
    expect(isWithin({ addressLimit: { requests: 3000, seconds: 300 } }, rps, seconds)).toBe(passes);
    expect(isWithin({}, rps, seconds)).toBe(true);
  });

  test('what was measured of other templates does not count for these; a commit that was recorded makes no difference', async () => {
    const commit = await open(
      changed('ProductionStorageStack', (template) => {
        template.Outputs = { ...template.Outputs, Commit: { Value: 'abc' } };
      }),
    );
    expect(commit.templateHash).toBe(templateHash(assembly, environmentGraph().stacks));
    await stub?.stop();
    const other = await open(
      changed('ProductionStorageStack', (template) => {
        for (const resource of Object.values(template.Resources))
          resource.Properties = { ...resource.Properties, X: 1 };
      }),
    );
    expect(other.templateHash).toContain('ProductionStorageStack');
  });

  test('only tasks that the load balancer finds healthy take traffic', async () => {
    const target = await open({
      'elasticloadbalancing.DescribeTargetHealth': {
        TargetHealthDescriptions: {
          member: [
            { Target: { Id: '10.0.10.1' }, TargetHealth: { State: 'draining' } },
            { Target: { Id: '10.0.10.2' }, TargetHealth: { State: 'healthy' } },
          ],
        },
      },
    });
    expect(await target.tasks()).toEqual([expect.stringMatching(/task\/2$/)]);
    expect(await target.faults.killTask?.()).toMatch(/task\/2$/);
    expect(asked('StopTask')).toEqual([
      expect.objectContaining({ task: expect.stringMatching(/task\/2$/), cluster: idOf('AWS::ECS::Cluster') }),
    ]);
  });

  test('the database is failed over by its cluster, and only where there is a second instance', async () => {
    const target = await open();
    await target.faults.failDatabaseOver?.();
    expect(asked('FailoverDBCluster')).toEqual([
      expect.objectContaining({ DBClusterIdentifier: idOf('AWS::RDS::DBCluster') }),
    ]);
    await stub?.stop();
    const [one] = environmentGraph().all('AWS::RDS::DBInstance', home);
    const single = {
      ...graph,
      resources: graph.resources.filter(({ type, key }) => type !== 'AWS::RDS::DBInstance' || key === one?.key),
    };
    expect((await open({}, { graph: single })).faults).not.toHaveProperty('failDatabaseOver');
  });

  test('the cache cannot be stopped there, so no drill pretends to', async () => {
    const { faults } = await open();
    expect(Object.keys(faults).sort()).toEqual(['failDatabaseOver', 'killTask', 'sendMessage']);
  });

  test('dead letters are those of the queue that the template names, waiting or in hand', async () => {
    const target = await open({
      'sqs.GetQueueAttributes': {
        Attributes: { ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' },
      },
    });
    expect(await target.deadLetters('work')).toBe(3);
    await target.faults.sendMessage?.('work', '{');
    expect(asked('GetQueueAttributes')?.[0]).toMatchObject({ QueueUrl: idOf('AWS::SQS::Queue', 'Work/DeadLetters') });
    expect(asked('SendMessage')?.[0]).toMatchObject({
      QueueUrl: idOf('AWS::SQS::Queue', 'Work/Queue'),
      MessageBody: '{',
    });
  });

  test('where nothing is deployed, that is what it says', async () => {
    const clients = await account({}, false);
    const input = { clients, graph, assembly, environment: 'production' as const, design, token: async () => '' };
    await expect(openAwsTarget(input)).rejects.toThrow('not deployed: ProductionComputeStack/');
  });

  describe('is looked at', () => {
    test('every alarm of the templates, in its region', async () => {
      const { inspections } = await open({
        'monitoring.DescribeAlarms': ({ region, input }) => ({
          MetricAlarms: (Array.isArray(input.AlarmNames) ? input.AlarmNames : []).flatMap((AlarmName, index) =>
            region === home && index === 0 ? [] : [{ AlarmName, StateValue: region === 'us-east-1' ? 'ALARM' : 'OK' }],
          ),
        }),
      });
      const alarms = (await inspections?.alarms?.()) ?? [];
      expect(alarms).toHaveLength(environmentGraph().all('AWS::CloudWatch::Alarm').length);
      const count = (state: string) => alarms.filter((each) => each.state === state).length;
      expect(count('ringing')).toBe(environmentGraph().all('AWS::CloudWatch::Alarm', 'us-east-1').length);
      expect(count('absent')).toBe(1);
    });

    test('every log group, and those of the API and the functions on the way for lines of the order', async () => {
      const { inspections } = await open({
        'logs.FilterLogEvents': ({ input }) => ({
          events:
            String(input.logGroupName).includes('Api') && input.filterPattern === '"0af7"' ? [{ message: '' }] : [],
        }),
      });
      const groups = (await inspections?.logs?.('0af7', new Date())) ?? [];
      expect(groups).toHaveLength(environmentGraph().all('AWS::Logs::LogGroup').length);
      expect(groups.filter(({ there, days, expectedDays }) => !there || days !== expectedDays)).toEqual([]);
      const searched = groups.filter(({ lines }) => lines !== undefined).map(({ name, lines }) => `${name} ${lines}`);
      expect(searched).toEqual([
        expect.stringMatching(/ApiLogGroup.* true/),
        expect.stringMatching(/FulfilOrder.* false/),
        expect.stringMatching(/WriteReceipt.* false/),
      ]);
    });

    test('everything that a schedule protects, where the schedule is', async () => {
      const { inspections } = await open();
      const seen = (await inspections?.protection?.()) ?? [];
      expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['on']));
      const kinds = seen.map(({ command, region }) => `${command.split(' ').slice(1, 3).join(' ')} ${region}`);
      expect(kinds.toSorted()).toEqual([
        'dynamodb update-table ap-northeast-1',
        'dynamodb update-table us-west-2',
        'dynamodb update-table us-west-2',
        'rds modify-db-cluster ap-northeast-1',
        'rds modify-db-cluster us-west-2',
        'rds modify-global-cluster ap-northeast-1',
      ]);
      // The replica of the table goes by the table's name.
      expect(asked('DescribeTable')).toContainEqual({ TableName: idOf('AWS::DynamoDB::GlobalTable', 'Answers') });
    });

    test('a trace goes by the name that X-Ray has for it', async () => {
      const { inspections } = await open();
      expect(await inspections?.trace?.('6745a1b20af7651916cd43dd8448eb21')).toEqual(['api']);
      expect(stub?.asked.find(({ service }) => service === 'xray')?.input).toEqual({
        TraceIds: ['1-6745a1b2-0af7651916cd43dd8448eb21'],
      });
    });

    test('instances and nodes that are not available', async () => {
      const { inspections } = await open({
        'rds.DescribeDBInstances': {
          DBInstances: { DBInstance: [{ DBInstanceIdentifier: 'reader', DBInstanceStatus: 'rebooting' }] },
        },
        'elasticache.DescribeReplicationGroups': { ReplicationGroups: { ReplicationGroup: { Status: 'modifying' } } },
      });
      expect((await inspections?.database?.())?.filter(({ well }) => !well)).toEqual([
        { name: 'reader', well: false, status: 'rebooting' },
      ]);
      expect((await inspections?.cache?.())?.map(({ well }) => well)).toEqual([false]);
    });
  });
});

describe('what is not protected against deletion', () => {
  const off: Answers = {
    'rds.DescribeDBClusters': { DBClusters: { DBCluster: { Status: 'available', DeletionProtection: false } } },
  };
  const seenAfter = async (minutes: number, answers: Answers = off) => {
    const clients = await account(answers);
    const input = {
      clients,
      environmentGraph: environmentGraph(),
      deployed: await readDeployed(clients, environmentGraph()),
    };
    const [first] = protectingSchedules(environmentGraph()).filter(({ thing }) => thing.type === 'AWS::RDS::DBCluster');
    if (first === undefined) throw new Error('A cluster is protected');
    return protectionOf({ ...input, now: new Date(now.getTime() + minutes * 60_000) }, first);
  };

  test.each([
    [5, 'to-come', '2026-11-25T13:00Z'],
    [65, 'to-come', '2026-11-25T14:00Z'],
    [75, 'off', '2026-11-25T14:00Z'],
  ])('%i minutes after its schedule was made, is %s, with the next call at %s', async (minutes, state, next) => {
    expect(await seenAfter(minutes)).toMatchObject({ state, next, region: home });
  });

  test('is told with what puts it on, and what shows whether the schedule is on', async () => {
    const id = idOf('AWS::RDS::DBCluster');
    const group = idOf('AWS::Scheduler::ScheduleGroup', 'Database');
    const { command, schedule } = await seenAfter(75);
    expect(command).toBe(
      `aws rds modify-db-cluster --db-cluster-identifier ${id} --deletion-protection --region ${home}`,
    );
    expect(schedule).toMatch(new RegExp(`^aws scheduler get-schedule --group-name ${group} --name \\S+ .*${home}$`));
  });

  test('is not taken for well when AWS does not say', async () => {
    await expect(seenAfter(5, { 'rds.DescribeDBClusters': refusal('AccessDenied') })).rejects.toThrow('AccessDenied');
  });
});

describe('drift', () => {
  const drift = async (answers: Answers = {}, deployed = true) => {
    const clients = await account(answers, deployed);
    // A deployment of yesterday: what schedules do has been done.
    const tomorrow = new Date(now.getTime() + 86_400_000);
    return runDrift({
      clients,
      graph,
      assembly,
      environment: 'production',
      region: home,
      timeoutSeconds: 1,
      now: tomorrow,
    });
  };
  const only =
    (stack: string, here: object, elsewhere: object): Answers['x'] =>
    ({ input }) =>
      input.StackName === stack ? here : elsewhere;

  test('none of an account that is as it was deployed, and deployed as the document says', async () => {
    const stacks = await drift();
    expect(stacks.map(({ stack }) => stack)).toEqual(environmentGraph().stacks.map(({ name }) => name));
    expect(stacks.filter(({ template, account: of }) => template !== 'same' || of !== 'in-sync')).toEqual([]);
  });

  test('of the document against the template, down to the property', async () => {
    const stacks = await drift(
      changed('ProductionMessagingStack', ({ Resources }) => {
        const [[, queue] = []] = Object.entries(Resources).filter(([id]) => id.startsWith('WorkQueue'));
        if (queue !== undefined) queue.Properties = { ...queue.Properties, VisibilityTimeout: 5 };
        delete Resources[Object.keys(Resources).find((id) => id.startsWith('Undelivered')) ?? ''];
      }),
    );
    const [found, ...others] = stacks.filter(({ template }) => template !== 'same');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ stack: 'ProductionMessagingStack', template: 'differs', account: 'in-sync' });
    expect(found?.fromDesign).toContainEqual({
      subject: expect.stringMatching(/^WorkQueue/),
      path: '/Properties/VisibilityTimeout',
      expected: 60,
      found: 5,
    });
    expect(found?.fromDesign).toContainEqual({
      subject: expect.stringMatching(/^Undelivered/),
      path: '',
      expected: expect.objectContaining({ Type: 'AWS::SQS::Queue' }),
    });
  });

  test('of the template against the account: changed and deleted, and no secret is shown', async () => {
    const base = { StackId: 's', Timestamp: new Date(0).toISOString(), ResourceType: 'AWS::X::Y' };
    const stacks = await drift({
      'cloudformation.DescribeStackResourceDrifts': only(
        'ProductionEdgeStack',
        {
          StackResourceDrifts: {
            member: [
              { ...base, LogicalResourceId: 'Gone', PhysicalResourceId: 'gone-1', StackResourceDriftStatus: 'DELETED' },
              { ...base, LogicalResourceId: 'Same', StackResourceDriftStatus: 'IN_SYNC' },
              {
                ...base,
                LogicalResourceId: 'Changed',
                StackResourceDriftStatus: 'MODIFIED',
                PropertyDifferences: {
                  member: [
                    { PropertyPath: '/Size', ExpectedValue: '1', ActualValue: '2', DifferenceType: 'NOT_EQUAL' },
                    { PropertyPath: '/Tags/9', ExpectedValue: 'null', ActualValue: 'by hand', DifferenceType: 'ADD' },
                    {
                      PropertyPath: '/Header',
                      ExpectedValue: '{{resolve:secretsmanager:x:SecretString}}',
                      ActualValue: 'hunter2',
                      DifferenceType: 'NOT_EQUAL',
                    },
                  ],
                },
              },
            ],
          },
        },
        { StackResourceDrifts: {} },
      ),
    });
    const drifted = stacks.filter(({ account: of }) => of === 'drifted');
    expect(drifted.map(({ stack, fromTemplate }) => ({ stack, fromTemplate }))).toEqual([
      {
        stack: 'ProductionEdgeStack',
        fromTemplate: [
          { subject: 'Gone', type: 'AWS::X::Y', path: '', expected: 'gone-1' },
          { subject: 'Changed', type: 'AWS::X::Y', path: '/Size', expected: '1', found: '2' },
          { subject: 'Changed', type: 'AWS::X::Y', path: '/Tags/9', found: 'by hand' },
          expect.objectContaining({ path: '/Header', found: '***' }),
        ],
      },
    ]);
  });

  const copy = {
    Namespace: 'Hashira/Recovery',
    MetricName: 'Latch',
    Dimensions: { Dimension: [{ Name: 'Environment', Value: 'production' }] },
    ...{ Statistic: 'Maximum', Period: 60, Threshold: 0, EvaluationPeriods: 1 },
    ComparisonOperator: 'GreaterThanThreshold',
  };
  const ofAlarm: Answers = {
    'route53.GET /2013-04-01/healthcheck/': ({ operation }) => ({
      GetHealthCheckResponse: {
        HealthCheck: {
          Id: 'check',
          ...(operation.includes('LatchIsOpen')
            ? {
                HealthCheckConfig: {
                  Type: 'CLOUDWATCH_METRIC',
                  AlarmIdentifier: { Region: 'us-west-2', Name: 'latch' },
                },
                CloudWatchAlarmConfiguration: copy,
              }
            : { HealthCheckConfig: { Type: 'HTTPS' } }),
        },
      },
    }),
  };
  const alarm = { ...copy, AlarmName: 'latch', Dimensions: [{ Name: 'Environment', Value: 'production' }] };
  const answering = (alarms: readonly object[]): Answers => ({
    ...ofAlarm,
    'monitoring.DescribeAlarms': ({ region, input }) => ({
      MetricAlarms: region === 'us-west-2' && JSON.stringify(input.AlarmNames) === '["latch"]' ? alarms : [],
    }),
  });
  const foundIn = (stacks: Awaited<ReturnType<typeof drift>>) =>
    stacks.flatMap(({ stack, fromTemplate }) => fromTemplate.map((one) => ({ stack, ...one })));

  test('none of a health check that knows its alarm as it is', async () => {
    expect(foundIn(await drift(answering([alarm])))).toEqual([]);
  });

  test('of what Route 53 copied of an alarm against the alarm, which CloudFormation does not see', async () => {
    const stacks = await drift(answering([{ ...alarm, Threshold: 5, Dimensions: [] }]));
    const at = '/HealthCheckConfig/AlarmIdentifier';
    const base = {
      ...{ stack: 'ProductionEdgeStack', type: 'AWS::Route53::HealthCheck' },
      subject: expect.stringMatching(/^RecoveryChecksLatchIsOpen/),
    };
    expect(foundIn(stacks)).toEqual([
      { ...base, path: `${at}/Dimensions`, expected: '', found: 'Environment=production' },
      { ...base, path: `${at}/Threshold`, expected: '5', found: '0' },
    ]);
    expect(stacks.filter(({ account: of }) => of === 'drifted').map(({ stack }) => stack)).toEqual([base.stack]);
  });

  test('of a health check whose alarm is gone', async () => {
    expect(foundIn(await drift(answering([])))).toEqual([
      expect.objectContaining({ path: '/HealthCheckConfig/AlarmIdentifier/Name', found: 'latch' }),
    ]);
  });

  test('of protection against deletion that somebody took off, which no template states', async () => {
    const stacks = await drift({
      'rds.DescribeGlobalClusters': { GlobalClusters: { GlobalClusterMember: { DeletionProtection: false } } },
    });
    const lost = { type: 'AWS::RDS::GlobalCluster', path: '/DeletionProtection', expected: true, found: false };
    const command = expect.stringMatching(/^aws rds modify-global-cluster .* --deletion-protection --region /);
    expect(foundIn(stacks)).toEqual([expect.objectContaining({ stack: 'ProductionDatabaseStack', ...lost, command })]);
  });

  test('of stacks that are not there, or that nobody may look at, is not the same as none', async () => {
    expect(new Set((await drift({}, false)).map(({ template }) => template))).toEqual(new Set(['absent']));
    await stub?.stop();
    const [first] = await drift({ 'cloudformation.DetectStackDrift': refusal('AccessDenied', 'not you') });
    expect(first).toMatchObject({
      template: 'same',
      account: 'unknown',
      reasons: [expect.stringContaining('not you')],
    });
  });

  test('a detection that does not end is given up', async () => {
    const status = {
      StackId: 's',
      StackDriftDetectionId: 'd',
      DetectionStatus: 'DETECTION_IN_PROGRESS',
      Timestamp: new Date(0).toISOString(),
    };
    const [first] = environmentGraph().stacks;
    const one = { ...graph, stacks: first === undefined ? [] : [first] };
    const clients = await account({ 'cloudformation.DescribeStackDriftDetectionStatus': status });
    const input = {
      clients,
      graph: one,
      assembly,
      environment: 'production' as const,
      region: home,
      timeoutSeconds: 0.2,
    };
    expect(await runDrift(input)).toEqual([expect.objectContaining({ account: 'unknown', template: 'same' })]);
  });
});
