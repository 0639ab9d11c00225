// A platform for tests, from templates of a directory.
import type { Environment } from '../../design/schema.ts';
import { type Machine, takeMachine } from '../machine/machine.ts';
import { stateFileOf } from '../machine/state.ts';
import { type Platform, prepareDatabase, startPlatform } from '../platform.ts';
import { stepper } from '../steps.ts';
import { compiled } from './templates.ts';

export interface Started {
  readonly platform: Platform;
  readonly machine: Machine;
}

/** Whoever starts it releases its machine; when it does not start, that is done already. */
export async function startFrom(assembly: string, environment: Environment, speed = 1): Promise<Started> {
  const machine = await takeMachine(stateFileOf(assembly, 'running'), compiled);
  const { signal } = new AbortController();
  try {
    const step = stepper(signal, () => {});
    const databaseFiles = prepareDatabase(machine);
    const input = { machine, databaseFiles, assembly, environment, code: compiled, speed, step, signal };
    const platform = await startPlatform(input);
    return { platform, machine };
  } catch (error) {
    await machine.release();
    throw error;
  }
}
