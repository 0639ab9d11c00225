// Mutants of AC-COST-1…5.
import { at, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { lifecycleOf, transitionsOf } from '../../../../../assembly/questions/buckets.ts';
import { callsOn } from '../../../../../assembly/questions/schedules.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../../../assembly/relations.ts';
import { only, type Platform } from '../mutant.ts';
import { cluster, dataBucket, first, scalableTarget, service } from './find.ts';
import { type CriterionMutant, mutantsOf } from './mutant.ts';
import { shutOut } from './operation.ts';

type Turn = 'stop' | 'start';

/** The schedules that stop or start the database on working days. */
function databaseSchedules(platform: Platform, turn: Turn): readonly Resource[] {
  const calls = callsOn(platform.graph, cluster(platform)).filter(
    ({ operation }) => operation === `rds:${turn}dbcluster`,
  );
  only(calls.map(({ resource }) => resource));
  return calls.map(({ resource }) => resource);
}

/** Changes every schedule that stops or starts the database. */
function each(platform: Platform, turn: Turn, change: (schedule: Resource) => void): void {
  for (const schedule of databaseSchedules(platform, turn)) change(schedule);
}

const expressionOf = (schedule: Resource) => textOf(schedule.properties.ScheduleExpression);

/** What holds for both ends of the day; `environment` is the one that the sentences speak of. */
const turns = (id: string, turn: Turn): readonly CriterionMutant[] =>
  mutantsOf(
    id,
    [
      {
        name: `nothing ${turn}s the database`,
        spoil: (platform: Platform) => each(platform, turn, (schedule) => platform.remove(schedule)),
      },
      {
        name: `the database ${turn}s an hour late`,
        spoil: (platform: Platform) =>
          each(platform, turn, (schedule) =>
            platform.set(
              schedule,
              ['ScheduleExpression'],
              expressionOf(schedule).replace(
                /^cron\((\S+) (\d+)/,
                (_, minute, hour) => `cron(${minute} ${Number(hour) + 1}`,
              ),
            ),
          ),
      },
      {
        name: `the database does not ${turn} on Fridays`,
        subtle: true as const,
        spoil: (platform: Platform) =>
          each(platform, turn, (schedule) =>
            platform.set(schedule, ['ScheduleExpression'], expressionOf(schedule).replace('MON-FRI', 'MON-THU')),
          ),
      },
      {
        name: `the database ${turn}s by the clock of another zone`,
        subtle: true as const,
        spoil: (platform: Platform) =>
          each(platform, turn, (schedule) =>
            platform.set(schedule, ['ScheduleExpressionTimezone'], 'America/New_York'),
          ),
      },
      {
        name: `the schedule that ${turn}s the database is switched off`,
        subtle: true as const,
        spoil: (platform: Platform) =>
          each(platform, turn, (schedule) => platform.set(schedule, ['State'], 'DISABLED')),
      },
      {
        name: `the schedule may not ${turn} the database`,
        subtle: true as const,
        spoil: (platform: Platform) =>
          each(platform, turn, (schedule) =>
            platform.set(schedule, ['Target', 'RoleArn'], strangerOf(platform, schedule)),
          ),
      },
      {
        name: `the schedule ${turn}s something else`,
        spoil: (platform: Platform) =>
          each(platform, turn, (schedule) =>
            platform.set(schedule, ['Target', 'Input'], '{"DbClusterIdentifier":"another"}'),
          ),
      },
      {
        name: turn === 'stop' ? 'tasks run on at night' : 'tasks stay away by day',
        spoil: (platform: Platform) => keepTasks(platform, turn),
      },
    ].map((mutant) => ({ environment: 'development' as const, ...mutant })),
  );

/** A role that may do nothing. */
function strangerOf(platform: Platform, schedule: Resource) {
  platform.add(schedule, 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] } }, 'Stranger');
  return { 'Fn::GetAtt': ['Stranger', 'Arn'] };
}

/** Undoes what the clock does to the number of tasks, by schedules and by scheduled actions alike. */
function keepTasks(platform: Platform, turn: Turn): void {
  const calls = callsOn(platform.graph, service(platform)).filter(({ told }) =>
    [told.MinCapacity, told.DesiredCount].some(
      (value) => value !== undefined && (Number(value) === 0) === (turn === 'stop'),
    ),
  );
  only(calls.map(({ resource }) => resource));
  for (const { resource } of calls) if (resource.type === 'AWS::Scheduler::Schedule') platform.remove(resource);
  if (scalableTarget(platform).properties.ScheduledActions !== undefined) {
    platform.set(scalableTarget(platform), ['ScheduledActions'], []);
  }
}

/** The place of the data bucket's move to Glacier. */
function glacier(platform: Platform): readonly (string | number)[] {
  const moves = lifecycleOf(dataBucket(platform)).flatMap(transitionsOf);
  const found = moves.find(({ value }) => at(value, 'StorageClass') === 'GLACIER');
  if (found === undefined) throw new Error('nothing moves to Glacier');
  return found.path;
}

const lifecycles = mutantsOf('AC-COST-3', [
  {
    name: 'objects move to Glacier after 120 days',
    spoil: (platform) => platform.set(dataBucket(platform), [...glacier(platform), 'TransitionInDays'], 120),
  },
  {
    name: 'the data bucket has no lifecycle',
    spoil: (platform) => platform.set(dataBucket(platform), ['LifecycleConfiguration'], undefined),
  },
  {
    name: 'the rule is not in force',
    subtle: true,
    spoil: (platform) => platform.set(dataBucket(platform), [...glacier(platform).slice(0, 3), 'Status'], 'Disabled'),
  },
  {
    name: 'objects of one folder alone move',
    subtle: true,
    spoil: (platform) => platform.set(dataBucket(platform), [...glacier(platform).slice(0, 3), 'Prefix'], 'old/'),
  },
  {
    name: 'objects with a tag alone move',
    subtle: true,
    spoil: (platform) =>
      platform.set(
        dataBucket(platform),
        [...glacier(platform).slice(0, 3), 'TagFilters'],
        [{ Key: 'cold', Value: 'yes' }],
      ),
  },
  {
    name: 'objects move to another class on that day',
    spoil: (platform) => platform.set(dataBucket(platform), [...glacier(platform), 'StorageClass'], 'ONEZONE_IA'),
  },
  {
    name: 'a bucket of another stack has no lifecycle',
    spoil: (platform) => platform.add(first(platform, 'AWS::SQS::Queue'), 'AWS::S3::Bucket', {}),
  },
]);

const spending = (platform: Platform) => first(platform, 'AWS::Budgets::Budget');

const budgets = mutantsOf('AC-COST-4', [
  { name: 'there is no budget', spoil: (platform) => platform.remove(spending(platform)) },
  {
    name: 'the budget is $2,000',
    spoil: (platform) => platform.set(spending(platform), ['Budget', 'BudgetLimit', 'Amount'], 2000),
  },
  {
    name: 'the budget is of a year',
    spoil: (platform) => platform.set(spending(platform), ['Budget', 'TimeUnit'], 'ANNUALLY'),
  },
  {
    name: 'the budget tells of what may be spent alone',
    subtle: true,
    spoil: (platform) => eachNotice(platform, ['Notification', 'NotificationType'], 'FORECASTED'),
  },
  {
    name: 'the budget tells at twice the amount',
    spoil: (platform) => eachNotice(platform, ['Notification', 'Threshold'], 3000),
  },
  {
    name: 'the budget counts one service',
    subtle: true,
    spoil: (platform) =>
      platform.set(spending(platform), ['Budget', 'CostFilters'], { Service: ['Amazon Relational Database Service'] }),
  },
  {
    name: 'the budget counts another environment',
    subtle: true,
    spoil: (platform) =>
      platform.set(spending(platform), ['Budget', 'CostFilters'], { TagKeyValue: ['user:Environment$staging'] }),
  },
  {
    name: 'the budget writes mail of its own',
    spoil: (platform) =>
      eachNotice(platform, ['Subscribers'], [{ SubscriptionType: 'EMAIL', Address: 'someone@example.com' }]),
  },
  {
    name: "the topic's policy does not let budgets in",
    subtle: true,
    spoil: (platform) => shutOut(platform, 'budgets.amazonaws.com'),
  },
]);

function eachNotice(platform: Platform, path: readonly string[], value: Parameters<Platform['set']>[2]): void {
  for (const [index] of listOf(spending(platform).properties.NotificationsWithSubscribers).entries()) {
    platform.set(spending(platform), ['NotificationsWithSubscribers', index, ...path], value);
  }
}

const endpoint = ({ graph }: Platform, service: string) =>
  only(
    ofType(graph, 'AWS::EC2::VPCEndpoint').filter(({ properties }) =>
      textOf(properties.ServiceName).endsWith(`.${service}`),
    ),
  );

/** A route table that leads to a NAT gateway. */
const natRoute = ({ graph }: Platform) =>
  only(ofType(graph, 'AWS::EC2::Route').filter(({ properties }) => properties.NatGatewayId !== undefined));

const ways = mutantsOf('AC-COST-5', [
  { name: 'there is no endpoint of S3', spoil: (platform) => platform.remove(endpoint(platform, 's3')) },
  { name: 'there is no endpoint of DynamoDB', spoil: (platform) => platform.remove(endpoint(platform, 'dynamodb')) },
  {
    name: 'the endpoint is not in one of the tables that lead to a NAT gateway',
    subtle: true,
    spoil: (platform) => {
      const table = only([targetOf(platform.graph, natRoute(platform).properties.RouteTableId)]);
      const place = listOf(endpoint(platform, 's3').properties.RouteTableIds).findIndex((item) =>
        pointsAt(item, table),
      );
      platform.set(endpoint(platform, 's3'), ['RouteTableIds', place], undefined);
    },
  },
  {
    name: 'the endpoint is an interface, which is paid by the hour',
    subtle: true,
    spoil: (platform) => platform.set(endpoint(platform, 's3'), ['VpcEndpointType'], 'Interface'),
  },
  {
    name: 'the endpoint lets nothing through',
    subtle: true,
    spoil: (platform) =>
      platform.set(endpoint(platform, 's3'), ['PolicyDocument'], {
        Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
      }),
  },
  {
    name: 'a further table leads to the NAT gateway without an endpoint',
    subtle: true,
    spoil: (platform) => {
      const route = natRoute(platform);
      platform.add(route, 'AWS::EC2::RouteTable', {}, 'Further');
      platform.add(route, 'AWS::EC2::Route', {
        RouteTableId: { Ref: 'Further' },
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: platform.get(route, ['NatGatewayId']) ?? '',
      });
    },
  },
]);

export const costMutants: readonly CriterionMutant[] = [
  ...turns('AC-COST-1', 'stop'),
  ...turns('AC-COST-2', 'start'),
  ...lifecycles,
  ...budgets,
  ...ways,
];
