// What `hashira load` and `hashira drill` have shown of running platforms, as far as the page tells it. The region's drill, which is of
// two platforms at once, is told by itself (recovery.ts).
import { z } from 'zod';
import { type Environment, environments } from '../../../design/schema.ts';
import type { Run } from '../report-data.ts';

const tasks = z.array(z.tuple([z.number().nonnegative(), z.number().nonnegative()]));
const observed = {
  environment: z.enum(environments),
  target: z.string(),
  templateHash: z.string(),
  criteria: z.array(z.object({ id: z.string(), verdict: z.string(), observed: z.string(), expected: z.string() })),
};
const runFile = z.union([
  z.object({
    ...observed,
    kind: z.literal('load'),
    result: z.object({
      rps: z.number(),
      requests: z.number(),
      errors: z.number(),
      p50: z.number(),
      p95: z.number(),
      p99: z.number(),
      tasks,
    }),
  }),
  z.object({
    ...observed,
    kind: z.templateLiteral(['drill-', z.string()]),
    result: z.object({ lost: z.number(), recoveryMs: z.number().nullable() }),
    tasks,
  }),
]);

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
): readonly Run[] {
  return files.flatMap((file): Run[] => {
    const { data } = runFile.safeParse(file);
    if (data === undefined || !built.includes(data.environment)) return [];
    const { environment, target, criteria, templateHash } = data;
    const shared = { environment, target, current: templateHash === hashOf(environment), criteria };
    if (data.kind === 'load') {
      const { tasks: counts, ...load } = data.result;
      return [{ ...shared, name: 'load', tasks: counts, load, drill: null }];
    }
    const { lost, recoveryMs } = data.result;
    return [
      { ...shared, name: data.kind.slice('drill-'.length), tasks: data.tasks, load: null, drill: { lost, recoveryMs } },
    ];
  });
}
