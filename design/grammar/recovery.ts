// DR-1…7: the region that the platform lives in, the one that takes over, how much may be lost, and the steps of a failover.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';
import { isLabelled } from '../vocabulary.ts';
import { readPrimaryPart, readRecoveryStep, readStandbyPart } from '../words/recovery-line.ts';
import { distinct, readBlocks, readRows, refuseTheRest } from './blocks.ts';
import { isNone } from './parts.ts';
import { readRegion } from './region-name.ts';
import { readSeconds, readStep } from './values.ts';

type Recovery = NonNullable<Design['recovery']>;

interface RecoveryRead {
  /** The region that the platform lives in; `Design['region']`. */
  readonly primaryRegion: string;
  /** Absent when the document says `DR戦略: なし`. */
  readonly recovery?: Recovery;
}

const rowNames = {
  strategy: 'DR戦略',
  rpo: 'RPO',
  rto: 'RTO',
  primary: 'Primary Region',
  standby: 'DR Region',
  steps: 'フェイルオーバー手順',
} as const;
const expected = 'DR戦略: Pilot Light / RPO (Recovery Point Objective): 1時間 / DR Region: us-west-2 (Oregon)';

/** The recovery block. Undefined when a row is missing or cannot be read; the ledger says which. */
export function readRecovery(section: Section, ledger: LineLedger): RecoveryRead | undefined {
  const blocks = readBlocks(section, ledger);
  if (section.blocks.length === 0) return undefined;
  const plain = blocks.map((node) => ({
    ...node,
    key: node.key.replace(/\s*\(Recovery (?:Point|Time) Objective\)$/, ''),
  }));
  const found = readBlock(plain, section, ledger);
  refuseTheRest(blocks, ledger, expected);
  return found;
}

function readBlock(blocks: readonly OutlineNode[], section: Section, ledger: LineLedger): RecoveryRead | undefined {
  const none = blocks.find(({ key, value }) => isLabelled(key, rowNames.strategy) && isNone(value));
  const { strategy, primary, ...others } = rowNames;
  const needed = none === undefined ? Object.values(others) : [];
  const rows = readRows(blocks, section.line, ledger, [strategy, primary, ...needed]);
  const primaryRegion = readSide(rows[primary], 'region', 'recovery.primary', ledger);
  if (none !== undefined) {
    ledger.state(none.line, 'input', 'recovery.strategy');
    return primaryRegion && { primaryRegion: primaryRegion.region };
  }
  const strategyRead = readStrategy(rows[strategy], ledger);
  const rpoSeconds = readObjective(rows[rowNames.rpo], 'recovery.rpoSeconds', ledger);
  const rtoSeconds = readObjective(rows[rowNames.rto], 'recovery.rtoSeconds', ledger);
  const standby = readSide(rows[rowNames.standby], 'recovery.region', 'recovery.standby', ledger);
  const steps = readSteps(rows[rowNames.steps], ledger);
  if (primaryRegion === undefined || standby === undefined || strategyRead === undefined) return undefined;
  if (rpoSeconds === undefined || rtoSeconds === undefined || steps === undefined) return undefined;
  const recovery = {
    ...{ strategy: strategyRead, rpoSeconds, rtoSeconds, region: standby.region },
    ...{ primary: primaryRegion.parts.map(readPrimaryPart), standby: standby.parts.map(readStandbyPart), steps },
  };
  return { primaryRegion: primaryRegion.region, recovery };
}

/** The one strategy that the platform knows how to build; a warm standby or two active regions would be another platform. */
const pilotLight = 'Pilot Light';

function readStrategy(node: OutlineNode | undefined, ledger: LineLedger): Recovery['strategy'] | undefined {
  if (node === undefined) return undefined;
  if (node.value.toLowerCase() === pilotLight.toLowerCase()) {
    ledger.state(node.line, 'input', 'recovery.strategy', 'production');
    return pilotLight;
  }
  ledger.mark(node.line, 'unknown');
  ledger.refuse(node.line, 'unknown-name', { found: node.value, nearest: [pilotLight, 'なし'] });
  return undefined;
}

function readObjective(node: OutlineNode | undefined, path: string, ledger: LineLedger): number | undefined {
  const seconds = readSeconds(node?.value ?? '');
  if (node === undefined || seconds === undefined || seconds === 0) return undefined;
  ledger.state(node.line, 'input', path, 'production');
  return seconds;
}

/** A region with what it holds: the region is an input, what it holds a claim. */
function readSide(node: OutlineNode | undefined, path: string, partsPath: string, ledger: LineLedger) {
  const region = node && readRegion(node.value, node.line, ledger);
  if (node === undefined || region === undefined) return undefined;
  if (path === 'region') ledger.state(node.line, 'input', path);
  else ledger.state(node.line, 'input', path, 'production');
  const parts = distinct(node.children, ledger, ({ text }) => text);
  for (const [index, { line }] of parts.entries()) {
    ledger.state(line, 'claim', `${partsPath}.${index}`, 'production');
  }
  return { region, parts: parts.map(({ text }) => text) };
}

function readSteps(parent: OutlineNode | undefined, ledger: LineLedger): Recovery['steps'] | undefined {
  if (parent?.value !== '') return undefined;
  ledger.mark(parent.line, 'heading');
  const steps = parent.children.map((node, index) => {
    const step = readStep(ledger.line(node.line).plain);
    if (step === undefined) return undefined;
    const path = `recovery.steps.${index}`;
    ledger.state(node.line, 'procedure', path, 'production');
    if (step.number !== index + 1) {
      ledger.refuse(node.line, 'step-order', { found: step.number, expected: index + 1 });
    }
    const details = distinct(node.children, ledger, ({ text }) => text);
    for (const [detail, { line }] of details.entries()) {
      ledger.state(line, 'procedure', `${path}.details.${detail}`, 'production');
    }
    return readRecoveryStep(
      step.words,
      details.map(({ text }) => text),
    );
  });
  const read = steps.filter((step) => step !== undefined);
  return read.length === steps.length ? read : undefined;
}
