// Units that any part's values are counted in.
import type { Vocabulary } from './term.ts';

export const quantityWords = {
  terms: [],
  phrases: [
    { ja: /(\d+)回(?![\p{L}])/u, en: '$1' },
    { ja: /(\d+)分/, en: '$1 min' },
    { ja: /(\d+)時間/, en: '$1 h' },
    { ja: /(?<!\d)1日/, en: '1 day' },
    { ja: /(\d+)日/, en: '$1 days' },
    { ja: /(\d)個/, en: '$1' },
    { ja: /(\d)回/, en: '$1' },
  ],
} as const satisfies Vocabulary;
