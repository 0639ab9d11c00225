// Every minute: says again which region may serve, so that the latch's alarm never lacks data, whatever became of an execution.
import type { RecoveryPorts } from '../ports.ts';

export async function publishLatch(
  _event: unknown,
  { ledger, latch }: Pick<RecoveryPorts, 'ledger' | 'latch'>,
): Promise<Readonly<Record<string, unknown>>> {
  const { serving } = await ledger.read();
  await latch.publish(serving);
  return { serving };
}
