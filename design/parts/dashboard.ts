// The words of dashboards.
import { put, type ValueRow } from './place.ts';
import { type Choices, termsOf, type Vocabulary, wordFor } from './term.ts';

export const widgetKinds = [
  ['line', { ja: '折れ線グラフ', en: 'lines', also: ['折れ線', '時系列', 'line'] }],
  ['bar', { ja: '棒グラフ', en: 'bars', also: ['棒', 'bar'] }],
  ['number', { ja: '数値', en: 'number' }],
] as const satisfies Choices<string>;

export const dashboardWords = {
  terms: [{ ja: 'ダッシュボード構成', en: 'Dashboards' }, ...termsOf(widgetKinds)],
  phrases: [{ ja: '総リクエスト数', en: 'total requests' }],
} as const satisfies Vocabulary;

export const dashboardValues: readonly ValueRow[] = [
  {
    path: 'dashboards.*.widgets.*',
    write: (line, kind) => put(line, /[(（]([^()（）]+)[)）]\s*$/, wordFor(kind, widgetKinds)),
  },
];
