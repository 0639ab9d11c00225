// The machines that Aurora PostgreSQL and ElastiCache run on: their names, CPUs and memory.
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
// Which region offers which class differs and changes; only AWS knows it, at deploy.

export interface MachineClass {
  /** `db.r6g.large`, `cache.m6g.large` */
  readonly name: string;
  /** `r6g` */
  readonly family: string;
  readonly vcpus: number;
  /** GiB of the machine. ElastiCache leaves less to data: 13.07 of a large r6g's 16. */
  readonly memoryGiB: number;
  /** CPU is earned in credits and runs out under steady load. */
  readonly burstable: boolean;
  /** GiB that an Aurora PostgreSQL instance has for temporary files and logs, what `FreeLocalStorage` counts down from. */
  readonly localStorageGiB?: number;
}

/**
 * What CloudFormation calls the class of Aurora Serverless v2. The metric `FreeLocalStorage` does not apply to it: AuroraUserGuide,
 * Aurora.AuroraMonitoring.Metrics, and under temporary storage in AuroraPostgreSQL.Managing.
 */
export const serverlessClass = 'db.serverless';

/** How many times a `large` a size is: in CPUs, in memory and in price. */
export const timesLarge: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  '2xlarge': 4,
  '4xlarge': 8,
  '8xlarge': 16,
  '12xlarge': 24,
  '16xlarge': 32,
  '24xlarge': 48,
  '32xlarge': 64,
  '48xlarge': 96,
};

/** The sizes of a family of 2 vCPUs and `memory` GiB at `large`; those of Aurora with their local storage in GiB. */
function family(prefix: 'db' | 'cache', name: string, memory: number, sizes: Record<string, number | undefined>) {
  return Object.entries(sizes).map(([size, localStorageGiB]): MachineClass => {
    const times = timesLarge[size] ?? 1;
    return {
      name: `${prefix}.${name}.${size}`,
      family: name,
      vcpus: 2 * times,
      memoryGiB: memory * times,
      burstable: false,
      localStorageGiB,
    };
  });
}

/** Sizes whose local storage AWS does not state. */
function unsaid(sizes: readonly string[]): Record<string, undefined> {
  return Object.fromEntries(sizes.map((size) => [size, undefined]));
}

const burstable = (name: string, memoryGiB: number, localStorageGiB?: number): MachineClass => ({
  name,
  family: name.split('.')[1] ?? '',
  vcpus: 2,
  memoryGiB,
  burstable: true,
  localStorageGiB,
});

const graviton = { large: 32, xlarge: 63, '2xlarge': 126, '4xlarge': 252, '8xlarge': 504, '12xlarge': 756 };
const intel = { large: 31, xlarge: 62, '2xlarge': 124, '4xlarge': 249, '8xlarge': 504, '12xlarge': 748 };

/**
 * Aurora PostgreSQL's provisioned classes, newest family first. Local storage is AWS's table of temporary storage
 * (AuroraUserGuide, AuroraPostgreSQL.Managing); it names none for the `d` families, which have NVMe disks beside.
 */
export const auroraClasses: readonly MachineClass[] = [
  burstable('db.t4g.medium', 4, 8.13),
  burstable('db.t4g.large', 8, 16.5),
  burstable('db.t3.medium', 4, 7.5),
  burstable('db.t3.large', 8, 16),
  ...family('db', 'r8g', 16, {
    large: 31,
    xlarge: 63,
    '2xlarge': 125,
    '4xlarge': 250,
    '8xlarge': 499,
    '12xlarge': 749,
    '16xlarge': 998,
    '24xlarge': 1536,
    '48xlarge': 3072,
  }),
  ...family('db', 'r7g', 16, { ...graviton, '16xlarge': 1008 }),
  ...family('db', 'r7i', 16, { ...intel, '16xlarge': 1008, '24xlarge': 1500, '48xlarge': 3072 }),
  ...family('db', 'r6g', 16, { ...graviton, '16xlarge': 1008 }),
  ...family('db', 'r6i', 16, { ...intel, '16xlarge': 1008, '24xlarge': 1500, '32xlarge': 1829 }),
  ...family('db', 'r5', 16, { ...intel, '16xlarge': 1008, '24xlarge': 1500 }),
  ...family('db', 'x2g', 32, {
    large: 67,
    xlarge: 134,
    '2xlarge': 268,
    '4xlarge': 535,
    '8xlarge': 1071,
    '12xlarge': 1606,
    '16xlarge': 1829,
  }),
  ...family(
    'db',
    'r8gd',
    16,
    unsaid(['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge', '48xlarge']),
  ),
  ...family('db', 'r6gd', 16, unsaid(['xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'])),
  ...family('db', 'r6id', 16, unsaid(['24xlarge', '32xlarge'])),
];

const seven = unsaid(['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge']);
const five = unsaid(['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge']);

/** ElastiCache's node types, newest family first. */
export const cacheNodeTypes: readonly MachineClass[] = [
  burstable('cache.t4g.micro', 1),
  burstable('cache.t4g.small', 2),
  burstable('cache.t4g.medium', 4),
  burstable('cache.t3.micro', 1),
  burstable('cache.t3.small', 2),
  burstable('cache.t3.medium', 4),
  ...family('cache', 'm7g', 8, seven),
  ...family('cache', 'm6g', 8, seven),
  ...family('cache', 'm5', 8, five),
  ...family('cache', 'r7g', 16, seven),
  ...family('cache', 'r6g', 16, seven),
  ...family('cache', 'r5', 16, five),
];

export const auroraClass = (name: string): MachineClass | undefined =>
  auroraClasses.find((machine) => machine.name === name);
export const cacheNodeType = (name: string): MachineClass | undefined =>
  cacheNodeTypes.find((machine) => machine.name === name);

/**
 * The smallest machine of `from` with at least `share` of a machine's memory: burstable ones before others of equal memory, then its
 * own family, then its own generation (`6g`), then the newest. The machine itself for a share of 1 or when nothing else fits.
 */
export function machineAtLeast(from: readonly MachineClass[], whole: MachineClass, share: number): MachineClass {
  if (share >= 1) return whole;
  const generation = whole.family.slice(1);
  const rank = (machine: MachineClass): number[] => [
    machine.memoryGiB,
    machine.burstable ? 0 : 1,
    machine.family === whole.family ? 0 : 1,
    machine.family.slice(1) === generation ? 0 : 1,
    from.indexOf(machine),
  ];
  const fitting = from
    .filter(({ memoryGiB }) => memoryGiB >= whole.memoryGiB * share)
    .toSorted((one, other) => compareRanks(rank(one), rank(other)));
  return fitting[0] ?? whole;
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return (one[index] ?? 0) - (other[index] ?? 0);
}
