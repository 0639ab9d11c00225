// A slip of a document's estimate, as a value with its sentence in both languages.
import type { Language } from '../../../design/problem.ts';

/** A line that is off, with the reason that was found. */
interface OfLine {
  readonly what: string;
  readonly amount: number;
  readonly reason: Readonly<Record<Language, string>>;
}

interface Parameters {
  readonly arithmetic: OfLine;
  readonly 'other-region': OfLine;
  readonly 'other-item': OfLine;
  readonly 'no-resource': OfLine;
  readonly count: OfLine;
  readonly 'alarm-count': { count: number; thresholds: number };
  readonly traffic: { stated: number; month: number; perSecond: number; share: number };
  readonly 'missing-lines': { count: number; amount: number; names: readonly string[] };
  readonly sum: { what: string; stated: number; made: number };
  readonly 'night-stop': { said: number; saved: number; hours: number };
  readonly 'stop-not-counted': { monthly: number; share: number; said: number };
  readonly 'savings-base': { stated: number; made: number; percent: number; wholeBill: boolean };
  readonly 'savings-year': { stated: number; made: number };
  readonly 'savings-percent': { stated: number; made: number };
}

export type SlipCode = keyof Parameters;

export interface Slip {
  readonly code: SlipCode;
  /** Path in the design, from which the document's line is found. */
  readonly path: string;
  readonly message: Readonly<Record<Language, string>>;
}

type Sentences = { readonly [C in SlipCode]: Readonly<Record<Language, (p: Parameters[C]) => string>> };

const ofLine: Readonly<Record<Language, (p: OfLine) => string>> = {
  en: ({ what, reason }) => `${what}: ${reason.en}`,
  ja: ({ what, reason }) => `${what}: ${reason.ja}`,
};
const count = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

const sentences: Sentences = {
  arithmetic: ofLine,
  'other-region': ofLine,
  'other-item': ofLine,
  'no-resource': ofLine,
  count: ofLine,
  'alarm-count': {
    en: ({ count: stated, thresholds }) =>
      `${stated} alarms are paid for; the alarm table has ${thresholds} thresholds`,
    ja: ({ count: stated, thresholds }) => `費用の行は ${stated} アラーム。監視の表には閾値が ${thresholds} 個ある`,
  },
  traffic: {
    en: ({ stated, month, perSecond, share }) =>
      `${count(stated)} requests are 1/${share} of a month at ${perSecond} req/s (${count(month)})`,
    ja: ({ stated, month, perSecond, share }) =>
      `${count(stated)} リクエストは ${perSecond} req/s の1か月分 (${count(month)}) の 1/${share}`,
  },
  'missing-lines': {
    en: ({ count: lines, amount, names }) =>
      `${lines} lines are missing, $${amount} a month; the dearest: ${names.join(', ')}`,
    ja: ({ count: lines, amount, names }) =>
      `設計書に行のない費用が ${lines} 件ある（月 $${amount}）。大きいもの: ${names.join('、')}`,
  },
  sum: {
    en: ({ what, stated, made }) => `${what}: $${stated} is stated, its own parts make $${made}`,
    ja: ({ what, stated, made }) => `${what}: $${stated} とあるが、内訳の合計は $${made}`,
  },
  'night-stop': {
    en: ({ said, saved, hours }) => `stopping saves ${saved} % (${hours} of 168 hours run), not ${said} %`,
    ja: ({ said, saved, hours }) => `停止による削減は ${said}% ではなく ${saved}%（週168時間のうち ${hours} 時間稼働）`,
  },
  'stop-not-counted': {
    en: ({ monthly, share, said }) =>
      `$${monthly} is the share of production's bill alone ($${share}): the ${said} % for stopping was not taken off`,
    ja: ({ monthly, share, said }) =>
      `$${monthly} は本番費用の按分 ($${share}) のままで、停止による ${said}% は引かれていない`,
  },
  'savings-base': {
    en: ({ stated, made, percent, wholeBill }) =>
      `${percent} % off the services named gives $${made}, not $${stated}${wholeBill ? ', which is off the whole bill' : ''}`,
    ja: ({ stated, made, percent, wholeBill }) =>
      `挙げたサービスだけを ${percent}% 引くと $${made} で、$${stated} ではない${wholeBill ? '（全体から引いた額である）' : ''}`,
  },
  'savings-year': {
    en: ({ stated, made }) => `$${stated} a year does not follow from its parts, which make $${made}`,
    ja: ({ stated, made }) => `年間 $${stated} は内訳から導けない。内訳からは $${made}`,
  },
  'savings-percent': {
    en: ({ stated, made }) => `the saving stated is ${stated} %, the amounts make ${made} %`,
    ja: ({ stated, made }) => `削減率 ${stated}% とあるが、金額からは ${made}%`,
  },
};

export function slip<C extends SlipCode>(code: C, path: string, parameters: Parameters[C]): Slip {
  const say = (language: Language) => sentences[code][language](parameters);
  return { code, path, message: { ja: say('ja'), en: say('en') } };
}
