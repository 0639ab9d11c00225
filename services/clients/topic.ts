// Tells whoever listens on a topic, with the trace that the news belongs to.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SpanKind } from '@opentelemetry/api';
import { type Deadline, signalOf } from './deadline.ts';
import { currentTrace, traceAttribute, traced } from './tracing.ts';

export interface Topic {
  publish(deadline: Deadline, event: unknown): Promise<void>;
}

export function openTopic(client: SNSClient, arn: string): Topic {
  return {
    publish: (deadline, event) =>
      traced(
        'sns Publish',
        { 'messaging.system': 'aws_sns' },
        async () => {
          const traceparent = currentTrace();
          const command = new PublishCommand({
            TopicArn: arn,
            Message: JSON.stringify(event),
            ...(traceparent === undefined
              ? {}
              : { MessageAttributes: { [traceAttribute]: { DataType: 'String', StringValue: traceparent } } }),
          });
          await client.send(command, { abortSignal: signalOf(deadline) });
        },
        SpanKind.PRODUCER,
      ),
  };
}
