// The words of an alarm's lines: `平均 > 1s (Warning), 平均 > 3s (Critical)`, `5分`, `2回連続`.
import { numberAt, numberPattern, partOf, plain, put, type ValueRow } from './place.ts';
import { anyOf, type Choices, termsOf, type Vocabulary, wordFor } from './term.ts';

export const statistics = [
  ['Average', { ja: '平均', en: 'average' }],
  ['Sum', { ja: '合計', en: 'sum' }],
  ['Minimum', { ja: '最小', en: 'minimum' }],
  ['Maximum', { ja: '最大', en: 'maximum' }],
] as const satisfies Choices<string>;

export const comparisons = [
  ['>', { ja: '>', en: '>' }],
  ['>=', { ja: '>=', en: '>=', also: ['≥', '≧'] }],
  ['<', { ja: '<', en: '<' }],
  ['<=', { ja: '<=', en: '<=', also: ['≤', '≦'] }],
] as const satisfies Choices<string>;

export const thresholdUnits = [
  ['count', { ja: '', en: '', also: ['件', '回', '個'] }],
  ['s', { ja: 's', en: 's', also: ['秒'] }],
  ['ms', { ja: 'ms', en: 'ms', also: ['ミリ秒'] }],
  ['%', { ja: '%', en: '%' }],
  ['% of max', { ja: '% of max', en: '% of max' }],
  ['GB', { ja: 'GB', en: 'GB' }],
  ['MB', { ja: 'MB', en: 'MB' }],
] as const satisfies Choices<string>;

const statistic = anyOf(termsOf(statistics));
const comparison = anyOf(termsOf(comparisons));

/** One threshold, in plain form. */
export const thresholdPattern = new RegExp(
  `^(?<statistic>${statistic})\\s*(?<comparison>${comparison})\\s*(?<number>${numberPattern})\\s*(?<unit>[^\\s(][^(]*?)?\\s*\\((?<severity>Warning|Critical)\\)$`,
  'i',
);

/** What a template has of a threshold: its statistic or comparison, or how many times the stated figure its own is. */
function thresholdAt(path: string, severity: 'Warning' | 'Critical'): ValueRow {
  const after = `[^(（<>≥≧≤≦]*[(（]\\s*${severity}`;
  const figure = new RegExp(`(?:${comparison})\\s*(${numberPattern})${after}`, 'i');
  return {
    path,
    write: (line, value) => {
      const stated = Number(figure.exec(line)?.[1]?.replaceAll(',', ''));
      const times = partOf(value, 'times');
      if (typeof times === 'number')
        return Number.isFinite(stated * times) ? put(line, figure, plain(stated * times)) : undefined;
      const compared = new RegExp(`(?:${statistic})\\s*(${comparison})\\s*${numberPattern}${after}`, 'i');
      const counted = new RegExp(`(${statistic})\\s*(?:${comparison})\\s*${numberPattern}${after}`, 'i');
      return (
        put(line, compared, wordFor(partOf(value, 'comparison'), comparisons)) ??
        put(line, counted, wordFor(partOf(value, 'statistic'), statistics))
      );
    },
  };
}

/** `2回連続`, `1回`, in plain form. */
export const evaluationPattern = /^(?<count>\d+)\s*(?:回(?:\s*連続)?|consecutive)$/;

export const alarmWords = {
  terms: [
    { ja: '閾値', en: 'Threshold', also: ['しきい値'] },
    { ja: '評価期間', en: 'Evaluation periods' },
    { ja: '期間', en: 'Period' },
  ],
  phrases: [
    { ja: /監視$/, en: '' },
    ...termsOf(statistics).map(({ ja, en }) => ({ ja: new RegExp(`${ja}(?=\\s*[<>≥≧≤≦])`), en })),
    { ja: /(\d+)回連続/, en: '$1 consecutive' },
  ],
} as const satisfies Vocabulary;

export const alarmValues: readonly ValueRow[] = [
  thresholdAt('alarms.*.warning', 'Warning'),
  thresholdAt('alarms.*.critical', 'Critical'),
  numberAt('alarms.*.periodSeconds', new RegExp(`(${numberPattern})\\s*分`), 60),
  numberAt('alarms.*.evaluationPeriods', new RegExp(`(${numberPattern})\\s*回`)),
];
