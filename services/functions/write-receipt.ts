// Placeholder until the workload exists: hears of orders from the topic `order-events` and writes no receipt.

interface TopicEvent {
  readonly Records: readonly unknown[];
}

/**
 * Fails: a placeholder must not lose an event. Lambda tries twice more, then puts the event into the queue of what was not delivered.
 *
 * @throws Error always.
 */
export async function handler({ Records }: TopicEvent): Promise<never> {
  throw new Error(`${Records.length} events of orders are not worked on: the workload does not exist yet`);
}
