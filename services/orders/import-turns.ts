// One file of a customer at a time, at a pace that leaves room for everybody else's orders. A file's lines are spread over minutes, and the
// import takes the customer's turn in each of those; who already has a file on its way is told when to come again.
import { createHash } from 'node:crypto';
import type { Bucket } from '../clients/bucket.ts';
import type { Deadline } from '../clients/deadline.ts';

/** Lines of one customer in a second: one in twenty of what the function works off. */
const rowsPerSecond = 25;
/** Seconds for which SQS holds a message back at most: the longest file must be through by then. */
export const longestDelay = 900;
const turnSeconds = 60;

/** Seconds after which a file's line is let in. */
export const delayOf = (row: number): number => Math.floor(row / rowsPerSecond);

export type Turn =
  | 'taken'
  /** Seconds until it is worth asking again. */
  | { readonly wait: number };

/**
 * Takes the turns of a customer's import, from the minute of `now` (milliseconds) on. An import that comes again under its own key is
 * let through once a minute, so that what was broken off is finished and nothing is sent over and over.
 */
export async function takeTurns(
  bucket: Bucket,
  deadline: Deadline,
  { customer, importId, rows }: { readonly customer: string; readonly importId: string; readonly rows: number },
  now: number,
): Promise<Turn> {
  const folder = `turns/${createHash('sha256').update(customer).digest('hex').slice(0, 32)}`;
  const first = Math.floor(now / 1000 / turnSeconds);
  const holderOf = (name: string) => bucket.read(deadline, `${folder}/${name}`);
  // Asked first, so that a full turn costs no write; of two who find it free S3 lets one have it.
  const take = async (name: string) =>
    (await holderOf(name)) === undefined && bucket.write(deadline, `${folder}/${name}`, importId, 'text/plain', 'new');
  const wait = { wait: (first + 1) * turnSeconds - Math.floor(now / 1000) };

  if (!(await take(`${first}`))) {
    return (await holderOf(`${first}`)) === importId && (await take(`${first}-again`)) ? 'taken' : wait;
  }
  const minutes = Math.ceil((delayOf(rows - 1) + 1) / turnSeconds);
  const others = Array.from({ length: minutes - 1 }, (_, index) => take(`${first + 1 + index}`));
  // One that another import of this moment has got first is no reason to stop: this import has the minute that counts.
  await Promise.all(others);
  return 'taken';
}
