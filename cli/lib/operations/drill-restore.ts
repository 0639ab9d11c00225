// `hashira drill restore`: a backup of the running platform's database, taken under traffic and restored into a scratch server.
import type { Language } from '../../../design/problem.ts';
import { disturbancesOf, watchMachine } from '../../../operations/disturbance.ts';
import { isRestored, type RestoreResult, runRestoreDrill } from '../../../operations/drills/restore.ts';
import { observedOf, writeRuntimeResult } from '../../../operations/runtime-result.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { type OperationsMessages, operationsCatalogues } from './messages.ts';
import { noVerdict } from './no-verdict.ts';
import { type TargetOptions, withTargetInTurn } from './running-target.ts';

interface RestoreOptions extends TargetOptions {
  readonly rate?: number;
  readonly json?: boolean;
}

/** Exit code 0; 1 when the backup may not be relied on; 3: no verdict. */
export async function drillRestore(
  document: string | undefined,
  lang: Language,
  options: RestoreOptions,
): Promise<number> {
  const say = operationsCatalogues[lang];
  return withTargetInTurn('drill restore', document, options, say, async (target) => {
    const { backups } = target;
    if (backups === undefined) throw new UsageError(say.unable('restore', say.restore.unable));
    const tell = (step: keyof typeof say.restore.steps) => printAside(say.restore.steps[step]);
    const rate = options.rate === undefined ? {} : { rate: options.rate };
    const { done: result, machine } = await watchMachine(() => runRestoreDrill(target, backups, { ...rate, tell }));
    const disturbed = options.judgeDisturbed === true ? [] : disturbancesOf(machine);
    const kept = { ...observedOf(target), kind: 'drill-restore', criteria: [], machine, disturbed, result } as const;
    const file = writeRuntimeResult(options.out, kept);
    if (options.json) writeJson(result);
    else {
      printResult(result, say);
      print(say.written(file));
    }
    if (disturbed.length > 0) return noVerdict(disturbed, say);
    return isRestored(result) ? 0 : 1;
  });
}

function printResult(
  { orders, missing, tables, acceptsWrites, ageMs, rpoMs, steps }: RestoreResult,
  say: OperationsMessages,
): void {
  const { restore } = say;
  print(
    ...table(
      [restore.step, 'ms'],
      steps.map(({ name, ms }) => [restore.parts[name], String(ms)]),
      [1],
    ),
  );
  print(
    ...table(
      [restore.table, restore.rows, restore.same],
      tables.map(({ name, rows, same }) => [name, String(rows), same ? restore.yes : restore.no]),
      [1],
    ),
  );
  print(restore.orders(orders, missing));
  print(acceptsWrites ? restore.writes : restore.noWrites);
  print(restore.age(seconds(ageMs), rpoMs === null ? undefined : seconds(rpoMs)));
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
