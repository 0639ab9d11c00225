import { defineConfig } from 'vitest/config';

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
