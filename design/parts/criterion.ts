// The words of acceptance criteria: the EARS patterns, and the form's groups.
import { type Choices, termsOf, type Vocabulary } from './term.ts';

/** The form's names of the EARS patterns (https://alistairmavin.com/ears/). */
export const criterionPatterns = [
  ['ubiquitous', { ja: '遍在型', en: 'ubiquitous' }],
  ['event-driven', { ja: '契機型', en: 'event-driven' }],
  ['state-driven', { ja: '状態型', en: 'state-driven' }],
  ['optional', { ja: '選択型', en: 'optional feature' }],
  ['unwanted', { ja: '不測型', en: 'unwanted behaviour' }],
] as const satisfies Choices<string>;

/** The form's groups of criteria: headings of their own, which may go by any name. */
export const criterionGroups = [
  { ja: 'セキュリティ', en: 'Security' },
  { ja: '信頼性', en: 'Reliability' },
  { ja: 'パフォーマンス', en: 'Performance' },
  { ja: '運用監視', en: 'Operation' },
  { ja: 'コスト最適化', en: 'Cost optimisation' },
] as const;

export const criterionWords = {
  terms: [...termsOf(criterionPatterns)],
  phrases: [{ ja: /（EARS記法）/, en: '(EARS)' }],
} as const satisfies Vocabulary;
