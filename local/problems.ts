// What can go wrong with a platform on this machine, said once in each language. Whoever starts a platform shows these to a person.

import { inLanguage, type Words } from '../design/messages/words.ts';
import { Refusal } from '../design/refusal.ts';

type Sentence = Words;

/** Where a value is asked for that has no counterpart here, and what is found where it should not be. */
export const words = {
  container: (name: string): Words => ({ en: `container ${name}`, ja: `コンテナ ${name}` }),
  secretOf: (name: string, container: string): Words => ({
    en: `secret ${name} of container ${container}`,
    ja: `コンテナ ${container} のシークレット ${name}`,
  }),
  variableOf: (name: string, whose: Words): Words => ({
    en: `variable ${name} of ${whose.en}`,
    ja: `${whose.ja} の環境変数 ${name}`,
  }),
  header: (name: string): Words => ({ en: `the header ${name}`, ja: `ヘッダー ${name}` }),
  listenerRule: { en: 'a rule of the load balancer', ja: 'ロードバランサーのルール' },
  databaseUser: { en: 'the user of the database', ja: 'データベースのユーザー' },
  databasePassword: { en: 'the password of the database', ja: 'データベースのパスワード' },
  cacheToken: { en: 'the AUTH token of the cache', ja: 'キャッシュの AUTH トークン' },
  platform: { en: 'this platform', ja: 'この基盤' },
  unknownSecret: { en: 'an unknown secret', ja: '分からないシークレット' },
  image: { en: 'the image', ja: 'イメージ' },
  link: { en: 'a link', ja: 'リンク' },
  noFolder: { en: 'no folder', ja: 'フォルダー以外' },
  notPrivate: (mode: string, user: number): Words => ({
    en: `mode ${mode}, user ${user}`,
    ja: `モード ${mode}、ユーザー ${user}`,
  }),
  notFollowing: { en: 'the standby does not follow the writer', ja: '待機系が書き込み側に追従しません' },
  noEndOfBackup: {
    en: 'PostgreSQL did not name the end of the backup',
    ja: 'PostgreSQL がバックアップの終わりの位置を返しませんでした',
  },
  noBackup: { en: 'no backup was taken', ja: 'バックアップを取得できませんでした' },
  notRestored: (seconds: number): Words => ({
    en: `not restored within ${seconds} s`,
    ja: `${seconds} 秒以内に復元されませんでした`,
  }),
  notInstalled: (name: string): Words => ({
    en: `${name} is not installed; run \`npm ci\``,
    ja: `${name} がインストールされていません。\`npm ci\` を実行してください`,
  }),
} as const;

const sentences = {
  alreadyRunning: ({ pid, address }: { pid: number; address: string }): Sentence => ({
    en: `a platform of this directory is running already (process ${pid}${address}); end it with Ctrl-C or \`kill ${pid}\`, or choose another directory with --out`,
    ja: `このディレクトリの基盤はすでに起動しています（プロセス ${pid}${address}）。Ctrl-C または \`kill ${pid}\` で終了するか、--out で別のディレクトリを指定してください`,
  }),
  stateNotOurs: ({ folder, found }: { folder: string; found: Words | string }): Sentence => ({
    en: `${folder}, where the state of running platforms is kept, is not this user's alone: found ${inLanguage(found, 'en')}, expected a folder with mode 0700; set that with \`chmod 700\`, or remove it`,
    ja: `起動中の基盤の状態を置く ${folder} が、このユーザーだけのものではありません（実際: ${inLanguage(found, 'ja')}、期待: モード 0700 のフォルダー）。\`chmod 700\` で直すか、削除してください`,
  }),
  noStateFolder: ({ folder }: { folder: string }): Sentence => ({
    en: `${folder}, where the state of running platforms is kept, cannot be made; set XDG_STATE_HOME to a folder that you may write to`,
    ja: `起動中の基盤の状態を置く ${folder} を作れません。書き込めるフォルダーを XDG_STATE_HOME に指定してください`,
  }),
  notInState: ({ file, what }: { file: string; what: string }): Sentence => ({
    en: `${file} names ${what}, which has no mark of hashira; nothing was ended or removed; if no platform is running, remove this file`,
    ja: `${file} にある ${what} には hashira の印がありません。何も終了・削除していません。起動中の基盤がなければ、このファイルを削除してください`,
  }),
  unreadableState: ({ file, reason }: { file: string; reason: Words }): Sentence => ({
    en: `${file} is not a file of this user's alone (${reason.en}), so nothing it says is believed; remove it`,
    ja: `${file} がこのユーザーだけのファイルではないため（${reason.ja}）、内容を信用しません。削除してください`,
  }),
  noTemporaryFolder: ({ folder, reason }: { folder: string; reason: Words }): Sentence => ({
    en: `no folder can be made in ${folder}: ${reason.en}; set TMPDIR to a folder that you may write to`,
    ja: `${folder} にフォルダーを作れません: ${reason.ja}。書き込めるフォルダーを TMPDIR に指定してください`,
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
  codeMissing: ({ what, file }: { what: Words | string; file: string }): Sentence => ({
    en: `the code of ${inLanguage(what, 'en')} is not at ${file}; build the document again`,
    ja: `${inLanguage(what, 'ja')} のコードが ${file} にありません。設計書を構築し直してください`,
  }),
  noCounterpart: ({ where, what }: { where: Words | string; what: Words | string }): Sentence => ({
    en: `${inLanguage(where, 'en')} refers to ${inLanguage(what, 'en')}, which has no counterpart on this machine`,
    ja: `${inLanguage(where, 'ja')} が参照する ${inLanguage(what, 'ja')} に相当するものが、このマシンにはありません`,
  }),
  partFailed: ({ part, reason }: { part: string; reason: Words | string }): Sentence => ({
    en: `${part} did not come up: ${inLanguage(reason, 'en')}`,
    ja: `${part} が起動しませんでした: ${inLanguage(reason, 'ja')}`,
  }),
  orderFailed: ({ what }: { what: string }): Sentence => ({
    en: `the first order did not get through: ${what}`,
    ja: `最初の注文が完了しませんでした: ${what}`,
  }),
  unreadableTemplates: ({ said }: { said: Words }): Sentence => said,
  noPortFree: ({ host }: { host: string }): Sentence => ({
    en: `no port is free on ${host}; end what holds them`,
    ja: `${host} に空きポートがありません。使用しているプロセスを終了してください`,
  }),
  unknownSchedule: ({ expression }: { expression: string }): Sentence => ({
    en: `a rule has the schedule ${expression}; expected cron(…) or rate(…)`,
    ja: `ルールのスケジュールが ${expression} です。\`cron(…)\` か \`rate(…)\` を指定してください`,
  }),
  unknownPattern: ({ operator }: { operator: string }): Sentence => ({
    en: `an event pattern uses ${operator}, which the event bus on this machine does not know`,
    ja: `イベントパターンの ${operator} は、このマシンのイベントバスでは扱えません`,
  }),
  unknownCondition: ({ field }: { field: string }): Sentence => ({
    en: `a rule of the load balancer asks for ${field}, which the load balancer on this machine does not know`,
    ja: `ロードバランサーのルールの条件 ${field} は、このマシンのロードバランサーでは扱えません`,
  }),
  noTaskInTraffic: (_: Record<string, never>): Sentence => ({
    en: 'no task takes traffic',
    ja: 'リクエストを処理しているタスクがありません',
  }),
  interrupted: (_: Record<string, never>): Sentence => ({ en: 'interrupted', ja: '中断されました' }),
} as const;

type Code = keyof typeof sentences;

/** Ends a start, or a step of it, with a sentence that says what to do. */
export class LocalProblem extends Refusal {
  readonly code: Code;

  constructor(code: Code, sentence: Sentence) {
    super(sentence);
    this.code = code;
  }
}

export function localProblem<C extends Code>(code: C, parameters: Parameters<(typeof sentences)[C]>[0]): LocalProblem {
  const say: (given: never) => Sentence = sentences[code];
  return new LocalProblem(code, say(parameters as never));
}
