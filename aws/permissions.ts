// Words of IAM's policies: what a pattern of an action covers, and which actions can be bound to nothing.

/** Whether a written action covers one: `s3:*` and `s3:Get*` cover `s3:GetObject`. ARNs have patterns of the same kind. */
export function covers(written: string, action: string): boolean {
  const pattern = written
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'i').test(action);
}

/** Actions whose services know no resource for them, so that a statement must say `*`. */
export const actionsWithoutResource: readonly string[] = [
  'ecr:GetAuthorizationToken',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'cloudwatch:PutMetricData',
];
