// Figures as criteria and tests state them, in Japanese or English. Each reader gives the one figure of its kind, or nothing: two
// two different ones count as none, since nobody can say which is meant.
import { z } from 'zod';

export const figuresSchema = z.strictObject({
  requestsPerSecond: z.number().optional(),
  /** From 0 to 100. */
  percentile: z.number().optional(),
  /** A span of time. */
  milliseconds: z.number().optional(),
  days: z.number().optional(),
  /** A time of the day, in minutes from midnight. */
  timeOfDay: z.number().optional(),
  dollars: z.number().optional(),
  tasks: z.number().optional(),
  /** Availability zones. */
  zones: z.number().optional(),
  tlsVersion: z.number().optional(),
  ports: z.array(z.number()),
  tagNames: z.array(z.string()),
});
export type Figures = z.infer<typeof figuresSchema>;

/** How each kind of figure is written. */
export const figurePatterns = {
  requestsPerSecond: /(\d[\d,]*(?:\.\d+)?)\s*(?:req(?:uests?)?\s*\/\s*s(?:ec)?|rps|リクエスト\/秒)/gi,
  percentile: /(\d+(?:\.\d+)?)\s*(?:th)?\s*(?:パーセンタイル|percentile)|\bp(\d+)\b/gi,
  milliseconds: /(\d+(?:\.\d+)?)\s*(ミリ秒|秒|分|時間|ms|seconds?|minutes?|hours?|(?:sec|min|s)(?![a-z]))/gi,
  days: /(\d+)\s*(?:日|days?)/gi,
  timeOfDay: /(\d{1,2})\s*(?:時(?!間)(?:\s*(\d{1,2})\s*分)?|:(\d{2}))/g,
  dollars: /\$\s*(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s*(?:USD|ドル)/g,
  tasks: /(\d+)\s*(?:個の)?\s*(?:タスク|tasks?)/gi,
  zones: /(\d+)\s*(?:つ)?(?:以上)?の?\s*(?:Availability Zones?|AZs?|アベイラビリティ)/gi,
  tlsVersion: /TLS\s*v?(\d\.\d)/gi,
  /** Of a sentence about ports or an address range alone. */
  ports: /(?<![\d.])\d{1,5}(?![\d.])/g,
  tagNames: /[A-Za-z][\w:-]*(?:\s*[,、]\s*(?:and\s+)?[A-Za-z][\w:-]*)+/g,
} as const;

/** All figures of a sentence. */
export const readFigures = (text: string): Figures => ({
  requestsPerSecond: rateIn(text),
  percentile: percentileIn(text),
  milliseconds: spanIn(text),
  days: daysIn(text),
  timeOfDay: clockIn(text),
  dollars: dollarsIn(text),
  tasks: tasksIn(text),
  zones: zonesIn(text),
  tlsVersion: tlsVersionIn(text),
  ports: portsIn(text),
  tagNames: tagNamesIn(text),
});

/** Requests a second: `100 req/s`. */
const rateIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.requestsPerSecond));

/** A percentile, from 0 to 100: `95パーセンタイル`, `95th percentile`, `p95`. */
const percentileIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.percentile));

const milliseconds: Readonly<Record<string, number>> = {
  ミリ秒: 1,
  ms: 1,
  秒: 1000,
  s: 1000,
  sec: 1000,
  second: 1000,
  分: 60_000,
  min: 60_000,
  minute: 60_000,
  時間: 3_600_000,
  hour: 3_600_000,
};

/** A span of time in milliseconds: `1秒以内`, `within 1 minute`. */
function spanIn(text: string): number | undefined {
  return one(
    [...text.matchAll(figurePatterns.milliseconds)].map(([, value, unit = '']) => {
      const name = unit.toLowerCase().replace(/(?<=second|minute|hour)s$/, '');
      return Number(value) * (milliseconds[name] ?? Number.NaN);
    }),
  );
}

/** Days: `7日間`, `90 days`. */
const daysIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.days));

/** A time of the day as minutes from midnight: `19時`, `9時30分`, `19:00`. */
function clockIn(text: string): number | undefined {
  const found = [...text.matchAll(figurePatterns.timeOfDay)].map(
    ([, hour, minute, digits]) => Number(hour) * 60 + Number(minute ?? digits ?? 0),
  );
  const time = one(found);
  return time !== undefined && time < 24 * 60 ? time : undefined;
}

/** Dollars: `$1,500`. */
const dollarsIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.dollars));

/** A number of tasks: `2タスク`. */
const tasksIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.tasks));

/** A number of availability zones: `2つのAvailability Zone`, `2 AZs`. */
const zonesIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.zones));

/** A version of TLS, e.g. 1.2. */
const tlsVersionIn = (text: string): number | undefined => one(numbersOf(text, figurePatterns.tlsVersion));

/** Ports, wherever they stand in a sentence about ports or an address range: `80/443`, `80 or 443`. */
function portsIn(text: string): number[] {
  const range = /\d+(?:\.\d+){3}(?:\/\d+)?|::\/0/g;
  const words = text.replaceAll(range, ' ');
  if (words === text && !/ポート|\bports?\b/i.test(text)) return [];
  return [...words.matchAll(figurePatterns.ports)].map(([port]) => Number(port));
}

/** Names of tags, the longest list of plain words in a sentence about tags: `Environment, Project, Owner`. */
function tagNamesIn(text: string): string[] {
  if (!/タグ|tag/i.test(text)) return [];
  const lists = [...text.matchAll(figurePatterns.tagNames)].map(([list]) => list.split(/\s*[,、]\s*(?:and\s+)?/));
  return lists.sort((left, right) => right.length - left.length)[0] ?? [];
}

function numbersOf(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].map(([, ...groups]) =>
    Number((groups.find((group) => group !== undefined) ?? '').replaceAll(',', '')),
  );
}

function one(found: readonly number[]): number | undefined {
  const [first, ...others] = new Set(found);
  return others.length > 0 || !Number.isFinite(first) ? undefined : first;
}
