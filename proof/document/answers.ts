// What can be said to the points of the form's checklist, and whether it earns the tick. A point that asks for something to be so is
// ticked when every verdict on it passed, and left open while one of them waits for a running platform or could not be reached. A point
// that asks for something to be stated and clear is ticked when it is stated and nothing built speaks against it; what was not judged is
// told beside it.

import { committedPrices } from '../../aws/prices/price-table.ts';
import { productionOf } from '../../design/environments.ts';
import type { Language } from '../../design/problem.ts';
import { budgetOf } from '../cost/budget.ts';
import { besideDocument } from '../cost/document/beside.ts';
import type { Estimate } from '../cost/estimate.ts';
import { cents } from '../cost/money.ts';
import type { Verdict } from '../judges/judge.ts';
import { unlisted } from './decisions.ts';
import type { DocumentInput } from './input.ts';
import { words } from './words.ts';

export interface ChecklistAnswer {
  readonly holds: boolean;
  readonly text: string;
}

/** What points are answered from. */
export interface Known
  extends Pick<DocumentInput, 'design' | 'lines' | 'statements' | 'criteria' | 'records' | 'fileExists' | 'lang'> {
  /** Of production; absent where something has no price. */
  readonly estimate: Estimate | undefined;
}

export const pick = (lang: Language, ja: string, en: string): string => (lang === 'ja' ? ja : en);

/** Every verdict passed, on some criteria and on the lines that state some paths. */
export function fulfilled(known: Known, ids: RegExp, paths: RegExp): ChecklistAnswer {
  const { lang } = known;
  const criteria = known.criteria.filter(({ id }) => ids.test(id));
  const names = [...new Set(criteria.map(({ id }) => id))];
  const [onCriteria, onLines] = [overall(criteria, ({ id }) => id), linesOn(known, paths)];
  const verdicts = [...onCriteria, ...onLines];
  const isRun = verdicts.includes('needs-runtime');
  return {
    holds: onCriteria.includes('pass') && verdicts.every((verdict) => isGood.has(verdict)),
    text: sentence(lang, [
      names.length === 0
        ? pick(lang, '該当する受入条件がない', 'no criterion is about this')
        : `${names.join(pick(lang, '、', ', '))}: ${counted(onCriteria, lang)}`,
      onTheLines(onLines, lang),
      ...(isRun
        ? [
            pick(
              lang,
              '実測の結果は本書に書かず、`hashira build` が報告する',
              'what is measured is reported by `hashira build`, not here',
            ),
          ]
        : []),
    ]),
  };
}

/** The lines are there, and nothing that is built speaks against them. */
export function defined(known: Known, paths: RegExp): ChecklistAnswer {
  const verdicts = linesOn(known, paths);
  return { holds: verdicts.includes('pass') && isUncontested(verdicts), text: onTheLines(verdicts, known.lang) };
}

/** Of a platform that is said to be so: what does not bind it says nothing against it. */
const isGood: ReadonlySet<Verdict> = new Set(['pass', 'not-applicable']);
const isUncontested = (verdicts: readonly Verdict[]) =>
  verdicts.every((verdict) => verdict !== 'fail' && verdict !== 'unresolved');

/** The gravest first: what several environments and statements of one line come to together. */
const gravity: readonly Verdict[] = ['fail', 'unresolved', 'needs-runtime', 'not-judged', 'pass', 'not-applicable'];

/** One verdict for each line or criterion, of all environments. */
function overall<V extends { readonly verdict: Verdict }>(
  verdicts: readonly V[],
  of: (verdict: V) => string | number,
): readonly Verdict[] {
  return [...Map.groupBy(verdicts, of).values()].flatMap(
    (found) => gravity.find((verdict) => found.some((one) => one.verdict === verdict)) ?? [],
  );
}

const linesOn = ({ statements }: Known, paths: RegExp): readonly Verdict[] =>
  overall(
    statements.filter(({ path }) => paths.test(path)),
    ({ line }) => line,
  );

/** In the order in which they are told. */
const kinds: readonly Verdict[] = ['pass', 'not-applicable', 'needs-runtime', 'not-judged', 'unresolved', 'fail'];

function counted(verdicts: readonly Verdict[], lang: Language): string {
  const say = words[lang].verdicts;
  return kinds
    .map((kind) => [say[kind], verdicts.filter((one) => one === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(pick(lang, '、', ', '));
}

const onTheLines = (verdicts: readonly Verdict[], lang: Language): string =>
  `${pick(lang, `本書の${verdicts.length}行`, many(verdicts.length, 'line'))}: ${counted(verdicts, lang)}`;

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const sentence = (lang: Language, parts: readonly string[]): string => parts.join(pick(lang, '。', '; '));

export function identity({ design, lines, lang }: Known): ChecklistAnswer {
  const stated = (path: string) => lines.some(({ statements }) => statements.some((one) => one.path === path));
  const holds = stated('id') && stated('feature');
  return {
    holds,
    text: sentence(lang, [
      pick(lang, `id ${design.id}、feature ${design.feature}`, `id ${design.id}, feature ${design.feature}`),
      ...(holds
        ? []
        : [pick(lang, '本書に記入がなく、仮の値である', 'stand-ins, as the document does not state them')]),
    ]),
  };
}

/** Every record that the document names, in its front matter and its list, is there. */
export function decisions({ design, records, fileExists, lang }: Known): ChecklistAnswer {
  const listed = [
    ...design.decisions.map(({ link }) => link),
    ...unlisted({ design, records }).map(({ file }) => file),
  ];
  const links = [...new Set([...design.relatedAdr, ...listed])];
  const found = links.filter(fileExists).length;
  return {
    holds: links.length > 0 && found === links.length,
    text: pick(lang, `${links.length}件のうち${found}件の記録がある`, `${found} of ${links.length} records are there`),
  };
}

const pillarNames: readonly (readonly [ids: RegExp, ja: string, en: string])[] = [
  [/^AC-OPS-/, '運用', 'operations'],
  [/^AC-SEC-/, 'セキュリティ', 'security'],
  [/^AC-REL-/, '信頼性', 'reliability'],
  [/^AC-PERF-/, '性能', 'performance'],
  [/^AC-COST-/, '費用', 'cost'],
];

/** Five pillars by their criteria. The form is older than the sixth, sustainability, which is told by what runs no longer than it is used. */
export function pillars({ design, criteria, lang }: Known): ChecklistAnswer {
  const found = pillarNames.map(([ids, ja, en]) => ({
    name: pick(lang, ja, en),
    verdicts: overall(
      criteria.filter(({ id }) => ids.test(id)),
      ({ id }) => id,
    ),
  }));
  const told = found.map(({ name, verdicts }) => `${name}: ${counted(verdicts, lang) || pick(lang, 'なし', 'none')}`);
  const stops = Object.values(design.workingHours).includes(true)
    ? pick(lang, '開発環境を使わない時間に止める', 'development stops while nobody uses it')
    : pick(lang, '止める時間の定めなし', 'nothing is stopped');
  return {
    holds: found.every(({ verdicts }) => verdicts.includes('pass') && isUncontested(verdicts)),
    text: sentence(lang, [...told, `${pick(lang, '6本目の持続可能性', 'sustainability, the sixth')}: ${stops}`]),
  };
}

/** How a sentence of each pattern reads (https://alistairmavin.com/ears/), in Japanese and in English. */
const patterns: Readonly<Record<Known['design']['criteria'][number]['pattern'], RegExp>> = {
  ubiquitous: /^(?!もし|.*(?:とき|間)、システムは).*システムは|^the .+ shall /i,
  'event-driven': /(?:とき|際)[、,]|^when .+ shall /i,
  'state-driven': /間[、,]|^while .+ shall /i,
  optional: /^もし.+場合[、,]|^where .+ shall /i,
  unwanted: /^もし.+場合[、,]|^if .+ shall /i,
};

/** The sentences are of the patterns that they say they are of. */
export function sentences({ design: { criteria }, lang }: Known): ChecklistAnswer {
  const count = new Set(criteria.map(({ pattern }) => pattern)).size;
  const odd = criteria.filter(({ pattern, text }) => !patterns[pattern].test(text)).map(({ id }) => id);
  return {
    holds: criteria.length > 0 && odd.length === 0,
    text: sentence(lang, [
      pick(
        lang,
        `${count}つの型による${criteria.length}件`,
        `${many(criteria.length, 'sentence')} in ${many(count, 'pattern')}`,
      ),
      ...(odd.length === 0
        ? []
        : [
            pick(
              lang,
              `型の書き方に合わないもの: ${odd.join('、')}`,
              `not worded as their pattern is: ${odd.join(', ')}`,
            ),
          ]),
    ]),
  };
}

/** The estimate is sound when its rows are what the resources cost, as they read once they are put right, and the whole is within the budget. */
export function cost({ design, estimate, lang }: Known): ChecklistAnswer {
  if (estimate === undefined) return { holds: false, text: pick(lang, '計算できない', 'cannot be estimated') };
  const { amount, headroom } = budgetOf(design, productionOf(design), estimate.monthly);
  const beside = besideDocument(design, estimate, committedPrices);
  const rows = beside.filter(({ path }) => path !== undefined);
  // A row of nothing that costs nothing is right.
  const same = rows.filter(
    ({ verdict, stated }) => verdict === 'same' || (verdict === 'not-built' && stated === 0),
  ).length;
  const usd = (value: number) => `$${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}`;
  const [month, limit] = [usd(cents(estimate.monthly)), usd(amount)];
  return {
    holds: headroom >= 0 && same === rows.length,
    text: sentence(lang, [
      pick(
        lang,
        `${rows.length}行のうち${same}行が計算と合う`,
        `${same} of ${rows.length} rows agree with the estimate`,
      ),
      pick(
        lang,
        `行のない費用を足し無料枠を引いた本番環境は月${month}で、上限の${limit}${headroom >= 0 ? 'に収まる' : 'を超える'}`,
        `production comes to ${month} a month, with what has no row and less free tiers, ${headroom >= 0 ? 'within' : 'over'} the budget of ${limit}`,
      ),
    ]),
  };
}

export function recovery(known: Known): ChecklistAnswer {
  const { lang, design } = known;
  const wanted = design.recovery;
  if (wanted === undefined) return { holds: false, text: pick(lang, '戦略がない', 'there is no strategy') };
  const verdicts = linesOn(known, /^recovery\./);
  const hours = (seconds: number) => Number((seconds / 3600).toFixed(2));
  const [rpo, rto] = [hours(wanted.rpoSeconds), hours(wanted.rtoSeconds)];
  return {
    holds: verdicts.includes('pass') && isUncontested(verdicts),
    text: sentence(lang, [
      pick(
        lang,
        `${wanted.strategy}、RPO ${rpo}時間、RTO ${rto}時間`,
        `${wanted.strategy}, RPO ${rpo} h, RTO ${rto} h`,
      ),
      onTheLines(verdicts, lang),
      pick(lang, '所要時間は `hashira drill region` で測る', 'how long it takes is measured by `hashira drill region`'),
    ]),
  };
}

/** Whether tests were run is no matter of the document's: it says which there are to be. */
export function tests(known: Known): ChecklistAnswer {
  const { design, lang } = known;
  const items = design.tests.reduce((sum, kind) => sum + kind.items.length, 0);
  const verdicts = linesOn(known, /^tests\./);
  return {
    holds: items > 0 && isUncontested(verdicts),
    text: sentence(lang, [
      pick(
        lang,
        `${design.tests.length}種類、${items}項目`,
        `${many(design.tests.length, 'kind')}, ${many(items, 'item')}`,
      ),
      pick(lang, '実施したかどうかは判定しない', 'whether they were carried out is not judged'),
    ]),
  };
}

/** Commands are held against the stacks; the steps of people are told as what they are. */
export function procedures(known: Known): ChecklistAnswer {
  const { design, lang } = known;
  const [steps, back] = [design.deployment.steps.length, design.deployment.rollback.length];
  const verdicts = linesOn(known, /^deployment\./);
  return {
    holds: steps > 0 && back > 0 && isUncontested(verdicts),
    text: sentence(lang, [
      pick(lang, `${steps}段階の手順と${back}つの戻し方`, `${many(steps, 'step')}, ${many(back, 'way')} back`),
      onTheLines(verdicts, lang),
      ...(verdicts.includes('not-judged')
        ? [pick(lang, '未判定は人が行う手順である', 'those not judged are for people to carry out')]
        : []),
    ]),
  };
}

/** Guides of CDK v1, whose support ended in June 2023, are found where no version is named. */
const outdated = /docs\.aws\.amazon\.com\/cdk\/(?:latest|v1)\//;

/** Sources are named, none of them outdated, and no placeholder stands for one. Nothing is fetched: whether a link is alive is not known. */
export function references({ design, lines, lang }: Known): ChecklistAnswer {
  const cited = design.references.filter(({ target }) => /^https?:/.test(target));
  const old = cited.filter(({ target }) => outdated.test(target)).map(({ title }) => title);
  const open = lines.filter(({ kind, section }) => kind === 'placeholder' && section.startsWith('参考資料')).length;
  return {
    holds: cited.length > 0 && old.length === 0 && open === 0,
    text: sentence(lang, [
      pick(lang, `出典${cited.length}件`, many(cited.length, 'source')),
      ...(old.length === 0
        ? []
        : [
            pick(
              lang,
              `サポートの終わったCDK v1の案内: ${old.join('、')}`,
              `a guide of CDK v1, which is out of support: ${old.join(', ')}`,
            ),
          ]),
      ...(open === 0 ? [] : [pick(lang, `記入されていない${open}行`, `${many(open, 'line')} not filled in`)]),
      pick(lang, 'リンク先は開いていない', 'the links were not opened'),
    ]),
  };
}
