// The costs of each environment and of the year: sums are claims. The notes below an environment are inputs: in how many zones it
// is, which share of production's size it has (the other environments' sizes follow from it), and whether it is off at night.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { sums } from '../parts/cost.ts';
import { zoneWords } from '../parts/environment.ts';
import { chosen } from '../parts/term.ts';
import { type Design, type FormEnvironment, formEnvironments, type PerForm } from '../schema.ts';
import type { Section } from '../sections.ts';
import { partedByCommas } from '../tables.ts';
import { distinct, readBlocks, readEach, readRows, refuseTheRest } from './blocks.ts';
import { environmentTitle, readEnvironment, readMoney } from './values.ts';
import { checkTerms, isSavings, readSavings, readYearly } from './yearly-cost.ts';

type Cost = Design['cost'];

/** How an environment's size follows from production's. */
export interface SizeRule {
  /** Of production's size: 0.5 for `スペック半分`; 1 for production. */
  readonly share: number;
  /** `Multi-AZ`; `シングルAZ可`, where the platform may do with one zone; `シングルAZ`, where nothing is there twice. */
  readonly zones: 'several' | 'one-allowed' | 'one';
}

interface EnvironmentCost {
  readonly environments: Cost['environments'];
  /** What the document calls each, and what it says of it. */
  readonly titles: Design['environments'];
  readonly yearly: Cost['yearly'];
  readonly savings: Cost['savings'];
  readonly rules: PerForm<SizeRule>;
  /** Whether each is off at night. */
  readonly workingHours: Design['workingHours'];
}

/** `Design['multiAz']`: which environments are in several zones. */
export function multiAzOf({ production, staging, development }: PerForm<SizeRule>): Design['multiAz'] {
  const several = ({ zones }: SizeRule) => zones === 'several';
  return { production: several(production), staging: several(staging), development: several(development) };
}

const yearlyTitle = sums.year.ja;
const expected =
  '本番環境: $1,451.7/月 / - スペック半分、シングルAZ可 / 年間総コスト: ($1,451.7 + $725.9) × 12 = $26,131.2/年';

/** The block of the environments' costs. Undefined when a row is missing or cannot be read; the ledger says which. */
export function readEnvironmentCost(section: Section, ledger: LineLedger): EnvironmentCost | undefined {
  const blocks = readBlocks(section, ledger);
  if (section.blocks.length === 0) return undefined;
  const year = readRows(blocks, section.line, ledger, [yearlyTitle])[yearlyTitle];
  const yearly = year && readYearly(year, ledger);
  const parent = { line: section.line, text: section.title, key: section.title, value: '', children: blocks };
  const read = readEach(parent, ledger, (node, where) => readOne(node, where, ledger));
  const savings = readSavings(blocks.find(isSavings), ledger);
  refuseTheRest(blocks, ledger, expected);
  if (yearly === undefined || read === undefined || savings === undefined) return undefined;
  const { production, staging, development } = read;
  const environmentsRead = { production: production.cost, staging: staging.cost, development: development.cost };
  checkTerms(environmentsRead, yearly, ledger);
  return {
    environments: environmentsRead,
    titles: formEnvironments.map((key) => ({
      key,
      title: read[key].title ?? environmentTitle(key),
      isProduction: key === 'production',
      disposable: key === 'development',
    })),
    yearly,
    savings,
    rules: { production: production.rule, staging: staging.rule, development: development.rule },
    workingHours: Object.fromEntries(formEnvironments.map((key) => [key, read[key].workingHours])),
  };
}

interface One {
  /** Absent: the line is about those that no other names. */
  readonly title?: string;
  readonly cost: Cost['environments'][string];
  readonly rule: SizeRule;
  readonly workingHours: boolean;
}

function readOne(node: OutlineNode, where: readonly FormEnvironment[], ledger: LineLedger): One | undefined {
  const money = readMoney(node.value);
  if (money?.unit !== '/月') return undefined;
  for (const name of where) ledger.state(node.line, 'claim', `cost.environments.${name}.monthly`, name);
  const children = distinct(node.children, ledger, ({ text }) => text);
  const notes = children.map((child, index) => readNote(child, index, where, ledger));
  if (notes.some((note) => note === undefined)) return undefined;
  const parts = notes.flatMap((note) => note ?? []);
  const isProduction = where.every((name) => name === 'production');
  const rule = {
    share: isProduction ? 1 : only(parts, 'share', node, 'スペック半分', ledger),
    zones: only(parts, 'zones', node, 'Multi-AZ / シングルAZ可 / シングルAZ', ledger),
  };
  if (rule.share === undefined || rule.zones === undefined) return undefined;
  return {
    ...(readEnvironment(node.key) === 'others' ? {} : { title: node.key }),
    cost: { monthly: money.value, notes: children.map(({ text }) => text) },
    rule: { share: rule.share, zones: rule.zones },
    workingHours: parts.some(({ workingHours }) => workingHours === true),
  };
}

/** What a part of a note says; nothing for words that only describe. */
interface Part {
  readonly line: number;
  readonly share?: number;
  readonly zones?: SizeRule['zones'];
  readonly workingHours?: true;
}

/** The one part that says something; none or two are refused. */
function only<K extends 'share' | 'zones'>(
  parts: readonly Part[],
  name: K,
  node: OutlineNode,
  example: string,
  ledger: LineLedger,
): Part[K] | undefined {
  const [first, second] = parts.filter((part) => part[name] !== undefined);
  if (first === undefined) ledger.refuse(node.line, 'row-missing', { rows: example });
  if (first !== undefined && second !== undefined) {
    ledger.refuse(second.line, 'row-twice', { what: example, line: first.line });
  }
  return first?.[name];
}

/** A note's parts, each stated. Undefined, and the line left unclaimed, when one speaks of sizes, zones or stopping in words unknown. */
function readNote(
  { text, line }: OutlineNode,
  index: number,
  where: readonly FormEnvironment[],
  ledger: LineLedger,
): Part[] | undefined {
  const words = partedByCommas(text);
  const parts = words.map((part) => readPart(part, line, where));
  if (parts.some((part) => part === undefined)) return undefined;
  const read = parts.filter((part) => part !== undefined);
  for (const name of where) {
    if (read.some(({ share }) => share !== undefined)) ledger.state(line, 'input', `sizes.${name}`, name);
    if (read.some(({ zones }) => zones !== undefined)) ledger.state(line, 'input', `multiAz.${name}`, name);
    if (read.some(({ workingHours }) => workingHours)) ledger.state(line, 'input', 'workingHours', name);
    const describes = read.some((part) => Object.keys(part).length === 1) || text.includes('削減');
    if (describes) ledger.state(line, 'claim', `cost.environments.${name}.notes.${index}`, name);
  }
  for (const { share } of read) {
    if (share !== undefined && (share <= 0 || share > 1)) {
      ledger.refuse(line, 'out-of-range', { what: 'スペック', found: `${share}`, expected: '0 < n ≤ 1' });
    }
  }
  return read;
}

function readPart(words: string, line: number, where: readonly FormEnvironment[]): Part | undefined {
  const zones = chosen(words, zoneWords);
  if (zones !== undefined) return { line, zones };
  const share = where.includes('production') ? undefined : readShare(words);
  if (share !== undefined) return { line, share };
  const isNight = /^夜間(?:・(?:休日|週末))?自動停止\s*(?:\(\d+%削減\))?$/.test(words);
  if (isNight && where.every((name) => name === 'development')) return { line, workingHours: true };
  return /スペック|AZ|停止/i.test(words) ? undefined : { line };
}

/** `スペック半分`, `スペック1/4`, `スペック50%`, `スペック同等` */
function readShare(words: string): number | undefined {
  const share = /^スペック(?:は)?(?:本番の)?\s*(.+)$/.exec(words)?.[1];
  if (share === '半分') return 0.5;
  if (share === '同等' || share === '同じ') return 1;
  const match = /^(\d{1,3})\s*(?:\/\s*([1-9]\d{0,2})|%)$/.exec(share ?? '');
  return match === null ? undefined : Number(match[1]) / Number(match[2] ?? 100);
}
