// The words of logs, and of how long anything is kept.
import { numberAt, numberPattern, type ValueRow } from './place.ts';
import type { Choices, Term, Vocabulary } from './term.ts';

export const logs = [
  ['application', { ja: 'Application Log', en: 'Application Log' }],
  ['albAccess', { ja: 'ALB Access Log', en: 'ALB Access Log' }],
  ['vpcFlow', { ja: 'VPC Flow Log', en: 'VPC Flow Log' }],
  ['cloudTrail', { ja: 'CloudTrail', en: 'CloudTrail' }],
] as const satisfies Choices<string>;

export const retentionTitle: Term = { ja: '環境別ログ保持', en: 'Log retention by environment' };

/** Days, wherever they stand in a line. */
export const daysPattern = new RegExp(`(${numberPattern})\\s*日`);

export const logWords = {
  terms: [retentionTitle],
  phrases: [{ ja: '（S3に永久保存）', en: ' (kept in S3 for ever)' }],
} as const satisfies Vocabulary;

export const logValues: readonly ValueRow[] = logs.map(([name]) => numberAt(`logs.*.${name}`, daysPattern));
