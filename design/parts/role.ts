// The words of roles and their permissions.
import type { Term, Vocabulary } from './term.ts';

/** Behind a policy's name: it is one that AWS keeps. */
export const managedPolicy: Term = { ja: 'AWS管理ポリシー', en: 'AWS managed policy', also: ['AWS 管理ポリシー'] };

export const roleWords = {
  terms: [
    { ja: '信頼関係', en: 'Trusted service' },
    { ja: 'カスタムポリシー', en: 'Custom policy' },
    { ja: 'ポリシー', en: 'Policies' },
    managedPolicy,
  ],
  phrases: [
    { ja: 'DB認証情報のみ', en: 'database credentials only' },
    { ja: 'DB認証情報', en: 'database credentials' },
    { ja: '特定バケット/プレフィックスのみ', en: 'one bucket and prefix only' },
    { ja: '特定テーブルのみ', en: 'one table only' },
    { ja: '特定キューのみ', en: 'named queues only' },
    { ja: '特定トピックのみ', en: 'one topic only' },
  ],
} as const satisfies Vocabulary;
