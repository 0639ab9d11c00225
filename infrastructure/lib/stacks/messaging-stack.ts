// The messaging stack: queues, the order topic, and the rules that put events on them (STK-7).
//
// Two decisions that its neighbours need to know:
//
// 1. Alerts. The two alarm topics (`warning`, `critical`) belong to MonitoringStack, which depends on ComputeStack, which depends on
//    this stack; a rule here that pointed at one of them would close a circle. So this stack has a third alert topic of its own,
//    `operationsTopic`: what AWS reports by itself (a task that stopped, a backup that failed) is mailed to the same address as an
//    alarm, without a detour through a metric that would lose the event's own words. Alarms of ComputeStack are heard there too.
// 2. Permissions. The document lets this stack depend on nothing, so it cannot attach policies to SecurityStack's roles. It states
//    what each role may do with its resources in `statements`; ComputeStack, where roles and queues meet, attaches them.
import { Duration, Validations } from 'aws-cdk-lib';
import { EventField, type IRule, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Design } from '../../../design/schema.ts';
import { OperationalEvents } from '../constructs/alarm/operational-events.ts';
import { dataKey } from '../constructs/data-key.ts';
import { safe, WorkQueue } from '../constructs/queue/work-queue.ts';
import { triesRestores } from '../document-values.ts';
import { actionsFor, allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';

/** 04:00 in Japan, when yesterday is over and few orders come in. Rules know UTC only. */
const exportTime = { hour: '19', minute: '0' };

/**
 * Two queues, since one cannot serve both Lambda and ECS: `fulfilment` goes to a function, `work` to the tasks. A document without
 * functions has only `work`.
 *
 * @cost one KMS key $1.00 a month; SQS $0.40 and SNS $0.50 per million; events of AWS services and the schedule are free.
 */
export class MessagingStack extends PlatformStack {
  /** The document's output: where a request leaves what must be done after its answer (ARC-5). */
  readonly queue: IQueue;
  /** Orders on their way to the function that fulfils them. */
  readonly fulfilmentQueue?: IQueue;
  /** What the tasks do besides answering requests: dropped cache entries, imported rows, the daily export. */
  readonly workQueue: IQueue;
  /** By the queue's name, for alarms and redrive. */
  readonly deadLetterQueues: Readonly<Record<string, IQueue>>;
  /** Events and notifications that reached no target; a subscription to `topic` names it as its dead-letter queue. */
  readonly undeliveredQueue: IQueue;
  /** `order-events`: what happened to an order, for whoever wants to know. */
  readonly topic: ITopic;
  /** Alerts that are no alarms; see the top of this file. */
  readonly operationsTopic: ITopic;
  readonly kmsKey: IKey;
  /** What starts work by the clock; all off in a region that stands by, until it takes over. */
  readonly schedules: readonly IRule[];
  /** What the roles may do with queues and topic, to be attached by ComputeStack. */
  readonly statements: Readonly<Record<'task' | 'lambda', readonly PolicyStatement[]>>;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { design } = props;
    const { kept } = this;
    const key = dataKey(this, 'Key', { description: 'Queues and topics', kept });
    const functions = this.sizes.functions;

    const work = new WorkQueue(this, 'Work', {
      queueName: `${this.stackName}-Work`,
      encryptionKey: key,
      visibilityTimeout: Duration.seconds(60),
      kept,
    });
    const fulfilment =
      functions === undefined
        ? undefined
        : new WorkQueue(this, 'Fulfilment', {
            queueName: `${this.stackName}-Fulfilment`,
            encryptionKey: key,
            // Lambda advises six times the function's timeout: throttled batches wait within it.
            visibilityTimeout: Duration.seconds(6 * functions.timeoutSeconds),
            kept,
          });
    this.kmsKey = key;
    this.workQueue = work.queue;
    if (fulfilment !== undefined) this.fulfilmentQueue = fulfilment.queue;
    this.queue = fulfilment?.queue ?? work.queue;
    this.deadLetterQueues = {
      work: work.deadLetterQueue,
      ...(fulfilment === undefined ? {} : { fulfilment: fulfilment.deadLetterQueue }),
    };
    this.undeliveredQueue = new Queue(this, 'Undelivered', safe({ encryptionKey: key, kept }));
    Validations.of(this.undeliveredQueue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is where undelivered events end; the rules and subscriptions that send them here are no queues.',
    });

    this.topic = new Topic(this, 'OrderEvents', { displayName: 'order-events', masterKey: key, enforceSSL: true });
    const operationsTopic = new Topic(this, 'Operations', {
      displayName: `${this.stackName} operations`,
      masterKey: key,
      enforceSSL: true,
    });
    operationsTopic.addSubscription(new EmailSubscription(design.inputs.alertEmail));
    letAlarmsPublish(operationsTopic, this.account);
    this.operationsTopic = operationsTopic;
    letServicesUse(key, this.account);

    new OperationalEvents(this, 'OperationalEvents', {
      topic: operationsTopic,
      deadLetterQueue: this.undeliveredQueue,
      clusterStack: this.sibling('ComputeStack'),
      vaultStack: this.sibling('DatabaseStack'),
      restoreTests: triesRestores(design, props.environment),
    });
    const dailyExport = new Rule(this, 'DailyExport', {
      description: "Yesterday's orders, asked for in the early morning of Japan",
      schedule: Schedule.cron(exportTime),
      // Of two regions one asks.
      enabled: this.role === 'primary',
      targets: [
        new SqsQueue(work.queue, {
          message: RuleTargetInput.fromObject({ type: 'export', time: EventField.time }),
          deadLetterQueue: this.undeliveredQueue,
        }),
      ],
    });

    this.schedules = [dailyExport];

    this.statements = {
      task: taskStatements(this, design),
      lambda: functionStatements(this, design),
    };
  }
}

/** Of ComputeStack, which cannot wait for the topics of MonitoringStack: that waits for it. */
function letAlarmsPublish(topic: Topic, account: string): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Alarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
}

/** SNS delivers to the dead-letter queue under its own name, CloudWatch to the operations topic; EventBridge's grant comes with its targets. */
function letServicesUse(key: Key, account: string): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Notifications',
      principals: [new ServicePrincipal('sns.amazonaws.com'), new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
}

const sends = (action: string) => action.startsWith('sqs:SendMessage');

/** IAM-2: tasks send to the queue that the functions work off, and work off their own. */
function taskStatements(stack: MessagingStack, design: Design): PolicyStatement[] {
  const sqs = actionsFor(design, 'task', 'sqs');
  return [
    ...allow('SendLaterWork', sqs.filter(sends), stack.queue.queueArn),
    ...allow(
      'WorkOff',
      sqs.filter((action) => !sends(action)),
      stack.workQueue.queueArn,
    ),
    ...allow('TellOfOrders', actionsFor(design, 'task', 'sns'), stack.topic.topicArn),
    ...keyStatements(stack, design, 'task'),
  ];
}

/** IAM-3: functions work off `fulfilment`, and hand on to `work` what only tasks can do. */
function functionStatements(stack: MessagingStack, design: Design): PolicyStatement[] {
  const sqs = actionsFor(design, 'lambda', 'sqs');
  return [
    ...allow(
      'WorkOff',
      sqs.filter((action) => !sends(action)),
      stack.queue.queueArn,
    ),
    ...allow('HandOn', sqs.filter(sends), stack.workQueue.queueArn),
    ...keyStatements(stack, design, 'lambda'),
  ];
}

function keyStatements(stack: MessagingStack, design: Design, role: 'task' | 'lambda'): PolicyStatement[] {
  const services = role === 'task' ? ['sqs', 'sns'] : ['sqs'];
  return allowKey('UseMessagingKey', actionsFor(design, role, 'kms'), stack.kmsKey.keyArn, stack.region, services);
}
