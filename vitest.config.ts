import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Each file has a process of its own: what V8 compiled of the CDK for one is taken again by the next.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'compile');

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', 'out/**', '**/*.machine.test.ts'],
    globalSetup: ['./test-setup.ts'],
    // Vitest leaves one core free by itself; much of the time is waiting for real parts, so two cores take two files.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
