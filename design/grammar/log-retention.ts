// LOG-1…4: how long each log is kept in each environment.
import { isOfferedRetention, offeredRetentionDays } from '../../aws/log-retention.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { logs, retentionTitle } from '../parts/log.ts';
import { chosen } from '../parts/term.ts';
import type { Design, FormEnvironment, LogRetention } from '../schema.ts';
import type { Section } from '../sections.ts';
import { readBlocks, readEach, readRows, refuseMistyped, refuseNodeTwice, refuseTheRest } from './blocks.ts';
import { nearestNumbers } from './nearest.ts';
import { isNone } from './parts.ts';
import { readDays } from './values.ts';

type LogName = (typeof logs)[number][0];
const title = retentionTitle.ja;
const formNames = Object.fromEntries(logs.map(([name, { ja }]) => [name, ja])) as Readonly<Record<LogName, string>>;
const logNames = logs.map(([name]) => name);
/** What is in brackets behind a name is an explanation (`Application Log (ECS/Lambda)`). */
const explanation = /\s*\((?:ECS|Lambda|ECS\/Lambda)\)$/;

/** The retention of each log by environment. Undefined when one is missing or cannot be read; the ledger says which. */
export function readLogRetention(section: Section, ledger: LineLedger): Design['logs'] | undefined {
  const blocks = readBlocks(section, ledger);
  if (section.blocks.length === 0) return undefined;
  const root = readRows(blocks, section.line, ledger, [title])[title];
  if (root?.value === '') ledger.mark(root.line, 'heading');
  const retention = root && readEach(root, ledger, (node, where) => readLogs(node, where, ledger));
  refuseTheRest(blocks, ledger, '- Application Log: 90日 / - VPC Flow Log: なし / - CloudTrail: 90日(S3に永久保存)');
  return retention;
}

function readLogs(
  parent: OutlineNode,
  where: readonly FormEnvironment[],
  ledger: LineLedger,
): LogRetention | undefined {
  if (parent.value === '') ledger.mark(parent.line, 'heading');
  const rows = new Map<LogName, OutlineNode>();
  const nameOf = ({ key }: OutlineNode) => chosen(key.replace(explanation, ''), logs);
  for (const node of parent.children) {
    const name = nameOf(node);
    const earlier = name === undefined ? undefined : rows.get(name);
    if (earlier !== undefined) refuseNodeTwice(ledger, node.key, node, earlier);
    else if (name !== undefined) rows.set(name, node);
  }
  const strangers = parent.children.filter((node) => nameOf(node) === undefined);
  const missing = logNames.filter((name) => !rows.has(name) && !refuseMistyped([formNames[name]], strangers, ledger));
  if (missing.length > 0)
    ledger.refuse(parent.line, 'row-missing', { rows: missing.map((name) => formNames[name]).join(', ') });
  const days = (name: LogName) => readRetention(name, rows.get(name), where, ledger);
  const application = days('application');
  const albAccess = days('albAccess');
  const vpcFlow = days('vpcFlow');
  const cloudTrail = days('cloudTrail');
  if (!application || !albAccess || vpcFlow === undefined || !cloudTrail) return undefined;
  return {
    application: application.days,
    albAccess: albAccess.days,
    vpcFlow: vpcFlow?.days ?? null,
    cloudTrail: cloudTrail.days,
    cloudTrailForever: cloudTrail.forever,
  };
}

/** `90日`, `90日(S3に永久保存)` of CloudTrail, or `なし` of flow logs: null. A line that says anything else is left unclaimed. */
function readRetention(
  name: LogName,
  node: OutlineNode | undefined,
  where: readonly FormEnvironment[],
  ledger: LineLedger,
): { readonly days: number; readonly forever: boolean } | null | undefined {
  if (node === undefined) return undefined;
  const state = (path: string) => {
    for (const environment of where) ledger.state(node.line, 'input', `logs.${environment}.${path}`, environment);
  };
  if (name === 'vpcFlow' && isNone(node.value)) {
    state(name);
    return null;
  }
  const match = /^(?<days>[^(]+?)\s*(?<forever>\(\s*S3に永久保存\s*\))?$/.exec(node.value)?.groups;
  const days = readDays(match?.days ?? '');
  const forever = match?.forever !== undefined;
  if (days === undefined || (forever && name !== 'cloudTrail')) return undefined;
  state(name);
  if (forever) state('cloudTrailForever');
  checkRetention(name, days, node.line, ledger);
  return { days, forever };
}

/** ALB access logs lie in S3, which keeps them any number of days; the others are log groups. */
function checkRetention(name: LogName, days: number, line: number, ledger: LineLedger): void {
  if (name === 'albAccess') {
    if (days < 1) ledger.refuse(line, 'out-of-range', { what: formNames[name], found: `${days}`, expected: '1–' });
  } else if (!isOfferedRetention(days)) {
    ledger.refuse(line, 'retention-not-offered', { found: days, nearest: nearestNumbers(days, offeredRetentionDays) });
  }
}
