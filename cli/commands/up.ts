// `hashira up`: the platform of a document on this machine, a first order through all of it, and then it stays until somebody ends it.
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../design/problem.ts';
import type { Machine } from '../../local/machine/machine.ts';
import type { Platform } from '../../local/platform.ts';
import { LocalProblem } from '../../local/problems.ts';
import { type StepResult, stepper } from '../../local/steps.ts';
import { haltOnSignals } from '../halt.ts';
import { catalogues, type Messages } from '../messages.ts';
import { writeJson } from '../print.ts';
import { ledgerOf, runPlatform, takeMachineFor } from '../run-platform.ts';
import { UsageError } from '../usage-error.ts';
import { readSource, type Source, selectEnvironments } from './build.ts';

export interface UpOptions {
  readonly environment: string;
  readonly out: string;
  readonly check?: boolean;
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
  const [environment = 'development'] = selectEnvironments([options.environment], say);
  const machine = await takeMachineFor(options.out).catch((error: unknown) => {
    throw error instanceof LocalProblem ? new UsageError(error.sentence[source.lang]) : error;
  });
  const halt = haltOnSignals();
  try {
    return await stay(machine, { ...run, environment, signal: halt.signal });
  } finally {
    if (halt.signal.aborted && options.json !== true) console.log(say.stopping);
    await machine.release();
    for (const file of handouts(options.out)) rmSync(file, { force: true });
    halt.dispose();
    if (halt.signal.aborted && options.json !== true) console.log(say.stopped);
  }
}

interface Run {
  readonly source: Source;
  readonly say: Messages;
  readonly options: UpOptions;
  readonly speed: number;
  readonly begin: number;
  readonly environment: Platform['environment'];
  readonly signal: AbortSignal;
}

async function stay(machine: Machine, run: Run): Promise<number> {
  const { source, say, options, speed, environment, signal } = run;
  const quiet = options.json === true;
  const steps: StepResult[] = [];
  const tell = (result: StepResult) => {
    steps.push(result);
    if (!quiet) console.log(stepLine(result, say));
  };
  let report: UpReport = { environment, steps, addresses: {}, order: null, cache: null };
  tell({ name: 'document', ok: true, ms: Math.round(performance.now() - run.begin) });
  const step = stepper(signal, tell);
  let code = 0;
  try {
    const { out, validation } = options;
    const platform = await runPlatform(machine, source, { out, environment, validation, speed, step, signal });
    report = { ...report, addresses: platform.addresses, cache: platform.cache };
    machine.ledger.tell({ url: platform.url });
    const order = platform.firstOrder();
    machine.onRelease(order.close);
    await step('order', order.place);
    await step('fulfilled', order.untilFulfilled);
    await step('receipt', order.untilReceipt);
    report = { ...report, order: order.result() };
    await handOut(platform, out);
    if (!quiet) printAddresses(platform, run);
    if (!quiet && options.check !== true && process.stdout.isTTY) {
      console.log(`\n${say.ctrlC}`);
      await aborted(signal);
    }
  } catch (error) {
    const interrupted = error instanceof LocalProblem && error.code === 'interrupted';
    if (!(error instanceof LocalProblem || error instanceof UsageError)) throw error;
    const problem = error instanceof LocalProblem ? error.sentence[source.lang] : error.message;
    report = { ...report, problem };
    if (!quiet) console.error(`hashira: ${problem}`);
    code = interrupted ? 130 : 1;
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

/** What lets a person in, for as long as the platform runs: who vouches for it, and the headers of a customer. */
const handouts = (out: string): readonly [authority: string, headers: string] => [
  join(ledgerOf(out), '..', 'authority.pem'),
  join(ledgerOf(out), '..', 'headers'),
];

async function handOut(platform: Platform, out: string): Promise<void> {
  const [authority, headers] = handouts(out);
  copyFileSync(platform.certificateFile, authority);
  const lines = Object.entries(await platform.headers('first-customer')).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(headers, lines.join(''), { mode: 0o600 });
}

function printAddresses(platform: Platform, { say, options, begin }: Run): void {
  if (platform.cache === 'absent' && platform.blueprint.cache !== undefined) console.log(`\n${say.noCache}`);
  console.log(`\n${((performance.now() - begin) / 1_000).toFixed(1)} s\n\n${say.addresses}`);
  for (const [name, address] of Object.entries(platform.addresses)) console.log(`  ${name.padEnd(9)} ${address}`);
  const [authority, headers] = handouts(options.out);
  console.log(`\n${say.tryIt}\n  curl --cacert ${authority} -H @${headers} ${platform.url}/orders`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
