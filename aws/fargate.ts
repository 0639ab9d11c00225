// The sizes that Fargate offers: CPU units (1024 are one vCPU) with the memory that may go with them, in MiB.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html

const steps = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, index) => (first + index * step) * 1024);

/** From the smallest. */
export const fargateSizes: readonly { readonly cpu: number; readonly memoryMiB: readonly number[] }[] = [
  { cpu: 256, memoryMiB: [512, 1024, 2048] },
  { cpu: 512, memoryMiB: steps(1, 4, 1) },
  { cpu: 1024, memoryMiB: steps(2, 8, 1) },
  { cpu: 2048, memoryMiB: steps(4, 16, 1) },
  { cpu: 4096, memoryMiB: steps(8, 30, 1) },
  { cpu: 8192, memoryMiB: steps(16, 60, 4) },
  { cpu: 16384, memoryMiB: steps(32, 120, 8) },
];

/** The memory sizes (MiB) that go with some CPU units; empty when there are no such units. */
export const fargateMemory = (cpu: number): readonly number[] =>
  fargateSizes.find((size) => size.cpu === cpu)?.memoryMiB ?? [];

/** The smallest size with at least that CPU and memory; the largest when there is none. */
export function fargateAtLeast(cpu: number, memoryMiB: number): { readonly cpu: number; readonly memoryMiB: number } {
  for (const size of fargateSizes) {
    const memory = size.memoryMiB.find((offered) => offered >= memoryMiB);
    if (size.cpu >= cpu && memory !== undefined) return { cpu: size.cpu, memoryMiB: memory };
  }
  return { cpu: 16384, memoryMiB: 120 * 1024 };
}
