// The form's checklist, answered: each point with what verdicts, estimate and document have to say about it, its box ticked where they
// speak for it and nothing speaks against it. Points are known by their words, in whatever order they stand; one that is not known stays as its author left it.
import type { Language } from '../../design/problem.ts';
import { budgetOf } from '../cost/budget.ts';
import { besideDocument } from '../cost/document/beside.ts';
import type { Estimate } from '../cost/estimate.ts';
import { committedPrices } from '../cost/prices/price-table.ts';
import type { Verdict } from '../judges/judge.ts';
import { unlisted } from './decisions.ts';
import type { DocumentInput } from './input.ts';
import { words } from './words.ts';

interface Said {
  readonly holds: boolean;
  readonly text: string;
}

interface Answer extends Said {
  /** The point in English. */
  readonly name: string;
}

/** What points are answered from. */
interface Known extends Pick<DocumentInput, 'design' | 'lines' | 'statements' | 'criteria' | 'records' | 'fileExists'> {
  /** Of production; absent where something has no price. */
  readonly estimate: Estimate | undefined;
  readonly lang: Language;
}

/** Words by which a point is known, what it is called in English, and its answer. */
type Point = readonly [words: RegExp, name: string, answer: (known: Known) => Said];

/** The first that fits counts: the more particular stand first. */
const points: readonly Point[] = [
  [/最小権限|least privilege/i, 'Least privilege', (known) => judged(known, /^AC-SEC-5$/, /^roles\./)],
  [/Well-Architected/i, 'Well-Architected pillars', pillars],
  [/識別子|メタデータ|機能名|metadata/i, 'Id and feature', identity],
  [/受入条件|EARS|acceptance/i, 'Acceptance criteria in EARS', sentences],
  [/ADR|決定|decision/i, 'Decisions', decisions],
  [
    /セキュリティ要件|セキュリティの要件|security/i,
    'Security requirements',
    (known) => judged(known, /^AC-SEC-/, /^securityGroups\./),
  ],
  [/見積|コスト|費用|cost/i, 'Cost estimate', cost],
  [/伸縮|スケーラ|scal/i, 'Scaling', scaling],
  [/災害|ディザスタ|disaster|recovery/i, 'Disaster recovery', recovery],
  [/デプロイ|ロールバック|deploy/i, 'Deployment and rollback', procedures],
  [/スタック|stack/i, 'Stacks', (known) => judged(known, undefined, /^stacks\./)],
  [
    /監視|ログ|monitor/i,
    'Monitoring and logs',
    (known) => judged(known, /^AC-OPS-[1-3]$/, /^(?:alarms|logs|dashboards)\./),
  ],
  [/テスト|test/i, 'Tests', tests],
  [/推奨事項|ベストプラクティス|出典|参考|reference/i, 'Current practice and sources', references],
];

/** The answer to a point; `undefined` for one that is none of the form's. */
export function answerTo(point: string, known: Known): Answer | undefined {
  const found = points.find(([about]) => about.test(point));
  return found && { name: found[1], ...found[2](known) };
}

/** Whether a verdict speaks for what it is about: what only a running platform can show is told, and speaks neither way. */
const against: ReadonlySet<Verdict> = new Set(['fail', 'unresolved']);

function counted(verdicts: readonly Verdict[], lang: Language): string {
  const say = words[lang].verdicts;
  const kinds = Object.keys(say) as readonly Verdict[];
  return kinds
    .map((kind) => [say[kind], verdicts.filter((one) => one === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(lang === 'ja' ? '、' : ', ');
}

const pick = (lang: Language, ja: string, en: string): string => (lang === 'ja' ? ja : en);

/** By the verdicts on some criteria and on some lines, in every environment. */
function judged({ statements, criteria, lang }: Known, ids: RegExp | undefined, paths: RegExp): Said {
  const onCriteria = ids === undefined ? [] : criteria.filter(({ id }) => ids.test(id));
  const onLines = statements.filter(({ path }) => paths.test(path));
  const verdicts = [...onCriteria, ...onLines].map(({ verdict }) => verdict);
  const names = [...new Set(onCriteria.map(({ id }) => id))];
  const parts = [
    ...(names.length === 0
      ? []
      : [
          `${names.join(pick(lang, '、', ', '))}: ${counted(
            onCriteria.map(({ verdict }) => verdict),
            lang,
          )}`,
        ]),
    `${pick(lang, `${linesOf(onLines)}行の判定`, `verdicts on ${linesOf(onLines)} lines`)}: ${counted(
      onLines.map(({ verdict }) => verdict),
      lang,
    )}`,
  ];
  return {
    holds: verdicts.includes('pass') && !verdicts.some((one) => against.has(one)),
    text: parts.join(pick(lang, '。', '; ')),
  };
}

const linesOf = (verdicts: readonly { readonly line: number }[]) => new Set(verdicts.map(({ line }) => line)).size;

/** That it scales is said of a platform that runs: until one was seen to, the templates alone do not tick this point. */
function scaling(known: Known): Said {
  const said = judged(known, /^(?:AC-PERF-[23]|AC-REL-6)$/, /^sizes\.[a-z]+\.task\./);
  const unseen = known.criteria.some(({ id, verdict }) => /^AC-PERF-[23]$/.test(id) && verdict === 'needs-runtime');
  if (!unseen) return said;
  return {
    holds: false,
    text: `${said.text}${pick(
      known.lang,
      '。実測は `hashira load` と `hashira drill surge` による',
      '; to be measured by `hashira load` and `hashira drill surge`',
    )}`,
  };
}

function identity({ design, lines, lang }: Known): Said {
  const stated = (path: string) => lines.some(({ statements }) => statements.some((one) => one.path === path));
  return {
    holds: stated('id') && stated('feature'),
    text: pick(lang, `id ${design.id}、feature ${design.feature}`, `id ${design.id}, feature ${design.feature}`),
  };
}

function decisions({ design, records, fileExists, lang }: Known): Said {
  const links = [...design.decisions.map(({ link }) => link), ...unlisted({ design, records }).map(({ file }) => file)];
  const found = links.filter(fileExists).length;
  return {
    holds: found === links.length,
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

/** Five pillars by their criteria; the sixth, sustainability, by what runs no longer than it is used. */
function pillars({ design, criteria, lang }: Known): Said {
  const found = pillarNames.map(([ids, ja, en]) => ({
    name: pick(lang, ja, en),
    verdicts: criteria.filter(({ id }) => ids.test(id)).map(({ verdict }) => verdict),
  }));
  const stops = design.workingHours
    ? pick(lang, '開発環境の夜間停止', 'development stops at night')
    : pick(lang, '夜間停止なし', 'nothing stops at night');
  const told = found.map(({ name, verdicts }) => `${name}: ${counted(verdicts, lang) || pick(lang, 'なし', 'none')}`);
  return {
    holds: found.every(({ verdicts }) => verdicts.includes('pass') && !verdicts.some((one) => against.has(one))),
    text: [...told, `${pick(lang, '持続可能性', 'sustainability')}: ${stops}`].join(pick(lang, '。', '; ')),
  };
}

function sentences({ design: { criteria }, lang }: Known): Said {
  const patterns = new Set(criteria.map(({ pattern }) => pattern)).size;
  return {
    holds: criteria.length > 0,
    text: pick(
      lang,
      `${patterns}つの型による${criteria.length}件`,
      `${criteria.length} sentences in ${patterns} patterns`,
    ),
  };
}

/**
 * An estimate is sound when each of its lines is about something that is built and has a price, and the whole is within the budget. Whether
 * the amounts were right does not matter: the document that has this answer in it has them put right.
 */
function cost({ design, estimate, lang }: Known): Said {
  if (estimate === undefined) return { holds: false, text: pick(lang, '計算できない', 'cannot be reckoned') };
  const { amount, headroom } = budgetOf(design, 'production', estimate.monthly);
  const rows = besideDocument(design, estimate, committedPrices).filter(({ path }) => path !== undefined);
  const held = rows.filter(({ verdict }) => verdict === 'same' || verdict === 'differs').length;
  const usd = (value: number) => `$${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}`;
  return {
    holds: headroom >= 0 && held === rows.length,
    text: pick(
      lang,
      `${rows.length}行のうち${held}行を計算と照合した。本番環境は月${usd(estimate.monthly)}の計算で、上限の${usd(amount)}${headroom >= 0 ? 'に収まる' : 'を超える'}`,
      `${held} of ${rows.length} lines are held against the reckoning; production is reckoned at ${usd(estimate.monthly)} a month, ${headroom >= 0 ? 'within' : 'over'} ${usd(amount)}`,
    ),
  };
}

function recovery({ design: { recovery: wanted }, statements, lang }: Known): Said {
  if (wanted === undefined) return { holds: false, text: pick(lang, '戦略がない', 'there is no strategy') };
  const verdicts = statements.filter(({ path }) => path.startsWith('recovery.')).map(({ verdict }) => verdict);
  const hours = (seconds: number) => Number((seconds / 3600).toFixed(2));
  const [rpo, rto] = [hours(wanted.rpoSeconds), hours(wanted.rtoSeconds)];
  const told = counted(verdicts, lang);
  return {
    holds: !verdicts.some((one) => against.has(one)),
    text: pick(
      lang,
      `${wanted.strategy}、RPO ${rpo}時間、RTO ${rto}時間。判定: ${told}`,
      `${wanted.strategy}, RPO ${rpo} h, RTO ${rto} h; verdicts: ${told}`,
    ),
  };
}

function tests({ design, lang }: Known): Said {
  const kinds = design.tests.filter(({ items }) => items.length > 0);
  const items = kinds.reduce((sum, kind) => sum + kind.items.length, 0);
  return {
    holds: kinds.length > 0,
    text: pick(lang, `${kinds.length}種類、${items}項目`, `${kinds.length} kinds, ${items} items`),
  };
}

function procedures({ design: { deployment }, statements, lang }: Known): Said {
  const [steps, back] = [deployment.steps.length, deployment.rollback.length];
  const verdicts = statements.filter(({ path }) => path.startsWith('deployment.')).map(({ verdict }) => verdict);
  const told = counted(verdicts, lang);
  return {
    holds: steps > 0 && back > 0 && !verdicts.some((one) => against.has(one)),
    text: pick(
      lang,
      `${steps}段階の手順と${back}つの戻し方。判定: ${told}`,
      `${steps} steps, ${back} ways back; verdicts: ${told}`,
    ),
  };
}

function references({ design, lang }: Known): Said {
  const cited = design.references.filter(({ target }) => /^https?:/.test(target)).length;
  return { holds: cited > 0, text: pick(lang, `出典${cited}件`, `${cited} sources`) };
}
