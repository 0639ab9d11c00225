// `hashira drill region`: two regions on this machine from the document's templates, the first one killed under traffic, and the second
// one brought up by the document's own state machine.

import { join, resolve } from 'node:path';
import { environmentKeys, productionOf } from '../../../design/environments.ts';
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import type { Machine } from '../../../local/machine/machine.ts';
import { LocalProblem } from '../../../local/problems.ts';
import { startRegionPair } from '../../../local/regions/pair.ts';
import { disturbancesOf, watchMachine } from '../../../operations/disturbance.ts';
import { RegionProblem, type RegionReport, runRegionDrill } from '../../../operations/drills/region.ts';
import { usualRate } from '../../../operations/load.ts';
import { type Extrapolation, extrapolate } from '../../../operations/recovery/extrapolate.ts';
import { writeRuntimeResult } from '../../../operations/runtime-result.ts';
import { buildInto, readSource, type Source, selectEnvironments, templatesFailed } from '../build/build.ts';
import { openOut } from '../build/out-folder.ts';
import { refuseOtherResults } from '../build/results-folder.ts';
import { codeWith } from '../closed-output.ts';
import { haltOnSignals } from '../halt.ts';
import { catalogues } from '../messages.ts';
import { print, printAside, writeJson } from '../output.ts';
import { table } from '../print.ts';
import { root } from '../root.ts';
import { ledgerOf, takeMachineFor } from '../up/run-platform.ts';
import { UsageError } from '../usage-error.ts';
import { drillRegionOnAws } from './drill-region-aws.ts';
import { type OperationsMessages, operationsCatalogues } from './messages.ts';
import { noVerdict } from './no-verdict.ts';

export interface RegionOptions {
  readonly out: string;
  readonly environment?: string;
  readonly speed?: string;
  readonly lenient?: boolean;
  readonly validation?: boolean;
  readonly json?: boolean;
  readonly rate?: number;
  readonly account?: string;
  readonly deployed?: string | boolean;
  readonly judgeDisturbed?: boolean;
}

/** What AWS's minutes are divided by, unless somebody says otherwise: a health check's half minute is three seconds. */
const usualSpeed = 10;

/** Exit code 0; 1 when RPO or RTO are not what the document promises; 2: refused; 3: no verdict; 130: interrupted. */
export async function drillRegion(
  document: string | undefined,
  lang: Language,
  options: RegionOptions,
): Promise<number> {
  const say = operationsCatalogues[lang];
  const speed = speedOf(options.speed, catalogues[lang].badSpeed);
  const source = readSource(document, { ...options, lang });
  if (source === undefined) return 2;
  const { design } = source;
  const { recovery } = design;
  const production = productionOf(design);
  const asked = [options.environment ?? production];
  const [environment = production] = selectEnvironments(asked, environmentKeys(design), catalogues[lang]);
  if (recovery === undefined) throw new UsageError(say.region.noRecovery);
  const { account, json = false } = options;
  if (account === undefined && options.deployed !== undefined && options.deployed !== false)
    throw new UsageError(say.region.deployedAlone);
  if (account !== undefined) {
    if (!/^\d{12}$/.test(account)) throw new UsageError(say.region.badAccount(account));
    return drillRegionOnAws(lang, { environment, region: recovery.region, account, json });
  }
  openOut(options.out, catalogues[lang]).close();
  refuseOtherResults(options.out, catalogues[lang]);
  const halt = haltOnSignals();
  let machine: Machine | undefined;
  let code = 1;
  try {
    machine = await takeMachineFor(options.out);
    code = await run(machine, { source, say, options, speed, environment, signal: halt.signal });
  } catch (error) {
    if (halt.signal.aborted) code = 130;
    else if (error instanceof RegionProblem) printAside(`hashira: ${say.region.problems[error.code](error.lagMs)}`);
    else refuse(error, lang);
  } finally {
    await machine?.release();
    halt.dispose();
  }
  // What was under way when somebody called a halt may still wait for something that will not come.
  if (code === 130) process.exit(codeWith(code));
  return code;
}

interface DrillContext {
  readonly source: Source;
  readonly say: OperationsMessages;
  readonly options: RegionOptions;
  readonly speed: number;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

async function run(
  machine: Machine,
  { source, say, options, speed, environment, signal }: DrillContext,
): Promise<number> {
  const { out } = options;
  printAside(say.region.building);
  const built = await buildInto(out, source, {
    environments: environmentKeys(source.design),
    validation: options.validation ?? true,
  });
  if (templatesFailed(built)) throw new UsageError(catalogues[source.lang].notProved);
  signal.throwIfAborted();
  printAside(say.region.starting);
  const pair = await startRegionPair({
    machine,
    assembly: resolve(out, 'cdk.out'),
    environment,
    code: join(root, 'dist', 'local'),
    ledgerOf: (role) => ledgerOf(out, `region-${role}`),
    speed,
    signal,
    started: (role, ms) => printAside(say.region.started(say.region.roles[role], ms)),
  });
  const { recovery } = source.design;
  const rate = options.rate ?? usualRate(source);
  const { done: report, machine: seen } = await watchMachine(() =>
    runRegionDrill(pair, {
      rate,
      ...(recovery === undefined ? {} : { mostLagMs: recovery.rpoSeconds * 1000 }),
      signal,
      tell: (step, state) => printAside(state === undefined ? say.region.steps[step](rate) : say.region.state(state)),
    }),
  );
  const disturbed = options.judgeDisturbed === true ? [] : disturbancesOf(seen);
  const states = report.timeline.map(({ name }) => name).filter((name) => pair.pace.bounds[name] !== undefined);
  const onAws = extrapolate(pair.pace, states);
  const { templateHash, movedByHand } = pair;
  const observed = { environment, target: 'local', templateHash, criteria: [], machine: seen, disturbed } as const;
  const file = writeRuntimeResult(out, { ...observed, kind: 'drill-region', ...report, speed, movedByHand, onAws });
  if (options.json) writeJson(report.result);
  else printReport(report, { speed, movedByHand, onAws, file }, say);
  // Standard output is the result's alone there.
  if (options.json && report.noRto !== undefined) printAside(say.region.noRto(report.noRto));
  if (report.failure !== undefined)
    printAside(`hashira: ${say.region.stopped(inLanguage(report.failure, source.lang))}`);
  if (disturbed.length > 0) return noVerdict(disturbed, say);
  return keepsPromise(report, recovery) ? 0 : 1;
}

/** The document's own RPO and RTO: what it promises is what it is held to. */
function keepsPromise({ result: { rpoMs, rtoMs } }: RegionReport, recovery: Source['design']['recovery']): boolean {
  return (
    recovery !== undefined &&
    rtoMs !== null &&
    rtoMs <= recovery.rtoSeconds * 1000 &&
    rpoMs <= recovery.rpoSeconds * 1000
  );
}

function speedOf(text: string | undefined, bad: (text: string) => string): number {
  const speed = text === undefined ? usualSpeed : Number(text);
  if (!(speed >= 1 && speed <= 600)) throw new UsageError(bad(text ?? ''));
  return speed;
}

function refuse(error: unknown, lang: Language): never {
  throw error instanceof LocalProblem ? new UsageError(error.said[lang]) : error;
}

interface PrintContext {
  readonly speed: number;
  readonly movedByHand: boolean;
  readonly onAws: Extrapolation;
  readonly file: string;
}

function printReport(
  { result, timeline, account, noRto }: RegionReport,
  { speed, movedByHand, onAws, file }: PrintContext,
  say: OperationsMessages,
): void {
  const { region } = say;
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  print(
    ...table(
      [region.step, region.from, region.until, region.took],
      timeline.map(({ name, fromMs, toMs }, index) => [
        name,
        seconds(fromMs),
        seconds(toMs),
        seconds(result.steps[index]?.ms ?? 0),
      ]),
      [1, 2, 3],
    ),
  );
  print(region.result({ ...result, ...account }));
  if (noRto !== undefined) print(region.noRto(noRto));
  print(region.pace(speed));
  if (movedByHand) print(region.byHand);
  print('', region.onAws);
  print(
    ...table(
      [region.step, region.seconds, region.most, region.source],
      onAws.steps.map((step) => [step.name, String(step.seconds ?? '?'), String(step.most ?? ''), step.source]),
      [1, 2],
    ),
  );
  print(region.onAwsSum(onAws.seconds, onAws.unknown));
  print(say.written(file));
}
