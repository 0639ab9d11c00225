// What the command says to a person, in both languages. What is wrong with a document is said in design/messages.ts.
import type { Language } from '../../design/problem.ts';

const english = {
  tagline: 'Builds an AWS platform from an infrastructure design document and proves that the one is the other.',
  buildHelp: 'read a design document, synthesize every stack of every environment, judge each line',
  readHelp: 'show what is understood of a design document, line by line, without building',
  documentArgument: 'the design document (default: the one specs/stories/*/design.md)',
  outOption: 'directory for cdk.out/, build.json, report.html and the diagrams',
  environmentOption: 'only these environments: production, staging, development (default: all)',
  langOption: "language of messages: ja or en (default: the document's)",
  jsonOption: 'print the result as JSON and nothing else',
  lenientOption: 'forgive placeholders and missing inputs (example names stand in), and nothing else',
  validationOption: 'leave out the schema validator and cdk-nag',
  upHelp: 'build a document and run one environment of it on this machine, from the synthesized templates',
  upEnvironmentOption: 'the environment to run: production, staging or development',
  upOutOption: 'directory for cdk.out/, build.json and runtime/; one platform runs for each',
  checkOption: 'end after the first order, also on a terminal',
  stayOption: 'stay until somebody ends it, also without a terminal',
  speedOption: "how many times faster the scaler's minutes, cool-downs, health checks and retries pass",
  readExitCodes: 'Exit codes: 0 read · 2 a build would refuse it, or there is no such file',
  upExitCodes:
    'Exit codes: 0 the first order was fulfilled · 1 a step failed · 2 refused, nothing started · 130 interrupted',
  badSpeed: (value: string) => `--speed ${value}: expected a number from 1 to 600`,
  steps: {
    document: 'document read',
    templates: 'templates built and proved',
    queues: 'queues, topics, bucket, table',
    database: 'PostgreSQL',
    cache: 'cache',
    functions: 'functions',
    balancer: 'load balancer',
    migrations: 'migrations',
    tasks: 'tasks',
    standby: 'standby of the database',
    status: 'status page',
    order: 'first order placed',
    fulfilled: 'first order fulfilled',
    receipt: 'its receipt in the bucket',
  },
  noCache:
    'no cache: neither redis-server nor valkey-server is on the PATH, and the platform runs without (Debian: apt-get install redis-server; macOS: brew install valkey)',
  noExtensions: (names: string) =>
    `not here: ${names}; a deployment makes these extensions of the database, and no library of theirs is loaded here`,
  addresses: 'addresses:',
  tryIt: 'try it:',
  ctrlC: 'Ctrl-C ends it and leaves nothing running.',
  stopping: 'stopping …',
  stopped: 'stopped, nothing is left running.',
  notProved: 'the templates do not do what the document says, so nothing was started; hashira build shows where',
  exitCodes: 'Exit codes: 0 built, nothing failed · 1 built, something failed · 2 refused, nothing written',
  firstSteps:
    'First steps:\n  hashira build            build the one specs/stories/*/design.md\n  hashira read design.md   see how a document is understood',
  noDocument: (where: string) =>
    `no design document: expected one file specs/stories/*/design.md below ${where}; name a document: hashira build <document>`,
  manyDocuments: (found: string) => `several design documents: ${found}; name one: hashira build <document>`,
  internal:
    'a fault of hashira itself, and no verdict (exit code 70); please report it with what was read and these lines',
  everyExitCode:
    'With every command: 70 a fault of hashira itself, and no verdict · 141 nobody reads the output any more',
  commandMissing: (document: string) =>
    `found a document where a command was expected; type: hashira build ${document} (or: hashira read ${document})`,
  unreadable: (file: string, reason: string) => `cannot read ${file}: ${reason}; expected a design document (Markdown)`,
  unknownEnvironment: (name: string) => `unknown environment: ${name}; expected production, staging or development`,
  unwritable: (directory: string, reason: string) =>
    `cannot write to ${directory}: ${reason}; choose another directory with --out`,
  noOut: {
    link: (out: string) =>
      `--out ${out}: found a link, expected a folder; a link could lead to what is not ours: name the folder that it leads to`,
    file: (out: string) => `--out ${out}: found a file, expected a folder; choose another directory with --out`,
    inAssembly: (out: string) =>
      `--out ${out}: is inside of a cdk.out that the next build replaces; choose another directory with --out`,
  },
  notOurs: (place: string, found: string) =>
    `${place} was not made by hashira, or was changed since, and would be replaced: ${found}; nothing was written; move or remove it, or choose another directory with --out`,
  foreign: {
    link: () => 'found a link',
    kind: (name: string) =>
      `found something else than the ${name === 'cdk.out' ? 'folder' : 'file'} that a build writes`,
    unmarked: (mark: string) => `expected ${mark} beside it or in it, which a build writes`,
    changed: () => 'expected the contents that were written',
    added: (name: string) => `found ${name} in it, which no build wrote`,
  },
  building: (out: string, pid: number) =>
    `another hashira (process ${pid}) is building into ${out}; wait for it, or choose another directory with --out`,
  notKept: (place: string) =>
    `${place} is not what load and drills write, and would be replaced by a result; nothing was run; move or remove it, or choose another directory with --out`,
  leftOut: (file: string) => `${file} is no result of load or a drill, and is left out`,
  machineRefused: (reason: string) =>
    `this machine refused: ${reason}; look at its space, permissions and limits, then try again`,
  refused: (count: number) => `refused: ${count} problem${count === 1 ? '' : 's'}, nothing written`,
  forgiven: (count: number) =>
    `forgiven (--lenient): ${count} placeholder${count === 1 ? '' : 's'} or missing inputs, example names stand in`,
  lenientHint:
    'all of these are placeholders or missing inputs: fill them in, or build with --lenient to try the document as it is',
  more: (count: number) => `… and ${count} more (--json shows all)`,
  line: (number: number) => `line ${number}`,
  linesSummary: (total: number, parts: string) => `${total} lines: ${parts}`,
  kinds: {
    statement: 'statement',
    heading: 'heading',
    prose: 'prose',
    placeholder: 'placeholder',
    diagram: 'diagram',
    unknown: 'unknown',
  },
  statementKinds: { input: 'input', claim: 'claim', procedure: 'procedure' },
  verdicts: {
    pass: 'pass',
    fail: 'fail',
    'not-applicable': 'not applicable',
    'needs-runtime': 'needs runtime',
    unresolved: 'unresolved',
    'not-judged': 'not judged',
  },
  columns: {
    environment: 'environment',
    stacks: 'stacks',
    resources: 'resources',
    line: 'line',
    kind: 'kind',
    path: 'design path',
    text: 'text',
  },
  failures: (count: number) => `${count} statement${count === 1 ? '' : 's'} failed:`,
  findings: (count: number) => `${count} finding${count === 1 ? '' : 's'} of the validator or cdk-nag:`,
  expected: 'expected',
  observed: 'observed',
  written: (directory: string) => `written: ${directory}`,
  noReportPage: (file: string) => `${file} is not there, and the report is made from it; run: npm run prepare`,
  notJudgedNote:
    'not judged = no template can show it (steps for people, tests, checklist) or no judge reads it; never taken for a pass',
};

type Catalogue = typeof english;

const japanese: Catalogue = {
  tagline: '設計書から AWS 基盤を構築し、両者が一致することを一行ずつ証明します。',
  buildHelp: '設計書を読み、全環境の全スタックを合成し、各行を判定する',
  readHelp: '設計書の解釈結果を、構築せずに一行ずつ表示する',
  documentArgument: '設計書（省略時: specs/stories/*/design.md が一つだけあればそれ）',
  outOption: 'cdk.out/・build.json・report.html・構成図を書き出すディレクトリ',
  environmentOption: '対象環境を限定する: production, staging, development（省略時: すべて）',
  langOption: 'メッセージの言語: ja または en（省略時: 設計書の言語）',
  jsonOption: '結果を JSON だけで出力する',
  lenientOption: 'プレースホルダーと未入力項目だけを許容する（例示用の名前で代用）',
  validationOption: 'スキーマ検証と cdk-nag を省く',
  upHelp: '設計書を構築し、合成したテンプレートから一つの環境をこのマシンで動かす',
  upEnvironmentOption: '動かす環境: production, staging, development',
  upOutOption: 'cdk.out/・build.json・runtime/ のディレクトリ。一つにつき一つの基盤が動く',
  checkOption: 'ターミナルからでも、最初の注文の完了後に終了する',
  stayOption: 'ターミナルがなくても、終了されるまで動き続ける',
  speedOption: 'スケーラーの一分、クールダウン、ヘルスチェック、再試行の間隔を何倍速にするか',
  readExitCodes: '終了コード: 0 読み取れた ／ 2 構築なら拒否する、またはファイルがない',
  upExitCodes: '終了コード: 0 最初の注文が完了 ／ 1 途中で失敗 ／ 2 拒否・何も起動せず ／ 130 中断',
  badSpeed: (value) => `--speed ${value}: 1 から 600 までの数を指定してください`,
  steps: {
    document: '設計書の読み取り',
    templates: 'テンプレートの構築と証明',
    queues: 'キュー・トピック・バケット・テーブル',
    database: 'PostgreSQL',
    cache: 'キャッシュ',
    functions: '関数',
    balancer: 'ロードバランサー',
    migrations: 'マイグレーション',
    tasks: 'タスク',
    standby: 'データベースのスタンバイ',
    status: '状態ページ',
    order: '最初の注文の受付',
    fulfilled: '最初の注文の完了',
    receipt: '領収書をバケットに保存',
  },
  noCache:
    'キャッシュなし: redis-server も valkey-server も PATH にないため、キャッシュなしで動きます（Debian: apt-get install redis-server、macOS: brew install valkey）',
  noExtensions: (names) =>
    `ここにないもの: ${names}。これらの拡張機能はデプロイ時にデータベースへ作られます。このマシンではライブラリーも読み込みません`,
  addresses: 'アドレス:',
  tryIt: '試すには:',
  ctrlC: 'Ctrl-C で終了します。何も残りません。',
  stopping: '停止しています …',
  stopped: '停止しました。動いているものは何もありません。',
  notProved: 'テンプレートが設計書どおりでないため、何も起動していません。hashira build で箇所を確認してください',
  exitCodes: '終了コード: 0 構築済み・不合格なし ／ 1 構築済み・不合格あり ／ 2 設計書を拒否・出力なし',
  firstSteps:
    '最初の一歩:\n  hashira build            specs/stories/*/design.md を構築する\n  hashira read design.md   設計書がどう解釈されるかを見る',
  noDocument: (where) =>
    `設計書が見つかりません。${where} の下に specs/stories/*/design.md が一つ必要です。hashira build <設計書> で指定してください`,
  manyDocuments: (found) => `設計書が複数あります: ${found}。hashira build <設計書> で一つを指定してください`,
  internal:
    'hashira 自体の不具合です。判定ではありません（終了コード 70）。読み込んだものと次の内容を添えて報告してください',
  everyExitCode: 'どのコマンドでも: 70 hashira 自体の不具合（判定ではない）／ 141 出力の読み手がいなくなった',
  commandMissing: (document) =>
    `コマンドの位置に設計書があります。hashira build ${document} または hashira read ${document} と入力してください`,
  unreadable: (file, reason) => `${file} を読めません: ${reason}。設計書（Markdown）を指定してください`,
  unknownEnvironment: (name) =>
    `環境 ${name} はありません。production, staging, development のいずれかを指定してください`,
  unwritable: (directory, reason) =>
    `${directory} に書き込めません: ${reason}。--out で別のディレクトリを指定してください`,
  noOut: {
    link: (out) =>
      `--out ${out}: フォルダーではなくリンクがあります。リンクの先は hashira のものと限らないため、実際のフォルダーを指定してください`,
    file: (out) => `--out ${out}: フォルダーではなくファイルがあります。--out で別のディレクトリを指定してください`,
    inAssembly: (out) =>
      `--out ${out}: 次の構築で置き換えられる cdk.out の中です。--out で別のディレクトリを指定してください`,
  },
  notOurs: (place, found) =>
    `${place} は hashira が作ったものでないか、その後に変更されており、置き換えられません: ${found}。何も書き込んでいません。移動か削除をするか、--out で別のディレクトリを指定してください`,
  foreign: {
    link: () => 'リンクがあります',
    kind: (name) => `構築が書き出す${name === 'cdk.out' ? 'フォルダー' : 'ファイル'}とは別のものがあります`,
    unmarked: (mark) => `構築が書き出す ${mark} が、その隣にも中にもありません`,
    changed: () => '書き出した内容と異なります',
    added: (name) => `構築が書き出していない ${name} が中にあります`,
  },
  building: (out, pid) =>
    `別の hashira（プロセス ${pid}）が ${out} に構築中です。完了を待つか、--out で別のディレクトリを指定してください`,
  notKept: (place) =>
    `${place} は load と drill が書き出すものではなく、結果で置き換えられません。何も実行していません。移動か削除をするか、--out で別のディレクトリを指定してください`,
  leftOut: (file) => `${file} は load や drill の結果ではないため、除外します`,
  machineRefused: (reason) =>
    `このマシンに拒否されました: ${reason}。空き容量・権限・制限を確認して、もう一度実行してください`,
  refused: (count) => `拒否: 問題が ${count} 件あります。何も出力していません`,
  forgiven: (count) => `許容 (--lenient): プレースホルダーまたは未入力項目 ${count} 件。例示用の名前で代用しました`,
  lenientHint: 'すべてプレースホルダーか未入力項目です。内容を埋めるか、--lenient を付けて様式のまま試してください',
  more: (count) => `… ほか ${count} 件（--json ですべて表示）`,
  line: (number) => `${number} 行目`,
  linesSummary: (total, parts) => `全 ${total} 行: ${parts}`,
  kinds: {
    statement: '記述',
    heading: '見出し',
    prose: '文章',
    placeholder: 'プレースホルダー',
    diagram: '図',
    unknown: '不明',
  },
  statementKinds: { input: '入力', claim: '主張', procedure: '手順' },
  verdicts: {
    pass: '合格',
    fail: '不合格',
    'not-applicable': '対象外',
    'needs-runtime': '要実測',
    unresolved: '未確定',
    'not-judged': '未判定',
  },
  columns: {
    environment: '環境',
    stacks: 'スタック',
    resources: 'リソース',
    line: '行',
    kind: '種別',
    path: '設計上の位置',
    text: '本文',
  },
  failures: (count) => `不合格の記述 ${count} 件:`,
  findings: (count) => `検証器または cdk-nag の指摘 ${count} 件:`,
  expected: '期待',
  observed: '実際',
  written: (directory) => `出力先: ${directory}`,
  noReportPage: (file) => `${file} がなく、レポートを作れません。npm run prepare を実行してください`,
  notJudgedNote:
    '未判定 = テンプレートに現れないもの（人が行う手順、テスト、チェックリスト）か、読む判定器がないもの。合格とはみなさない',
};

export const catalogues: Readonly<Record<Language, Catalogue>> = { ja: japanese, en: english };
export type Messages = Catalogue;
