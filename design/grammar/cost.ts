// COST-1: production's monthly estimate, by group and service. Prices, products and sums are claims; the sizes in the lines are
// inputs (see cost-sizes.ts), and so is the traffic in the heading.
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { sums } from '../parts/cost.ts';
import { numberPattern } from '../parts/place.ts';
import { isCalled, type Term } from '../parts/term.ts';
import type { Section } from '../sections.ts';
import { distinct, readBlocks, refuseMistyped, refuseTheRest, refuseTwice } from './blocks.ts';
import { type CostGroup, readCostLine } from './cost-line.ts';
import { type PlacedLine, type ProductionSizes, readProductionSizes } from './cost-sizes.ts';
import { environmentTitle, readEnvironment, readMoney, readNumber } from './values.ts';

type CostService = CostGroup['services'][number];

interface MonthlyCost {
  /** The traffic that production is made for. */
  readonly requestsPerSecond: number;
  readonly groups: CostGroup[];
  /** USD a month. */
  readonly total: number;
  readonly production: ProductionSizes;
}

const expected = 'vCPU: 2 vCPU × 2 タスク × 730時間 × $0.04048/vCPU時間 = $118 / 小計: $144 / 合計: $161.2/月';

/** The monthly estimate. Undefined when a line cannot be read or a size is missing; the ledger says which. */
export function readMonthlyCost(section: Section, ledger: LineLedger): MonthlyCost | undefined {
  const requestsPerSecond = readTraffic(section, ledger);
  const blocks = readBlocks(section, ledger);
  if (section.blocks.length === 0) return undefined;
  const lines: PlacedLine[] = [];
  const total = readSum(blocks, sums.all, '/月', 'cost.total', section.line, ledger);
  const groups = distinct(
    blocks.filter(({ key }) => !isCalled(key, sums.all)),
    ledger,
  ).map((node, index) => readGroup(node, `cost.groups.${index}`, lines, ledger));
  const read = groups.filter((group) => group !== undefined);
  // A line that cannot be read may have been the one that gives a size.
  const missingAt = read.length === groups.length ? section.line : undefined;
  const production = readProductionSizes(lines, missingAt, ledger);
  refuseTheRest(blocks, ledger, expected);
  if (requestsPerSecond === undefined || total === undefined || production === undefined) return undefined;
  return read.length === groups.length ? { requestsPerSecond, groups: read, total, production } : undefined;
}

/** `想定トラフィック: 100 req/s` in the heading. */
function readTraffic({ title, line }: Section, ledger: LineLedger): number | undefined {
  const pattern = new RegExp(`想定トラフィック\\s*:\\s*(${numberPattern})\\s*req/s`);
  const value = readNumber(pattern.exec(title)?.[1] ?? '');
  if (value === undefined || value === 0) {
    ledger.refuse(line, 'row-missing', { rows: '想定トラフィック: 100 req/s' });
    return undefined;
  }
  const inBrackets = /\(([^()]*)\)\s*$/.exec(title)?.[1]?.split(/、|,\s/) ?? [];
  const stranger = inBrackets.find((words) => !pattern.test(words) && readEnvironment(words) !== 'production');
  if (stranger !== undefined) {
    ledger.refuse(line, 'unknown-name', { found: stranger, nearest: [environmentTitle('production')] });
  }
  ledger.state(line, 'input', 'requestsPerSecond');
  return value;
}

function readGroup(node: OutlineNode, path: string, lines: PlacedLine[], ledger: LineLedger): CostGroup | undefined {
  if (node.value !== '' || node.children.length === 0) return undefined;
  ledger.mark(node.line, 'heading');
  const total = readSum(node.children, sums.group, '/月', `${path}.total`, node.line, ledger);
  const services = distinct(
    node.children.filter(({ key }) => !isCalled(key, sums.group)),
    ledger,
  ).map((child, index) => readService(child, `${path}.services.${index}`, lines, ledger));
  const read = services.filter((service) => service !== undefined);
  if (total === undefined || read.length < services.length) return undefined;
  return { name: node.key, services: read, total };
}

function readService(
  node: OutlineNode,
  path: string,
  placed: PlacedLine[],
  ledger: LineLedger,
): CostService | undefined {
  if (node.value !== '' || node.children.length === 0) return undefined;
  ledger.mark(node.line, 'heading');
  const subtotal = readSum(node.children, sums.service, '', `${path}.subtotal`, node.line, ledger);
  const lines = distinct(
    node.children.filter(({ key }) => !isCalled(key, sums.service)),
    ledger,
  ).map((child, index) => {
    const line = readCostLine(child);
    if (line === undefined) return undefined;
    ledger.state(child.line, 'claim', `${path}.lines.${index}`, 'production');
    placed.push({ service: node.key, line, number: child.line });
    return line;
  });
  const read = lines.filter((line) => line !== undefined);
  if (subtotal === undefined || read.length < lines.length) return undefined;
  return { name: node.key, lines: read, subtotal };
}

/** The amount of the row `小計`, `合計` or `総計`, which must be there once. */
function readSum(
  nodes: readonly OutlineNode[],
  sum: Term,
  unit: string,
  path: string,
  line: number,
  ledger: LineLedger,
): number | undefined {
  const [row, second] = nodes.filter(({ key }) => isCalled(key, sum));
  if (row === undefined && !refuseMistyped([sum.ja], nodes, ledger))
    ledger.refuse(line, 'row-missing', { rows: sum.ja });
  if (row !== undefined && second !== undefined) refuseTwice(ledger, sum.ja, second.line, row.line);
  const money = readMoney(row?.value ?? '');
  if (row === undefined || money?.unit !== unit) return undefined;
  ledger.state(row.line, 'claim', path, 'production');
  return money.value;
}
