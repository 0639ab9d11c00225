// What a build says of what it saw, as its results have it: whether each sentence is in the language that it is there for.
import { isSaid, type Said } from '../design/messages/said.ts';
import type { Language } from '../design/problem.ts';
import { englishIn, japaneseIn } from '../testing/languages.ts';

/** Everything said in a value, however deep. */
export function saidIn(value: unknown): readonly Said[] {
  if (isSaid(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(saidIn) : [];
}

/** A sentence of which a part is in the other language, but for what it quotes: names and values of the templates and of the document. */
export function inOtherLanguage({ figures = {}, en, ja }: Said): readonly string[] {
  const given = JSON.stringify(figures);
  const english = englishIn(ja).filter((word) => !given.includes(word));
  return [...(english.length > 0 ? [ja] : []), ...(japaneseIn(given).length > 0 ? [] : japaneseIn(en))];
}

/** What of a text is a sentence in the other language than this one: three plain words on end, or letters that the language has not. */
export function sentencesIn(text: string, language: Language): readonly string[] {
  if (language === 'en') return japaneseIn(text);
  return text.split('\n').filter((line) => /(?:(?<![\w./-])[a-z]{2,},? ){2}[a-z]{2,}(?![\w./-])/.test(line));
}

interface PageData {
  readonly texts: readonly (string | { readonly en: string; readonly ja: string })[];
  /** Of each piece of evidence: places in `texts`, of what was observed third and of what was expected fourth. */
  readonly evidence: readonly (readonly [number, number, number, number, number, number])[];
}

/** The data that the page of a report is made from. */
export function pageData(page: string): PageData {
  const [, data] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(data ?? '{}');
}
