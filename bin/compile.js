// Compiles the TypeScript entry points into dist/ (npm's `prepare`, and cdk.json's `build`), so that commands start without a compiler.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = JSON.parse(readFileSync(join(root, 'rooms.json'), 'utf8'));
const stamp = join(root, 'dist', '.compiled');
/** Endings of files that something is compiled from. */
const kinds = ['.ts', '.tsx', '.css', '.html', '.sql', '.json'];
/** What is taken along as it is, and the ways of bundling. */
const others = ['bin/compile.js', 'bin/pages.js', 'services/api/bundle.js', 'services/api/Dockerfile'];

/** Processes that commands start beside themselves. */
const hosts = [
  'cli/lib/criteria/judge-host.ts',
  'local/parts/cloud-host.ts',
  'local/functions/function-host.ts',
  'local/machine/keeper.ts',
  'local/regions/region-host.ts',
  'infrastructure/lib/schema-validation/schema-validator.ts',
];

/** Packages of many small files that every reading of a document loads: one file is read in a tenth of the time of two hundred. */
const small = ['commander', 'get-east-asian-width', 'yaml', 'zod'];

/** Takes the small packages in, with what they import themselves, and leaves the others where npm put them. */
const takenIn = {
  name: 'taken-in',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      const [scope, name] = path.split('/');
      const asked = scope.startsWith('@') ? `${scope}/${name}` : scope;
      const isTaken = kind === 'entry-point' || importer.includes('/node_modules/') || small.includes(asked);
      return isTaken ? undefined : { path, external: true };
    });
  },
};

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
  // Loaded here, since every start of a command asks whether anything is stale, and few compile.
  const { absent, bundleApi, nodeBundle } = await import('../services/api/bundle.js');
  const { buildPages } = await import('./pages.js');
  const common = { absWorkingDir: root, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' };
  const before = fingerprint();
  await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: { hashira: 'cli/main.ts', app: 'infrastructure/bin/app.ts' },
      outdir: 'dist',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      plugins: [takenIn],
      // What is taken in and was written for CommonJS asks for Node's own modules in this way.
      banner: {
        js: "import { createRequire as hashiraRequire } from 'node:module'; const require = hashiraRequire(import.meta.url);",
      },
      target: 'node22',
      sourcemap: true,
    }),
    esbuild.build({
      ...common,
      entryPoints: hosts,
      outdir: 'dist/local',
      entryNames: '[name]',
      packages: 'external',
      target: 'node22',
      sourcemap: true,
    }),
    esbuild.build({
      ...nodeBundle,
      entryPoints: {
        ...functions('services/functions/', ''),
        ...functions('functions/recovery/handlers/', 'recovery-'),
        'database-create-extensions/index': 'functions/database/create-extensions.ts',
      },
      outdir: 'dist/functions',
      // Lambda's Node.js runtime brings the AWS clients.
      external: ['@aws-sdk/*', ...absent],
    }),
    bundleApi(esbuild, 'dist/api'),
    buildPages(root),
  ]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
}

/** `<folder><name>.ts` → `dist/functions/<prefix><name>/index.mjs`. */
function functions(folder, prefix) {
  const names = sources(folder).filter(
    (file) => !file.endsWith('.test.ts') && !file.slice(folder.length).includes('/'),
  );
  return Object.fromEntries(names.map((file) => [`${prefix}${file.slice(folder.length, -'.ts'.length)}/index`, file]));
}

/** Names and times of all sources. */
function fingerprint() {
  const files = [...others, ...rooms.flatMap(sources)];
  return files.map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`).join('\n');
}

/** The files below a folder that something is compiled from, in order, relative to the root. */
function sources(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => kinds.some((kind) => file.endsWith(kind)))
    .map((file) => join(folder, file))
    .sort();
}
