// Bundles the API's task into files that need Node and nothing else: `server.mjs`, `migrate.mjs` and the migrations beside them. The
// image's build runs this file by itself; `bin/compile.js` calls it with everything else.
import { cpSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What bundles of the workload share: CommonJS packages in them ask for `require`, which ES modules do not have. */
export const nodeBundle = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
  target: 'node24',
  minify: true,
  // Names of errors and spans stay readable in logs.
  keepNames: true,
  outExtension: { '.js': '.mjs' },
  banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
};

/** An optional part of `pg` that nobody installs. */
export const absent = ['pg-native'];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleApi(await import('esbuild'), process.argv[2] ?? 'dist/api');
}

/** Bundles into the folder; a relative one is below the root. */
export async function bundleApi(esbuild, folder) {
  await esbuild.build({
    ...nodeBundle,
    entryPoints: { server: 'services/api/server.ts', migrate: 'services/api/migrate.ts' },
    outdir: folder,
    external: absent,
  });
  cpSync(join(root, 'services', 'migrations'), join(resolve(root, folder), 'migrations'), { recursive: true });
}
