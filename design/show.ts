// How text that others wrote is shown. A document, template, manifest, state file or AWS can hold characters that do something to a
// terminal, a CI log or a reader; they are shown by number instead.

/**
 * Controls, format characters (bidirectional overrides, zero-width, tags), line and paragraph separators, lone surrogates, what is no
 * character, and what is drawn as nothing. Variation selectors stay: names are written with them (葛󠄀城市).
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

const short: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value on one line, with nothing in it that is not seen: `\n`, `\u202e`, `\u{e0001}` stand for such characters. */
export const show = (text: string): string => text.replace(unseen, (one) => short[one] ?? escaped(one));

/**
 * A line of a log: besides, CI systems take no command from it. GitHub's runner obeys lines that begin with `::`, after spaces, and
 * `##[` anywhere; Azure Pipelines `##vso[`, TeamCity `##teamcity[`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * @param before what stands on the line already
 */
export const showLine = (text: string, before = ''): string =>
  withoutMarkers(before.trim() === '' ? show(text).replace(/^(\s*):(?=:)/, '$1\\u003a') : show(text));

/** JSON of the same value, in which nothing is unseen and nothing a command. */
export const showJson = (json: string): string =>
  withoutMarkers(json.replace(unseen, (one) => (one === '\n' ? one : [...unitsOf(one)].join(''))));

/** JSON of the same value with each text in it shown, names too; lines and tabs of a text stay. */
export const showWithinJson = (json: string): string =>
  json
    .replace(/\\(?:u[\da-f]{4}|.)/g, (one) => (/^\\[bfru]/.test(one) ? `\\${one}` : one))
    .replace(unseen, (one) => `\\${escaped(one)}`);

const withoutMarkers = (text: string) => text.replace(/#(?=#(?:vso|teamcity)?\[)/gi, '\\u0023');

function escaped(one: string): string {
  const code = one.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : unitOf(code);
}

const unitOf = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
const unitsOf = (one: string) => Array.from({ length: one.length }, (_, index) => unitOf(one.charCodeAt(index)));
