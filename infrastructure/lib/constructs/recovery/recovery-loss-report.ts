// Tells the standby region that the first one is lost, where the document lets that start the failover (DR-2).
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as ToBus } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';

export interface LossReportProps {
  /** The alarm that finds the region lost. */
  readonly alarm: Alarm;
  /** In the standby region. */
  readonly busArn: string;
}

/**
 * From the region of Route 53's measurements to the standby's bus, past the one that is lost.
 *
 * Day 2: `aws cloudwatch set-alarm-state --state-value ALARM` tries the whole way, and fails the region over.
 *
 * @cost $1.00 per million events that go to another bus: nothing.
 */
export class LossReport extends Construct {
  constructor(scope: Construct, id: string, { alarm, busArn }: LossReportProps) {
    super(scope, id);
    new Rule(this, 'PrimaryLost', {
      description: 'The primary region is lost: tell the other one',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        resources: [alarm.alarmArn],
        detail: { state: { value: ['ALARM'] } },
      },
      targets: [new ToBus(EventBus.fromEventBusArn(this, 'StandbyBus', busArn))],
    });
  }
}
