// What people call the environments, and what they say of their sizes.
import type { FormEnvironment } from '../names.ts';
import { type Choices, termsOf, type Vocabulary } from './term.ts';

/** `others` are those that a list does not name itself. */
export const environments = [
  ['production', { ja: '本番環境', en: 'production', also: ['本番'] }],
  ['staging', { ja: 'ステージング環境', en: 'staging', also: ['ステージング'] }],
  ['development', { ja: '開発環境', en: 'development', also: ['開発'] }],
  ['others', { ja: 'その他', en: 'others', also: ['その他の環境'] }],
] as const satisfies Choices<FormEnvironment | 'others'>;

export const zoneWords = [
  ['several', { ja: 'Multi-AZ', en: 'Multi-AZ', also: ['マルチAZ'] }],
  ['one-allowed', { ja: 'シングルAZ可', en: 'one zone allowed', also: ['Single-AZ可'] }],
  ['one', { ja: 'シングルAZ', en: 'one zone', also: ['Single-AZ'] }],
] as const satisfies Choices<string>;

export const environmentWords = {
  terms: [...termsOf(environments), ...termsOf(zoneWords)],
  phrases: [
    { ja: 'スペック半分', en: 'half of the size' },
    { ja: /スペック1\/4/, en: 'a quarter of the size' },
    { ja: '夜間自動停止', en: 'stopped at night' },
    { ja: '夜間・休日自動停止', en: 'stopped at night and on days off' },
    { ja: '高可用性構成', en: 'highly available' },
    { ja: '同一AZ', en: 'same AZ' },
  ],
} as const satisfies Vocabulary;
