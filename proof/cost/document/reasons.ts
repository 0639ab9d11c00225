// Why a document's amount differs from the computed one, in both languages.
import type { Language } from '../../../design/problem.ts';
import { cents } from '../money.ts';

interface Parameters {
  readonly arithmetic: { stated: number; product: number };
  readonly 'other-region': { found: number; listed: number; unit: string; regions: readonly string[]; region: string };
  readonly 'other-item': { found: number; listed: number; unit: string; other: string; rate: number };
  readonly price: { found: number; listed: number; unit: string };
  readonly usage: { found: number; built: number; unit: string };
  readonly 'missing-line': { resource: string };
  readonly 'no-resource': object;
  readonly 'unknown-line': object;
  readonly unexplained: object;
}

export type ReasonCode = keyof Parameters;

export interface Reason {
  readonly code: ReasonCode;
  /** USD a month: the document's amount less what it would be without this. */
  readonly amount: number;
  readonly message: Readonly<Record<Language, string>>;
}

type Sentences = { readonly [C in ReasonCode]: Readonly<Record<Language, (p: Parameters[C]) => string>> };

const sentences: Sentences = {
  arithmetic: {
    en: ({ stated, product }) => `arithmetic: the line's own figures make $${product}, not $${stated}`,
    ja: ({ stated, product }) => `計算: 行の数値の積は $${product} で、$${stated} ではない`,
  },
  'other-region': {
    en: ({ found, listed, unit, regions, region }) =>
      `price of another region: $${found} is that of ${regions.join(' and ')}; ${region} has $${listed} (${unit})`,
    ja: ({ found, listed, unit, regions, region }) =>
      `別リージョンの単価: $${found} は ${regions.join('、')} のもの。${region} は $${listed} (${unit})`,
  },
  'other-item': {
    en: ({ found, listed, unit, other, rate }) =>
      `price of something else: $${found} is near ${other} ($${rate}); the price is $${listed} (${unit})`,
    ja: ({ found, listed, unit, other, rate }) =>
      `別の品目の単価: $${found} は ${other} ($${rate}) に近い。正しい単価は $${listed} (${unit})`,
  },
  price: {
    en: ({ found, listed, unit }) => `price: $${found} in the document, $${listed} in the table (${unit})`,
    ja: ({ found, listed, unit }) => `単価: 設計書は $${found}、料金表は $${listed} (${unit})`,
  },
  usage: {
    en: ({ found, built, unit }) => `quantity: ${found} in the document, ${built} computed (${unit})`,
    ja: ({ found, built, unit }) => `数量: 設計書は ${found}、計算では ${built} (${unit})`,
  },
  'missing-line': {
    en: ({ resource }) => `missing in the document: ${resource}`,
    ja: ({ resource }) => `設計書に行がない: ${resource}`,
  },
  'no-resource': {
    en: () => 'no resource of the templates uses it',
    ja: () => 'テンプレートのどのリソースも使わない',
  },
  'unknown-line': {
    en: () => 'not known: nothing here reads this line',
    ja: () => 'この行を読む規則がない',
  },
  unexplained: { en: () => 'the amounts differ', ja: () => '金額が異なる' },
};

export function reason<C extends ReasonCode>(code: C, amount: number, parameters: Parameters[C]): Reason {
  const say = (language: Language) => sentences[code][language](parameters);
  return { code, amount: cents(amount), message: { ja: say('ja'), en: say('en') } };
}
