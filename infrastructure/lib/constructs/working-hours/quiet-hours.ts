// Alarms of an environment that is off at night keep still meanwhile.
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Inputs } from '../../../../design/schema.ts';
import { type OperationCall, ScheduledCalls } from '../schedule/scheduled-calls.ts';
import { shifted, workingDayMornings } from './working-days.ts';

export interface QuietHoursProps {
  readonly hours: Inputs['workingHours'];
  /** ISO dates on which nothing starts. */
  readonly holidays: readonly string[];
  readonly alarms: readonly Alarm[];
}

/** Alarms that one call may name. */
const alarmsAtOnce = 100;
/** What a start takes, in minutes, until every alarm is back at OK: Aurora some ten, and two periods of five. */
const untilWell = 30;
/** Minutes by which silence comes before the end of the day, so that the end itself is not told. */
const before = 5;

/**
 * Before the evening's stop the alarms' actions are switched off; half an hour after the morning's start they are switched on again,
 * when the alarms have found back to OK: an alarm tells of changes, and there is none to tell then. Alarms are still evaluated meanwhile.
 *
 * It stands with the alarms and not with the schedules that stop things, so that an alarm with a new name is never forgotten.
 *
 * @cost free.
 */
export class QuietHours extends Construct {
  constructor(scope: Construct, id: string, { hours, holidays, alarms }: QuietHoursProps) {
    super(scope, id);
    if (alarms.length === 0) return;
    const clock = new ScheduledCalls(this, 'Clock', {
      purpose: 'Lets schedules stop and start what they are for',
      timeZone: hours.timeZone,
      statements: [
        new PolicyStatement({
          sid: 'Alarms',
          actions: ['cloudwatch:DisableAlarmActions', 'cloudwatch:EnableAlarmActions'],
          resources: alarms.map(({ alarmArn }) => alarmArn),
        }),
      ],
    });
    const evening = shifted(hours.stop, -before);
    const [hour, minute] = evening.split(':').map(Number);
    const mornings = workingDayMornings(shifted(hours.start, untilWell), holidays);
    for (let first = 0; first < alarms.length; first += alarmsAtOnce) {
      const names = alarms.slice(first, first + alarmsAtOnce).map(({ alarmName }) => alarmName);
      const call = (operation: string): OperationCall => ({
        service: 'cloudwatch',
        operation,
        input: { AlarmNames: names },
      });
      const part = first === 0 ? '' : `From${first + 1}`;
      clock.at(
        `Silence${part}`,
        `cron(${minute} ${hour} ? * MON-FRI *)`,
        `${evening}: no alarm is told until morning`,
        call('disableAlarmActions'),
      );
      for (const { suffix, expression } of mornings) {
        clock.at(`Speech${part}${suffix}`, expression, 'Alarms are told again', call('enableAlarmActions'));
      }
    }
  }
}
