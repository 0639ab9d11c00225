// The functions of the workload and what calls each of them (STK-6, ARC-2, ARC-5).
import { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Inputs, Sizes } from '../../../../design/schema.ts';
import { workloadFunction } from './workload-function.ts';

export interface OrderFunctionsProps {
  readonly size: NonNullable<Sizes['functions']>;
  readonly architecture: Inputs['architecture'];
  readonly role: IRole;
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly securityGroup: ISecurityGroup;
  /** Where to find things, by the part of the platform that they belong to. */
  readonly places: Readonly<Record<'database' | 'storage' | 'work' | 'identity', Readonly<Record<string, string>>>>;
  readonly fulfilmentQueue: IQueue;
  readonly topic: ITopic;
  /** Takes events that no attempt could work on. */
  readonly undeliveredQueue: IQueue;
  readonly logRetentionDays: RetentionDays;
  readonly kept: boolean;
}

/**
 * `fulfil-order` works off the queue `fulfilment`: a batch of ten, of which only those that failed come back; never more than ten
 * batches at a time, since each holds a connection of the database. `write-receipt` is told of orders from the topic; an event that
 * neither SNS nor three attempts could bring home waits in the queue of what was not delivered. `import-orders` is called by the load
 * balancer, which the stack connects.
 *
 * @cost see `workloadFunction`; $0.40 per million polls of the queue.
 */
export class OrderFunctions extends Construct {
  readonly fulfilOrder: LambdaFunction;
  readonly writeReceipt: LambdaFunction;
  readonly importOrders: LambdaFunction;

  constructor(scope: Construct, id: string, props: OrderFunctionsProps) {
    super(scope, id);
    const { size, places } = props;
    const make = (name: string, source: string, description: string, environment: Readonly<Record<string, string>>) =>
      workloadFunction(this, name, { ...props, ...size, source, description, environment });

    this.fulfilOrder = make('FulfilOrder', 'fulfil-order', 'Fulfils orders from the queue fulfilment', {
      ...places.database,
      ...places.work,
    });
    this.writeReceipt = make('WriteReceipt', 'write-receipt', 'Writes a receipt for each order', places.storage);
    this.importOrders = make('ImportOrders', 'import-orders', 'Takes files of orders at /imports', {
      ...places.storage,
      ...places.work,
      ...places.identity,
    });

    this.fulfilOrder.addEventSource(
      new SqsEventSource(props.fulfilmentQueue, {
        batchSize: 10,
        maxConcurrency: 10,
        reportBatchItemFailures: true,
      }),
    );
    props.topic.addSubscription(new LambdaSubscription(this.writeReceipt, { deadLetterQueue: props.undeliveredQueue }));
    this.writeReceipt.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(props.undeliveredQueue),
    });
  }

  get all(): readonly LambdaFunction[] {
    return [this.fulfilOrder, this.writeReceipt, this.importOrders];
  }

  get logGroups(): readonly ILogGroup[] {
    return this.all.map(({ logGroup }) => logGroup);
  }
}
