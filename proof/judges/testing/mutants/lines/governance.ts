// Mutants of what watches over the account: trail, budget, backups, working hours (LOG-4, BKP-2, BKP-3, AC-COST-1, AC-COST-2, AC-COST-4).
import { at, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { scheduledCalls } from '../../../../../assembly/questions/schedules.ts';
import { listOf, ofType, targetOf } from '../../../../../assembly/relations.ts';
import { type Mutant, only, type Platform } from '../mutant.ts';

const one = ({ graph }: Platform, type: string) => only(ofType(graph, type));
const trail = (platform: Platform) => one(platform, 'AWS::CloudTrail::Trail');
const budget = (platform: Platform) => one(platform, 'AWS::Budgets::Budget');
const plan = (platform: Platform) => one(platform, 'AWS::Backup::BackupPlan');
const rule = ['BackupPlan', 'BackupPlanRule', 0];
const production = () => ['logs.production.cloudTrail'];
const inputs = () => ['start', 'stop', 'timeZone'].map((part) => `inputs.workingHours.${part}`);
const hours = () => ['workingHours', ...inputs()];

/** The first schedule with a call of an operation, at whatever time. */
function schedule({ graph }: Platform, operation: string, told: Readonly<Record<string, unknown>> = {}): Resource {
  const found = scheduledCalls(graph).filter(
    (call) => call.operation === operation && Object.entries(told).every(([key, value]) => call.told[key] === value),
  );
  return only(found.map(({ resource }) => resource));
}

export const governanceMutants: readonly Mutant[] = [
  {
    id: 'LOG-4',
    name: 'there is no trail',
    spoil: (platform) => platform.remove(trail(platform)),
    reddens: () => ['inputs.accounts', 'logs.production.cloudTrail', 'logs.production.cloudTrailForever'],
  },
  {
    id: 'LOG-4',
    name: 'the trail is switched off',
    spoil: (platform) => platform.set(trail(platform), ['IsLogging'], false),
    reddens: () => ['inputs.accounts', ...production()],
  },
  {
    id: 'LOG-4',
    name: 'the trail writes to no log group',
    spoil: (platform) => platform.set(trail(platform), ['CloudWatchLogsLogGroupArn'], undefined),
    reddens: production,
  },
  {
    id: 'LOG-4',
    name: "the trail's log group is kept for another time",
    spoil: (platform) => {
      const group = targetOf(platform.graph, trail(platform).properties.CloudWatchLogsLogGroupArn);
      platform.set(only([group]), ['RetentionInDays'], 30);
    },
    reddens: production,
  },
  {
    id: 'LOG-4',
    name: "staging's trail lies where it never expires",
    environment: 'staging',
    spoil: (platform) => platform.set(trail(platform), ['S3KeyPrefix'], 'audit'),
    reddens: () => ['logs.staging.cloudTrail'],
  },
  {
    id: 'INP-1',
    name: 'the trail records no management events',
    spoil: (platform) => {
      platform.set(trail(platform), ['AdvancedEventSelectors'], undefined);
      platform.set(trail(platform), ['EventSelectors'], [{ IncludeManagementEvents: false }]);
    },
    reddens: () => ['inputs.accounts'],
  },
  {
    id: 'INP-1',
    name: 'the trail records writing alone',
    spoil: (platform) => {
      platform.set(trail(platform), ['AdvancedEventSelectors'], undefined);
      platform.set(trail(platform), ['EventSelectors'], [{ ReadWriteType: 'WriteOnly' }]);
    },
    reddens: () => ['inputs.accounts'],
  },
  {
    id: 'AC-COST-4',
    name: 'the budget is of another amount',
    spoil: (platform) => platform.set(budget(platform), ['Budget', 'BudgetLimit', 'Amount'], 9999),
    reddens: () => ['inputs.budget.production'],
  },
  {
    id: 'AC-COST-4',
    name: 'the budget is for a quarter',
    spoil: (platform) => platform.set(budget(platform), ['Budget', 'TimeUnit'], 'QUARTERLY'),
    reddens: () => ['inputs.budget.production'],
  },
  {
    id: 'AC-COST-4',
    name: 'the budget counts what another environment costs',
    spoil: (platform) =>
      platform.set(budget(platform), ['Budget', 'CostFilters', 'TagKeyValue'], ['user:Environment$staging']),
    reddens: () => ['inputs.budget.production'],
  },
  {
    id: 'AC-COST-4',
    name: 'nobody is told when the budget is spent',
    spoil: (platform) => platform.set(budget(platform), ['NotificationsWithSubscribers'], []),
    reddens: () => ['inputs.budget.production'],
  },
  {
    id: 'AC-COST-4',
    name: 'somebody is told when twice the budget is spent',
    spoil: (platform) =>
      listOf(budget(platform).properties.NotificationsWithSubscribers).forEach((_, index) => {
        const path = ['NotificationsWithSubscribers', index, 'Notification', 'Threshold'];
        platform.set(budget(platform), path, 200);
      }),
    reddens: () => ['inputs.budget.production'],
  },
  {
    id: 'BKP-2',
    name: 'the snapshot is taken on another day',
    spoil: (platform) => platform.set(plan(platform), [...rule, 'ScheduleExpression'], 'cron(0 3 ? * WED *)'),
    reddens: () => ['backup.aurora.weeklySnapshot'],
  },
  {
    id: 'BKP-2',
    name: 'the snapshot is taken at the same hour of another zone',
    spoil: (platform) => platform.set(plan(platform), [...rule, 'ScheduleExpressionTimezone'], 'Asia/Tokyo'),
    reddens: () => ['backup.aurora.weeklySnapshot'],
  },
  {
    id: 'BKP-2',
    name: 'development takes its snapshot when it is off',
    environment: 'development',
    spoil: (platform) => platform.set(plan(platform), [...rule, 'ScheduleExpression'], 'cron(0 22 ? * FRI *)'),
    reddens: () => ['backup.aurora.weeklySnapshot'],
  },
  {
    id: 'BKP-2',
    name: 'the plan selects something else',
    spoil: (platform) =>
      platform.set(
        one(platform, 'AWS::Backup::BackupSelection'),
        ['BackupSelection', 'Resources'],
        ['arn:aws:rds:ap-northeast-1:123456789012:cluster:other'],
      ),
    reddens: () => ['backup.aurora.weeklySnapshot'],
  },
  {
    id: 'BKP-3',
    name: "production's snapshots are copied to a third region",
    spoil: (platform) =>
      platform.set(plan(platform), [...rule, 'CopyActions'], [{ DestinationBackupVaultArn: elsewhere }]),
    reddens: () => ['backup.aurora.copyTo.production'],
  },
  {
    id: 'BKP-3',
    name: "staging's snapshots are copied to another region",
    environment: 'staging',
    spoil: (platform) =>
      platform.set(plan(platform), [...rule, 'CopyActions'], [{ DestinationBackupVaultArn: elsewhere }]),
    reddens: () => ['backup.aurora.copyTo.staging'],
  },
  {
    id: 'AC-COST-1',
    name: 'the database runs on at night',
    environment: 'development',
    spoil: (platform) => {
      for (const call of scheduledCalls(platform.graph)) {
        if (call.operation === 'rds:stopdbcluster') platform.set(call.resource, ['State'], 'DISABLED');
      }
    },
    reddens: hours,
  },
  {
    id: 'AC-COST-1',
    name: 'scaling brings tasks back at night',
    environment: 'development',
    spoil: (platform) => {
      const found = schedule(platform, 'applicationautoscaling:registerscalabletarget', { MaxCapacity: 0 });
      platform.remove(found);
    },
    reddens: hours,
  },
  {
    id: 'AC-COST-1',
    name: 'tasks stop by the clock of another place',
    environment: 'development',
    spoil: (platform) =>
      platform.set(
        schedule(platform, 'ecs:updateservice', { DesiredCount: 0 }),
        ['ScheduleExpressionTimezone'],
        'America/New_York',
      ),
    reddens: hours,
  },
  {
    id: 'AC-COST-1',
    name: 'something else is stopped in place of the database',
    environment: 'development',
    spoil: (platform) => {
      for (const call of scheduledCalls(platform.graph)) {
        if (call.operation !== 'rds:stopdbcluster') continue;
        platform.set(call.resource, ['Target', 'Input'], '{"DbClusterIdentifier":"other"}');
      }
    },
    reddens: hours,
  },
  {
    id: 'AC-COST-2',
    name: 'the database is started an hour late',
    environment: 'development',
    spoil: (platform) => {
      const start = schedule(platform, 'rds:startdbcluster');
      const expression = textOf(at(start.properties, 'ScheduleExpression'));
      platform.set(start, ['ScheduleExpression'], expression.replace(/^cron\(\d+ \d+/, 'cron(0 10'));
    },
    reddens: hours,
  },
  {
    id: 'AC-COST-2',
    name: 'tasks are started at weekends too',
    environment: 'development',
    spoil: (platform) => {
      const start = schedule(platform, 'ecs:updateservice', { DesiredCount: 1 });
      platform.set(start, ['ScheduleExpression'], 'cron(0 9 * * ? *)');
    },
    reddens: hours,
  },
  {
    id: 'AC-COST-2',
    name: 'no task is started on Mondays',
    environment: 'development',
    spoil: (platform) => {
      const start = schedule(platform, 'ecs:updateservice', { DesiredCount: 1 });
      platform.set(start, ['ScheduleExpression'], 'cron(0 9 ? * TUE-FRI *)');
    },
    reddens: hours,
  },
  {
    id: 'AC-COST-1',
    name: 'production is stopped at night',
    spoil: (platform) =>
      platform.add(one(platform, 'AWS::RDS::DBCluster'), 'AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(0 19 ? * MON-FRI *)',
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:rds:stopDBCluster',
          Input: '{"DbClusterIdentifier":"production"}',
        },
      }),
    reddens: inputs,
  },
];

const elsewhere = 'arn:aws:backup:ca-central-1:123456789012:backup-vault:copies';
