// Claims about the placeholder functions: none of them loses what it was given.
import { expect, test } from 'vitest';
import { handler as fulfilOrder } from './fulfil-order.ts';
import { handler as importOrders } from './import-orders.ts';
import { handler as writeReceipt } from './write-receipt.ts';

test('every order goes back to its queue', async () => {
  const { batchItemFailures } = await fulfilOrder({ Records: [{ messageId: 'a' }, { messageId: 'b' }] });
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }]);
});

test('an event is not taken as worked on', async () => {
  await expect(writeReceipt({ Records: [{}] })).rejects.toThrow('1 events');
});

test('a file is refused, not swallowed', async () => {
  expect(await importOrders()).toMatchObject({ statusCode: 501 });
});
