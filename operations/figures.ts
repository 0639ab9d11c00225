// The figures that a criterion's sentence holds: the document says how fast is fast enough, so nothing here does.
import type { Design } from '../design/schema.ts';

export type CriterionId = 'AC-PERF-1' | 'AC-PERF-2' | 'AC-PERF-3' | 'AC-REL-3' | 'AC-REL-4';

/** Units as documents write them, in milliseconds. */
const units: Readonly<Record<string, number>> = {
  ミリ秒: 1,
  ms: 1,
  秒: 1_000,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  分: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
};

/** The criterion's sentence; `undefined` in a document without it. */
export function sentenceOf(design: Pick<Design, 'criteria'>, id: CriterionId): string | undefined {
  return design.criteria.find((criterion) => criterion.id === id)?.text;
}

/** The first span of time, in milliseconds: `1秒以内` is 1000. */
export function timeIn(sentence: string | undefined): number | undefined {
  const [, value, unit = ''] =
    /(\d+(?:\.\d+)?)\s*(ミリ秒|秒|分|ms|seconds?|sec|s|minutes?|min)(?![a-z])/.exec(sentence ?? '') ?? [];
  const factor = units[unit];
  return value === undefined || factor === undefined ? undefined : Number(value) * factor;
}

/** The first rate, in requests a second. */
export function rateIn(sentence: string | undefined): number | undefined {
  return numberIn(/(\d+(?:\.\d+)?)\s*(?:req(?:uests?)?\s*\/\s*s|rps|リクエスト\/秒)/, sentence);
}

/** The first percentile: `95パーセンタイル`, `95th percentile`, `p95`. */
export function percentileIn(sentence: string | undefined): number | undefined {
  return numberIn(/(\d+(?:\.\d+)?)\s*(?:th)?\s*(?:パーセンタイル|percentile)|\bp(\d+)\b/, sentence);
}

/** The first number of tasks. */
export function tasksIn(sentence: string | undefined): number | undefined {
  return numberIn(/(\d+)\s*(?:タスク|tasks?)/, sentence);
}

function numberIn(pattern: RegExp, sentence: string | undefined): number | undefined {
  const value = pattern
    .exec(sentence ?? '')
    ?.slice(1)
    .find((part) => part !== undefined);
  return value === undefined ? undefined : Number(value);
}
