// What each part of the form is for, in a sentence or two of either language.
import type { Language } from '../../../design/problem.ts';
import type { SectionName } from '../../../design/section-titles.ts';

/** The parts of a document: its sections, what stands above them, and what holds for all of it. */
export type Part = 'file' | 'frontMatter' | SectionName;

export const purposes: Readonly<Record<Part, Readonly<Record<Language, string>>>> = {
  file: {
    en: 'Markdown in UTF-8, with the title and the sections of the form. Numbers before a heading, bold, full-width letters and what a heading has in brackets make no difference, and neither does the order of the sections. Prose may stand anywhere outside the blocks.',
    ja: 'UTF-8 の Markdown で、様式の題名とセクションを持つ。見出しの番号、太字、全角文字、括弧書きの有無、セクションの順序は問わない。ブロックの外には自由に文章を書ける。',
  },
  frontMatter: {
    en: 'Which document this is, what it rests on, and in `hashira:` the values that the form has no field for.',
    ja: 'どの設計書か、何に基づくかを示す。様式に欄のない値は `hashira:` の下に書く。',
  },
  overview: {
    en: 'What the platform is for, what belongs to it and what it presupposes: `**目的**:`, `**スコープ**:` with `- 含む:` and `- 含まない:`, `**前提条件**:`. Prose, for people; all four must be there.',
    ja: '基盤の目的、範囲、前提を `**目的**:`、`**スコープ**:`（`- 含む:` と `- 含まない:`）、`**前提条件**:` に書く。人が読む文章だが、四つとも要る。',
  },
  decisions: {
    en: 'The decision records that the design rests on: `- [ADR-001: …](specs/adr/….md)`, and below it `  - 決定内容: …`. The number in the link is that of the record.',
    ja: '設計の根拠となる決定記録を `- [ADR-001: …](specs/adr/….md)` と、その下の `  - 決定内容: …` で挙げる。番号はリンク先と一致させる。',
  },
  architecture: {
    en: 'A Mermaid flowchart. It is drawn for people and nothing is built from it; a range of addresses in a caption is held against the network. `hashira document` draws it anew from the templates.',
    ja: 'Mermaid のフローチャート。人のための図で、ここからは何も作らない。図中のアドレス範囲はネットワークと照合する。`hashira document` がテンプレートから描き直す。',
  },
  stacks: {
    en: 'The stacks in the order of their deployment, each with purpose, resources, outputs, dependencies and file. Which stacks there are is the form’s; only CacheStack may be left out.',
    ja: 'スタックをデプロイの順に挙げ、目的、リソース、出力、依存、ファイルを書く。スタックの名前は様式で決まっており、省略できるのは CacheStack だけである。',
  },
  dataFlow: {
    en: 'A Mermaid sequence diagram of a request and of what follows from it, like the diagram above a claim and never an input.',
    ja: 'リクエストとその後の処理を表す Mermaid のシーケンス図。アーキテクチャ図と同じく、入力にはならない。',
  },
  subnets: {
    en: 'The VPC and its subnets: two or three availability zones, the same in every tier. The tree may be drawn with `├──`, `|--`, `+--` or bullets.',
    ja: 'VPC とサブネット。AZ は二つか三つで、どの層も同じにする。木の枝は `├──`、`|--`、`+--`、箇条書きのどれでもよい。',
  },
  securityGroups: {
    en: 'The groups and their rules; these are all the rules that there are. A rule names an address range, or another group by its title, its short name or that without `-sg`, and each end must let the other in.',
    ja: 'グループと規則。ここにない規則は作らない。相手はアドレス範囲か、ほかのグループの題名または短い名前（`-sg` は略せる）で書き、両側に規則が要る。',
  },
  endpoints: {
    en: 'Ways to AWS services that do not go through the NAT gateway. Interface endpoints marked 省略可 are built when the input `interface_endpoints` is `true`, others always.',
    ja: 'NAT Gateway を通らない AWS サービスへの経路。「省略可」とした Interface Endpoint は入力 `interface_endpoints` が `true` のときだけ、ほかは常に作る。',
  },
  roles: {
    en: 'The four roles: who assumes each, AWS’s policies, and the actions by service. An action is named in full; what a role needs beyond that is listed with reasons in ADR-007.',
    ja: '四つのロールの信頼関係、AWS 管理ポリシー、サービスごとのアクション。アクションは省略せずに書く。ほかに要る権限は ADR-007 に理由とともに挙げてある。',
  },
  leastPrivilege: {
    en: 'Examples for readers. Code here is about no resource of the platform and is not read.',
    ja: '読者のための例。ここのコードは基盤のリソースを指すものではなく、読み取らない。',
  },
  alarms: {
    en: 'For each metric the thresholds, the period and how many periods in a row. Statistics: 平均, 合計, 最小, 最大. Units: `s`, `ms`, `%`, `% of max`, `GB`, `MB`, or none for a count. `% of max` is a share of the resource’s own limit.',
    ja: 'メトリクスごとの閾値、期間、連続回数。統計は平均、合計、最小、最大。単位は `s`、`ms`、`%`、`% of max`、`GB`、`MB`、件数なら省く。`% of max` はリソース自身の上限に対する割合である。',
  },
  logs: {
    en: 'How long each log is kept, for each environment. Days of a log group are those that CloudWatch Logs offers; ALB’s access logs lie in S3 and take any number.',
    ja: '環境ごとのログの保持期間。ロググループの日数は CloudWatch Logs が用意しているものから選ぶ。ALB のアクセスログは S3 に置くので、何日でもよい。',
  },
  dashboards: {
    en: 'Dashboards and their widgets: a metric, with the service before it where the dashboard’s title does not say, and in brackets how it is drawn (折れ線グラフ, 棒グラフ, 数値).',
    ja: 'ダッシュボードとウィジェット。メトリクス名を書き、ダッシュボードの題名から分からないときはサービス名を前に付ける。括弧内は表し方（折れ線グラフ、棒グラフ、数値）である。',
  },
  backup: {
    en: 'Backups of database, objects and cache: windows in UTC, retention for each environment, and which region copies go to. `その他` is every environment that has no line of its own. ElastiCache is left out with the cache; snapshots, lifecycle and copies may be.',
    ja: 'データベース、オブジェクト、キャッシュのバックアップ。時刻は UTC、保持期間とコピー先は環境ごとに書き、`その他` は行のない環境すべてを指す。ElastiCache はキャッシュとともに省き、スナップショット、ライフサイクル、コピーも省略できる。',
  },
  recovery: {
    en: 'The region that the platform lives in, the one that takes over, how much may be lost and how long it may take. Without this section, or with `DR戦略: なし`, there is no second region.',
    ja: '本番のリージョン、引き継ぐリージョン、失ってよい時間と復旧までの時間。このセクションがないか、`DR戦略: なし` とすれば、二つ目のリージョンは作らない。',
  },
  monthlyCost: {
    en: 'Production’s estimate by service. Prices and sums are claims; the sizes in the lines are inputs, since the form has no other place for them: tasks, machines, NAT gateways, memory of functions. So is the traffic in the heading.',
    ja: '本番環境の見積もり。単価と合計は主張だが、行の中のタスク数、インスタンス、NAT Gateway、関数のメモリーは入力である。様式でほかに書くところがないためで、見出しの想定トラフィックも入力になる。',
  },
  environmentCost: {
    en: 'What each environment and the year cost, and in the notes how the others’ sizes follow from production’s: スペック半分, スペック1/4, スペック50%, スペック同等; Multi-AZ, シングルAZ可, シングルAZ; for development 夜間・休日自動停止.',
    ja: '環境ごとと年間の費用。注記は本番に対する規模（スペック半分、スペック1/4、スペック50%、スペック同等）と AZ（Multi-AZ、シングルAZ可、シングルAZ）を決める。開発環境には夜間・休日自動停止も書ける。',
  },
  criteria: {
    en: 'Acceptance criteria in EARS below headings of any name: id, pattern, sentence. They are held against what was built, by judges of their ids; ids of your own need a judge of your own. A box that is ticked makes no difference.',
    ja: 'EARS 記法の受入条件。見出しは自由で、ID、型、文を書く。判定器を ID で選び、作られたものと照合する。独自の ID には独自の判定器が要る。チェックの有無は問わない。',
  },
  tests: {
    en: 'What is tested, below headings of any name: one item a line. For people.',
    ja: '何をどう試すか。見出しは自由で、一行に一項目を書く。人が読むものである。',
  },
  deploy: {
    en: 'The steps of a deployment, numbered from 1, each with points to see to or commands in a `bash` block. Commands are compared with the stacks that there are.',
    ja: '1 から始まる番号付きの手順。それぞれに確認項目か `bash` ブロックのコマンドを書く。コマンドは実在するスタックと照合する。',
  },
  rollback: {
    en: 'The ways back, in the shape of the steps above.',
    ja: '戻し方。デプロイ手順と同じ形で書く。',
  },
  checklist: {
    en: 'Points that a reviewer ticks off. `hashira document` answers the form’s own with evidence.',
    ja: 'レビューで確かめる項目。様式の項目には `hashira document` が証拠とともに答える。',
  },
  references: {
    en: 'What the author read: `- [title]: https://…`, with remarks below. For people.',
    ja: '参照したもの。`- [題名]: https://…` の形で書き、下に注記を添えられる。人が読むものである。',
  },
  related: {
    en: 'Documents that belong to this one: `- [title]: path`. For people.',
    ja: '関連する文書。`- [題名]: パス` の形で書く。人が読むものである。',
  },
};
