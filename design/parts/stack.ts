// The words of a stack's lines.
import { rangeAt, textAt, type ValueRow } from './place.ts';
import type { Vocabulary } from './term.ts';

export const stackWords = {
  terms: [
    { ja: 'スタック構成', en: 'Stacks' },
    { ja: '目的', en: 'Purpose' },
    { ja: 'リソース', en: 'Resources', also: ['主なリソース'] },
    { ja: '出力', en: 'Outputs', also: ['アウトプット'] },
    { ja: '依存', en: 'Depends on', also: ['依存スタック', '依存関係'] },
    { ja: 'ファイル', en: 'File', also: ['ファイルパス'] },
  ],
  phrases: [
    { ja: 'アプリケーションデータ', en: 'application data' },
    { ja: 'ログ保存', en: 'logs' },
    { ja: '暗号化', en: 'encryption' },
    { ja: /(?<=DLQ)付き/, en: ' attached' },
    { ja: 'アラート通知', en: 'alert notifications' },
    { ja: '保持期間設定', en: 'retention' },
  ],
} as const satisfies Vocabulary;

export const stackValues: readonly ValueRow[] = [textAt('stacks.*.purpose'), rangeAt('stacks.*.resources.*')];
