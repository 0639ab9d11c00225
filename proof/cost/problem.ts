// What keeps an estimate from being made, as values. A cost is never left out and never $0 for want of a price: it is named here,
// with the place, what was found, what is known near it, and what to do.
import { inLanguage, type Words } from '../../design/messages/words.ts';
import { type Language, languages } from '../../design/problem.ts';
import { unitIn } from '../../design/words/price-units.ts';

interface Parameters {
  /** A resource type that nothing prices and that is not free. */
  readonly 'unknown-type': { type: string; resource: string; nearest: readonly string[] };
  /** A nested stack whose template lies nowhere that was read. */
  readonly 'unread-template': { resource: string };
  readonly 'no-price-table': { region: string; known: readonly string[] };
  readonly 'missing-price': { item: string; region: string; nearest: readonly string[] };
  readonly 'missing-usage': { key: string; unit: string };
  readonly 'unknown-usage': { file: string; key: string; nearest: readonly string[] };
  readonly 'bad-usage': { file: string; key: Words | string; found: string; expected: Words };
  readonly 'unreadable-usage': { file: string; reason: Words };
  /** A property that a quantity hangs on is one that the templates do not settle. */
  readonly 'unresolved-quantity': { resource: string; property: string; found: Words | string };
}

export type CostProblemCode = keyof Parameters;

export interface CostProblem {
  readonly code: CostProblemCode;
  readonly message: Readonly<Record<Language, string>>;
}

type Sentences = { readonly [C in CostProblemCode]: Readonly<Record<Language, (p: Parameters[C]) => string>> };

const sentences: Sentences = {
  'unknown-type': {
    en: ({ type, resource, nearest }) =>
      `no price for ${type} (${resource}): nothing prices the type and it is not listed as free; nearest known: ${nearest.join(', ')}; hashira cost without --strict leaves it out and says so`,
    ja: ({ type, resource, nearest }) =>
      `${type} (${resource}) の単価がありません。料金計算器も無料の一覧もこの種別を扱いません。近いもの: ${nearest.join('、')}。--strict を付けない hashira cost は、これを除いて見積もり、その旨を示します`,
  },
  'unread-template': {
    en: ({ resource }) =>
      `${resource}: its nested template was not found, so what it holds cannot be priced; put the file where its TemplateURL says, by a relative path`,
    ja: ({ resource }) =>
      `${resource}: ネストされたテンプレートが見つからず、その中身の費用を計算できません。TemplateURL の相対パスの場所に置いてください`,
  },
  'no-price-table': {
    en: ({ region, known }) =>
      `no price table for region ${region}; there are tables for ${known.join(', ')}; add aws/prices/${region}.json`,
    ja: ({ region, known }) =>
      `リージョン ${region} の料金表がありません。あるのは ${known.join('、')} です。aws/prices/${region}.json を加えてください`,
  },
  'missing-price': {
    en: ({ item, region, nearest }) =>
      `no price for ${item} in ${region}; nearest known: ${nearest.join(', ')}; add it to aws/prices/${region}.json`,
    ja: ({ item, region, nearest }) =>
      `${region} の料金表に ${item} がありません。近いもの: ${nearest.join('、')}。aws/prices/${region}.json に加えてください`,
  },
  'missing-usage': {
    en: ({ key, unit }) =>
      `the usage ${key} (${unit}) is not known: no document states it and it cannot be derived; give it with --usage FILE, or name the document with --design`,
    ja: ({ key, unit }) =>
      `使用量 ${key}（${unitIn(unit, 'ja')}）が分かりません。設計書になく、導くこともできません。--usage ファイル で与えるか、--design で設計書を指定してください`,
  },
  'unknown-usage': {
    en: ({ file, key, nearest }) => `${file}: unknown usage key ${key}; nearest known: ${nearest.join(', ')}`,
    ja: ({ file, key, nearest }) => `${file}: 使用量のキー ${key} はありません。近いもの: ${nearest.join('、')}`,
  },
  'bad-usage': {
    en: ({ file, key, found, expected }) => `${file}: ${inLanguage(key, 'en')} is ${found}; expected ${expected.en}`,
    ja: ({ file, key, found, expected }) =>
      `${file}: ${inLanguage(key, 'ja')} が ${found} です。${expected.ja}を指定してください`,
  },
  'unreadable-usage': {
    en: ({ file, reason }) => `cannot read ${file}: ${reason.en}; expected a usage profile in YAML or JSON`,
    ja: ({ file, reason }) => `${file} を読めません: ${reason.ja}。YAML または JSON の使用量を指定してください`,
  },
  'unresolved-quantity': {
    en: ({ resource, property, found }) =>
      `${resource}: ${property} is ${inLanguage(found, 'en')}, so its cost cannot be told; expected a figure in the template`,
    ja: ({ resource, property, found }) =>
      `${resource}: ${property} が${inLanguage(found, 'ja')}のため費用を計算できません。テンプレートに数値が必要です`,
  },
};

export function costProblem<C extends CostProblemCode>(code: C, parameters: Parameters[C]): CostProblem {
  const say = (language: Language) => sentences[code][language](parameters);
  const [ja, en] = languages;
  return { code, message: { ja: say(ja), en: say(en) } };
}

/** Thrown inside a pricer where it cannot go on; `estimate` collects it. */
export class CostError extends Error {
  readonly problem: CostProblem;
  constructor(problem: CostProblem) {
    super(problem.message.en);
    this.problem = problem;
  }
}

/** Stops with a problem. */
export function refuse<C extends CostProblemCode>(code: C, parameters: Parameters[C]): never {
  throw new CostError(costProblem(code, parameters));
}
