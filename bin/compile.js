// Compiles the TypeScript entry points into dist/ (npm's `prepare`, and cdk.json's `build`), so that commands start without a compiler.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = ['design', 'infrastructure', 'services', 'assembly', 'proof', 'local', 'operations', 'cli'];
const stamp = join(root, 'dist', '.compiled');
const recipe = 'services/api/Dockerfile';

if (process.argv[1] === fileURLToPath(import.meta.url)) await compile();

/** Compiles when a source was added, removed or changed since the last time; the first edit of a stack must show in the next build. */
export async function compileIfStale() {
  const compiled = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (compiled !== fingerprint()) await compile();
}

async function compile() {
  const esbuild = await import('esbuild').catch(() => undefined);
  if (esbuild === undefined) {
    // npm runs `prepare` also where dependencies were left out on purpose (a Git dependency being packed, for one).
    console.log('hashira: esbuild is not installed, nothing compiled; run `npm ci` before the first command');
    return;
  }
  const common = { absWorkingDir: root, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' };
  const before = fingerprint();
  await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: { hashira: 'cli/main.ts', app: 'infrastructure/bin/app.ts' },
      outdir: 'dist',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      packages: 'external',
      target: 'node22',
      sourcemap: true,
    }),
    esbuild.build({
      ...common,
      entryPoints: functions(),
      outdir: 'dist/functions',
      outExtension: { '.js': '.mjs' },
      external: ['@aws-sdk/*'],
      target: 'node24',
      minify: true,
    }),
    esbuild.build({
      ...common,
      entryPoints: { server: 'services/api/server.ts' },
      outdir: 'dist/api',
      outExtension: { '.js': '.mjs' },
      target: 'node24',
    }),
  ]);
  // What the image is built from lies beside the recipe, and nothing else does: the image's hash follows only what is in it.
  copyFileSync(join(root, recipe), join(root, 'dist', 'api', 'Dockerfile'));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
}

/** `services/functions/<name>.ts` → `dist/functions/<name>/index.mjs`. */
function functions() {
  const folder = 'services/functions/';
  const names = sources(folder).filter(
    (file) => !file.endsWith('.test.ts') && !file.slice(folder.length).includes('/'),
  );
  return Object.fromEntries(names.map((file) => [`${file.slice(folder.length, -'.ts'.length)}/index`, file]));
}

/** Names and times of all sources. */
function fingerprint() {
  const files = ['bin/compile.js', recipe, ...rooms.flatMap(sources)];
  return files.map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`).join('\n');
}

/** The TypeScript files below a folder, in order, relative to the root. */
function sources(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();
}
