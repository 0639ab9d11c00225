// Where alarms and budgets are heard: a topic for each severity, mailed to the document's address (STK-8, AC-OPS-2).
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { dataKey } from '../data-key.ts';

export const severities = ['warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export interface AlertTopicsProps {
  readonly email: string;
  /** Whether budgets are heard here too. */
  readonly budgets?: boolean;
}

/**
 * Both topics are encrypted and refuse plain transport. Alarms of this account may publish, budgets where they are heard, and nobody else. Their key is a
 * customer's, since neither may use the one that AWS keeps for SNS; nothing encrypted with it outlives a delivery, so it goes with the
 * stack.
 *
 * Day 2: the address confirms each subscription once, by the link in its first mail: `aws sns list-subscriptions-by-topic` shows
 * `PendingConfirmation` until then. `aws cloudwatch set-alarm-state --state-value ALARM` tries the way of an alarm to the mailbox.
 *
 * @cost one KMS key $1.00 a month; mails $2.00 per 100,000.
 */
export class AlertTopics extends Construct {
  readonly topics: Readonly<Record<Severity, Topic>>;

  constructor(scope: Construct, id: string, props: AlertTopicsProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const key = dataKey(this, 'Key', { description: 'Alarms on their way', kept: false });
    const publishers = publishersOf(this, props);
    for (const { sid, service, conditions } of publishers) {
      key.addToResourcePolicy(
        new PolicyStatement({
          sid,
          principals: [new ServicePrincipal(service)],
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          resources: ['*'],
          conditions,
        }),
      );
    }

    const make = (name: string, severity: Severity) => {
      const topic = new Topic(this, name, {
        displayName: `${stackName} ${severity}`,
        masterKey: key,
        enforceSSL: true,
      });
      // A topic with a policy of its own loses the one that lets the account's services in.
      for (const { sid, service, conditions } of publishers) {
        topic.addToResourcePolicy(
          new PolicyStatement({
            sid,
            principals: [new ServicePrincipal(service)],
            actions: ['sns:Publish'],
            resources: [topic.topicArn],
            conditions,
          }),
        );
      }
      topic.addSubscription(new EmailSubscription(props.email));
      return topic;
    };
    this.topics = { warning: make('Warning', 'warning'), critical: make('Critical', 'critical') };
  }
}

interface Publisher {
  readonly sid: string;
  readonly service: string;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html */
function publishersOf(scope: Construct, { budgets = false }: AlertTopicsProps): Publisher[] {
  const { account, partition } = Stack.of(scope);
  const ours = { StringEquals: { 'aws:SourceAccount': account } };
  const alarms = { sid: 'Alarms', service: 'cloudwatch.amazonaws.com', conditions: ours };
  const costs = {
    sid: 'Budgets',
    service: 'budgets.amazonaws.com',
    conditions: { ...ours, ArnLike: { 'aws:SourceArn': `arn:${partition}:budgets::${account}:*` } },
  };
  return budgets ? [alarms, costs] : [alarms];
}
