// What the command says to a person, in both languages. What is wrong with a document is said in design/messages.ts.
import type { Language } from '../../design/problem.ts';
import { reasonIn } from '../../design/refusal.ts';
import { verdictWords } from '../../proof/judges/verdict.ts';

/** What the document does not say and was taken for granted. */
interface NotSaid {
  readonly assumed: number;
  /** Placeholders and missing inputs that examples stand in for. */
  readonly standIns: number;
}

const english = {
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
  endsNow:
    'all of it works; it ends now and leaves nothing running (on a terminal without --check, or with --stay, it stays)',
  stopping: 'stopping …',
  stopped: 'stopped, nothing is left running.',
  notProved: 'the templates do not do what the document says, so nothing was started; hashira build shows where',
  noDocument: (where: string) =>
    `no design document: expected one file specs/stories/*/design.md below ${where}; name a document: hashira build <document>`,
  manyDocuments: (found: string) => `several design documents: ${found}; name one: hashira build <document>`,
  internal:
    'a fault of hashira itself, and no verdict (exit code 70); please report it with what was read and these lines',
  commandMissing: (document: string) =>
    `found a document where a command was expected; type: hashira build ${document} (or: hashira read ${document})`,
  unreadable: (file: string, error: unknown) =>
    `cannot read ${file}: ${reasonIn(error, 'en')}; expected a design document (Markdown)`,
  unknownEnvironment: (name: string, known: readonly string[]) =>
    `unknown environment: ${name}; expected ${known.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`,
  whichEnvironment: (known: readonly string[]) =>
    `no environment of the document is disposable, so none is taken by itself; name one: --environment ${known.join(' or ')}`,
  notDisposable: (name: string, disposable: readonly string[]) =>
    `only an environment that is disposable can be taken away by a command (in this document: ${disposable.join(', ')}), and ${name} is not: what the others hold is kept on purpose (docs/runbooks/deploy.md)`,
  noneDisposable: (known: readonly string[]) =>
    `only an environment that is disposable can be taken away by a command, and in this document none is; it has ${known.join(', ')}, and what they hold is kept on purpose (docs/runbooks/deploy.md)`,
  unwritable: (directory: string, error: unknown) =>
    `cannot write to ${directory}: ${reasonIn(error, 'en')}; choose another directory with --out`,
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
  machineRefused: (error: unknown) =>
    `this machine refused: ${reasonIn(error, 'en')}; look at its space, permissions and limits, then try again`,
  refused: (count: number) => `refused: ${count} problem${count === 1 ? '' : 's'}, nothing written`,
  forgiven: (count: number) =>
    `forgiven (--lenient): ${count} placeholder${count === 1 ? '' : 's'} or missing inputs, example names stand in`,
  lenientHint:
    'all of these are placeholders or missing inputs: fill them in, or build with --lenient to try the document as it is',
  more: (count: number) => `… and ${count} more (--json shows all)`,
  line: (number: number) => `line ${number}`,
  assumed: (attribute: string, value: string, section: string, why: string, sentence: string) =>
    `assumed: ${attribute} is ${value}, since "${section}" says nothing of it and ${why}${sentence === '' ? '' : `; to state it: ${sentence}`}`,
  linesSummary: (total: number, parts: string) => `${total} lines: ${parts}`,
  workload: 'the orders, the sample workload',
  lastLine: (lines: number, counts: string, { assumed, standIns }: NotSaid) =>
    `${lines} line${lines === 1 ? '' : 's'} with statements: ${counts}; ${
      [
        ...(assumed === 0 ? [] : [`${assumed} assumed (hashira read lists them)`]),
        ...(standIns === 0 ? [] : [`${standIns} with an example in place of what is not filled in`]),
      ].join(', ') || 'nothing assumed'
    }`,
  kinds: {
    statement: 'statement',
    heading: 'heading',
    prose: 'prose',
    placeholder: 'placeholder',
    diagram: 'diagram',
    unknown: 'unknown',
  },
  statementKinds: { input: 'input', claim: 'claim', procedure: 'procedure' },
  verdicts: verdictWords.en,
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
  unreadLines: (count: number) =>
    `${count} line${count === 1 ? '' : 's'} not judged, since no judge understands all of what ${count === 1 ? 'it says' : 'they say'}:`,
  builtBeyond: 'built beyond the lines of the stacks:',
  beyondLine: ({ type, built, stated }: { type: string; built: number; stated: number }) =>
    `${built} of ${type}, by the lines ${stated}`,
  notJudgedNote:
    'not judged = no template can show it (steps for people, tests, checklist) or no judge reads it; never taken for a pass',
};

type Catalogue = typeof english;

const japanese: Catalogue = {
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
  endsNow:
    'すべて動作しました。このまま終了し、何も残りません（ターミナルで --check なしで実行するか、--stay を付けると動き続けます）',
  stopping: '停止しています …',
  stopped: '停止しました。動いているものは何もありません。',
  notProved: 'テンプレートが設計書どおりでないため、何も起動していません。hashira build で箇所を確認してください',
  noDocument: (where) =>
    `設計書が見つかりません。${where} の下に specs/stories/*/design.md が一つ必要です。hashira build <設計書> で指定してください`,
  manyDocuments: (found) => `設計書が複数あります: ${found}。hashira build <設計書> で一つを指定してください`,
  internal:
    'hashira 自体の不具合です。判定ではありません（終了コード 70）。読み込んだものと次の内容を添えて報告してください',
  commandMissing: (document) =>
    `コマンドの位置に設計書があります。hashira build ${document} または hashira read ${document} と入力してください`,
  unreadable: (file, error) => `${file} を読めません: ${reasonIn(error, 'ja')}。設計書（Markdown）を指定してください`,
  unknownEnvironment: (name, known) =>
    `環境 ${name} はありません。${known.join(', ')}${known.length > 1 ? ' のいずれか' : ' '}を指定してください`,
  whichEnvironment: (known) =>
    `設計書に破棄できる環境がないため、既定の環境がありません。--environment で ${known.join(', ')}${known.length > 1 ? ' のいずれか' : ' '}を指定してください`,
  notDisposable: (name, disposable) =>
    `コマンドで削除できるのは破棄できる環境（この設計書では ${disposable.join(', ')}）だけで、${name} は該当しません。ほかの環境のデータは意図して残しています (docs/runbooks/deploy.ja.md)`,
  noneDisposable: (known) =>
    `コマンドで削除できるのは破棄できる環境だけですが、この設計書にはありません。あるのは ${known.join(', ')} で、そのデータは意図して残しています (docs/runbooks/deploy.ja.md)`,
  unwritable: (directory, error) =>
    `${directory} に書き込めません: ${reasonIn(error, 'ja')}。--out で別のディレクトリを指定してください`,
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
  machineRefused: (error) =>
    `このマシンに拒否されました: ${reasonIn(error, 'ja')}。空き容量・権限・制限を確認して、もう一度実行してください`,
  refused: (count) => `拒否: 問題が ${count} 件あります。何も出力していません`,
  forgiven: (count) => `許容 (--lenient): プレースホルダーまたは未入力項目 ${count} 件。例示用の名前で代用しました`,
  lenientHint: 'すべてプレースホルダーか未入力項目です。内容を埋めるか、--lenient を付けて様式のまま試してください',
  more: (count) => `… ほか ${count} 件（--json ですべて表示）`,
  line: (number) => `${number} 行目`,
  assumed: (attribute, value, section, why, sentence) =>
    `仮定: ${attribute} = ${value}（「${section}」に記載がなく、${why}）${sentence === '' ? '' : `。明記するには: ${sentence}`}`,
  linesSummary: (total, parts) => `全 ${total} 行: ${parts}`,
  workload: '注文（見本のワークロード）',
  lastLine: (lines, counts, { assumed, standIns }) =>
    `記述 ${lines} 行: ${counts}。${
      [
        ...(assumed === 0 ? [] : [`仮定 ${assumed} 件（一覧は hashira read）`]),
        ...(standIns === 0 ? [] : [`未記入を例示で代用 ${standIns} 件`]),
      ].join('、') || '仮定なし'
    }`,
  kinds: {
    statement: '記述',
    heading: '見出し',
    prose: '文章',
    placeholder: 'プレースホルダー',
    diagram: '図',
    unknown: '不明',
  },
  statementKinds: { input: '入力', claim: '主張', procedure: '手順' },
  verdicts: verdictWords.ja,
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
  unreadLines: (count) => `読み取れない部分があり、判定していない行 ${count} 件:`,
  builtBeyond: 'スタックの行より多く作られるもの:',
  beyondLine: ({ type, built, stated }) => `${type} ${built} 個（行では ${stated} 個）`,
  notJudgedNote:
    '未判定 = テンプレートに現れないもの（人が行う手順、テスト、チェックリスト）か、読む判定器がないもの。合格とはみなさない',
};

export const catalogues: Readonly<Record<Language, Catalogue>> = { ja: japanese, en: english };
export type Messages = Catalogue;
