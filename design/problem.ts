// What is wrong with a document, as values: a problem names its line, what was found there, what was expected and what to do.
// The sentences themselves are in messages.ts, once for each language.
import { type MessageCode, type MessageParameters, messages } from './messages.ts';

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

export interface Problem {
  /** Line of the document, from 1. */
  readonly line: number;
  /** That line as it stands. */
  readonly text: string;
  readonly code: MessageCode;
  readonly message: Readonly<Record<Language, string>>;
  /** Placeholders and missing inputs (INP-1): lenient mode goes on without them. */
  readonly forgivable: boolean;
}

const forgivable: ReadonlySet<MessageCode> = new Set<MessageCode>(['placeholder', 'missing-input']);

/** Makes the problem `code` of a line. */
export function problem<C extends MessageCode>(
  line: number,
  text: string,
  code: C,
  parameters: MessageParameters<C>,
): Problem {
  const say = (language: Language) => (messages[code][language] as (p: MessageParameters<C>) => string)(parameters);
  return { line, text, code, message: { ja: say('ja'), en: say('en') }, forgivable: forgivable.has(code) };
}
