// BKP-1…6: what is backed up, when, for how long and where to: database and cache here, objects in backup-s3.ts.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { switches, weekdays, weeklyPattern } from '../parts/backup.ts';
import { chosen } from '../parts/term.ts';
import { type Design, formEnvironments, type PerForm } from '../schema.ts';
import type { Section } from '../sections.ts';
import { readCopies, readSwitch, readWindow } from './backup-parts.ts';
import { readS3 } from './backup-s3.ts';
import { readBlocks, readEach, readRows, refuseTheRest } from './blocks.ts';
import { isNone } from './parts.ts';
import { readDays, tidyTime } from './values.ts';

type Backup = Design['backup'];

/** AWS keeps automatic backups of Aurora, and snapshots of ElastiCache, between one and so many days. */
const longestRetention = 35;
/** Minutes that AWS demands of a backup window. */
const auroraWindow = 30;
const cacheWindow = 60;

/** The backup block; without `ElastiCache Redis` there is no cache part. Undefined when a row is missing or cannot be read. */
export function readBackup(section: Section, ledger: LineLedger): Backup | undefined {
  const blocks = readBlocks(section, ledger);
  if (section.blocks.length === 0) return undefined;
  const cacheNames = ['ElastiCache Redis', 'ElastiCache Valkey', 'ElastiCache'] as const;
  const rows = readRows(blocks, section.line, ledger, ['RDS Aurora', 'S3'], cacheNames);
  const cacheRow = cacheNames.map((name) => rows[name]).find((row) => row !== undefined);
  const aurora = rows['RDS Aurora'] && readAurora(rows['RDS Aurora'], ledger);
  const s3 = rows.S3 && readS3(rows.S3, ledger);
  const cache = cacheRow && readCache(cacheRow, ledger);
  refuseTheRest(blocks, ledger, '自動バックアップ: 有効 / - 本番環境: 7日 / バックアップウィンドウ: 03:00-04:00 UTC');
  if (aurora === undefined || s3 === undefined || (cacheRow !== undefined && cache === undefined)) return undefined;
  return { aurora, s3, ...(cache === undefined ? {} : { cache }) };
}

function readAurora(parent: OutlineNode, ledger: LineLedger): Backup['aurora'] | undefined {
  if (parent.value === '') ledger.mark(parent.line, 'heading');
  const path = 'backup.aurora';
  const rows = readRows(
    parent.children,
    parent.line,
    ledger,
    ['自動バックアップ', 'バックアップ保持期間', 'バックアップウィンドウ'],
    ['スナップショット', 'クロスリージョンバックアップ'],
  );
  const automatic = readSwitch(rows.自動バックアップ, `${path}.automatic`, ledger);
  if (automatic === false && rows.自動バックアップ) ledger.refuse(rows.自動バックアップ.line, 'always-on', {});
  const retention = rows.バックアップ保持期間;
  const retentionDays = readRetention(retention, `${path}.retentionDays`, readDays, ledger);
  const window = readWindow(rows.バックアップウィンドウ, `${path}.window`, auroraWindow, ledger);
  const weeklySnapshot = readWeekly(rows.スナップショット, `${path}.weeklySnapshot`, ledger);
  const copyTo = readCopies(rows.クロスリージョンバックアップ, `${path}.copyTo`, ledger);
  if (automatic === undefined || retentionDays === undefined || window === undefined) return undefined;
  if (weeklySnapshot === undefined || copyTo === undefined) return undefined;
  return { automatic, retentionDays, window, ...(weeklySnapshot && { weeklySnapshot }), copyTo };
}

function readCache(parent: OutlineNode, ledger: LineLedger): Backup['cache'] | undefined {
  if (parent.value === '') ledger.mark(parent.line, 'heading');
  const path = 'backup.cache';
  const rows = readRows(parent.children, parent.line, ledger, [
    '自動バックアップ',
    'バックアップ保持期間',
    'バックアップウィンドウ',
  ]);
  const automatic = readSwitch(rows.自動バックアップ, `${path}.automatic`, ledger);
  const retention = rows.バックアップ保持期間;
  const daysOrNone = (words: string) => (chosen(words, switches) === false ? null : readDays(words));
  const retentionDays = readRetention(retention, `${path}.retentionDays`, daysOrNone, ledger);
  const window = readWindow(rows.バックアップウィンドウ, `${path}.window`, cacheWindow, ledger);
  if (automatic === undefined || retentionDays === undefined || window === undefined) return undefined;
  const kept = formEnvironments.find((environment) => retentionDays[environment] !== null);
  if (!automatic && kept !== undefined && rows.自動バックアップ) {
    const there = `${retentionDays[kept]}日`;
    const line = ledger.lineOf(`${path}.retentionDays.${kept}`);
    ledger.refuse(rows.自動バックアップ.line, 'figures-disagree', {
      what: '自動バックアップ',
      here: '無効',
      there,
      line,
    });
  }
  return { automatic, retentionDays, window };
}

/** `7日` for each environment, and what else `read` knows; days that AWS does not take are refused. */
function readRetention<T extends number | null>(
  node: OutlineNode | undefined,
  path: string,
  read: (words: string) => T | undefined,
  ledger: LineLedger,
): PerForm<T> | undefined {
  if (node?.value === '') ledger.mark(node.line, 'heading');
  return (
    node &&
    readEach(node, ledger, (child, where) => {
      const days = read(child.value);
      if (days === undefined) return undefined;
      for (const environment of where) ledger.state(child.line, 'input', `${path}.${environment}`, environment);
      if (days !== null && (days < 1 || days > longestRetention)) {
        ledger.refuse(child.line, 'out-of-range', {
          what: node.key,
          found: child.value,
          expected: `1–${longestRetention}日`,
        });
      }
      return days;
    })
  );
}

/** `週次(日曜 03:00 UTC)`; null when there is none; undefined when it cannot be read. */
function readWeekly(
  node: OutlineNode | undefined,
  path: string,
  ledger: LineLedger,
): Backup['aurora']['weeklySnapshot'] | null {
  if (node === undefined) return null;
  const match = weeklyPattern.exec(node.value)?.groups;
  const weekday = chosen(match?.weekday ?? '', weekdays);
  const none = isNone(node.value) || chosen(node.value, switches) === false;
  if (weekday === undefined && !none) return undefined;
  ledger.state(node.line, 'input', path);
  return weekday === undefined ? null : { weekday, time: tidyTime(match?.time ?? '') };
}
