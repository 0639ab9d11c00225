// Where a value stands in its line, and how another one is put there: the words around it stay as their author wrote them.

/** A kind of line by the paths that it states, `*` for one index or key, and how a value of the design is written on it. */
export interface ValueRow {
  readonly path: string;
  /** The line with another value; undefined where the line has no room for it. */
  readonly write: (line: string, value: unknown) => string | undefined;
}

/** A decimal number, thousands with or without commas: `1,451.7`. */
export const numberPattern = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
/** A time of day, `03:00`. A full-width colon has left a space behind it. */
export const timePattern = String.raw`(?:[01]\d|2[0-3]):\s?[0-5]\d`;
const rangePattern = /(\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})/;
const afterColon = /[:：]\s*(.*\S)\s*$/;

/** Writes a text in the place of the pattern's first group. */
export function put(line: string, pattern: RegExp, instead: string | undefined): string | undefined {
  const place = new RegExp(pattern.source, `${pattern.flags.replace('d', '')}d`).exec(line)?.indices?.[1];
  return place === undefined || instead === undefined
    ? undefined
    : `${line.slice(0, place[0])}${instead}${line.slice(place[1])}`;
}

/** A number as people write it: no more digits than it has. */
export function plain(figure: number): string {
  const words = String(Number(figure.toPrecision(12)));
  return words.includes('e-') ? figure.toFixed(15).replace(/0+$/, '') : words;
}

/** A number in the place of the pattern's first group, in units of `unit`. */
export const numberAt = (path: string, pattern: RegExp, unit = 1): ValueRow => ({
  path,
  write: (line, value) => (typeof value === 'number' ? put(line, pattern, plain(value / unit)) : undefined),
});

/** A text in the place of the pattern's first group. */
export const textAt = (path: string, pattern: RegExp = afterColon): ValueRow => ({
  path,
  write: (line, value) => (typeof value === 'string' ? put(line, pattern, value) : undefined),
});

/** An address range. */
export const rangeAt = (path: string): ValueRow => textAt(path, rangePattern);

/** Several texts, one after the other; undefined where one has no place. */
export const putAll = (
  line: string,
  texts: readonly (readonly [pattern: RegExp, instead: string | undefined])[],
): string | undefined =>
  texts.reduce<string | undefined>(
    (text, [pattern, instead]) => (text === undefined ? undefined : put(text, pattern, instead)),
    line,
  );

/** A value of several parts, each by its name. */
export const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
