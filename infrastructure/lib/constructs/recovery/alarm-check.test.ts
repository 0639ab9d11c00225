// Claims about health checks of alarms: they follow what Route 53 copies of an alarm, and nothing else (DR-2, DR-8).
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, type AlarmProps, CfnAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { expect, test } from 'vitest';
import { alarmCheck, settingsOf } from './alarm-check.ts';
import { only } from './recovery-places.ts';

const metric = (props: ConstructorParameters<typeof Metric>[0]) => new Metric(props);
const base: AlarmProps = {
  metric: metric({ namespace: 'N', metricName: 'M', statistic: 'Maximum', period: Duration.minutes(1) }),
  threshold: 1,
  evaluationPeriods: 3,
};

/** Logical ids of the check and of the alarm. */
function idsOf(props: Partial<AlarmProps>): readonly [check: string | undefined, alarm: string | undefined] {
  const stack = new Stack(new App(), 'Recovery');
  const alarm = only(new Alarm(stack, 'Latch', { ...base, ...props }), CfnAlarm.isCfnAlarm);
  alarmCheck(stack, 'LatchIsOpen', {
    ...{ alarm: { name: alarm.ref, settings: settingsOf(alarm) }, region: 'us-west-2', withoutData: 'Unhealthy' },
  });
  const template = Template.fromStack(stack);
  const [check] = Object.keys(template.findResources('AWS::Route53::HealthCheck'));
  return [check, Object.keys(template.findResources('AWS::CloudWatch::Alarm'))[0]];
}

const [check, alarm] = idsOf({});
const common = { namespace: 'N', metricName: 'M', statistic: 'Maximum', period: Duration.minutes(1) };

test.each<[string, Partial<AlarmProps>]>([
  ['threshold', { threshold: 2 }],
  ['number of periods', { evaluationPeriods: 2 }],
  ['metric', { metric: metric({ ...common, metricName: 'Other' }) }],
  ['dimension', { metric: metric({ ...common, dimensionsMap: { Environment: 'production' } }) }],
  ['statistic', { metric: metric({ ...common, statistic: 'Minimum' }) }],
  ['period', { metric: metric({ ...common, period: Duration.minutes(5) }) }],
])(
  'with another %s the alarm stays, and the check is another one, which is made before the old one goes',
  (_, props) => {
    const [otherCheck, sameAlarm] = idsOf(props);
    expect(otherCheck).not.toBe(check);
    expect(sameAlarm).toBe(alarm);
  },
);

test.each<[string, Partial<AlarmProps>]>([
  ['nothing', {}],
  ['its description', { alarmDescription: 'Another one' }],
  ['whom it tells', { actionsEnabled: false }],
])('the check stays where the alarm changes %s: Route 53 copies none of it', (_, props) => {
  expect(idsOf(props)).toEqual([check, alarm]);
});
