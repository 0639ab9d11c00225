// How much of production an environment is, where the document has figures of production alone.
import { perEnvironment, productionOf } from '../../design/environments.ts';
import type { Design, Environment } from '../../design/schema.ts';

/** Of production's size: by the memory of a task. */
export function shareOf(design: Design, environment: Environment): number {
  const memory = (key: Environment) => perEnvironment(design.sizes, key).task.memoryMiB;
  return memory(environment) / memory(productionOf(design));
}
