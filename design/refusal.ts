// Why something that was handed in is not taken, in both languages, for whoever reads it in a place where only an error can leave.
import type { Language } from './problem.ts';

/** Its message is the English one. */
export class Refusal extends Error {
  readonly said: Readonly<Record<Language, string>>;

  constructor(said: Readonly<Record<Language, string>>) {
    super(said.en);
    this.said = said;
  }
}

/** What an error says, in a language where it knows two. */
export function reasonIn(error: unknown, language: Language): string {
  if (error instanceof Refusal) return error.said[language];
  return error instanceof Error ? error.message : String(error);
}
