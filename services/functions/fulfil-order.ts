// Placeholder until the workload exists: takes orders from the queue `fulfilment` and fulfils none.

interface QueueEvent {
  readonly Records: readonly { readonly messageId: string }[];
}

interface BatchResponse {
  /** Messages that go back to the queue. */
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Reports every message as failed: a placeholder must not lose an order. After its last try a message waits in the dead-letter queue,
 * from where it is sent back once there is somebody to fulfil it.
 */
export async function handler({ Records }: QueueEvent): Promise<BatchResponse> {
  return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
