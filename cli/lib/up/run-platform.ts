// From a document that may be built to a platform that runs on this machine: what `hashira up` does, and load and drills when none runs.

import { join } from 'node:path';
import { environmentKeys } from '../../../design/environments.ts';
import type { Language } from '../../../design/problem.ts';
import type { Environment } from '../../../design/schema.ts';
import { runningNotice } from '../../../local/machine/ledger.ts';
import { type Machine, takeMachine } from '../../../local/machine/machine.ts';
import { stateFileOf } from '../../../local/machine/state.ts';
import { type Platform, prepareDatabase, startPlatform } from '../../../local/platform.ts';
import { LocalProblem } from '../../../local/problems.ts';
import type { StepRunner } from '../../../local/steps.ts';
import { buildInto, type Source, templatesFailed } from '../build/build.ts';
import type { BuildReport } from '../build/build-report.ts';
import { catalogues } from '../messages.ts';
import { root } from '../root.ts';
import { UsageError } from '../usage-error.ts';

export interface RunOptions {
  readonly out: string;
  readonly environment: Environment;
  readonly validation: boolean;
  readonly speed: number;
  readonly step: StepRunner;
  readonly signal: AbortSignal;
  /** Told what came of the build, before anything is started. */
  readonly built?: (report: BuildReport) => void;
}

/** The ledger of the platform that runs from a directory, or of one of its regions. @throws LocalProblem */
export const ledgerOf = (out: string, name = 'running'): string => stateFileOf(out, name);

/** What is known of the platform that runs from a directory; `undefined` when none does. @throws UsageError when that is not to be believed */
export function runningAt(out: string, lang: Language): ReturnType<typeof runningNotice> {
  try {
    return runningNotice(ledgerOf(out));
  } catch (error) {
    throw error instanceof LocalProblem ? new UsageError(error.said[lang]) : error;
  }
}

/** Takes this machine for a platform of the directory; whatever happens, it must be released. */
export const takeMachineFor = async (out: string): Promise<Machine> =>
  takeMachine(ledgerOf(out), join(root, 'dist', 'local'));

/** @throws LocalProblem when a part does not come up, UsageError when the templates are not what the document says. */
export async function runPlatform(machine: Machine, source: Source, options: RunOptions): Promise<Platform> {
  const { out, environment, validation, step, speed, signal, built } = options;
  const databaseFiles = prepareDatabase(machine);
  let report: BuildReport | undefined;
  await step('templates', async () => {
    // All environments, whichever one runs: the directory then holds what `hashira build` leaves there.
    report = await buildInto(out, source, { environments: environmentKeys(source.design), validation });
    if (templatesFailed(report)) throw new UsageError(catalogues[source.lang].notProved);
  }).finally(() => report && built?.(report));
  return startPlatform({
    machine,
    databaseFiles,
    assembly: join(out, 'cdk.out'),
    environment,
    code: join(root, 'dist', 'local'),
    speed,
    step,
    signal,
  });
}
