// Copies home the files that were written while the standby region served: the primary's bucket is copied there, and not the other way.
import { note, step, until } from '../step.ts';

export const carryFiles = step<'files'>('carry-files', async ({ from, to, execution, filesCursor }, ports) => {
  const { awaySince } = await ports.ledger.read();
  if (awaySince === undefined) return { files: 'none: nothing was written there' };
  const cursor = await ports.files.copy(from, to, awaySince, filesCursor);
  await note(execution, ports, () => ({ filesCursor: cursor }));
  until(cursor === undefined, `files were copied up to ${cursor}`);
  return { since: awaySince };
});
