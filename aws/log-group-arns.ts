// In which form AWS takes a log group's ARN. CloudFormation's `Arn` of a group ends in `:*`, which stands for its streams; where that does
// not belong, delivery stops without a failed deployment.

interface LogGroupPlace {
  /** Whether `:*` belongs at the end. */
  readonly star: boolean;
  /** AWS's page, or the report of what happens. */
  readonly page: string;
}

/** By type and property, lists as `[]`. A policy may name a group in either form, by what is allowed on it. */
export const logGroupPlaces: Readonly<Record<string, LogGroupPlace>> = {
  'AWS::CloudTrail::Trail.CloudWatchLogsLogGroupArn': {
    star: true,
    page: 'awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html',
  },
  'AWS::EC2::FlowLog.LogDestination': {
    star: false,
    page: 'awsdocs/aws-cloudformation-user-guide#306',
  },
  'AWS::StepFunctions::StateMachine.LoggingConfiguration.Destinations[].CloudWatchLogsLogGroup.LogGroupArn': {
    star: true,
    page: 'step-functions/latest/apireference/API_CloudWatchLogsLogGroup.html',
  },
  'AWS::WAFv2::LoggingConfiguration.LogDestinationConfigs[]': {
    star: false,
    page: 'waf/latest/developerguide/logging-cw-logs.html',
  },
};
