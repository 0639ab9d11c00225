// Whether the health checks of a stack still know their alarms as they are. Route 53 copies an alarm's settings when a check is made or
// changed and does not look again, and CloudFormation's drift detection compares what a template says, which is the alarm's name alone
// (https://docs.aws.amazon.com/Route53/latest/APIReference/API_CloudWatchAlarmConfiguration.html).
import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { type CloudWatchAlarmConfiguration, GetHealthCheckCommand } from '@aws-sdk/client-route-53';
import type { AwsClients } from '../aws/clients.ts';
import type { Difference } from './difference.ts';

const type = 'AWS::Route53::HealthCheck';

/** Expected is the alarm as it is, found the check's copy of it. @throws what AWS refuses */
export async function alarmCopies(
  clients: AwsClients,
  region: string,
  resources: readonly StackResourceSummary[],
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId: HealthCheckId } of resources) {
    if (ResourceType !== type || HealthCheckId === undefined) continue;
    const { HealthCheck } = await clients.dns(region).send(new GetHealthCheckCommand({ HealthCheckId }));
    const { Name, Region } = HealthCheck?.HealthCheckConfig?.AlarmIdentifier ?? {};
    if (Name === undefined || Region === undefined) continue;
    const { MetricAlarms = [] } = await clients
      .cloudWatch(Region)
      .send(new DescribeAlarmsCommand({ AlarmNames: [Name], AlarmTypes: ['MetricAlarm'] }));
    const at = (path: string, values: Pick<Difference, 'expected' | 'found'>): Difference => ({
      ...{ subject: LogicalResourceId, type, path: `/HealthCheckConfig/AlarmIdentifier${path}` },
      ...values,
    });
    const [alarm] = MetricAlarms;
    // Without its alarm a check goes on by what it copied, and nobody is told of it.
    if (alarm === undefined) {
      differences.push(at('/Name', { found: Name }));
      continue;
    }
    const [expected, found] = [settings(alarm), settings(HealthCheck?.CloudWatchAlarmConfiguration ?? {})];
    for (const [name, value] of Object.entries(expected))
      if (value !== found[name]) differences.push(at(`/${name}`, { expected: value, found: found[name] }));
  }
  return differences;
}

/** What a check copies, in words that can be compared: dimensions in the order of their names. */
function settings(of: MetricAlarm | CloudWatchAlarmConfiguration): Readonly<Record<string, string>> {
  const dimensions = (of.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).sort();
  return {
    Namespace: of.Namespace ?? '',
    MetricName: of.MetricName ?? '',
    Dimensions: dimensions.join(),
    Statistic: of.Statistic ?? '',
    Period: String(of.Period ?? ''),
    Threshold: String(of.Threshold ?? ''),
    ComparisonOperator: of.ComparisonOperator ?? '',
    EvaluationPeriods: String(of.EvaluationPeriods ?? ''),
  };
}
