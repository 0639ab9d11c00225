// Off at night and at weekends: the tasks and the database of an environment, by the clock (AC-COST-1, AC-COST-2).
import { Stack } from 'aws-cdk-lib';
import type { IFargateService } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Inputs, Sizes } from '../../../../design/schema.ts';
import { acknowledgePrefix } from '../role/acknowledged-prefix.ts';
import { type OperationCall, ScheduledCalls } from '../schedule/scheduled-calls.ts';
import { workingDayMornings } from './working-days.ts';

export interface WorkingHoursProps {
  readonly hours: Inputs['workingHours'];
  /** ISO dates on which nothing starts. */
  readonly holidays: readonly string[];
  readonly service: IFargateService;
  readonly clusterName: string;
  readonly task: Pick<Sizes['task'], 'minimum' | 'maximum'>;
  readonly database: IDatabaseCluster;
}

/**
 * In the evening the tasks go and the database stops; in the morning both come back at the same minute. A task lives without its database
 * and says at `/health/ready` that it is not ready, until Aurora is there some minutes later.
 *
 * To hold a service at nought its scalable target has to be at nought too, or scaling would bring tasks back. A database that is stopped
 * starts by itself after seven days, so it is stopped again every evening, at weekends too, which ends a long holiday's surprise within a
 * day; on other evenings of the weekend the call fails, since it is stopped already, and that is well.
 *
 * What cannot be stopped (cache, NAT gateway, load balancer) runs on; the ADR on working hours says what that costs.
 *
 * Day 2: to work late, start by hand: `aws rds start-db-cluster`, `aws application-autoscaling register-scalable-target`; the next
 * evening stops all again.
 *
 * @cost saves 118 of 168 hours a week, 70 %: of db.t4g.medium $57.94 and of one task (0.5 vCPU, 1 GB, x86_64) $15.80 a month. The
 * schedules are free.
 */
export class WorkingHours extends Construct {
  constructor(scope: Construct, id: string, props: WorkingHoursProps) {
    super(scope, id);
    const { hours, database, task } = props;
    const targets = Stack.of(this).formatArn({
      service: 'application-autoscaling',
      resource: 'scalable-target',
      resourceName: '*',
    });
    const clock = new ScheduledCalls(this, 'Clock', {
      purpose: 'Lets schedules stop and start what they are for',
      timeZone: hours.timeZone,
      statements: statementsOf(props, targets),
    });
    acknowledgePrefix(
      clock.policy,
      targets,
      'Nobody can know the ARN of a scalable target beforehand; the conditions leave those of ECS services.',
    );

    const [hour, minute] = hours.stop.split(':').map(Number);
    const evening = (id: string, days: string, call: OperationCall) =>
      clock.at(id, `cron(${minute} ${hour} ? * ${days} *)`, `${hours.stop}, ${days}: ${call.operation}`, call);
    evening('StopScaling', 'MON-FRI', scalingOf(props, { minimum: 0, maximum: 0 }));
    evening('StopTasks', 'MON-FRI', countOf(props, 0));
    evening('StopDatabase', 'MON-FRI', databaseCall('stopDBCluster', database));
    evening('StopDatabaseAgain', 'SAT,SUN', databaseCall('stopDBCluster', database));

    for (const { suffix, expression } of workingDayMornings(hours.start, props.holidays)) {
      const morning = (id: string, call: OperationCall) =>
        clock.at(`${id}${suffix}`, expression, `${hours.start} on working days: ${call.operation}`, call);
      morning('StartDatabase', databaseCall('startDBCluster', database));
      morning('StartScaling', scalingOf(props, task));
      morning('StartTasks', countOf(props, task.minimum));
    }
  }
}

const databaseCall = (
  operation: 'stopDBCluster' | 'startDBCluster',
  { clusterIdentifier }: IDatabaseCluster,
): OperationCall => ({
  service: 'rds',
  operation,
  input: { DbClusterIdentifier: clusterIdentifier },
});

const countOf = ({ service, clusterName }: WorkingHoursProps, count: number): OperationCall => ({
  service: 'ecs',
  operation: 'updateService',
  input: { Cluster: clusterName, Service: service.serviceName, DesiredCount: count },
});

const scalingOf = (
  { service, clusterName }: WorkingHoursProps,
  { minimum, maximum }: WorkingHoursProps['task'],
): OperationCall => ({
  service: 'applicationautoscaling',
  operation: 'registerScalableTarget',
  input: {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${clusterName}/${service.serviceName}`,
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: minimum,
    MaxCapacity: maximum,
  },
});

function statementsOf({ service, database }: WorkingHoursProps, targets: string): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'Database',
      actions: ['rds:StartDBCluster', 'rds:StopDBCluster'],
      resources: [database.clusterArn],
    }),
    // Application Auto Scaling asks for the service as whoever calls it.
    new PolicyStatement({
      sid: 'Tasks',
      actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
      resources: [service.serviceArn],
    }),
    new PolicyStatement({
      sid: 'Scaling',
      actions: ['application-autoscaling:RegisterScalableTarget'],
      resources: [targets],
      conditions: {
        StringEquals: {
          'application-autoscaling:service-namespace': 'ecs',
          'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
        },
      },
    }),
  ];
}
