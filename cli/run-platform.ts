// From a document that may be built to a platform that runs on this machine: what `hashira up` does, and load and drills when none runs.
import { join } from 'node:path';
import type { Environment } from '../design/schema.ts';
import { type Machine, takeMachine } from '../local/machine/machine.ts';
import { type Platform, prepareDatabase, startPlatform } from '../local/platform.ts';
import type { Step } from '../local/steps.ts';
import { buildInto, failed, type Source } from './commands/build.ts';
import { catalogues } from './messages.ts';
import { root } from './root.ts';
import { UsageError } from './usage-error.ts';

export interface RunOptions {
  readonly out: string;
  readonly environment: Environment;
  readonly validation: boolean;
  readonly speed: number;
  readonly step: Step;
  readonly signal: AbortSignal;
}

/** The ledger of the platform that runs from a directory; `runningNotice` reads it. */
export const ledgerOf = (out: string): string => join(out, 'local', 'running.json');

/** Takes this machine for a platform of the directory; whatever happens, it must be released. */
export const takeMachineFor = (out: string): Promise<Machine> =>
  takeMachine(ledgerOf(out), join(root, 'dist', 'local'));

/** @throws LocalProblem when a part does not come up, UsageError when the templates are not what the document says. */
export async function runPlatform(machine: Machine, source: Source, options: RunOptions): Promise<Platform> {
  const { out, environment, validation, step, speed, signal } = options;
  const databaseFiles = prepareDatabase(machine);
  await step('templates', async () => {
    const report = await buildInto(out, source, { environments: [environment], validation });
    if (failed(report)) throw new UsageError(catalogues[source.lang].notProved);
  });
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
