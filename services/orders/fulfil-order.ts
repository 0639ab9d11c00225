// Fulfils an order once, however often its message comes.
import type { Database } from '../clients/database.ts';
import type { Deadline } from '../clients/deadline.ts';
import { findOrder } from './find-orders.ts';
import { fromRow, type OrderRow, type OwnedOrder, orderColumns } from './order.ts';

const fulfil = `
  WITH fulfilled AS (
    UPDATE orders SET status = 'fulfilled', version = version + 1, fulfilled_at = now()
    WHERE id = $1 AND status = 'accepted' RETURNING ${orderColumns}
  ), noted AS (
    INSERT INTO order_events (order_id, version, kind, at) SELECT id, version, 'fulfilled', fulfilled_at FROM fulfilled
  )
  SELECT * FROM fulfilled`;

/** The fulfilled order, whether this call did it or an earlier one; throws for an order that does not exist. */
export async function fulfilOrder(database: Database, deadline: Deadline, id: string): Promise<OwnedOrder> {
  const [row] = await database.query<OrderRow>(deadline, fulfil, [id]);
  if (row !== undefined) return fromRow(row);
  const earlier = await findOrder(database, deadline, id);
  if (earlier === undefined) throw new Error(`there is no order ${id} to fulfil`);
  return earlier;
}
