// `npm run test:machine`: tests that need what npm cannot bring, such as Debian's redis-server.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.machine.test.ts'],
    exclude: ['node_modules/**', 'dist/**', 'out/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
