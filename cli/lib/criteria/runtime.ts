// Where the results of load and drills of a build lie, and which of them are of its own templates.
import { ofEnvironment } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { templateHash } from '../../../assembly/template-hash.ts';
import type { Environment } from '../../../design/schema.ts';
import { type RuntimeResult, readRuntimeResults } from '../../../proof/judges/runtime-results.ts';

/**
 * The results that count for an environment.
 * @param assembly directory of the templates
 * @param results directory that holds `runtime/`; without it there are none
 */
export function runtimeOf(graph: Assembly, assembly: string, results: string | undefined) {
  return (environment: Environment): readonly RuntimeResult[] => {
    if (results === undefined) return [];
    const { stacks } = ofEnvironment(graph, environment);
    return readRuntimeResults(results, environment, () => templateHash(assembly, stacks));
  };
}
