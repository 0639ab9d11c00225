// `hashira load`: how long customers wait at a constant rate of requests, and whether that is what the document allows.
import { isWithin } from '../../../operations/aws/address-limit.ts';
import { disturbancesOf, undisturbed, watchMachine } from '../../../operations/disturbance.ts';
import { type LoadResult, mostRequests, mostSeconds, runLoad, usualRate } from '../../../operations/load.ts';
import { observedOf, writeRuntimeResult } from '../../../operations/runtime-result.ts';
import { languageFor } from '../document-file.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import { type OperationsMessages, operationsCatalogues } from './messages.ts';
import { noVerdict } from './no-verdict.ts';
import { printCriteria } from './print-criteria.ts';
import { type TargetOptions, withTargetInTurn } from './running-target.ts';

export interface LoadOptions extends TargetOptions {
  readonly rps?: string;
  readonly duration: string;
  readonly json?: boolean;
  /** Where a deployed platform answers. */
  readonly endpoint?: string;
}

/** Exit code 0; 1 when a criterion failed; 3: no verdict. */
export async function load(document: string | undefined, options: LoadOptions): Promise<number> {
  const lang = languageFor(options.lang, document);
  const say = operationsCatalogues[lang];
  const rate = options.rps === undefined ? undefined : numberOf('--rps', options.rps, say);
  const seconds = secondsOf(options.duration, say);
  const place = options.endpoint === undefined ? options : { ...options, deployed: options.endpoint };
  return withTargetInTurn('load', document, place, say, async (target) => {
    const rps = rate ?? usualRate(target);
    if (rps * seconds > mostRequests) throw new UsageError(say.tooMany(rps * seconds, mostRequests));
    const { requests = 0, seconds: window = 0 } = target.addressLimit ?? {};
    // What the firewall turns away would look like a platform that fails.
    if (!isWithin(target, rps, seconds)) throw new UsageError(say.firewall(requests, window));
    printAside(say.loading(rps, seconds));
    const { done, machine } = await watchMachine(() => runLoad(target, { rps, seconds }));
    const disturbed = options.judgeDisturbed === true ? [] : disturbancesOf(machine);
    const { result } = done;
    const criteria = undisturbed(done.criteria, disturbed);
    const kept = { ...observedOf(target), kind: 'load', criteria, machine, disturbed, result } as const;
    const file = writeRuntimeResult(options.out, kept);
    if (options.json) writeJson(result);
    else {
      printResult(result, say);
      printCriteria(criteria, say, options.lang ?? 'en');
      print(say.written(file));
    }
    if (disturbed.length > 0) return noVerdict(disturbed, say);
    return criteria.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
  });
}

/** A number above nought, of an option. @throws UsageError */
export function numberOf(option: string, text: string, say: OperationsMessages): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0) || value > mostRequests)
    throw new UsageError(say.badNumber(option, text, mostRequests));
  return value;
}

function secondsOf(text: string, say: OperationsMessages): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)(s|m)?$/.exec(text) ?? [];
  const seconds = Number(value) * (unit === 'm' ? 60 : 1);
  if (!(seconds > 0) || seconds > mostSeconds) throw new UsageError(say.badDuration(text, mostSeconds));
  return seconds;
}

function printResult({ requests, errors, p50, p95, p99, tasks }: LoadResult, say: OperationsMessages): void {
  const counts = tasks.map(([, count]) => count);
  const range = say.taskRange(Math.min(...counts), Math.max(...counts));
  print(
    ...table(
      [say.requests, say.errors, 'p50', 'p95', 'p99', say.tasks],
      [[String(requests), String(errors), `${p50} ms`, `${p95} ms`, `${p99} ms`, range]],
      [0, 1, 2, 3, 4],
    ),
  );
}
