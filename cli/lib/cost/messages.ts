// What `hashira cost` and `hashira prices` say to a person, in both languages. Reasons, slips and scenarios bring their own sentences.
import type { Language } from '../../../design/problem.ts';
import { reasonIn } from '../../../design/refusal.ts';

const english = {
  noEnvironment: (name: string, subject: string) => `${subject} has no stack of ${name}`,
  unknownCommit: (spec: string) =>
    `cannot read ${spec} from git: expected <commit>:<path> of a document that the commit has; git show ${spec} says why`,
  compareTwo: 'expected two documents or assemblies after --compare',
  badDate: (found: string) => `--date is ${found}; expected a day such as 2026-11-25`,
  unknownRegion: (name: string, known: string) => `no price table for region ${name}; expected ${known}`,
  refused: (count: number) => `no estimate: ${count} problem${count === 1 ? '' : 's'}`,
  heading: (environment: string, monthly: string, yearly: string) =>
    `${environment}: ${monthly} a month, ${yearly} a year`,
  atLeast: (environment: string, monthly: string, yearly: string) =>
    `${environment}: at least ${monthly} a month, ${yearly} a year`,
  unpriced: (count: number) =>
    `Not counted, and therefore not compared with a document (${count} kind${count === 1 ? '' : 's'}):`,
  noRegion: (stack: string, known: string) =>
    `nobody says in which region ${stack} is; add --region, one of ${known}, or --design with its document`,
  columns: {
    type: 'type',
    count: 'number',
    reasonOfNone: 'why',
    group: 'group',
    item: 'item',
    resource: 'resource',
    quantity: 'quantity',
    unitPrice: 'unit price',
    amount: '$ a month',
    confidence: 'conf.',
    line: 'line',
    document: 'document',
    stated: 'stated',
    computed: 'computed',
    fromAmounts: 'from its amounts',
    fromFigures: 'from its figures',
    reason: 'why they differ',
    scenario: 'scenario',
    difference: 'difference',
    before: 'before',
    after: 'after',
  },
  others: (count: number) => `${count} line${count === 1 ? '' : 's'} under $0.05`,
  freeTier: (share: number) => `free tier of the account${share === 1 ? '' : ` (${Math.round(share * 100)} % of it)`}`,
  total: 'total',
  documentBeside: (same: number, all: number) => `Document beside computed: ${same} of ${all} lines say the same`,
  totals: "The document's totals, made again from its own lines:",
  sums: { month: 'month', year: 'year' },
  slips: (count: number) => `Slips in the document's estimate (${count}):`,
  scenarios: 'Scenarios:',
  lost: (count: number) => `breaks ${count} statement${count === 1 ? '' : 's'}`,
  notJudged: 'not judged',
  under: (percent: string) => `${percent} under the platform as designed`,
  regions: (list: string) => `By region: ${list}`,
  budget: (criterion: string | undefined, amount: string, headroom: string) =>
    `Budget${criterion === undefined ? '' : ` (${criterion})`}: ${amount}, headroom ${headroom}`,
  assumptions: (list: string) => `Figures of use that no document states (give them with --usage): ${list}`,
  hours: (hours: number, why: string) => `Runs ${hours} of 168 hours a week: ${why}`,
  prices: (oldest: string, counts: string) =>
    `Prices: on demand, USD before tax, oldest ${oldest}; ${counts} (H price list, M derived, L to be verified)`,
  leftOut:
    'Not counted: traffic between zones, which no template tells the amount of (0.01 USD a GB on each side), support plans, and tax',
  stale: (oldest: string, days: number) =>
    `the prices of ${oldest} are ${days} days old; look them up again with: hashira prices refresh`,
  fresh: (region: string, oldest: string, days: number, counts: string) =>
    `${region}: oldest price ${oldest}, ${days} days old; ${counts}`,
  noChange: 'no price changed',
  confirmed: (region: string, count: number) => `${region}: ${count} prices as they were`,
  absent: (region: string, items: string) => `${region}: not found, left as they were: ${items}`,
  ambiguous: (region: string, item: string, skus: string) =>
    `${region}: ${item} fits products of different prices, left as it was: ${skus}`,
  implausible: (region: string, item: string, before: string, after: string) =>
    `${region}: ${item} is ${after} in the list and ${before} here; ten times more or less is left as it was for a person to look at`,
  notFetched: (error: unknown) => `prices not refreshed, nothing written: ${reasonIn(error, 'en')}`,
  unwritable: (file: string, error: unknown) => `cannot write ${file}: ${reasonIn(error, 'en')}`,
  written: (files: string) => `written: ${files}`,
  comparison: (before: string, after: string) => `Cost: ${before} → ${after}`,
  noDifference: 'No difference.',
};

type CostMessages = typeof english;

const japanese: CostMessages = {
  noEnvironment: (name, subject) => `${subject} に ${name} のスタックがありません`,
  unknownCommit: (spec) =>
    `git から ${spec} を読めません。<コミット>:<パス> の形で、コミットにある設計書を指定してください（git show ${spec} で理由が分かります）`,
  compareTwo: '--compare には設計書またはアセンブリを二つ指定してください',
  badDate: (found) => `--date が ${found} です。2026-11-25 のような日付を指定してください`,
  unknownRegion: (name, known) => `リージョン ${name} の料金表がありません。${known} のいずれかを指定してください`,
  refused: (count) => `見積もりできません: 問題が ${count} 件あります`,
  heading: (environment, monthly, yearly) => `${environment}: 月額 ${monthly}、年額 ${yearly}`,
  atLeast: (environment, monthly, yearly) => `${environment}: 少なくとも月額 ${monthly}、年額 ${yearly}`,
  unpriced: (count) => `含まないもの（${count} 種類。このため設計書とは比べません）:`,
  noRegion: (stack, known) =>
    `${stack} のリージョンが分かりません。--region（${known}）か、--design で設計書を指定してください`,
  columns: {
    type: '種別',
    count: '数',
    reasonOfNone: '理由',
    group: 'グループ',
    item: '品目',
    resource: 'リソース',
    quantity: '数量',
    unitPrice: '単価',
    amount: '月額 $',
    confidence: '確度',
    line: '行',
    document: '設計書',
    stated: '記載',
    computed: '計算',
    fromAmounts: '行の金額から',
    fromFigures: '行の数値から',
    reason: '差の理由',
    scenario: 'シナリオ',
    difference: '差額',
    before: '変更前',
    after: '変更後',
  },
  others: (count) => `$0.05 未満の ${count} 行`,
  freeTier: (share) => `アカウントの無料枠${share === 1 ? '' : `（その ${Math.round(share * 100)}%）`}`,
  total: '合計',
  documentBeside: (same, all) => `設計書と計算の対比: ${all} 行中 ${same} 行が一致`,
  totals: '設計書の合計を、その行から計算し直した値:',
  sums: { month: '月の総計', year: '年の総計' },
  slips: (count) => `設計書の見積もりの誤り (${count} 件):`,
  scenarios: 'シナリオ:',
  lost: (count) => `記述 ${count} 件が成り立たなくなる`,
  notJudged: '未判定',
  under: (percent) => `設計どおりの構成より ${percent} 安い`,
  regions: (list) => `リージョン別: ${list}`,
  budget: (criterion, amount, headroom) =>
    `予算${criterion === undefined ? '' : ` (${criterion})`}: ${amount}、余裕 ${headroom}`,
  assumptions: (list) => `設計書にない使用量（--usage で指定可能）: ${list}`,
  hours: (hours, why) => `週168時間のうち ${hours} 時間稼働: ${why}`,
  prices: (oldest, counts) =>
    `単価: オンデマンド、USD、税抜き。最も古いものは ${oldest}。${counts}（H 料金表、M 導出、L 要確認）`,
  leftOut:
    '含まないもの: AZ間の通信（1GBにつき送受信の各側で0.01 USD。量はテンプレートから分からない）、サポート料金、税',
  stale: (oldest, days) => `${oldest} の単価は ${days} 日前のものです。hashira prices refresh で調べ直してください`,
  fresh: (region, oldest, days, counts) => `${region}: 最も古い単価は ${oldest}（${days} 日前）。${counts}`,
  noChange: '変わった単価はありません',
  confirmed: (region, count) => `${region}: ${count} 件は変更なし`,
  absent: (region, items) => `${region}: 見つからず元のまま: ${items}`,
  ambiguous: (region, item, skus) => `${region}: ${item} は単価の異なる複数の製品に当てはまり、元のまま: ${skus}`,
  implausible: (region, item, before, after) =>
    `${region}: ${item} は一覧では ${after}、ここでは ${before} です。10 倍を超える差があるので元のままにしました。確認してください`,
  notFetched: (error) => `単価を調べ直せませんでした。何も書き込んでいません: ${reasonIn(error, 'ja')}`,
  unwritable: (file, error) => `${file} に書き込めません: ${reasonIn(error, 'ja')}`,
  written: (files) => `書込先: ${files}`,
  comparison: (before, after) => `費用: ${before} → ${after}`,
  noDifference: '差はありません。',
};

export const costCatalogues: Readonly<Record<Language, CostMessages>> = { ja: japanese, en: english };
export type { CostMessages };
