// What `hashira load` and `hashira drill` have shown of running platforms, as far as the page tells it. The region's drill, which is of
// two platforms at once, is told by itself (recovery.ts).
import type { Environment } from '../../../design/schema.ts';
import { runtimeFile } from '../../judges/runtime-results.ts';
import type { RuntimeSummary } from '../report-data.ts';

/**
 * In the order of the files. What is no such result, or of an environment that was not built, is left out.
 * @param files results as they were parsed
 * @param built environments that the report is about
 * @param hashOf hash of the templates of an environment that the report is about
 */
export function reportRuns(
  files: readonly unknown[],
  built: readonly Environment[],
  hashOf: (environment: Environment) => string,
): readonly RuntimeSummary[] {
  return files.flatMap((file): RuntimeSummary[] => {
    const { data } = runtimeFile.safeParse(file);
    if (data === undefined || !built.includes(data.environment)) return [];
    const { environment, target, criteria, templateHash } = data;
    const shared = { environment, target, current: templateHash === hashOf(environment), criteria };
    if (data.kind === 'load') {
      const { tasks: counts = [], ...load } = data.result;
      return [{ ...shared, name: 'load', tasks: counts, load, drill: null }];
    }
    const { lost, recoveryMs } = data.result;
    return [
      { ...shared, name: data.kind.slice('drill-'.length), tasks: data.tasks, load: null, drill: { lost, recoveryMs } },
    ];
  });
}
