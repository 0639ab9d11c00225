// A phrase in both languages, for a sentence to hold.

export interface Words {
  readonly en: string;
  readonly ja: string;
}

/** What is said in a language; what is the same in both is given as it is. */
export const inLanguage = (said: Words | string, language: keyof Words): string =>
  typeof said === 'string' ? said : said[language];

/** What is said with the same put around it in each language. */
export const around = (said: Words | string, put: (text: string) => string): Words | string =>
  typeof said === 'string' ? put(said) : { en: put(said.en), ja: put(said.ja) };
