/** Gives both languages of a sentence the same parameters, inferred from the English one. */
export const sentence = <P extends object>(en: (p: P) => string, ja: (p: P) => string) => ({ en, ja });
