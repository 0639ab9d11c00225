// BKP-4, BKP-5: versions of objects, when they move to colder classes, and their copies in another region.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { afterPattern, movePattern, storageClasses } from '../parts/backup.ts';
import { chosen, termsOf } from '../parts/term.ts';
import type { Design } from '../schema.ts';
import { readCopies, readSwitch } from './backup-parts.ts';
import { readRows } from './blocks.ts';
import { offered } from './nearest.ts';
import { isNone } from './parts.ts';
import { readCount } from './values.ts';

type S3Backup = Design['backup']['s3'];
type Transition = S3Backup['transitions'][number];

/** The `S3:` part of the backup block. Undefined when a row is missing or cannot be read. */
export function readS3(parent: OutlineNode, ledger: LineLedger): S3Backup | undefined {
  if (parent.value === '') ledger.mark(parent.line, 'heading');
  const path = 'backup.s3';
  const optional = ['ライフサイクルポリシー', 'クロスリージョンレプリケーション'] as const;
  const rows = readRows(parent.children, parent.line, ledger, ['バージョニング'], optional);
  const versioning = readSwitch(rows.バージョニング, `${path}.versioning`, ledger);
  const transitions = readTransitions(rows.ライフサイクルポリシー, `${path}.transitions`, ledger);
  const replicateTo = readCopies(rows.クロスリージョンレプリケーション, `${path}.replicateTo`, ledger);
  if (versioning === undefined || transitions === undefined || replicateTo === undefined) return undefined;
  return { versioning, transitions, replicateTo };
}

function readTransitions(node: OutlineNode | undefined, path: string, ledger: LineLedger): Transition[] | undefined {
  if (node === undefined) return [];
  if (node.value !== '' && !isNone(node.value)) return undefined;
  ledger.state(node.line, 'input', path);
  if (isNone(node.value)) return [];
  const transitions = node.children.map((child, index) => readTransition(child, `${path}.${index}`, ledger));
  if (transitions.some((transition) => transition === undefined)) return undefined;
  const read = transitions.filter((transition) => transition !== undefined);
  node.children.forEach((child, index) => {
    checkTransition(read[index - 1], read[index], child, ledger);
  });
  return read;
}

const rankOf = ({ storageClass }: Transition): number => storageClasses.findIndex(([known]) => known === storageClass);

/** `30日後: Standard-IA移行` */
function readTransition({ key, value, line }: OutlineNode, path: string, ledger: LineLedger): Transition | undefined {
  const afterDays = readCount(afterPattern.exec(key)?.groups?.days ?? '');
  const name = movePattern.exec(value)?.groups?.name;
  if (afterDays === undefined || name === undefined) return undefined;
  const storageClass = chosen(name, storageClasses);
  if (storageClass === undefined) {
    const known = termsOf(storageClasses).flatMap(({ ja, also = [] }) => [ja, ...also]);
    ledger.mark(line, 'unknown');
    ledger.refuse(line, 'unknown-name', { found: name, nearest: offered(name, known) });
    return undefined;
  }
  ledger.state(line, 'input', path);
  return { afterDays, storageClass };
}

/** Objects stay 30 days in S3 before an infrequent-access class takes them, and 30 more in it. */
const minimumDays = 30;
const infrequent = ({ storageClass }: Transition): boolean => storageClass.endsWith('_IA');

/**
 * What S3 takes in one rule: colder with every step, later with every step, and the minimum days.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
function checkTransition(
  before: Transition | undefined,
  transition: Transition | undefined,
  node: OutlineNode,
  ledger: LineLedger,
): void {
  if (transition === undefined) return;
  const refuse = (expected: string) => ledger.refuse(node.line, 'transition-order', { found: node.text, expected });
  const first = infrequent(transition) ? minimumDays : 1;
  const earliest =
    before === undefined ? first : Math.max(first, before.afterDays + (infrequent(before) ? minimumDays : 1));
  if (before !== undefined && rankOf(transition) <= rankOf(before)) {
    refuse(storageClasses.map(([name]) => name).join(' → '));
  } else if (transition.afterDays < earliest) refuse(`≥ ${earliest}日後`);
}
