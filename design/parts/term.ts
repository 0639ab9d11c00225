// What people call something in a document, in both languages. The same terms read a document, write it back and stand in the reference of
// the form; a part's terms are in its file beside this one.

export interface Term {
  /** The form's own word. */
  readonly ja: string;
  readonly en: string;
  /** What people write instead. */
  readonly also?: readonly string[];
}

/** Japanese words that mean something only with what stands beside them, such as `3日`, and their English. */
export interface Phrase {
  readonly ja: RegExp;
  readonly en: string;
}

/** What a part of a design is spoken of in. */
export interface Vocabulary {
  /** Labels and words that are read in either language. */
  readonly terms: readonly Term[];
  /** Words that are only put into English: what they say is nobody's but their author's, or a value's. */
  readonly phrases: readonly (Phrase | Term)[];
}

/** Values with the term of each. */
export type Choices<V> = readonly (readonly [value: V, term: Term])[];

export const on: Term = { ja: '有効', en: 'enabled', also: ['on'] };
export const off: Term = { ja: '無効', en: 'disabled', also: ['off'] };
export const none: Term = { ja: 'なし', en: 'none', also: ['無し'] };

/** Words as they are compared: case and spaces aside. */
export const label = (words: string): string => words.replaceAll(/\s/g, '').toLowerCase();

export const namesOf = ({ ja, en, also = [] }: Term): readonly string[] => [ja, en, ...also];

/** Whether words are one of a term's names. */
export const isCalled = (words: string, term: Term): boolean =>
  namesOf(term).some((name) => label(name) === label(words));

/** The value that words name. */
export const chosen = <V>(words: string, choices: Choices<V>): V | undefined =>
  choices.find(([, term]) => isCalled(words, term))?.[0];

/** What a value is called in the form. */
export const wordFor = <V>(value: unknown, choices: Choices<V>): string | undefined =>
  choices.find(([known]) => known === value)?.[1].ja;

export const termsOf = <V>(choices: Choices<V>): readonly Term[] => choices.map(([, term]) => term);

/** A pattern of every name of some terms, the longest first. */
export const anyOf = (terms: readonly Term[]): string =>
  terms
    .flatMap(namesOf)
    .toSorted((one, other) => other.length - one.length)
    .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('|');
