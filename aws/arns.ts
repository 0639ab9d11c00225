// What ARNs of resources look like, of those on whose behalf a service of AWS uses another one.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/** By CloudFormation's type, after the partition. */
const shapes: Readonly<Record<string, string>> = {
  'AWS::Budgets::Budget': 'budgets::<account>:budget/<name>',
  'AWS::CloudFront::Distribution': 'cloudfront::<account>:distribution/<name>',
  'AWS::CloudTrail::Trail': 'cloudtrail:<region>:<account>:trail/<name>',
  'AWS::CloudWatch::Alarm': 'cloudwatch:<region>:<account>:alarm:<name>',
  'AWS::CloudWatch::CompositeAlarm': 'cloudwatch:<region>:<account>:alarm:<name>',
  'AWS::Events::Rule': 'events:<region>:<account>:rule/<name>',
  // A delivery comes by its source, which is of the region that its destination is set up in.
  'AWS::Logs::DeliveryDestination': 'logs:<region>:<account>:delivery-source:<name>',
  'AWS::Logs::LogGroup': 'logs:<region>:<account>:log-group:<name>',
  'AWS::S3::Bucket': 's3:::<name>',
  'AWS::SNS::Subscription': 'sns:<region>:<account>:<name>',
  'AWS::SNS::Topic': 'sns:<region>:<account>:<name>',
};

/** An ARN in AWS's own partition; `undefined` for a type that acts for nobody. */
export const arnOf = (
  type: string,
  parts: { readonly region: string; readonly account: string; readonly name: string },
): string | undefined => {
  const shape = shapes[type];
  if (shape === undefined) return undefined;
  const filled = Object.entries(parts).reduce((text, [part, value]) => text.replace(`<${part}>`, () => value), shape);
  return `arn:aws:${filled}`;
};
