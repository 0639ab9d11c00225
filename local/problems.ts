// What can go wrong with a platform on this machine, said once in each language. Whoever starts a platform shows these to a person.
import type { Language } from '../design/problem.ts';

type Sentence = Readonly<Record<Language, string>>;

const sentences = {
  alreadyRunning: ({ pid, address }: { pid: number; address: string }): Sentence => ({
    en: `a platform of this directory is running already (process ${pid}${address}); end it with Ctrl-C or \`kill ${pid}\`, or choose another directory with --out`,
    ja: `このディレクトリの基盤はすでに起動しています（プロセス ${pid}${address}）。Ctrl-C または \`kill ${pid}\` で終了するか、--out で別のディレクトリを指定してください`,
  }),
  notInTemplates: ({ environment, what }: { environment: string; what: string }): Sentence => ({
    en: `the templates of ${environment} have no ${what}; build the document again, and check that cdk.out is complete`,
    ja: `${environment} のテンプレートに ${what} がありません。設計書を構築し直し、cdk.out が揃っていることを確認してください`,
  }),
  noStandby: ({ environment }: { environment: string }): Sentence => ({
    en: `${environment} has no second region: its templates have no standby; the drill needs a document with a DR section (RPO, RTO, region), and the environment that the section is for (production)`,
    ja: `${environment} には第二リージョンがありません（テンプレートに待機側のスタックがない）。DR の節（RPO、RTO、リージョン）がある設計書と、その対象の環境（production）を指定してください`,
  }),
  noFailover: ({ environment, what }: { environment: string; what: string }): Sentence => ({
    en: `the templates of ${environment} have a second region but no ${what}; build the document again, and check that cdk.out is complete`,
    ja: `${environment} のテンプレートには第二リージョンがありますが、${what} がありません。設計書を構築し直し、cdk.out が揃っていることを確認してください`,
  }),
  codeMissing: ({ what, file }: { what: string; file: string }): Sentence => ({
    en: `the code of ${what} is not at ${file}; build the document again`,
    ja: `${what} のコードが ${file} にありません。設計書を構築し直してください`,
  }),
  noCounterpart: ({ where, what }: { where: string; what: string }): Sentence => ({
    en: `${where} refers to ${what}, which has no counterpart on this machine`,
    ja: `${where} が参照する ${what} に相当するものが、このマシンにはありません`,
  }),
  partFailed: ({ part, reason }: { part: string; reason: string }): Sentence => ({
    en: `${part} did not come up: ${reason}`,
    ja: `${part} が起動しませんでした: ${reason}`,
  }),
  orderFailed: ({ what }: { what: string }): Sentence => ({
    en: `the first order did not get through: ${what}`,
    ja: `最初の注文が完了しませんでした: ${what}`,
  }),
  interrupted: (_: Record<string, never>): Sentence => ({ en: 'interrupted', ja: '中断されました' }),
} as const;

type Code = keyof typeof sentences;

/** Ends a start, or a step of it, with a sentence that says what to do. */
export class LocalProblem extends Error {
  readonly code: Code;
  readonly sentence: Sentence;

  constructor(code: Code, sentence: Sentence) {
    super(sentence.en);
    this.code = code;
    this.sentence = sentence;
  }
}

export function localProblem<C extends Code>(code: C, parameters: Parameters<(typeof sentences)[C]>[0]): LocalProblem {
  const say: (given: never) => Sentence = sentences[code];
  return new LocalProblem(code, say(parameters as never));
}

/** An error as a short text for a sentence. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
