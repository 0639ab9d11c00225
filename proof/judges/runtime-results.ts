// What `hashira load` and `hashira drill` have seen of a running platform, as far as criteria ask for it. The files lie in
// `DIR/runtime/` beside the build; one that was made of other templates than those that are judged counts as absent.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Value } from '../../assembly/graph.ts';
import { isSaid, type Said } from '../../design/messages/said.ts';
import { type Environment, environmentKey } from '../../design/schema.ts';
import type { Evidence } from './verdict.ts';
import { said } from './words/criteria.ts';

/** Below the directory of a build. */
const folderName = 'runtime';

/** Whole seconds since the start, and the tasks that took traffic then. */
const taskCounts = z.array(z.tuple([z.number(), z.number()]));
const observed = {
  environment: environmentKey,
  /** Where it ran: `local` or `aws`. */
  target: z.string(),
  templateHash: z.string(),
  criteria: z.array(
    z.object({
      id: z.string(),
      verdict: z.string(),
      observed: z.custom<Said>(isSaid),
      expected: z.custom<Said>(isSaid),
    }),
  ),
  /** What of the machine disturbed the run: then it judges nothing. */
  disturbed: z.array(z.unknown()).default([]),
};
const load = z.object({
  ...observed,
  kind: z.literal('load'),
  result: z.object({
    /** Requests a second. */
    rps: z.number(),
    requests: z.number(),
    errors: z.number(),
    /** Milliseconds. */
    p50: z.number(),
    p95: z.number(),
    p99: z.number(),
    tasks: taskCounts.optional(),
  }),
});
const drill = z.object({
  ...observed,
  kind: z.templateLiteral(['drill-', z.string()]),
  result: z.object({
    /** Orders that were accepted and never fulfilled. */
    lost: z.number(),
    /** Milliseconds until the platform was whole again; `null`: never. */
    recoveryMs: z.number().nullable(),
  }),
  tasks: taskCounts,
});
/** What stands in a file of `runtime/`, as far as anybody here reads it. */
export const runtimeFile = z.union([load, drill]);

export type LoadResult = z.infer<typeof load> & { readonly file: string };
export type DrillResult = z.infer<typeof drill> & { readonly file: string };
export type RuntimeResult = LoadResult | DrillResult;

/**
 * Results in `<directory>/runtime/` of an environment whose templates have this hash, which is asked for where there are any. A file that is no result, and a result of other
 * templates, is left out.
 */
export function readRuntimeResults(
  directory: string,
  environment: Environment,
  hashOf: () => string,
): readonly RuntimeResult[] {
  const folder = join(directory, folderName);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (names.length === 0) return [];
  const hash = hashOf();
  return names.sort().flatMap((name) => {
    const result = runtimeFile.safeParse(readResultFile(join(folder, name))).data;
    if (result === undefined || result.environment !== environment || result.templateHash !== hash) return [];
    return [{ ...result, file: `${folderName}/${name}` }];
  });
}

/** More than any result has; bytes. */
const largest = 16 << 20;

/** What stands in a file as JSON; `undefined` for what is no file, such as a link or a pipe, for one that is too large and for no JSON. */
export function readResultFile(file: string): unknown {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size > largest) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const isUndisturbed = ({ disturbed }: RuntimeResult): boolean => disturbed.length === 0;

export const loadOf = (results: readonly RuntimeResult[]): LoadResult | undefined =>
  results.filter(isUndisturbed).find((result): result is LoadResult => result.kind === 'load');

export const drillOf = (results: readonly RuntimeResult[], name: string): DrillResult | undefined =>
  results.filter(isUndisturbed).find((result): result is DrillResult => result.kind === `drill-${name}`);

/** Why there is nothing to judge by: `load`, or `drill` with a name. */
export const whyNone = (results: readonly RuntimeResult[], command: string): Said =>
  results.some(({ kind }) => kind === command.replace(' ', '-'))
    ? said.disturbedRun({ command })
    : said.noRun({ command });

/** Evidence on a figure of a result: the file takes the place of the template. */
export function watched(
  result: RuntimeResult,
  pointer: string,
  observed: Value | Said,
  expected: Value | Said,
  holds: boolean,
): Evidence {
  return {
    resource: `${result.kind} on ${result.target}`,
    logicalId: '',
    stack: '',
    template: result.file,
    property: pointer,
    observed,
    expected,
    verdict: holds ? 'pass' : 'fail',
  };
}

const rateIn = z.object({ rate: z.number().optional() });

/** What a drill says of a criterion. Its traffic goes by the sentence, so one that was run for another figure does not answer for this one. */
export function forRate({ criteria }: DrillResult, criterion: string, rate: number) {
  const answer = criteria.find(({ id }) => id === criterion);
  const { rate: tried } = rateIn.parse(answer?.expected.figures ?? {});
  const isSame = tried === rate;
  return {
    isPassed: isSame && answer?.verdict === 'pass',
    inWords: (found: Said): Said => (isSame ? found : said.otherFigure({ found, expected: answer?.expected })),
  };
}

/** Whether evidence is of a platform that has run, and not of its templates. */
export const isWatched = ({ template }: Pick<Evidence, 'template'>): boolean => template.startsWith(`${folderName}/`);
