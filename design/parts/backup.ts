// The words of backups: switches, days, windows, the week's snapshot, and the classes that objects move to.
import { daysPattern } from './log.ts';
import { numberAt, partOf, put, putAll, textAt, timePattern, type ValueRow } from './place.ts';
import { type Choices, none, off, on, termsOf, type Vocabulary, wordFor } from './term.ts';

export const switches = [
  [true, on],
  [false, off],
] as const satisfies Choices<boolean>;

export const weekdays = [
  ['SUN', { ja: '日', en: 'Sunday' }],
  ['MON', { ja: '月', en: 'Monday' }],
  ['TUE', { ja: '火', en: 'Tuesday' }],
  ['WED', { ja: '水', en: 'Wednesday' }],
  ['THU', { ja: '木', en: 'Thursday' }],
  ['FRI', { ja: '金', en: 'Friday' }],
  ['SAT', { ja: '土', en: 'Saturday' }],
] as const satisfies Choices<string>;
const weekday = weekdays.map(([, { ja }]) => ja).join('');

/** `週次(日曜 03:00 UTC)`, in plain form. */
export const weeklyPattern = new RegExp(
  `^週次\\s*\\(\\s*(?<weekday>[${weekday}])曜日?\\s*(?<time>${timePattern})\\s*UTC\\s*\\)$`,
);

/** `03:00-04:00 UTC (JST 12:00-13:00)`, in plain form. */
export const windowPattern = new RegExp(
  `^(?<start>${timePattern})\\s*[-~〜–]\\s*(?<end>${timePattern})\\s*UTC\\s*(?:\\((?<local>[^()]+)\\))?$`,
);

/** S3's classes, in the order that S3 lets objects move down. */
export const storageClasses = [
  ['STANDARD_IA', { ja: 'Standard-IA', en: 'Standard-IA' }],
  ['INTELLIGENT_TIERING', { ja: 'Intelligent-Tiering', en: 'Intelligent-Tiering' }],
  ['ONEZONE_IA', { ja: 'One Zone-IA', en: 'One Zone-IA' }],
  ['GLACIER_IR', { ja: 'Glacier Instant Retrieval', en: 'Glacier Instant Retrieval' }],
  ['GLACIER', { ja: 'Glacier Flexible Retrieval', en: 'Glacier Flexible Retrieval', also: ['Glacier'] }],
  ['DEEP_ARCHIVE', { ja: 'Glacier Deep Archive', en: 'Glacier Deep Archive', also: ['Deep Archive'] }],
] as const satisfies Choices<string>;

/** `90日後: Glacier Flexible Retrieval移行`: the two halves, in plain form. */
export const afterPattern = /^(?<days>\d+)\s*日後$/;
export const movePattern = /^(?<name>.+?)\s*(?:へ|に)?移行$/;

export const backupWords = {
  terms: [
    { ja: '自動バックアップ', en: 'Automatic backup' },
    { ja: 'バックアップ保持期間', en: 'Backup retention' },
    { ja: 'バックアップウィンドウ', en: 'Backup window' },
    { ja: 'クロスリージョンバックアップ', en: 'Copies in another region' },
    { ja: 'クロスリージョンレプリケーション', en: 'Replication to another region' },
    { ja: 'スナップショット', en: 'Snapshots' },
    { ja: 'バージョニング', en: 'Versioning' },
    { ja: 'ライフサイクルポリシー', en: 'Lifecycle' },
    ...termsOf(switches),
    none,
  ],
  phrases: [
    { ja: '移行', en: '' },
    { ja: /(?<=[A-Za-z])有効/, en: ' enabled' },
    ...termsOf(weekdays).map(({ ja, en }) => ({ ja: new RegExp(`週次（${ja}曜`), en: `weekly (${en}` })),
    { ja: /(\d+)日後/, en: 'after $1 days' },
  ],
} as const satisfies Vocabulary;

const hours = /(\d\d:\d\d\s*[-~〜–]\s*\d\d:\d\d)\s*UTC/;

export const backupValues: readonly ValueRow[] = [
  numberAt('backup.aurora.retentionDays.*', daysPattern),
  textAt('backup.aurora.window', hours),
  textAt('backup.aurora.window.local', /JST\s*(\d\d:\d\d\s*[-~〜–]\s*\d\d:\d\d)/),
  {
    path: 'backup.aurora.weeklySnapshot',
    write: (line, value) => {
      const time = partOf(value, 'time');
      return putAll(line, [
        [/(\d\d:\d\d)\s*UTC/, typeof time === 'string' ? time : undefined],
        [new RegExp(`([${weekday}])曜`), wordFor(partOf(value, 'weekday'), weekdays)],
      ]);
    },
  },
  {
    path: 'backup.s3.transitions.*',
    write: (line, value) => {
      const days = partOf(value, 'afterDays');
      const dated = put(line, /(\d+)\s*日後/, days === undefined ? undefined : String(days));
      const name = wordFor(partOf(value, 'storageClass'), storageClasses);
      return dated === undefined ? undefined : put(dated, /[:：]\s*(.+?)\s*(?:へ|に)?移行/, name);
    },
  },
  numberAt('backup.cache.retentionDays.*', daysPattern),
  textAt('backup.cache.window', hours),
];
