// Messages to a queue, each with the trace that it belongs to.
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SpanKind } from '@opentelemetry/api';
import { type Deadline, signalOf } from './deadline.ts';
import { currentTrace, traceAttribute, traced } from './tracing.ts';

/** SQS takes so many messages in one call. */
export const batchSize = 10;

export interface Outgoing {
  readonly body: unknown;
  /** The trace it belongs to; without one, that of what is being done now. */
  readonly traceparent?: string | undefined;
  /** Seconds until it may be received, at most 900. */
  readonly delay?: number;
}

export interface Queue {
  /** Sends at most ten messages and answers with the positions of those that SQS did not take. */
  send(deadline: Deadline, messages: readonly Outgoing[]): Promise<readonly number[]>;
}

export function openQueue(client: SQSClient, url: string): Queue {
  return {
    send: (deadline, messages) =>
      traced(
        'sqs SendMessageBatch',
        { 'messaging.system': 'aws_sqs', 'messaging.batch.message_count': messages.length },
        async () => {
          const entries = messages.map(({ body, traceparent = currentTrace(), delay }, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(body),
            DelaySeconds: delay,
            ...(traceparent === undefined
              ? {}
              : { MessageAttributes: { [traceAttribute]: { DataType: 'String', StringValue: traceparent } } }),
          }));
          const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries });
          const { Failed = [] } = await client.send(command, { abortSignal: signalOf(deadline) });
          return Failed.map(({ Id }) => Number(Id));
        },
        SpanKind.PRODUCER,
      ),
  };
}

/** Sends any number of messages, all or an error; what was sent before the error stays sent. */
export async function sendAll(queue: Queue, deadline: Deadline, messages: readonly Outgoing[]): Promise<void> {
  for (let start = 0; start < messages.length; start += batchSize) {
    const refused = await queue.send(deadline, messages.slice(start, start + batchSize));
    if (refused.length > 0) throw new Error(`the queue did not take ${refused.length} of the messages`);
  }
}
