// The file of `--usage`: figures that stand in place of the document's and of what is derived, for each environment.
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { nearest } from '../../../design/grammar/nearest.ts';
import { reasonsOf } from '../../../design/refusal.ts';
import type { Environment } from '../../../design/schema.ts';
import { type UsageKey, usageKeyNames } from '../../../design/words/usage-keys.ts';
import { type CostProblem, costProblem } from '../problem.ts';
import { usageKeys } from './keys.ts';
import type { UsageOverrides } from './usage.ts';

export type UsageProfile = Partial<Readonly<Record<Environment, UsageOverrides>>>;

const figure = (key: UsageKey) => {
  const most = usageKeys[key].most;
  return most === undefined ? z.number().nonnegative() : z.number().nonnegative().max(most);
};
const overrides = z.strictObject(
  Object.fromEntries(usageKeyNames.map((key) => [key, figure(key).optional()])) as Record<
    UsageKey,
    z.ZodOptional<z.ZodNumber>
  >,
);
const profileOf = (environments: readonly Environment[]) =>
  z.strictObject(Object.fromEntries(environments.map((environment) => [environment, overrides.optional()])));

/**
 * Reads a profile, YAML or JSON: `production: { requests: 1000000 }`. Every key that is unknown and every figure that cannot be one is
 * a problem.
 * @param environments those of the design
 */
export function readUsageFile(
  file: string,
  content: string,
  environments: readonly Environment[],
): { readonly profile: UsageProfile; readonly problems: readonly CostProblem[] } {
  let data: unknown;
  try {
    data = parse(content) ?? {};
  } catch (error) {
    const reason =
      error instanceof YAMLParseError
        ? { en: error.message.split('\n')[0] ?? '', ja: `YAML ではありません（${error.code}）` }
        : reasonsOf(error);
    return { profile: {}, problems: [costProblem('unreadable-usage', { file, reason })] };
  }
  const result = profileOf(environments).safeParse(data);
  if (result.success) return { profile: withoutAbsent(result.data), problems: [] };
  return { profile: {}, problems: result.error.issues.flatMap((issue) => problemsOf(file, data, environments, issue)) };
}

function problemsOf(
  file: string,
  data: unknown,
  environments: readonly Environment[],
  issue: z.core.$ZodIssue,
): readonly CostProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = path.length === 0 ? environments : usageKeyNames;
    return issue.keys.map((key) =>
      costProblem('unknown-usage', { file, key: [...path, key].join('.'), nearest: nearest(key, known) }),
    );
  }
  const [environment, key] = path;
  const most = usageKeyNames.filter((name) => name === key).map((name) => usageKeys[name].most)[0];
  const expected =
    key === undefined
      ? { en: 'keys with figures, e.g. requests: 1000000', ja: 'requests: 1000000 のようなキーと数値' }
      : {
          en: `a number from 0${most === undefined ? '' : ` to ${most}`}`,
          ja: most === undefined ? '0 以上の数' : `0 から ${most} までの数`,
        };
  const found = JSON.stringify(valueAt(data, path)) ?? '–';
  const place = path.join('.') || (environment ?? { en: 'the file', ja: 'ファイル全体' });
  return [costProblem('bad-usage', { file, key: place, found, expected })];
}

const valueAt = (data: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );

/** The profile with only the keys that it gives. */
function withoutAbsent(data: z.infer<ReturnType<typeof profileOf>>): UsageProfile {
  const given = Object.entries(data).map(([environment, figures]) => [
    environment,
    Object.fromEntries(Object.entries(figures ?? {}).filter(([, value]) => value !== undefined)),
  ]);
  return Object.fromEntries(given);
}
