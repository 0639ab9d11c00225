// Compiles once before the tests, since stacks take the functions' bundles and the command's tests its compiled form.
import { compileIfStale } from './bin/compile.js';

export default async function setup(): Promise<void> {
  await compileIfStale();
}
