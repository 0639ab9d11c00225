// The sizes of production, which the form states nowhere but in its cost lines: how big a task is and how many there are, the
// machines of database and cache, NAT gateways, the memory of functions.
import { fargateMemory, fargateSizes } from '../../aws/fargate.ts';
import { auroraClasses, cacheNodeTypes, type MachineClass } from '../../aws/instance-classes.ts';
import type { LineLedger } from '../lines.ts';
import { formEnvironments } from '../schema.ts';
import { type CostLine, factorOf } from './cost-line.ts';
import { offered } from './nearest.ts';
import { readCount } from './values.ts';

/** A cost line with the service that it stands below and its place in the document. */
export interface PlacedLine {
  readonly service: string;
  readonly line: CostLine;
  readonly number: number;
}

export interface ProductionSizes {
  /** CPU in units (1024 are a vCPU), memory of each of `count` tasks. */
  readonly task: { readonly cpu: number; readonly memoryMiB: number; readonly count: number };
  readonly aurora: { readonly instanceClass: string; readonly instances: number };
  /** Absent when no line pays for a cache. */
  readonly cache?: { readonly nodeType: string; readonly nodes: number };
  readonly natGateways: number;
  /** Absent when no line pays for the running time of functions. */
  readonly functions?: { readonly memoryMiB: number };
}

const root = 'sizes.production';

/** Reads the sizes and states each on its line. Undefined when one that every platform has is missing, which is refused at `missingAt`. */
export function readProductionSizes(
  lines: readonly PlacedLine[],
  missingAt: number | undefined,
  ledger: LineLedger,
): ProductionSizes | undefined {
  const task = readTask(lines, ledger);
  const aurora = readMachines(
    lines,
    'db',
    auroraClasses,
    [`${root}.aurora.instanceClass`, `${root}.aurora.instances`],
    ledger,
  );
  const cache = readMachines(lines, 'cache', cacheNodeTypes, [`${root}.cache.nodeType`, `${root}.cache.nodes`], ledger);
  const natGateways = readNatGateways(lines, ledger);
  const memoryMiB = readFunctions(lines, ledger);
  const missing = [
    ...(task === undefined ? ['ECS Fargate: vCPU: 2 vCPU × 2 タスク, Memory: 4GB × 2 タスク'] : []),
    ...(lines.every(({ line }) => !isMachine(line, 'db')) ? ['RDS Aurora PostgreSQL: db.r6g.large × 2'] : []),
    ...(natGateways === undefined ? ['NAT Gateway: 時間料金: 730時間 × $0.062/時間 × 2'] : []),
  ];
  if (missingAt !== undefined && missing.length > 0) {
    ledger.refuse(missingAt, 'row-missing', { rows: missing.join('; ') });
  }
  if (task === undefined || aurora === undefined || natGateways === undefined) return undefined;
  return {
    task,
    aurora: { instanceClass: aurora.machine, instances: aurora.count },
    ...(cache === undefined ? {} : { cache: { nodeType: cache.machine, nodes: cache.count } }),
    natGateways,
    ...(memoryMiB === undefined ? {} : { functions: { memoryMiB } }),
  };
}

/** A size in a line, stated as an input unless an earlier line owns it; then it must be the same. */
function own(
  what: string,
  path: string,
  found: readonly { readonly value: number; readonly number: number }[],
  ledger: LineLedger,
): number | undefined {
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  ledger.state(first.number, 'input', path, 'production');
  if (!Number.isSafeInteger(first.value) || first.value < 1) {
    ledger.refuse(first.number, 'out-of-range', { what, found: `${first.value}`, expected: '1, 2, 3, …' });
  }
  for (const other of others) {
    if (other.number !== first.number) ledger.state(other.number, 'claim', path, 'production');
    if (other.value !== first.value) {
      const [here, there] = [`${other.value}`, `${first.value}`];
      ledger.refuse(other.number, 'figures-disagree', { what, here, there, line: first.number });
    }
  }
  return whole(first.value);
}

/** A figure that is refused already goes on as one that a size can have, so that it is told once. */
const whole = (value: number): number => Math.max(1, Math.round(value));

/** The factors of some lines that have a unit, each with its line. */
const factors = (lines: readonly PlacedLine[], unit: string) =>
  lines.flatMap(({ line, number }) =>
    line.factors.filter((factor) => factor.unit === unit).map(({ value }) => ({ value, number })),
  );

function readTask(lines: readonly PlacedLine[], ledger: LineLedger): ProductionSizes['task'] | undefined {
  const [cpuLine, second] = lines.filter(({ line }) => factorOf(line, 'vCPU') !== undefined);
  const memoryLine = lines.find(({ service, line }) => {
    const isTasks = factorOf(line, 'GB') !== undefined && factorOf(line, 'タスク') !== undefined;
    return service === cpuLine?.service && isTasks;
  });
  if (cpuLine === undefined || memoryLine === undefined) return undefined;
  if (second !== undefined) ledger.refuse(second.number, 'row-twice', { what: 'vCPU', line: cpuLine.number });
  const cpu = (factorOf(cpuLine.line, 'vCPU') ?? 0) * 1024;
  const memoryMiB = (factorOf(memoryLine.line, 'GB') ?? 0) * 1024;
  ledger.state(cpuLine.number, 'input', `${root}.task.cpu`, 'production');
  ledger.state(memoryLine.number, 'input', `${root}.task.memoryMiB`, 'production');
  const count = own('タスク', `${root}.task.minimum`, factors([cpuLine, memoryLine], 'タスク'), ledger);
  if (!fargateMemory(cpu).includes(memoryMiB)) refuseTask(cpu, memoryMiB, cpuLine.number, ledger);
  return count === undefined ? undefined : { cpu: whole(cpu), memoryMiB: whole(memoryMiB), count };
}

/** Offers the sizes around the one that Fargate does not have: more memory, or less, or the same memory with other CPUs. */
function refuseTask(cpu: number, memoryMiB: number, line: number, ledger: LineLedger): void {
  const all = fargateSizes.flatMap((size) => size.memoryMiB.map((memory) => ({ cpu: size.cpu, memoryMiB: memory })));
  const distance = (size: { cpu: number; memoryMiB: number }) =>
    Math.abs(Math.log2(size.cpu / cpu)) + Math.abs(Math.log2(size.memoryMiB / memoryMiB));
  const words = (size: { cpu: number; memoryMiB: number }) => `${size.cpu / 1024} vCPU ${size.memoryMiB / 1024} GB`;
  const expected = all.toSorted((one, other) => distance(one) - distance(other)).slice(0, 3);
  ledger.refuse(line, 'fargate-size', { found: words({ cpu, memoryMiB }), expected: expected.map(words) });
}

const isMachine = ({ label }: CostLine, prefix: 'db' | 'cache'): boolean => label.startsWith(`${prefix}.`);

/** `db.r6g.large × 2 (Multi-AZ): $292 × 2 = $584`: the label names the machine; label and factors both may count. */
function readMachines(
  lines: readonly PlacedLine[],
  prefix: 'db' | 'cache',
  known: readonly MachineClass[],
  [machinePath, countPath]: readonly [string, string],
  ledger: LineLedger,
): { readonly machine: string; readonly count: number } | undefined {
  const [first, second] = lines.filter(({ line }) => isMachine(line, prefix));
  if (first === undefined) return undefined;
  const match = /^(?<machine>[a-z0-9.-]+)\s*(?:[×x]\s*(?<count>\d+))?\s*(?:\([^()]*\))?$/.exec(
    first.line.label,
  )?.groups;
  const machine = match?.machine;
  if (match === undefined || machine === undefined) {
    ledger.refuse(first.number, 'unknown-line', { expected: `${known[0]?.name} × 2: $292 × 2 = $584` });
    return undefined;
  }
  if (second !== undefined) ledger.refuse(second.number, 'row-twice', { what: `${prefix}.*`, line: first.number });
  ledger.state(first.number, 'input', machinePath, 'production');
  const names = known.map(({ name }) => name);
  if (!names.includes(machine)) {
    ledger.refuse(first.number, 'unknown-name', { found: machine, nearest: offered(machine, names) });
  }
  const labelled = readCount(match.count ?? '');
  const counts = [
    ...(labelled === undefined ? [] : [{ value: labelled, number: first.number }]),
    ...factors([first], ''),
  ];
  const what = prefix === 'db' ? 'RDS Aurora' : 'ElastiCache';
  const count = own(what, countPath, counts.length > 0 ? counts : [{ value: 1, number: first.number }], ledger);
  if (count === undefined) return undefined;
  if (count < 2 && /Multi-?AZ|マルチAZ/i.test(first.line.note ?? '')) {
    ledger.refuse(first.number, 'out-of-range', { what, found: `${count}`, expected: '2, 3, … (Multi-AZ)' });
  }
  return { machine, count };
}

/** `730時間 × $0.062/時間 × 2`: the figure without a unit counts; one gateway without it. */
function readNatGateways(lines: readonly PlacedLine[], ledger: LineLedger): number | undefined {
  const hourly = lines.filter(
    ({ service, line }) => /^NAT\b/.test(service) && line.factors.some(({ unit }) => unit === '時間'),
  );
  const counts = hourly.flatMap((line) => {
    const found = factors([line], '');
    return found.length > 0 ? found : [{ value: 1, number: line.number }];
  });
  return own('NAT Gateway', `${root}.natGateways`, counts, ledger);
}

const lambdaMemory = { least: 128, most: 10_240 };

/** `100万リクエスト × 200ms × $0.0000166667/GB秒 × 512MB`: memory is in the line that is charged by the gigabyte and second. */
function readFunctions(lines: readonly PlacedLine[], ledger: LineLedger): number | undefined {
  const running = lines.find(({ line }) => factorOf(line, '$/GB秒') !== undefined);
  const lambda = running ?? lines.find(({ service }) => service === 'Lambda');
  if (lambda === undefined) return undefined;
  const memoryMiB = running && factorOf(running.line, 'MB');
  if (memoryMiB === undefined) {
    ledger.refuse(lambda.number, 'row-missing', { rows: '実行時間: … × $0.0000166667/GB秒 × 512MB' });
    return undefined;
  }
  // A function costs what it uses, in every environment: there is nothing to save by making it smaller elsewhere (SIZE-5).
  for (const name of formEnvironments) ledger.state(lambda.number, 'input', `sizes.${name}.functions.memoryMiB`, name);
  const { least, most } = lambdaMemory;
  if (!Number.isSafeInteger(memoryMiB) || memoryMiB < least || memoryMiB > most) {
    const expected = `${least}–${most} MB`;
    ledger.refuse(lambda.number, 'out-of-range', { what: 'Lambda', found: `${memoryMiB} MB`, expected });
  }
  return memoryMiB;
}
