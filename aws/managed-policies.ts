// What is known of policies that AWS writes, by their names.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html

/** AWS's policies whose actions are known here: what they do not hold they do not allow. */
export const wellKnownPolicies =
  /^(AmazonECSTaskExecutionRolePolicy|AWSLambda\w*ExecutionRole|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLogsFullAccess|AWSXrayFullAccess|\w*ReadOnly\w*)$/i;

/** AWS's policies that let somebody send traces. */
export const tracingPolicies =
  /^(AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|AWSXrayFullAccess|CloudWatchAgentServerPolicy|AdministratorAccess|PowerUserAccess)$/i;

/** AWS's policies that let somebody write to log groups. */
export const loggingPolicies =
  /^(AmazonECSTaskExecutionRolePolicy|AWSLambda(Basic|VPCAccess|SQSQueue|DynamoDB|Kinesis)\w*ExecutionRole|CloudWatch(Logs)?FullAccess(V2)?|CloudWatchAgent(Server|Admin)Policy|AdministratorAccess|PowerUserAccess)$/;
