// Bundles the API's task into what its image is built from: `server.mjs`, `migrate.mjs`, `resume-orders.mjs`, the migrations and the
// recipe, which together need Node and nothing else.
import { copyFileSync, cpSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * What bundles of the workload share. CommonJS packages in them ask for `require`, which ES modules do not have; the names of errors
 * stay readable in logs.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const nodeBundle = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
  target: 'node24',
  minify: true,
  keepNames: true,
  outExtension: { '.js': '.mjs' },
  banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
});

/** An optional part of `pg` that nobody installs. */
export const absent = ['pg-native'];

/**
 * Bundles into a folder; a relative one is below the root.
 *
 * @param {{ build: typeof import('esbuild').build }} esbuild
 * @param {string} folder
 */
export async function bundleApi(esbuild, folder) {
  const target = resolve(root, folder);
  await esbuild.build({
    ...nodeBundle,
    entryPoints: {
      server: 'services/api/server.ts',
      migrate: 'services/api/migrate.ts',
      'resume-orders': 'services/api/resume-orders.ts',
    },
    outdir: target,
    external: absent,
  });
  cpSync(join(root, 'services', 'migrations'), join(target, 'migrations'), { recursive: true });
  copyFileSync(join(root, 'services', 'api', 'Dockerfile'), join(target, 'Dockerfile'));
}
