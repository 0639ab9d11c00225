// A queue whose messages are encrypted, travel over TLS only, and never disappear: what fails too often waits in a second queue (STK-7).
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Receptions after which a message is set aside: enough to outlive a deploy or a database failover. */
const maxReceiveCount = 5;

export interface WorkQueueProps {
  /**
   * The queue's physical name. AWS forces one: a dead-letter queue names the queues that may use it, and could not otherwise name one
   * that names it in turn.
   */
  readonly queueName: string;
  readonly encryptionKey: IKey;
  /** How long a consumer has a message for itself; at least six times a function's timeout where Lambda consumes. */
  readonly visibilityTimeout: Duration;
  /** Whether the queue and its messages outlive the stack. */
  readonly kept: boolean;
}

/**
 * The queue and its dead-letter queue. Both keep messages for 14 days, so that one that arrives on a Friday in a stopped environment
 * is worked on after the holidays.
 *
 * Day 2: `aws sqs start-message-move-task --source-arn <dead-letter queue>` sends everything back after a repair.
 *
 * @cost Tokyo: $0.40 per million requests. A message costs three (send, receive, delete); a long poll that finds nothing is one in
 * 20 s, 131,400 a month for each consumer ($0.05).
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const arn = Stack.of(this).formatArn({ service: 'sqs', resource: props.queueName });
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      ...safe(props),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Source', arn)],
      },
    });
    this.queue = new Queue(this, 'Queue', {
      ...safe(props),
      queueName: props.queueName,
      visibilityTimeout: props.visibilityTimeout,
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
  }
}

/** What every queue has: the stack's key, TLS, and the longest retention. */
export function safe(props: Pick<WorkQueueProps, 'encryptionKey' | 'kept'>): QueueProps {
  return {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: props.encryptionKey,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // A queue with a fixed name that survived a failed creation would stop the next one.
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  };
}
