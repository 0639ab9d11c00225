// Why something that was handed in is not taken, in both languages, for whoever reads it in a place where only an error can leave.
import { namedReasonOf, reasonOf } from '../common/reason.ts';
import { machineMessages } from './messages/machine.ts';
import type { Words } from './messages/words.ts';
import type { Language } from './problem.ts';

/** Its message is the English one. */
export class Refusal extends Error {
  readonly said: Readonly<Record<Language, string>>;

  constructor(said: Readonly<Record<Language, string>>) {
    super(said.en);
    this.said = said;
  }
}

/** What an error says, in a language where it knows two, or its code does: `no such file or directory (ENOENT: design.md)`. */
export function reasonIn(error: unknown, language: Language): string {
  if (error instanceof Refusal) return error.said[language];
  // `fetch failed` says nothing; its cause does.
  if (error instanceof Error && error.cause instanceof Error) return reasonIn(error.cause, language);
  const { code = '', path } = (error instanceof Error ? error : {}) as {
    readonly code?: string;
    readonly path?: string;
  };
  if (!isKnown(code)) return reasonOf(error);
  const place = path === undefined ? code : `${code}: ${path}`;
  return language === 'ja' ? `${machineMessages[code].ja}（${place}）` : `${machineMessages[code].en} (${place})`;
}

const isKnown = (code: string): code is keyof typeof machineMessages => Object.hasOwn(machineMessages, code);

/** The same in both languages. */
export const reasonsOf = (error: unknown): Readonly<Record<Language, string>> => ({
  en: reasonIn(error, 'en'),
  ja: reasonIn(error, 'ja'),
});

/** What an error says with its name and code, as AWS names its refusals; of ours what it says in both languages. */
export const namedReasonsOf = (error: unknown): Words | string =>
  error instanceof Refusal ? error.said : namedReasonOf(error);
