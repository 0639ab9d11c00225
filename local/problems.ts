// What can go wrong with a platform on this machine, said once in each language. Whoever starts a platform shows these to a person.
import type { Language } from '../design/problem.ts';

type Sentence = Readonly<Record<Language, string>>;

const sentences = {
  alreadyRunning: ({ pid, address }: { pid: number; address: string }): Sentence => ({
    en: `a platform of this directory is running already (process ${pid}${address}); end it with Ctrl-C or \`kill ${pid}\`, or choose another directory with --out`,
    ja: `このディレクトリの基盤はすでに起動しています（プロセス ${pid}${address}）。Ctrl-C または \`kill ${pid}\` で終了するか、--out で別のディレクトリを指定してください`,
  }),
  stateNotOurs: ({ folder, found }: { folder: string; found: string }): Sentence => ({
    en: `${folder}, where the state of running platforms is kept, is not this user's alone: found ${found}, expected a folder with mode 0700; set that with \`chmod 700\`, or remove it`,
    ja: `起動中の基盤の状態を置く ${folder} が、このユーザーだけのものではありません（実際: ${found}、期待: モード 0700 のフォルダー）。\`chmod 700\` で直すか、削除してください`,
  }),
  noStateFolder: ({ folder }: { folder: string }): Sentence => ({
    en: `${folder}, where the state of running platforms is kept, cannot be made; set XDG_STATE_HOME to a folder that you may write to`,
    ja: `起動中の基盤の状態を置く ${folder} を作れません。書き込めるフォルダーを XDG_STATE_HOME に指定してください`,
  }),
  notInState: ({ file, what }: { file: string; what: string }): Sentence => ({
    en: `${file} names ${what}, which has no mark of hashira; nothing was ended or removed; if no platform is running, remove this file`,
    ja: `${file} にある ${what} には hashira の印がありません。何も終了・削除していません。起動中の基盤がなければ、このファイルを削除してください`,
  }),
  unreadableState: ({ file, reason }: { file: string; reason: string }): Sentence => ({
    en: `${file} is not a file of this user's alone (${reason}), so nothing it says is believed; remove it`,
    ja: `${file} がこのユーザーだけのファイルではないため（${reason}）、内容を信用しません。削除してください`,
  }),
  noTemporaryFolder: ({ folder, reason }: { folder: string; reason: string }): Sentence => ({
    en: `no folder can be made in ${folder}: ${reason}; set TMPDIR to a folder that you may write to`,
    ja: `${folder} にフォルダーを作れません: ${reason}。書き込めるフォルダーを TMPDIR に指定してください`,
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
