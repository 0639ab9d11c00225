// Compiles the TypeScript entry points into dist/ (npm's `prepare`, and cdk.json's `build`), so that commands start without a compiler.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const esbuild = await import('esbuild').catch(() => undefined);
if (esbuild === undefined) {
  // npm runs `prepare` also where dependencies were left out on purpose (`npm ci --omit`, a Git dependency being packed).
  console.log('hashira: esbuild is not installed, nothing compiled; run `npm ci` before the first command');
  process.exit(0);
}

const entryPoints = { hashira: 'cli/main.ts', app: 'infrastructure/bin/app.ts' };
await esbuild.build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => existsSync(join(root, file)))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node22',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
});
