// `npm run test:machine`: tests that need what npm cannot bring, such as Debian's redis-server. Those that watch how a platform behaves in
// time come last, one after another and with the machine to themselves; the others take both cores.
import { configDefaults, defineConfig } from 'vitest/config';

const inTime = ['cli/drill-region', 'cli/operations', 'local/platform', 'services/clients/order-cache'].map(
  (name) => `${name}.machine.test.ts`,
);
const common = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['**/*.machine.test.ts'],
          exclude: [...configDefaults.exclude, 'dist/**', 'out/**', ...inTime],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...common, name: 'in time', include: inTime, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
});
