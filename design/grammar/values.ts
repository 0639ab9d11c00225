// The small values that the document's lines are made of: environments, numbers, durations, times of day, days and money. Each
// reader takes the plain form of a line (see lines.ts) and answers undefined to what it cannot read whole.
import { environments } from '../parts/environment.ts';
import { numberPattern } from '../parts/place.ts';
import { chosen, namesOf } from '../parts/term.ts';
import type { FormEnvironment } from '../schema.ts';

/** The environment that words name; `others` are those that a list does not name itself. */
export const readEnvironment = (words: string): FormEnvironment | 'others' | undefined => chosen(words, environments);

/** What people call an environment, the form's own word first. */
export const environmentNames = (name: FormEnvironment | 'others'): readonly string[] =>
  environments.flatMap(([known, term]) => (known === name ? namesOf(term) : []));

/** What the form calls an environment. */
export const environmentTitle = (name: FormEnvironment): string => environmentNames(name)[0] ?? name;

export function readNumber(words: string): number | undefined {
  if (!new RegExp(`^${numberPattern}$`).test(words)) return undefined;
  const value = Number(words.replaceAll(',', ''));
  return Number.isFinite(value) ? value : undefined;
}

/** A whole number that a document can mean: `7`. */
export function readCount(words: string): number | undefined {
  const value = readNumber(words);
  return Number.isSafeInteger(value) ? value : undefined;
}

const tens: Readonly<Record<string, number>> = { '': 1, 千: 1e3, 万: 1e4, 億: 1e8 };

/** An amount and what it is of: `100万リクエスト` is 1,000,000 of `リクエスト`; `2` is 2 of nothing. */
export function readAmount(words: string): { value: number; unit: string } | undefined {
  const match = new RegExp(`^(?<number>${numberPattern})\\s*(?<ten>[千万億]?)\\s*(?<unit>[^\\d\\s.,].*)?$`).exec(
    words,
  )?.groups;
  const number = readNumber(match?.number ?? '');
  if (match === undefined || number === undefined) return undefined;
  // Rounded to what a decimal number of that length can say, so that 1.1万 is 11000 and not 11000.000000000002.
  const value = Number((number * (tens[match.ten ?? ''] ?? 1)).toPrecision(15));
  return { value, unit: (match.unit ?? '').trim() };
}

/** Money: `$1,451.7/月` is 1451.7 of `/月`; `$0.20/100万` is 0.2 of `/100万`. */
export function readMoney(words: string): { value: number; unit: string } | undefined {
  const match = new RegExp(`^\\$\\s*(?<number>${numberPattern})\\s*(?<unit>/.*)?$`).exec(words)?.groups;
  const value = readNumber(match?.number ?? '');
  return match === undefined || value === undefined ? undefined : { value, unit: (match.unit ?? '').trim() };
}

const seconds: Readonly<Record<string, number>> = { 日: 86_400, 時間: 3600, 分: 60, 秒: 1 };

/** A length of time in seconds: `5分`, `4時間`, `1時間30分`. */
export function readSeconds(words: string): number | undefined {
  const part = `(${numberPattern})\\s*(日|時間|分|秒)間?\\s*`;
  if (!new RegExp(`^(?:${part})+$`).test(words)) return undefined;
  const parts = [...words.matchAll(new RegExp(part, 'g'))];
  return parts.reduce((sum, [, number = '', unit = '']) => sum + (readNumber(number) ?? 0) * (seconds[unit] ?? 0), 0);
}

/** Days: `7日`. */
export const readDays = (words: string): number | undefined => readCount(/^(\d+)\s*日間?$/.exec(words)?.[1] ?? '');

export const tidyTime = (words: string): string => words.replaceAll(/:\s/g, ':');

/** The number after `1. ` or `1) ` of a step, and its words. */
export function readStep(line: string): { number: number; words: string } | undefined {
  const match = /^\s*(?<number>\d+)[.)]\s+(?<words>.+)$/.exec(line)?.groups;
  const number = readCount(match?.number ?? '');
  return match === undefined || number === undefined ? undefined : { number, words: (match.words ?? '').trim() };
}
