// `hashira drill <name>`: breaks one thing under traffic, and tells how the platform got over it. The loss of a region and the restore of
// a backup go ways of their own.
import { disturbancesOf, undisturbed, watchMachine } from '../../../operations/disturbance.ts';
import { type DrillResult, missingFaults, type Progress, runDrill } from '../../../operations/drills/drill.ts';
import { drillNames } from '../../../operations/drills/drill-names.ts';
import { drills } from '../../../operations/drills/drills.ts';
import { observedOf, writeRuntimeResult } from '../../../operations/runtime-result.ts';
import { languageFor } from '../document-file.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { numberOf } from './load.ts';
import { type OperationsMessages, operationsCatalogues } from './messages.ts';
import { noVerdict } from './no-verdict.ts';
import { printCriteria } from './print-criteria.ts';
import { type TargetOptions, withTargetInTurn } from './running-target.ts';

export interface DrillOptions extends TargetOptions {
  readonly rps?: string;
  readonly json?: boolean;
  /** Of the drill `region` alone: the account of a deployed platform. */
  readonly account?: string;
}

/** Exit code 0; 1 when a criterion failed, an order was lost or doubled, or the platform did not recover; 3: no verdict. */
export async function drill(asked: string, document: string | undefined, options: DrillOptions): Promise<number> {
  const lang = languageFor(options.lang, document);
  const say = operationsCatalogues[lang];
  const rate = options.rps === undefined ? {} : { rate: numberOf('--rps', options.rps, say) };
  if (asked === 'region') {
    const { drillRegion } = await import('./drill-region.ts');
    return drillRegion(document, lang, { ...options, ...rate });
  }
  if (asked === 'restore') {
    const { drillRestore } = await import('./drill-restore.ts');
    return drillRestore(document, lang, { ...options, ...rate });
  }
  const name = drillNames.find((one) => one === asked);
  if (name === undefined) throw new UsageError(say.unknownDrill(asked));
  return withTargetInTurn(`drill ${name}`, document, options, say, async (target) => {
    const [missing] = missingFaults(drills[name], target);
    if (missing !== undefined) throw new UsageError(say.unable(name, say.lacks[missing]));
    const lasting = drills[name].lasts?.(target);
    if (lasting !== undefined) printAside(say.lasts(lasting, target.kind === 'local'));
    const tell = (step: keyof typeof say.steps, progress?: Progress) =>
      printAside(progress === undefined ? say.steps[step] : say.progress(progress));
    const { done, machine } = await watchMachine(() => runDrill(target, drills[name], { ...rate, tell }));
    const disturbed = options.judgeDisturbed === true ? [] : disturbancesOf(machine);
    const report = { ...done, criteria: undisturbed(done.criteria, disturbed), machine, disturbed };
    const file = writeRuntimeResult(options.out, { ...observedOf(target), kind: `drill-${name}`, ...report });
    if (options.json) writeJson(report.result);
    else {
      printResult(report.result, say);
      printCriteria(report.criteria, say, options.lang ?? 'en');
      print(say.written(file));
    }
    if (disturbed.length > 0) return noVerdict(disturbed, say);
    return isGood(report.result) && report.criteria.every(({ verdict }) => verdict !== 'fail') ? 0 : 1;
  });
}

const isGood = ({ lost, doubled, recoveryMs }: DrillResult): boolean =>
  lost === 0 && doubled === 0 && recoveryMs !== null;

function printResult(
  { accepted, fulfilled, lost, doubled, failedRequests, recoveryMs }: DrillResult,
  say: OperationsMessages,
) {
  const recovery = recoveryMs === null ? say.never : `${Math.round(recoveryMs / 100) / 10} s`;
  print(
    ...table(
      [say.accepted, say.fulfilled, say.lost, say.doubled, say.failedRequests, say.recovery],
      [[...[accepted, fulfilled, lost, doubled, failedRequests].map(String), recovery]],
      [0, 1, 2, 3, 4, 5],
    ),
  );
}
