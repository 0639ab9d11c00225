// Compiles once before the tests, since stacks take the functions' bundles and the command's tests its compiled form; and says which tests
// are left out, since they need more than npm can bring. What tests build lies in one directory that goes with the run.
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileIfStale } from './bin/compile.js';

export default async function setup(): Promise<() => void> {
  await compileIfStale();
  const rest = globSync('**/*.machine.test.ts', { cwd: import.meta.dirname, exclude: ['node_modules/**'] });
  console.log(`left out: ${rest.join(', ')}; they need redis-server and Chromium: npm run test:machine`);
  const scratch = mkdtempSync(join(tmpdir(), 'hashira-tests-'));
  process.env.TEST_SCRATCH = scratch;
  // What one command of this run has validated the next one need not; nothing is taken over from an earlier run.
  process.env.XDG_CACHE_HOME = join(scratch, 'cache');
  delete process.env.HASHIRA_CACHE;
  return () => rmSync(scratch, { recursive: true });
}
