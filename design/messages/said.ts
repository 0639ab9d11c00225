// What is said of something, in both languages: an id that a program reads, the figures in it, and the two sentences that people read.
// A room has its sentences in one table; whoever says one takes it from there, and whoever prints it needs no table.

import type { Language } from '../problem.ts';

/** Plain data, so that it can be written as JSON, sent to another process and shown on a page in either language. */
export interface Said {
  readonly $said: string;
  /** What stands in the sentences; absent when nothing does. */
  readonly figures?: object;
  readonly en: string;
  readonly ja: string;
}

/** A sentence without figures: English, Japanese. */
type Fixed = readonly [en: string, ja: string];
/** As `sentence()` makes it. */
interface WithFigures<P extends object> {
  readonly en: (figures: P) => string;
  readonly ja: (figures: P) => string;
}

type Sayings<T> = {
  readonly [Id in keyof T]: T[Id] extends WithFigures<infer P> ? (figures: P) => Said : Said;
};

/** Makes what is said of a table of sentences: a `Said` for each without figures, a function from figures to one for each other. */
export function sayings<const T extends Readonly<Record<string, Fixed | WithFigures<never>>>>(table: T): Sayings<T>;
export function sayings(table: Readonly<Record<string, Fixed | WithFigures<object>>>): object {
  return Object.fromEntries(
    Object.entries(table).map(([id, one]): [string, unknown] =>
      'en' in one
        ? [
            id,
            (figures: object): Said => ({
              $said: id,
              figures,
              en: told(one.en(figures), 'en'),
              ja: told(one.ja(figures), 'ja'),
            }),
          ]
        : [id, { $said: id, en: one[0], ja: one[1] } satisfies Said],
    ),
  );
}

/** What stands in a text for a part of it that nobody knows. */
export const unknownMark = `\${?}`;
const unknownWords: Readonly<Record<Language, string>> = { en: '(unknown)', ja: '（不明）' };
const told = (sentence: string, language: Language) => sentence.replaceAll(unknownMark, unknownWords[language]);

export const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' &&
  value !== null &&
  '$said' in value &&
  'en' in value &&
  'ja' in value &&
  typeof value.en === 'string' &&
  typeof value.ja === 'string';

/** A value for people: what is said of it in their language, and all else as JSON. */
export const shownIn = (value: unknown, language: Language): string =>
  isSaid(value) ? value[language] : JSON.stringify(value);
