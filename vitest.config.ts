import { defineConfig } from 'vitest/config';

const exclude = ['node_modules/**', 'dist/**', 'out/**', '**/*.machine.test.ts'];
const common = { testTimeout: 120_000, hookTimeout: 120_000 };
/** Rooms that keep nothing between two calls: their files may share what they import, which is half of what a short one costs. */
const pure = '{aws,assembly,common,design,functions,infrastructure,proof}/**/*.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['./test-setup.ts'],
    // Vitest leaves one core free by itself; much of the time is waiting for real parts, so two cores take two files.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'pure', include: [pure], exclude, isolate: false } },
      { test: { ...common, name: 'rest', include: ['**/*.test.ts'], exclude: [...exclude, pure] } },
    ],
  },
});
