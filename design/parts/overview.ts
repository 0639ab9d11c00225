// The words of the overview, the decisions and the procedures.
import { type Choices, type Term, termsOf, type Vocabulary } from './term.ts';

/** Bold labels of the overview. */
export const overviewLabels = [
  ['purpose', { ja: '目的', en: 'Purpose' }],
  ['scope', { ja: 'スコープ', en: 'Scope' }],
  ['preconditions', { ja: '前提条件', en: 'Premises', also: ['Preconditions'] }],
] as const satisfies Choices<string>;

/** What stands in the scope, and what does not. */
export const scopeSides = [
  ['excluded', { ja: '含まない', en: 'Excludes' }],
  ['included', { ja: '含む', en: 'Includes' }],
] as const satisfies Choices<string>;

/** Before the gist of a decision. */
export const gist: Term = { ja: '決定内容', en: 'Decision' };

export const overviewWords = {
  terms: [...termsOf(overviewLabels), ...termsOf(scopeSides), gist],
  phrases: [
    { ja: '本番デプロイ前', en: 'before deployment to production' },
    { ja: '事前確認', en: 'Before deployment' },
    { ja: 'セキュリティスキャン', en: 'Security scan' },
    { ja: '順次デプロイ', en: 'Deploy in order' },
    { ja: '動作確認', en: 'Verify operation' },
    { ja: '事後確認', en: 'After deployment' },
  ],
} as const satisfies Vocabulary;
