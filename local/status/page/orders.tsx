// The newest orders.
import { figure } from '../../../ui/format.ts';
import { StateLabel } from '../../../ui/mark.tsx';
import { Table } from '../../../ui/table.tsx';
import type { RecentOrder } from '../source.ts';
import type { Say } from './say.ts';

export function Orders({ orders, say }: { readonly orders: readonly RecentOrder[]; readonly say: Say }) {
  return (
    <section aria-labelledby="orders-title" id="orders">
      <h2 id="orders-title">{say('orders')}</h2>
      {orders.length === 0 ? (
        <p class="note">{say('noOrders')}</p>
      ) : (
        <Table
          label={say('orders')}
          head={[say('order'), say('customer'), say('total'), say('placed'), say('state')]}
          figures={[2]}
        >
          {orders.map(({ id, customer, total, placedAt, status }) => (
            <tr key={id}>
              <td>{id.slice(0, 8)}</td>
              <td>{customer}</td>
              <td class="figure">¥{figure(total, 0)}</td>
              <td>{timeOf(placedAt)}</td>
              <td>
                <StateLabel state={status === 'fulfilled' ? 'carried' : 'open'} word={say(status)} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** The reader's own time of day. */
const timeOf = (iso: string): string => new Date(iso).toTimeString().slice(0, 8);
