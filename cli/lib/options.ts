// Arguments and options that several commands have.
import { languages } from '../../design/problem.ts';
import type { Argument, Option } from './command.ts';

export const documentArgument: Argument = {
  name: '[document]',
  about: {
    en: 'the design document (default: the one specs/stories/*/design.md)',
    ja: '設計書（省略時: specs/stories/*/design.md が一つだけあればそれ）',
  },
};

export const environmentArgument: Argument = {
  name: '<environment>',
  about: { en: 'an environment of the document, e.g. production', ja: '設計書の環境、例えば production' },
};

export const lang: Option = {
  flags: '--lang <language>',
  about: {
    en: "language of messages: ja or en (default: the document's)",
    ja: 'メッセージの言語: ja または en（省略時: 設計書の言語）',
  },
  choices: languages,
};

export const json: Option = {
  flags: '--json',
  about: { en: 'print the result as JSON and nothing else', ja: '結果を JSON だけで出力する' },
};

export const lenient: Option = {
  flags: '--lenient',
  about: {
    en: 'forgive placeholders and missing inputs (example names stand in), and nothing else',
    ja: 'プレースホルダーと未入力項目だけを許容する（例示用の名前で代用）',
  },
};

export const environments: Option = {
  flags: '--environment <name...>',
  about: {
    en: 'only these environments of the document, e.g. production (default: all)',
    ja: '対象環境を限定する: 設計書の環境、例えば production（省略時: すべて）',
  },
};

export const noValidation: Option = {
  flags: '--no-validation',
  about: { en: 'leave out the schema validator and cdk-nag', ja: 'スキーマ検証と cdk-nag を省く' },
};

export const allowCode: Option = {
  flags: '--allow-code',
  about: {
    en: "run the judges of the team's own in ./judges, each in a process of its own",
    ja: './judges にあるチーム独自の判定器を、それぞれ別プロセスで実行する',
  },
};

export const speed: Option = {
  flags: '--speed <number>',
  about: {
    en: "how many times faster the scaler's minutes, cool-downs, health checks and retries pass",
    ja: 'スケーラーの一分、クールダウン、ヘルスチェック、再試行の間隔を何倍速にするか',
  },
};

export const tokenCommand: Option = {
  flags: '--token-command <command>',
  about: {
    en: "a shell command that prints a token of the document's issuer for the customer in $CUSTOMER (or put one token for all in $HASHIRA_TOKEN)",
    ja: '$CUSTOMER の利用者に対する、設計書の発行者のトークンを出力するシェルコマンド（全員に一つでよければ $HASHIRA_TOKEN に入れる）',
  },
};

export const endpoint: Option = {
  flags: '--endpoint <url>',
  about: {
    en: 'where the deployed platform answers (default: at its own address)',
    ja: 'デプロイ済みの基盤のURL（省略時: 基盤自身のアドレス）',
  },
};

export const noSmoke: Option = {
  flags: '--no-smoke',
  about: {
    en: 'do not send an order through the platform afterwards',
    ja: 'デプロイ後に注文を流して確かめることをしない',
  },
};

export const platformOut: Option = {
  flags: '--out <dir>',
  about: {
    en: "directory of the running platform's build; results go to its runtime/",
    ja: '稼働中の基盤の構築ディレクトリ。結果は runtime/ に書き出す',
  },
  default: 'out',
};

/** How a command is called that is run against a platform, on this machine or deployed. */
export const platform: readonly Option[] = [
  platformOut,
  {
    flags: '--environment <name>',
    about: {
      en: 'which environment of the document to start when none is running (default: the first that is disposable)',
      ja: '稼働中の基盤がないとき起動する環境（設計書の環境。既定は破棄できる最初のもの）',
    },
  },
  speed,
  {
    flags: '--deployed',
    about: {
      en: 'the deployed platform of --environment instead of the one on this machine',
      ja: 'このマシンではなく --environment のデプロイ済みの基盤を対象にする',
    },
  },
  tokenCommand,
  lang,
  json,
  lenient,
  {
    flags: '--judge-disturbed',
    about: {
      en: 'give verdicts even when the machine disturbed the run',
      ja: 'マシンの負荷に乱された結果でも判定する',
    },
  },
];

/** What the commands of day 2 have in common: the last build, and the account. */
export const dayTwo: readonly Option[] = [
  {
    flags: '--out <dir>',
    about: { en: 'directory that hashira build wrote its result to', ja: 'hashira build の出力先ディレクトリ' },
    default: 'out',
  },
  {
    flags: '--region <code>',
    about: {
      en: 'region, where the environment is in several (default: the one that serves)',
      ja: '環境が複数リージョンにあるときのリージョン（既定: 稼働中のリージョン）',
    },
  },
  lang,
  json,
];

/** `--environment production design.md` reads like one environment and a document, so it is taken as that. */
export function withoutSwallowedDocument<O extends { readonly environment?: readonly string[] }>(
  document: string | undefined,
  options: O,
): [document: string | undefined, options: O] {
  const names = options.environment ?? [];
  const last = names.at(-1);
  if (document !== undefined || last === undefined || !last.includes('.') || names.length < 2)
    return [document, options];
  return [last, { ...options, environment: names.slice(0, -1) }];
}
