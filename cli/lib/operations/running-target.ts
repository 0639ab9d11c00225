// The platform that load and drills are run against: the one that is running here, or one that is started for the occasion and ended
// after it, in a process of its own so that whoever measures does not share a processor's turn with what is measured.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from '../../../common/until.ts';
import type { Language } from '../../../design/problem.ts';
import { connectTarget } from '../../../operations/remote-target.ts';
import { Busy, type RunName, withRunLock } from '../../../operations/run-lock.ts';
import type { Target } from '../../../operations/target.ts';
import { refuseOtherResults } from '../build/results-folder.ts';
import { catalogues } from '../messages.ts';
import { printAside } from '../output.ts';
import { root } from '../root.ts';
import { runningAt } from '../up/run-platform.ts';
import { UsageError } from '../usage-error.ts';
import type { OperationsMessages } from './messages.ts';

export interface TargetOptions {
  readonly out: string;
  readonly environment?: string;
  readonly speed?: string;
  readonly lenient?: boolean;
  readonly lang?: Language;
  /** Gives verdicts also where the machine disturbed the run. */
  readonly judgeDisturbed?: boolean;
  /** The platform that is deployed, at its own address (`true`) or at this one. */
  readonly deployed?: string | boolean;
  readonly tokenCommand?: string;
}

/** Seconds that a platform may take to start. */
const timeoutSeconds = 180;

/**
 * Does `work` with the running platform, or with one that is started for it.
 * @throws UsageError when it does not answer, or does not start.
 */
export async function withTarget<T>(
  document: string | undefined,
  options: TargetOptions,
  say: OperationsMessages,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  refuseOtherResults(options.out, catalogues[options.lang ?? 'en']);
  if (options.deployed) return withDeployed(document, options, say, work);
  const running = await connect(options, say);
  if (running !== undefined) return work(running);
  printAside(say.starting(options.environment));
  const platform = startPlatform(document, options);
  try {
    return await work(await untilRunning(platform, options, say));
  } finally {
    await end(platform);
  }
}

/**
 * The same for a run that is to be alone with the platform.
 * @throws UsageError also when another one is at it.
 */
export const withTargetInTurn = <T>(
  run: RunName,
  document: string | undefined,
  options: TargetOptions,
  say: OperationsMessages,
  work: (target: Target) => Promise<T>,
): Promise<T> =>
  withTarget(document, options, say, (target) => withRunLock(target.turn, run, () => work(target))).catch(
    (error: unknown) => {
      throw error instanceof Busy ? new UsageError(say.busy(error.run)) : error;
    },
  );

/** AWS's clients are loaded only for this: whoever measures a platform here need not wait for them. */
async function withDeployed<T>(
  document: string | undefined,
  options: TargetOptions,
  say: OperationsMessages,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  const { deployedTarget } = await import('../deploy/deployed-target.ts');
  const { withBuild } = await import('../build/built-assembly.ts');
  if (options.environment === undefined) throw new UsageError(say.whichEnvironment);
  const { deployed, tokenCommand } = options;
  const at = {
    ...(typeof deployed === 'string' ? { endpoint: deployed } : {}),
    tokenCommand,
  };
  const find = deployedTarget(at, options.lang ?? 'en');
  const done = await withBuild(options.environment, document, options, async (built) => ({
    result: await work(await find(built)),
  }));
  if (done === undefined) throw new UsageError(say.documentRefused);
  return done.result;
}

async function connect({ out, lang = 'en' }: TargetOptions, say: OperationsMessages): Promise<Target | undefined> {
  const { control, token } = runningAt(out, lang) ?? {};
  if (control === undefined || token === undefined) return undefined;
  return connectTarget({ url: control, token }).catch((error: unknown) => {
    throw new UsageError(say.unreachable(error));
  });
}

function startPlatform(
  document: string | undefined,
  { out, environment, speed, lenient }: TargetOptions,
): ChildProcess {
  const words = [
    'up',
    ...(document === undefined ? [] : [document]),
    '--stay',
    '--out',
    out,
    ...(environment === undefined ? [] : ['--environment', environment]),
    ...(speed === undefined ? [] : ['--speed', speed]),
    ...(lenient ? ['--lenient'] : []),
  ];
  // What it says on its way goes to where a person reads; standard output is for the result. The channel tells it when we are gone.
  return spawn(process.execPath, [join(root, 'bin', 'hashira.js'), ...words], { stdio: ['ignore', 2, 2, 'ipc'] });
}

async function untilRunning(platform: ChildProcess, options: TargetOptions, say: OperationsMessages): Promise<Target> {
  const { last: target } = await until(
    () => {
      if (platform.exitCode !== null || platform.signalCode !== null)
        throw new UsageError(say.notStarted(say.ended(platform.exitCode ?? platform.signalCode ?? '')));
      return connect(options, say);
    },
    (found) => found !== undefined,
    { within: timeoutSeconds * 1000, every: 200 },
  );
  if (target === undefined) throw new UsageError(say.notStarted(say.notWithin(timeoutSeconds)));
  return target;
}

async function end(platform: ChildProcess): Promise<void> {
  if (platform.exitCode !== null || platform.signalCode !== null) return;
  const ended = once(platform, 'exit');
  platform.kill('SIGTERM');
  await ended;
}
