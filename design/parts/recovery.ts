// The words of recovery.
import type { Vocabulary } from './term.ts';

export const recoveryWords = {
  terms: [
    { ja: 'DR戦略', en: 'Strategy', also: ['戦略'] },
    { ja: 'RPO', en: 'RPO' },
    { ja: 'RTO', en: 'RTO' },
    { ja: 'Primary Region', en: 'Primary Region', also: ['プライマリリージョン', 'メインリージョン'] },
    { ja: 'DR Region', en: 'DR Region', also: ['DRリージョン', 'セカンダリリージョン'] },
    { ja: 'フェイルオーバー手順', en: 'Failover', also: ['フェールオーバー手順'] },
  ],
  phrases: [],
} as const satisfies Vocabulary;
