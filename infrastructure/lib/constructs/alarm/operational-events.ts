// What AWS reports by itself and a person must be told of: a task that stopped, a backup that failed or cannot be brought back (STK-7).
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { EventField, type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface OperationalEventsProps {
  readonly topic: ITopic;
  /** Takes what the topic would not. */
  readonly deadLetterQueue: IQueue;
  /** Name of the stack with the ECS cluster: CloudFormation begins the cluster's name with it, so events of other environments in the account stay out. */
  readonly clusterStack: string;
  /** Name of the stack with the backup vault, whose name must begin with it for the same reason. */
  readonly vaultStack: string;
  /** Whether backups are brought back as a test there. */
  readonly restoreTests: boolean;
}

/**
 * Rules on the account's own bus, each with a message that a person can read.
 *
 * A task counts as dead when a container of it exits, it cannot start, or it fails a health check; tasks that a deployment, scaling
 * or a person stops do not.
 *
 * Day 2: `aws ecs describe-tasks --tasks <arn>` within the hour tells more of a stopped task, `aws backup describe-backup-job` of a
 * backup.
 *
 * @cost events of AWS services are free; mails $2.00 per 100,000.
 */
export class OperationalEvents extends Construct {
  constructor(scope: Construct, id: string, props: OperationalEventsProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const announce = (name: string, description: string, eventPattern: EventPattern, text: string) =>
      new Rule(this, name, {
        description,
        eventPattern,
        targets: [
          new SnsTopic(props.topic, {
            message: RuleTargetInput.fromText(text),
            deadLetterQueue: props.deadLetterQueue,
          }),
        ],
      });
    const field = (path: string) => EventField.fromPath(path);

    announce(
      'TaskStopped',
      'A task died: a container exited, it could not start, or it failed a health check',
      {
        source: ['aws.ecs'],
        detailType: ['ECS Task State Change'],
        detail: {
          clusterArn: [
            {
              prefix: stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: `${props.clusterStack}-` }),
            },
          ],
          lastStatus: ['STOPPED'],
          // The scheduler stops tasks for deployments, scaling and failed health checks alike; only its reason tells them apart.
          $or: [
            { stopCode: ['EssentialContainerExited', 'TaskFailedToStart'] },
            { stoppedReason: [{ prefix: 'Task failed' }] },
          ],
        },
      },
      `${field('$.time')} ${field('$.detail.group')} lost a task in ${field('$.detail.availabilityZone')}: ${field('$.detail.stopCode')}, ${field('$.detail.stoppedReason')} (${field('$.detail.taskArn')})`,
    );
    announce(
      'BackupFailed',
      'A backup, or its copy to the other region, did not succeed',
      {
        source: ['aws.backup'],
        detailType: ['Backup Job State Change', 'Copy Job State Change'],
        detail: {
          state: ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'],
          $or: [
            { backupVaultName: [{ prefix: props.vaultStack }] },
            {
              sourceBackupVaultArn: [
                {
                  prefix: stack.formatArn({
                    service: 'backup',
                    resource: 'backup-vault',
                    resourceName: props.vaultStack,
                    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
                  }),
                },
              ],
            },
          ],
        },
      },
      `${field('$.time')} ${field('$.detail-type')} ${field('$.detail.state')}: ${field('$.detail.resourceArn')} ${field('$.detail.statusMessage')}`,
    );
    if (!props.restoreTests) return;
    announce(
      'RestoreTestFailed',
      'A backup could not be brought back by way of trial',
      {
        source: ['aws.backup'],
        detailType: ['Restore Job State Change'],
        detail: {
          status: ['FAILED', 'ABORTED'],
          // The role of the restore test: CloudFormation begins its name with the stack's. A person's own restore is that person's to watch.
          iamRoleArn: [
            {
              prefix: stack.formatArn({
                service: 'iam',
                region: '',
                resource: 'role',
                resourceName: `${props.vaultStack}-`,
              }),
            },
          ],
        },
      },
      `${field('$.time')} ${field('$.detail-type')} ${field('$.detail.status')}: ${field('$.detail.resourceType')} ${field('$.detail.restoreJobId')}`,
    );
  }
}
