// What the command says to a person, in both languages. What is wrong with a document is said in design/messages.ts.
import type { Language } from '../design/problem.ts';

const english = {
  tagline: 'Builds an AWS platform from an infrastructure design document and proves that the one is the other.',
  buildHelp: 'read a design document, synthesize every stack of every environment, judge each line',
  readHelp: 'show what is understood of a design document, line by line, without building',
  documentArgument: 'the design document (default: the one specs/stories/*/design.md)',
  outOption: 'directory for cdk.out/ and build.json',
  environmentOption: 'only these environments: production, staging, development (default: all)',
  langOption: "language of messages: ja or en (default: the document's)",
  jsonOption: 'print the result as JSON and nothing else',
  lenientOption: 'forgive placeholders and missing inputs (example names stand in), and nothing else',
  validationOption: 'leave out the schema validator and cdk-nag',
  exitCodes: 'Exit codes: 0 built, nothing failed · 1 built, something failed · 2 refused, nothing written',
  firstSteps:
    'First steps:\n  hashira build            build the one specs/stories/*/design.md\n  hashira read design.md   see how a document is understood',
  noDocument: (where: string) =>
    `no design document: expected one file specs/stories/*/design.md below ${where}; name a document: hashira build <document>`,
  manyDocuments: (found: string) => `several design documents: ${found}; name one: hashira build <document>`,
  internal: 'a fault of hashira itself, nothing written; please report it with the document and these lines',
  commandMissing: (document: string) =>
    `found a document where a command was expected; type: hashira build ${document} (or: hashira read ${document})`,
  unreadable: (file: string, reason: string) => `cannot read ${file}: ${reason}; expected a design document (Markdown)`,
  unknownEnvironment: (name: string) => `unknown environment: ${name}; expected production, staging or development`,
  unwritable: (directory: string, reason: string) =>
    `cannot write to ${directory}: ${reason}; choose another directory with --out`,
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
  notJudgedNote: 'not judged = no judge reads this line yet; it is counted, and never taken for a pass',
};

type Catalogue = typeof english;

const japanese: Catalogue = {
  tagline: '設計書から AWS 基盤を構築し、両者が一致することを一行ずつ証明します。',
  buildHelp: '設計書を読み、全環境の全スタックを合成し、各行を判定する',
  readHelp: '設計書の解釈結果を、構築せずに一行ずつ表示する',
  documentArgument: '設計書（省略時: specs/stories/*/design.md が一つだけあればそれ）',
  outOption: 'cdk.out/ と build.json を書き出すディレクトリ',
  environmentOption: '対象環境を限定する: production, staging, development（省略時: すべて）',
  langOption: 'メッセージの言語: ja または en（省略時: 設計書の言語）',
  jsonOption: '結果を JSON だけで出力する',
  lenientOption: 'プレースホルダーと未入力項目だけを許容する（例示用の名前で代用）',
  validationOption: 'スキーマ検証と cdk-nag を省く',
  exitCodes: '終了コード: 0 構築済み・不合格なし ／ 1 構築済み・不合格あり ／ 2 設計書を拒否・出力なし',
  firstSteps:
    '最初の一歩:\n  hashira build            specs/stories/*/design.md を構築する\n  hashira read design.md   設計書がどう解釈されるかを見る',
  noDocument: (where) =>
    `設計書が見つかりません。${where} の下に specs/stories/*/design.md が一つ必要です。hashira build <設計書> で指定してください`,
  manyDocuments: (found) => `設計書が複数あります: ${found}。hashira build <設計書> で一つを指定してください`,
  internal: 'hashira 自体の不具合です。何も出力していません。設計書と次の内容を添えて報告してください',
  commandMissing: (document) =>
    `コマンドの位置に設計書があります。hashira build ${document} または hashira read ${document} と入力してください`,
  unreadable: (file, reason) => `${file} を読めません: ${reason}。設計書（Markdown）を指定してください`,
  unknownEnvironment: (name) =>
    `環境 ${name} はありません。production, staging, development のいずれかを指定してください`,
  unwritable: (directory, reason) =>
    `${directory} に書き込めません: ${reason}。--out で別のディレクトリを指定してください`,
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
  notJudgedNote: '未判定 = この行を読む判定器がまだない。件数に数え、合格とはみなさない',
};

export const catalogues: Readonly<Record<Language, Catalogue>> = { ja: japanese, en: english };
export type Messages = Catalogue;
