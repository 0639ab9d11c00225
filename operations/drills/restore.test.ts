// The restore drill, on backups that are whole and on such as are not.
import { afterEach, expect, test } from 'vitest';
import type { Backups } from '../target.ts';
import { type Shop, startShop } from '../testing/shop.ts';
import { isRestored, type RestoreResult, runRestoreDrill } from './restore.ts';

let shop: Shop;
afterEach(() => shop?.stop());

const good: RestoreResult = {
  drill: 'restore',
  orders: 10,
  missing: 0,
  tables: [{ name: 'public.orders', rows: 10, same: true }],
  acceptsWrites: true,
  ageMs: 1_000,
  rpoMs: 3_600_000,
  steps: [],
};

test.each<[string, Partial<RestoreResult>, boolean]>([
  ['is whole', {}, true],
  ['has no RPO to be held against', { rpoMs: null }, true],
  ['lacks an order', { missing: 1 }, false],
  ['has a table that differs', { tables: [...good.tables, { name: 'public.outbox', rows: 1, same: false }] }, false],
  ['has no tables', { tables: [] }, false],
  ['takes no writes', { acceptsWrites: false }, false],
  ['was older than may be lost by the time it took writes', { ageMs: 3_600_001 }, false],
  ['was tried without a single order', { orders: 0 }, false],
])('a backup that %s', (_, change, reliable) => expect(isRestored({ ...good, ...change })).toBe(reliable));

test('it is asked for the orders that were accepted before it began, while others go on coming', async () => {
  shop = await startShop();
  const wanted: string[] = [];
  let atBackup: readonly string[] = [];
  const ids = () => shop.orders().map(({ id }) => id);
  const backups: Backups = {
    async backUp() {
      atBackup = ids();
      await expect.poll(() => ids().length).toBeGreaterThan(atBackup.length);
      return { takenAt: new Date().toISOString(), steps: [{ name: 'files', ms: 1 }] };
    },
    async tryBackup(orders) {
      wanted.push(...orders);
      const { tables, acceptsWrites, ageMs } = good;
      return { missing: orders.slice(0, 2), steps: [{ name: 'restore', ms: 2 }], tables, acceptsWrites, ageMs };
    },
  };
  const result = await runRestoreDrill(shop.target, backups, { rate: 60, before: 0.5 });
  expect(wanted.length).toBeGreaterThan(0);
  expect(atBackup).toEqual(expect.arrayContaining(wanted));
  expect(result).toMatchObject({ orders: wanted.length, missing: 2, steps: [{ name: 'files' }, { name: 'restore' }] });
});
