// `hashira up`: the platform of a document on this machine, a first order through all of it, and then it stays until somebody ends it.

import { join } from 'node:path';
import type { Language } from '../../../design/problem.ts';
import type { Machine } from '../../../local/machine/machine.ts';
import { firstFree } from '../../../local/machine/network.ts';
import { writeNew } from '../../../local/machine/private-files.ts';
import type { Platform } from '../../../local/platform.ts';
import { LocalProblem } from '../../../local/problems.ts';
import { type StepResult, stepper } from '../../../local/steps.ts';
import { environmentByItself, findEnvironment } from '../build/asked-environment.ts';
import { readSource, type Source } from '../build/build.ts';
import type { BuildReport } from '../build/build-report.ts';
import { openOut } from '../build/out-folder.ts';
import { refuseOtherResults } from '../build/results-folder.ts';
import { firstLine, lastLine, printSummary } from '../build/summary.ts';
import { codeWith, readerGone } from '../closed-output.ts';
import { haltOnSignals } from '../halt.ts';
import { catalogues, type Messages } from '../messages.ts';
import { print, printAside, writeJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { runPlatform, takeMachineFor } from './run-platform.ts';
import { startStatusPage } from './status-page.ts';

export interface UpOptions {
  /** Absent: the first one that is disposable. */
  readonly environment?: string;
  readonly out: string;
  readonly check?: boolean;
  readonly stay?: boolean;
  readonly speed: string;
  readonly lang?: Language;
  readonly json?: boolean;
  readonly lenient?: boolean;
  readonly validation: boolean;
}

/** What `--json` prints. */
interface UpReport {
  readonly environment: string;
  readonly steps: readonly StepResult[];
  readonly addresses: Readonly<Record<string, string>>;
  readonly order: { readonly id: string; readonly status: string; readonly receipt: unknown } | null;
  readonly cache: Platform['cache'] | null;
  /** Why it came to nothing. */
  readonly problem?: string;
}

/** Exit code 0: the first order was fulfilled; 1: a step failed; 2: refused; 130: interrupted before that. */
export async function up(document: string | undefined, options: UpOptions): Promise<number> {
  const begin = performance.now();
  const source = readSource(document, options);
  if (source === undefined) return 2;
  const say = catalogues[source.lang];
  const run = { source, say, options, speed: speedOf(options.speed, say), begin };
  const environment = findEnvironment(options.environment ?? environmentByItself, source.design, source.lang);
  // Before anything is started, for what would be found out only later.
  openOut(options.out, say).close();
  refuseOtherResults(options.out, say);
  // From here on whoever wants it to end must not keep it from tidying up.
  const halt = haltOnSignals();
  let code = 1;
  try {
    const machine = await takeMachineFor(options.out).catch((error: unknown) => {
      throw error instanceof LocalProblem ? new UsageError(error.said[source.lang]) : error;
    });
    try {
      code = await stay(machine, { ...run, environment, signal: halt.signal });
    } finally {
      if (halt.signal.aborted && options.json !== true) print(say.stopping);
      await machine.release();
      if (halt.signal.aborted && options.json !== true) print(say.stopped);
    }
  } finally {
    halt.dispose();
  }
  // What was under way when a step failed may still wait for something that will not come.
  if (code !== 0) process.exit(code);
  return code;
}

interface UpContext {
  readonly source: Source;
  readonly say: Messages;
  readonly options: UpOptions;
  readonly speed: number;
  readonly begin: number;
  readonly environment: Platform['environment'];
  readonly signal: AbortSignal;
}

async function stay(machine: Machine, run: UpContext): Promise<number> {
  const { source, say, options, speed, environment, signal } = run;
  const quiet = options.json === true;
  const steps: StepResult[] = [];
  const tell = (result: StepResult) => {
    steps.push(result);
    if (!quiet) print(stepLine(result, say));
  };
  if (!quiet) print(firstLine(source, [source.design.region]));
  let last: readonly string[] = [];
  let report: UpReport = { environment, steps, addresses: {}, order: null, cache: null };
  tell({ name: 'document', ok: true, ms: Math.round(performance.now() - run.begin) });
  const step = stepper(signal, tell);
  let code = 0;
  try {
    const { out, validation } = options;
    const built = (made: BuildReport) => {
      last = [lastLine(made, source.lang)];
      if (!quiet) printSummary(made, { out, lang: source.lang });
    };
    const platform = await runPlatform(machine, source, { out, environment, validation, speed, step, signal, built });
    const page = await step('status', () => openStatusPage(platform, machine, run));
    report = { ...report, addresses: { ...platform.addresses, status: page.url }, cache: platform.cache };
    const order = platform.firstOrder();
    machine.onRelease(order.close);
    await step('order', order.place);
    await step('fulfilled', order.untilFulfilled);
    if (platform.writesReceipts) await step('receipt', order.untilReceipt);
    report = { ...report, order: order.result() };
    const headers = await handOut(platform, machine);
    // Load and drills come only once all of it has worked.
    machine.ledger.tell({ url: platform.url, status: page.url, control: page.control.url, token: page.control.token });
    if (!quiet) printStarted(platform, run);
    if (!quiet && options.check !== true && (options.stay === true || process.stdout.isTTY)) {
      printAddresses(platform, { addresses: report.addresses, headers }, run);
      print('', say.ctrlC, ...last);
      await aborted(signal);
    } else if (!quiet) print('', say.endsNow, ...last);
  } catch (error) {
    const interrupted = error instanceof LocalProblem && error.code === 'interrupted';
    if (!(error instanceof LocalProblem || error instanceof UsageError)) throw error;
    const problem = error instanceof LocalProblem ? error.said[source.lang] : error.message;
    report = { ...report, problem };
    code = codeWith(interrupted ? 130 : 1);
    if (!quiet && code !== readerGone) printAside(`hashira: ${problem}`);
  }
  if (quiet) writeJson(report);
  return code;
}

function speedOf(text: string, say: Messages): number {
  const speed = Number(text);
  if (!(speed >= 1 && speed <= 600)) throw new UsageError(say.badSpeed(text));
  return speed;
}

function stepLine({ name, ok, ms }: StepResult, say: Messages): string {
  const time = ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
  return `${ok ? '✓' : '✗'} ${time.padStart(7)}  ${say.steps[name]}`;
}

/** Where a person types it. */
const statusPort = 8090;

async function openStatusPage(platform: Platform, machine: Machine, { source, options, speed }: UpContext) {
  const port = await firstFree([statusPort, statusPort + 1, statusPort + 2]);
  const { design, lang: language } = source;
  const page = await startStatusPage({ platform, design, out: options.out, language, speed, port });
  machine.onRelease(page.stop);
  return page;
}

/** What lets a person in as a customer for as long as the platform runs, as a file for curl. */
async function handOut(platform: Platform, { folder }: Machine): Promise<string> {
  const file = join(folder, 'headers');
  const lines = Object.entries(await platform.headers('first-customer')).map(([name, value]) => `${name}: ${value}\n`);
  writeNew(file, lines.join(''));
  return file;
}

interface StartedPlatform {
  readonly addresses: UpReport['addresses'];
  readonly headers: string;
}

function printStarted(platform: Platform, { say }: UpContext): void {
  if (platform.cache === 'absent' && platform.blueprint.cache !== undefined) print('', say.noCache);
  const { extensions } = platform.blueprint.database;
  if (extensions.length > 0) print('', say.noExtensions(extensions.join(', ')));
  // Since this process began, the command's own loading included.
  print('', `${(performance.now() / 1_000).toFixed(1)} s`);
}

/** Of a platform that stays: nobody can reach one that ends now. */
function printAddresses(platform: Platform, { addresses, headers }: StartedPlatform, { say }: UpContext): void {
  print('', say.addresses);
  for (const [name, address] of Object.entries(addresses)) print(`  ${name.padEnd(9)} ${address}`);
  const words = ['curl', '--cacert', platform.certificateFile, '-H', `@${headers}`, `${platform.url}/orders`];
  print('', say.tryIt, `  ${words.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' ')}`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
